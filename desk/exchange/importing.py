"""One import: looked at first, then done as it was seen, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol, cast

from django.db import transaction

from catalog.comparison.changes import EntryChange, How
from catalog.models.base import Versioned
from catalog.release.problem import Problem
from desk.history.edits import one_edit

from .differences import differences
from .exchanged import ExchangedModel, Key, Values, edited_together, snapshot
from .parsing import Record
from .saving import Application


class Work(Protocol):
    """What is to be imported. `kinds` and `firsts` bound the rows that it can touch (see ExchangedModel.rows)."""

    kinds: list[ExchangedModel]
    firsts: set[str]

    def apply(self) -> list[Problem]: ...


class RecordsWork:
    """Records of YAML files. `exact`: an entry of the file loses the rows that the file does not have."""

    def __init__(self, records: list[Record], *, exact: bool) -> None:
        self.kinds = edited_together(record.key[0] for record in records)
        self.firsts = {str(record.key[1][0]) for record in records}
        self._application = Application(records, exact=exact)

    def apply(self) -> list[Problem]:
        self._application.apply(self.kinds, self.firsts)
        return self._application.problems


@dataclass(frozen=True)
class Outcome:
    """`sha256` stands for exactly these changes. `done`: they were written."""

    changes: list[EntryChange]
    problems: list[Problem]
    sha256: str
    done: bool = False


def run(work: Work, *, reason: str, seen: str = "") -> Outcome:
    """Make the changes and, unless they are the ones that somebody saw (`seen`: their sha256), take them back.

    `reason`: what the history says of them."""
    with one_edit(reason), transaction.atomic():
        before = snapshot(work.kinds, work.firsts, lock=True)
        problems = work.apply()
        if problems:
            transaction.set_rollback(True)
            return Outcome([], problems, "")
        after = snapshot(work.kinds, work.firsts)
        changes = differences(before, after)
        sha256 = hashlib.sha256(_text(before, after).encode()).hexdigest()
        done = bool(changes) and seen == sha256
        if done:
            _count_versions(work, {change.key for change in changes if change.how is not How.ADDED})
        else:
            transaction.set_rollback(True)
    return Outcome(changes, [], sha256, done)


def _text(before: dict[Key, Values], after: dict[Key, Values]) -> str:
    """What differs, in a settled order."""
    changed = sorted((key for key in before.keys() | after.keys() if before.get(key) != after.get(key)), key=repr)
    return json.dumps([[key, before.get(key), after.get(key)] for key in changed], ensure_ascii=False, sort_keys=True)


def _count_versions(work: Work, changed: set[Key]) -> None:
    """Whoever has one of these entries open is told that it has changed (see Versioned)."""
    for kind in work.kinds:
        rows = {} if kind.path else kind.rows(work.firsts)
        for key in changed & rows.keys():
            row = cast(Versioned, rows[key])
            row.version += 1
            row.save()
