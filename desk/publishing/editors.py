"""Who edited what since a moment, from the history: one query a model, whatever the number of entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalog.models import (
    FAQ,
    AgeBand,
    AudienceTag,
    ChildArticle,
    ChildWords,
    Contact,
    Hours,
    Source,
    Support,
    Tip,
    TipSource,
    Worry,
)
from chatbot.models import Choice, Flow, Question

# Which entry of a payload (part, the lookups that make its key) a row belongs to.
_BELONGS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Support, "supports", ("slug",)),
    (Contact, "supports", ("support__slug",)),
    (Hours, "supports", ("contact__support__slug",)),
    (Source, "supports", ("support__slug",)),
    (ChildWords, "supports", ("support__slug",)),
    (FAQ, "faqs", ("slug",)),
    (Tip, "tips", ("slug",)),
    (TipSource, "tips", ("tip__slug",)),
    (ChildArticle, "child_articles", ("slug",)),
    (Worry, "worries", ("code",)),
    (AgeBand, "age_bands", ("code",)),
    (AudienceTag, "tags", ("code",)),
    (Flow, "flows", ("key",)),
    (Question, "flows", ("flow__key", "key")),
    (Choice, "flows", ("question__flow__key", "question__key")),
)


def editors_since(moment: datetime) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(part, key of the entry) → the names of those who edited it, in their order."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for model, part, lookups in _BELONGS:
        edits = model.history.filter(history_date__gt=moment, history_user__isnull=False).order_by()
        for *key, name in edits.values_list(*lookups, "history_user__username").distinct():
            found[part, "/".join(str(each) for each in key)].add(name)
    return {entry: tuple(sorted(names)) for entry, names in found.items()}
