"""Who can reach how many at a moment: areas × age bands × ways of contact, and where that is nobody.

Counted are entries that one can talk to (helplines and places) and that answer at that moment while one waits; what only
takes letters (mail, forms) answers nobody at three in the morning. An entry for one group alone is counted only for the bands
that belong to that group whoever they are; on the page for children only entries with words for that band are. Hours that are
not known are never guessed: such entries are counted apart. Two entries behind one number are one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from catalog.directory.codes import LIVE_WAYS, TEXT_WAYS, Page, RuleBand, Via
from catalog.directory.directory import Directory
from catalog.directory.entries import AgeBand, Support
from catalog.hours.moments import new_years_night, ordinary_afternoon, ordinary_sunday
from catalog.hours.timetable import Timetable
from chatbot.facts import FactKind, WantedWay
from chatbot.need import EVERY_CHILD
from chatbot.replay import Person

WAYS = {WantedWay.PHONE: "電話", WantedWay.TEXT: "文字", WantedWay.VISIT: "会う"}
_VIAS = {
    WantedWay.PHONE: frozenset({Via.PHONE}),
    WantedWay.TEXT: TEXT_WAYS & LIVE_WAYS,
    WantedWay.VISIT: frozenset({Via.VISIT}),
}
ANY_WORRY = "どんな悩みでも"
MOST_AREAS = 3  # named in one sentence


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day or night that stands for many. `words`: as in a sentence, 夜中の3時."""

    key: str
    words: str
    at: datetime


