"""What staff edit, one module per kind. Importing registers them at the desk's site."""

from . import accounts, child_words, flows, guidance, releases, support, vocabulary

__all__ = ["accounts", "child_words", "flows", "guidance", "releases", "support", "vocabulary"]
