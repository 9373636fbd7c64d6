"""Lines to talk to, as they are put together: one number once, and for people in danger what answers first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.directory.codes import LIVE_WAYS, TEXT_WAYS, RuleWorry
from catalog.directory.directory import CLOSED, DirectoryNow

from .ranking import Fit, Match

CRISIS_CARD = 3
_LIVE_TEXT = LIVE_WAYS & TEXT_WAYS


def without_the_same_line_twice(found: Iterable[Match]) -> list[Match]:
    """Two entries behind one telephone number are one call: only the better placed one is shown."""
    numbers: set[str] = set()
    kept = []
    for match in found:
        number = match.support.main_number
        if not number or number not in numbers:
            kept.append(match)
            numbers.add(number)
    return kept


def crisis_lines(found: Sequence[Match], listening: Sequence[Match]) -> list[Match]:
    """Three for the crisis card, best first: those named first for a danger, then the best for each of the dangers, then the others
    that take them. One of the three may head it, one never closes and one can be written to; a line that listens to anything
    stands in."""
    for_danger = [match for match in found if _is_for_danger(match)]
    named = [match for match in for_danger if match.named_first]
    lines = without_the_same_line_twice([*named, *_for_each_danger([m for m in for_danger if not m.named_first])])
    pool = [*lines, *(match for match in listening if match not in lines)]
    wanted = [
        *[match for match in pool if _may_head(match)][:1],
        *[match for match in pool if match.support.is_always_open][:1],
        *best_in_writing(pool),
        *lines,
    ]
    chosen = without_the_same_line_twice(dict.fromkeys(wanted))[:CRISIS_CARD]
    return sorted(chosen, key=pool.index)


def best_in_writing(found: Sequence[Match]) -> list[Match]:
    """The best one that can be written to while one waits, one that never closes before others; empty where there is none."""
    writing = [match for match in found if match.support.ways & _LIVE_TEXT]
    return [*(m for m in writing if m.support.writes_at_any_hour), *writing][:1]


def open_before_closed(found: Sequence[Match], now: DirectoryNow) -> list[Match]:
    """In their order, but who is closed comes last, and of the lines that never close those that are confirmed come first."""
    always = (match for match in found if match.support.is_always_open)
    in_place = iter(sorted(always, key=lambda match: not match.support.is_confirmed_at_any_hour))
    confirmed_first = [next(in_place) if match.support.is_always_open else match for match in found]
    return sorted(confirmed_first, key=lambda match: is_closed(match, now))


def head_of_the_card(card: Sequence[Match], now: DirectoryNow) -> list[Match]:
    """First one that answers in writing, for who wants to write; else, where somebody may want to die, a telephone for it that
    is confirmed never to close. In their order where there is none."""
    head = next((match for match in card if _may_head(match) and not is_closed(match, now)), None)
    return sorted(card, key=lambda match: match is not head)


def _may_head(match: Match) -> bool:
    if match.need.wants_to_write:
        return bool(match.support.ways & _LIVE_TEXT)
    suicidal = RuleWorry.SUICIDAL in match.need.danger_worries and RuleWorry.SUICIDAL in match.support.worries
    return suicidal and match.support.phone_at_any_hour == 0


def is_closed(match: Match, now: DirectoryNow) -> bool:
    """Somebody to call who is known not to answer now."""
    return now.openness_rank(match.support) == CLOSED


def _is_for_danger(match: Match) -> bool:
    """Also who is named first for what is dangerous: for any of the worries, where none of them is."""
    if match.fit is Fit.DANGER:
        return True
    dangerous = match.need.danger_worries & match.need.any_of_worries or match.need.any_of_worries
    to_call = match.support.is_someone_to_talk_to and match.support.live_contacts
    return bool(match.named_first and match.named_first.worry in dangerous and to_call)


def _for_each_danger(found: Sequence[Match]) -> list[Match]:
    """First the best one that is made for each of the dangers that were named."""
    best: dict[str, Match] = {}
    for match in found:
        if match.support.main_worry in match.need.any_of_worries & match.need.danger_worries:
            best.setdefault(match.support.main_worry, match)
    return sorted(found, key=lambda match: len(best) > 1 and match not in best.values())
