"""Who edited what since a moment, from the history: one query per model, however many entries there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from catalog.models.bulk_history import records_of
from catalog.models.content import content_models


def editors_since(moment: datetime) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(part of the payload, key of the entry) → the names of those who edited it, in their order."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in content_models():
        edits = records_of(each.model).filter(history_date__gt=moment, history_user__isnull=False).order_by()
        for *key, name in edits.values_list(*each.entry_key, "history_user__username").distinct():
            found[each.entry.part, "/".join(key)].add(name)
    return {entry: tuple(sorted(names)) for entry, names in found.items()}
