"""Locking an entry for an edit, if it still is at the version that the person had in front of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import models, transaction
from django.http import HttpRequest

from catalog.models.base import Versioned

from .edits import one_edit
from .outside_changes import record_outside_changes

VERSION_FIELD = "_version"  # the form field with the version that the person had in front of them
NO_VERSION = -1  # of a form that names none; no entry has it
Entry = TypeVar("Entry", bound=Versioned)


class EditConflict(Exception):
    """Somebody else saved the entry meanwhile."""


def seen_version(request: HttpRequest) -> int:
    text = request.POST.get(VERSION_FIELD, "")
    return int(text) if text.isdecimal() else NO_VERSION


def lock_version(model: type[models.Model], pk: object, version: int) -> bool:
    """Within a transaction: whether the entry still is at that version. If so nobody else saves it before the transaction ends.

    An UPDATE that changes nothing takes the row's lock on every database, and tells in the same breath whether the version is still there.
    """
    try:
        rows = model._default_manager.filter(pk=pk)
    except ValueError:  # no such id
        return False
    return bool(rows.filter(version=version).update(version=models.F("version")))


@contextmanager
def locked_for_edit(entry: Entry, *, seen: int | None = None, reason: str) -> Iterator[Entry]:
    """One edit of an entry outside its form: yields it freshly read and locked; change it and its rows, it is saved at the end.

    seen: the version that the person had in front of them; None where it does not matter. Raises EditConflict.
    """
    with one_edit(reason), transaction.atomic():
        manager = type(entry)._default_manager
        fresh: Entry = manager.select_for_update().get(pk=entry.pk)
        if not lock_version(type(entry), fresh.pk, fresh.version if seen is None else seen):
            raise EditConflict
        record_outside_changes(fresh)
        yield fresh
        fresh.version += 1
        fresh.save()
