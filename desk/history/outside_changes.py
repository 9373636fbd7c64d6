"""What was changed past the desk (loaddata, SQL) has no record. Before an edit the entry is recorded as it was found, so that the edit
can be undone whole."""

from __future__ import annotations

from collections import defaultdict

from django.db import models
from django.utils import timezone

from catalog.models.bulk_history import FIRST, Values, record

from .trail import trail
from .tree import State, same, state_now

OUTSIDE = "編集室の外での変更"


def keep_as_found(root: models.Model) -> None:
    """Within the transaction of an edit, before anything is written."""
    past = trail(root)
    known: State = past[-1].after if past else {}
    now = state_now(root)
    missed: dict[type[models.Model], list[tuple[str, Values]]] = defaultdict(list)
    for key in known.keys() | now.keys():
        if not same(known.get(key), now.get(key)):
            kind = "-" if key not in now else "~" if key in known else "+"
            missed[key[0]].append((kind, now.get(key) or known[key]))
    moment = timezone.now()
    for model, rows in missed.items():
        record(model, rows, moment=moment, reason=OUTSIDE if past else FIRST)