def moments(today: date) -> tuple[Moment, ...]:
    """The next ordinary afternoon, the night after it, the next Sunday morning, and the next New Year's night."""
    afternoon = ordinary_afternoon(today)
    return (
        Moment("day", "平日の14時", afternoon),
        Moment("night", "夜中の3時", afternoon.replace(hour=3) + timedelta(days=1)),
        Moment("sunday", "日曜の10時", ordinary_sunday(today)),
        Moment("newyear", "元日の3時半", new_years_night(today)),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` entries answer; `unknown` more have hours that nobody wrote down; `listeners` would take any worry."""

    count: int
    unknown: int
    listeners: int

    @property
    def kind(self) -> str:
        """some | general (only those who listen to anything) | nobody"""
        if self.count:
            return "some"
        return "general" if self.listeners else "nobody"

    @property
    def sign(self) -> str:
        return {"some": "", "general": "△", "nobody": "✕"}[self.kind]


@dataclass(frozen=True, slots=True)
class TableRow:
    label: str
    cells: tuple[Cell, ...]  # every way of the first band, every way of the second, …


@dataclass(frozen=True, slots=True)
class Coverage:
    """`general`: the lines that listen to anything. `areas`: one row for each."""

    bands: tuple[AgeBand, ...]
    general: TableRow
    areas: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody answers these bands in this way then. No bands: all of them. No areas: whatever the worry."""

    bands: tuple[str, ...]
    way: WantedWay
    areas: tuple[str, ...]
    moments: tuple[str, ...]
    unknown: int

    def __str__(self) -> str:
        who = "、".join(self.bands) or "どの年代も"
        more = f"など{len(self.areas)}分野" if len(self.areas) > MOST_AREAS else ""
        worry = f"（{'、'.join(self.areas[:MOST_AREAS])}{more}）" if self.areas else ""
        unknown = f"（ほかに、受付時間がわからないもの{self.unknown}件）" if self.unknown else ""
        return f"{who} ／ {WAYS[self.way]} ／ {'、'.join(self.moments)}{worry}：0件{unknown}"


def coverage(directory: Directory, at: datetime) -> Coverage:
    """Count for every area, band and way, at an aware moment."""
    bands = bands_of(directory)
    tags = {band.code: _tags_of(band, directory) for band in bands}
    listens_to_children = set(Person(EVERY_CHILD).of(FactKind.WORRY))
    is_open = cache(lambda timetable: timetable.at(at).is_open)
    answering: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    unknown: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for support in directory.available:
        if not support.is_someone_to_talk_to:
            continue
        line = support.main_number or support.slug
        ways = [(way, _state(support, vias, is_open)) for way, vias in _VIAS.items()]
        for band in bands:
            if not _is_for(support, band, tags[band.code]):
                continue
            listens = support in directory.listening or (
                band.page == Page.UNDER18 and bool(support.worries & listens_to_children)
            )
            for way, state in ways:
                if state is not None:
                    into = answering if state else unknown
                    for area in (*support.areas, ANY_WORRY) if listens else support.areas:
                        into[area, band.code, way].add(line)

    def row(label: str, key: str) -> TableRow:
        return TableRow(
            label,
            tuple(
                Cell(
                    len(answering[key, band.code, way]),
                    len(unknown[key, band.code, way] - answering[key, band.code, way]),
                    len(answering[ANY_WORRY, band.code, way]),
                )
                for band in bands
                for way in WAYS
            ),
        )

    return Coverage(bands, row(ANY_WORRY, ANY_WORRY), tuple(row(area.label, area.code) for area in directory.areas))


def bands_of(directory: Directory) -> tuple[AgeBand, ...]:
    """The children's bands by grade, then those of the general page that are not sent on to the page for children."""
    children = [band for band in directory.age_bands_of(Page.UNDER18) if band.code != RuleBand.ANY_CHILD]
    oldest_child = max((band.age_max or 0 for band in children), default=-1)
    others = (
        band
        for band in directory.age_bands.values()
        if band.page != Page.UNDER18 and (band.age_max or 999) > oldest_child
    )
    return (*children, *others)


def _tags_of(band: AgeBand, directory: Directory) -> frozenset[str]:
    """The groups to which everybody of this band belongs: those that every answer with this age adds."""
    if band.page == Page.UNDER18:
        return frozenset(Person(EVERY_CHILD).of(FactKind.TAG))
    persons = [
        Person(tuple(choice["facts"]))
        for flow in directory.sections.get("flows", ())
        for question in flow["questions"]
        for choice in question["choices"]
    ]
    groups = [frozenset(person.of(FactKind.TAG)) for person in persons if band.code in person.of(FactKind.AGE)]
    return frozenset.intersection(*groups) if groups else frozenset()


def _is_for(support: Support, band: AgeBand, tags: frozenset[str]) -> bool:
    if band.page == Page.UNDER18 and (support.child is None or band.code not in support.child.bands):
        return False
    return support.admits(band) and (not support.only_for or bool(support.only_for & tags))


def _state(support: Support, vias: frozenset[str], is_open: Callable[[Timetable], bool]) -> bool | None:
    """True: answers; False: nobody knows; None: does not answer in this way."""
    contacts = [contact for contact in support.contacts if contact.via in vias]
    if any(contact.timetable.is_known and is_open(contact.timetable) for contact in contacts):
        return True
    return None if all(contact.timetable.is_known for contact in contacts) else False


def gaps(found: Mapping[Moment, Coverage]) -> list[Gap]:
    """Where nobody at all answers, the worst first: any worry before some, the telephone before a visit, all bands before one."""
    when: defaultdict[tuple[WantedWay, tuple[str, ...], tuple[str, ...]], list[tuple[str, int]]] = defaultdict(list)
    for moment, seen in found.items():
        for place, way in enumerate(WAYS):
            alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
            for number in range(len(seen.bands)):
                if empty := _empty(seen, number * len(WAYS) + place):
                    alike[empty].append(number)
            for areas, numbers in alike.items():
                bands = () if len(numbers) == len(seen.bands) else tuple(seen.bands[n].label for n in numbers)
                unknown = max(seen.general.cells[n * len(WAYS) + place].unknown for n in numbers)
                when[way, () if len(areas) == len(seen.areas) else areas, bands].append((moment.words, unknown))
    result = [
        Gap(bands, way, areas, tuple(words for words, _ in times), max(unknown for _, unknown in times))
        for (way, areas, bands), times in when.items()
    ]
    ways = list(WAYS)
    return sorted(result, key=lambda gap: (bool(gap.areas), ways.index(gap.way), bool(gap.bands), -len(gap.bands)))


def _empty(seen: Coverage, column: int) -> tuple[str, ...]:
    """The areas of a column in which nobody answers."""
    return tuple(row.label for row in seen.areas if row.cells[column].kind == "nobody")
