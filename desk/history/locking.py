"""Whoever saves an entry holds it first, and says which version they had in front of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import models, transaction
from django.http import HttpRequest

from catalog.models.base import Versioned

from .edits import one_edit
from .outside_changes import keep_as_found

SEEN = "_version"  # the form field with the version that the person had in front of them
Root = TypeVar("Root", bound=Versioned)


def seen_version(request: HttpRequest) -> int | None:
    text = request.POST.get(SEEN, "")
    return int(text) if text.isdecimal() else None


class Moved(Exception):
    """Somebody else saved the entry meanwhile."""


def hold(model: type[models.Model], pk: object, seen: int | None) -> bool:
    """Within a transaction: whether the entry still is at that version. If so nobody else saves it before the transaction ends.

    An UPDATE that changes nothing takes the row's lock on every database, and tells in the same breath whether the version is still there.
    """
    try:
        rows = model._default_manager.filter(pk=pk)
    except ValueError:  # no such id
        return False
    return seen is not None and bool(rows.filter(version=seen).update(version=models.F("version")))


@contextmanager
def held(root: Root, *, seen: int | None = None, reason: str) -> Iterator[Root]:
    """One edit of an entry outside its form: yields it freshly read and locked; change it and its rows, it is saved at the end.

    seen: the version that the person had in front of them; None where it does not matter. Raises Moved.
    """
    with one_edit(reason), transaction.atomic():
        manager = type(root)._default_manager
        fresh: Root = manager.select_for_update().get(pk=root.pk)
        if not hold(type(root), fresh.pk, fresh.version if seen is None else seen):
            raise Moved
        keep_as_found(fresh)
        yield fresh
        fresh.version += 1
        fresh.save()
