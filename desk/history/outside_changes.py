"""What was changed outside the desk (loaddata, SQL) has no record. Before an edit it gets one, so that the edit can be undone whole."""

from __future__ import annotations

from collections import defaultdict

from django.db import models
from django.utils import timezone

from catalog.models.base import Versioned
from catalog.models.bulk_history import FIRST, Values, record

from .states import State, past_edits, same_values, state_now

OUTSIDE = "編集室の外での変更"


def record_outside_changes(entry: Versioned) -> None:
    """Within the transaction of an edit, before anything is written."""
    past = past_edits(entry)
    known: State = past[-1].after if past else {}
    now = state_now(entry)
    missed: dict[type[models.Model], list[tuple[str, Values]]] = defaultdict(list)
    for key in known.keys() | now.keys():
        if not same_values(known.get(key), now.get(key)):
            kind = "-" if key not in now else "~" if key in known else "+"
            missed[key[0]].append((kind, now.get(key) or known[key]))
    moment = timezone.now()
    for model, rows in missed.items():
        record(model, rows, moment=moment, reason=OUTSIDE if past else FIRST)
