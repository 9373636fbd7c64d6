"""One import: looked at first, then done as it was seen, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import models, transaction

from catalog.comparison.changes import EntryChange, How
from catalog.release.problem import Problem

from .differences import differences
from .kinds import KINDS, Key, Kind, Values, edited_together
from .parsing import Record
from .saving import Application


class Work(Protocol):
    """What is to be imported. `kinds` and `firsts` bound the rows that it can touch (see Kind.rows)."""

    kinds: list[Kind]
    firsts: set[str]

    def apply(self) -> list[Problem]: ...


class RecordsWork:
    """Records of YAML files. `exact`: an entry of the file loses the rows that the file does not have."""

    def __init__(self, records: list[Record], *, exact: bool, reason: str) -> None:
        self.kinds = edited_together(record.key[0] for record in records)
        self.firsts = {str(record.key[1][0]) for record in records}
        self._application = Application(records, exact=exact, reason=reason)

    def apply(self) -> list[Problem]:
        self._application.apply(self.kinds, self.firsts)
        return self._application.problems


@dataclass(frozen=True)
class Outcome:
    """`digest` stands for exactly these changes. `done`: they were written."""

    changes: list[EntryChange]
    problems: list[Problem]
    digest: str
    done: bool = False


def run(work: Work, *, seen: str = "") -> Outcome:
    """Make the changes and, unless they are the ones that somebody saw (`seen`: their digest), take them back."""
    with transaction.atomic():
        before, owners = _state(work, lock=True)
        problems = work.apply()
        if problems:
            transaction.set_rollback(True)
            return Outcome([], problems, "")
        after, owners_after = _state(work)
        changes = differences(before, after, {**owners, **owners_after})
        digest = hashlib.sha256(_text(before, after).encode()).hexdigest()
        done = bool(changes) and seen == digest
        if done:
            _count_versions(change.key for change in changes if change.how is not How.ADDED)
        else:
            transaction.set_rollback(True)
    return Outcome(changes, [], digest, done)


def _state(work: Work, *, lock: bool = False) -> tuple[dict[Key, Values], dict[Key, Key]]:
    """The rows that may be touched, and the entry that each is edited with."""
    values: dict[Key, Values] = {}
    owners: dict[Key, Key] = {}
    for kind in work.kinds:
        owner_kind = KINDS[kind.entry_label]
        for key, row in kind.rows(work.firsts, lock=lock).items():
            values[key] = kind.values(row)
            owners[key] = owner_kind.key_of(kind.entry_of(row))
    return values, owners


def _text(before: dict[Key, Values], after: dict[Key, Values]) -> str:
    """What differs, in a settled order."""
    changed = sorted((key for key in before.keys() | after.keys() if before.get(key) != after.get(key)), key=repr)
    return json.dumps([[key, before.get(key), after.get(key)] for key in changed], ensure_ascii=False, sort_keys=True)


def _count_versions(keys: Iterable[Key]) -> None:
    """Whoever has one of these entries open is told that it has changed (see Versioned)."""
    by_label: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for label, natural in keys:
        by_label[label].append(natural)
    for label, naturals in by_label.items():
        kind = KINDS[label]
        rows = kind.rows({str(natural[0]) for natural in naturals})
        ids = [rows[label, natural].pk for natural in naturals]
        kind.model._default_manager.filter(pk__in=ids).update(version=models.F("version") + 1)
