"""What belongs to one edit: all its records bear the same moment and the same reason, so that an entry and its rows move together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

LONGEST_REASON = 100  # characters: simple_history's field


@dataclass
class Edit:
    reason: str
    moment: datetime | None = None


_edit: ContextVar[Edit | None] = ContextVar("edit", default=None)


@contextmanager
def one_edit(reason: str = "") -> Iterator[None]:
    """Everything saved inside is one line of the history, called by the innermost reason. Begin it outside the transaction's locks."""
    around = _edit.get()
    edit = Edit(reason[:LONGEST_REASON]) if around is None else around
    outer_reason, edit.reason = edit.reason, reason[:LONGEST_REASON] or edit.reason
    token = _edit.set(edit)
    try:
        yield
    finally:
        edit.reason = outer_reason
        _edit.reset(token)


def stamp(history_instance: Any, **_: Any) -> None:
    """Before simple_history saves a record. The moment is settled at the first record: by then the entry is locked."""
    edit = _edit.get()
    if edit is None:
        return
    if edit.moment is None:
        edit.moment = timezone.now()
    history_instance.history_date = edit.moment
    history_instance.history_change_reason = history_instance.history_change_reason or edit.reason or None
