"""Which entries fit a person, how well, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support

from .need import Need
from .ranking import Fit, Match, NamedFirst, rank

T = TypeVar("T")
LEAD = 2  # of a choice that tells several worries, so many entries for the first of them come before the others
Named = tuple[Support, str, int]  # with the worry and the place


def matches(now: DirectoryNow, need: Need) -> list[Match]:
    """Every entry that may help somebody with this need, best first (see ranking.RULES)."""
    found = []
    directory = now.directory
    named_first = _named_first(directory, need)
    candidates = directory.listening.union(
        named_first, *(directory.available_by_worry.get(code, ()) for code in need.worries)
    )
    for support in candidates:
        if need.has_words_of(support) and need.admits(support):
            place = named_first.get(support)
            fit = _fit(support, place, need, now)
            if fit is not None:
                found.append(Match(support, fit, need, place))
    found.sort(key=rank)
    return found


def _named_first(directory: Directory, need: Need) -> dict[Support, NamedFirst]:
    """Who is named among the first for what the person told: those to talk to, then those to use; the choices in turn, so that
    what was chosen second has its first entry beside that of the first. Of a choice that tells several worries, the first leads."""
    named: dict[Support, NamedFirst] = {}
    for to_talk_to in (True, False):
        of_topics = [
            led_by_first(*([*_named_for(worry, directory, need, to_talk_to)] for worry in topic))
            for topic in need.topics
        ]
        for support, worry, place in in_turn(*of_topics):
            named.setdefault(support, NamedFirst(worry, place, len(named)))
    return named


def _named_for(worry: str, directory: Directory, need: Need, to_talk_to: bool) -> Iterator[Named]:
    """Who is closed to the person is passed over, and the next moves up."""
    for first, support in directory.firsts_by_worry.get(worry, ()):
        if (
            support.is_someone_to_talk_to is to_talk_to
            and first.holds(need.facts)
            and not support.has_season
            and need.has_whom_it_is_for(support)
            and need.admits(support)
            and need.has_words_of(support)
        ):
            yield support, worry, first.place


def names_somebody_to_talk_to(topic: Iterable[str], directory: Directory, need: Need) -> bool:
    """Whether somebody who is open to this person is named first for one of these worries."""
    return any(True for worry in topic for _ in _named_for(worry, directory, need, to_talk_to=True))


def led_by_first(main: list[T], *others: list[T]) -> list[T]:
    """Of what is named for the worries of one choice: two for the first worry, then the worries in turn."""
    return [*main[:LEAD], *in_turn(main[LEAD:], [*in_turn(*others)])]


def in_turn(*lists: Iterable[T]) -> Iterator[T]:
    """The first of each, then the second of each, and so on."""
    return (each for row in zip_longest(*lists) for each in row if each is not None)


def _fit(support: Support, place: NamedFirst | None, need: Need, now: DirectoryNow) -> Fit | None:
    shared = support.worries & need.any_of_worries
    if not need.has_whom_it_is_for(support):
        return Fit.ONLY_FOR_OTHERS if shared else None
    if support.has_season and now.is_out_of_season(support):
        return Fit.OUT_OF_SEASON if shared else None
    if support.crisis and shared & need.danger_worries:
        return Fit.DANGER
    if place:
        return Fit.NAMED_FIRST
    if not shared:
        return Fit.ANY_WORRY
    first = need.worries[0]
    if support.main_worry == first:
        return Fit.MADE_FOR_IT
    if first in shared:
        return Fit.MADE_FOR_ANOTHER if support.main_worry in shared else Fit.MAIN_WORRY
    return Fit.OTHER_WORRY
