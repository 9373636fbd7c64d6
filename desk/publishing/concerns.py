"""What does not stop publishing but is named before it: first what is about the entries that change, then all the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.directory.rows import Payload
from catalog.release.concern import Concern, ConcernKind, by_kind
from catalog.release.diff import Changes
from catalog.release.payload import months_to_look_again
from catalog.release.warnings import concerns, concerns_of_sections
from desk.draft.concerns import Listed, listed

MOST_ENTRIES = 200  # of one kind


@dataclass(frozen=True, slots=True)
class Group:
    kind: ConcernKind
    count: int  # of concerns; an entry may have several
    listed: Listed


@dataclass(frozen=True, slots=True)
class Named:
    """`changing`: about entries that the next Release changes. `others`: about those that stay as they are."""

    changing: list[Group]
    others: list[Group]

    @property
    def others_count(self) -> int:
        return sum(group.count for group in self.others)


def named(payload: Payload, changes: Changes, today: date) -> Named:
    changed = {(entry.part, entry.key) for entry in changes.entries}
    found = (*concerns_of_sections(payload), *concerns(payload, today, months_to_look_again()))
    return Named(
        _groups([each for each in found if (each.part, each.key) in changed]),
        _groups([each for each in found if (each.part, each.key) not in changed]),
    )


def _groups(found: list[Concern]) -> list[Group]:
    kinds = by_kind(found)
    shown = listed(kinds, MOST_ENTRIES)
    return [Group(kind, len(each), shown[kind]) for kind, each in kinds.items()]
