"""The models that staff edit. Nothing in them is public until a Release is published from it."""

from .child_words import ChildArticle, ChildWords
from .guidance import FAQ, Tip, TipSource
from .release import CurrentRelease, Release
from .support import Contact, Hours, Source, Support
from .vocabulary import AgeBand, AudienceTag, Worry

__all__ = [
    "FAQ",
    "AgeBand",
    "AudienceTag",
    "ChildArticle",
    "ChildWords",
    "Contact",
    "CurrentRelease",
    "Hours",
    "Release",
    "Source",
    "Support",
    "Tip",
    "TipSource",
    "Worry",
]
