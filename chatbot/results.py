"""What somebody with a need is shown at the end, and the one line on the way that answers at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.directory.codes import ANY_WORRY, Code, Kind, Level, RuleTag, RuleWorry
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, Support

from .facts import FactKind
from .matching import DANGER_WORRIES, EVERY_CHILD, Fit, Match, Need, matches
from .replay import Person

FIRST_SHOWN = 3  # fewer is kinder: the rest stands behind もっと見る
MOST_TALK = 11  # those on the crisis card counted
MOST_USE = 7  # fewer beside a crisis card
MOST_GENERAL = 4
# The youngest get the fewest.
MOST_FOR_CHILDREN = {Level.EASY: 3, Level.TEEN: 5}
ANY_DANGER = frozenset().union(*DANGER_WORRIES.values())
URGENT_WORRIES = ANY_DANGER | ANY_WORRY  # these worries do not wait until an office opens
HEAVY_HEART = ANY_WORRY | {RuleWorry.MENTAL}
TAGS_OF_EVERY_CHILD = frozenset(Person(EVERY_CHILD).of(FactKind.TAG))


class Group(Code):
    """The parts of the results, in the order in which they are shown."""

    CRISIS = "crisis", "いまの危険に、すぐ話せる窓口"
    TALK = "talk", "まず話せる窓口"
    USE = "use", "使える制度"
    CHILD = "child", "子どもに見せるもの（18歳以下のページ）"


@dataclass(frozen=True, slots=True)
class Results:
    """The groups of results, each best first; what is in `talk_more` and `use_more` stands behind もっと見る. A child has one group,
    the others are empty. `answering`: who answers at this moment, best first; of a child's, the first if they do."""

    crisis: tuple[Match, ...] = ()
    talk: tuple[Match, ...] = ()
    talk_more: tuple[Match, ...] = ()
    use: tuple[Match, ...] = ()
    use_more: tuple[Match, ...] = ()
    child: tuple[Match, ...] = ()
    answering: tuple[Match, ...] = ()

    @property
    def groups(self) -> Iterator[tuple[Group, bool, tuple[Match, ...]]]:
        """(group, whether behind もっと見る, its matches), in the order in which they are shown."""
        yield Group.CRISIS, False, self.crisis
        yield Group.TALK, False, self.talk
        yield Group.TALK, True, self.talk_more
        yield Group.USE, False, self.use
        yield Group.USE, True, self.use_more
        yield Group.CHILD, False, self.child

    @property
    def shown(self) -> tuple[Match, ...]:
        """What is shown without もっと見る."""
        return self.crisis + self.talk + self.use + self.child

    @property
    def everything(self) -> tuple[Match, ...]:
        return self.shown + self.talk_more + self.use_more

    def next_answering(self, support: Support) -> Support | None:
        """つながらないときは: whom to try after this one, if it is one that can be busy. A child is told in the entry's own words."""
        if self.child or not support.live_contacts:
            return None
        order = [match.support for match in self.answering]
        later = order[order.index(support) + 1 :] if support in order else order
        same_line = {support.main_number} - {""}
        return next((s for s in [*later, *order] if s is not support and s.main_number not in same_line), None)


def needs_a_line_that_is_always_open(need: Need) -> bool:
    """死にたい, violence, or nobody to talk to: whatever the hour, a line that never closes stands among the first."""
    return bool(need.danger_worries) or not URGENT_WORRIES.isdisjoint(need.worries)


def results(now: DirectoryNow, need: Need) -> Results:
    """What everybody who has this need is shown. Somebody who answers now always stands among the first, a 24-hour line where it
    must."""
    found = matches(now, need)
    return _for_a_child(found, now, need, need.child_band) if need.child_band else _for_anybody(found, now, need)


def first_to_answer(now: DirectoryNow, need: Need) -> Support | None:
    """すぐ話したいときは: the best line that answers at this moment. For a child it is the first of the results, if they answer."""
    if need.child_band:
        return next((match.support for match in results(now, need).answering), None)
    lines = (m for m in matches(now, need) if m.support.kind is Kind.HELPLINE and m.fit is not Fit.ONLY_FOR_OTHERS)
    return next((match.support for match in lines if now.open_contact(match.support)), None)


def _for_anybody(found: list[Match], now: DirectoryNow, need: Need) -> Results:
    crisis = _for_each_danger([match for match in found if match.fit is Fit.DANGER]) if need.danger_worries else []
    listening = [
        match for match in found if match.support in now.directory.listening and match.fit < Fit.ONLY_FOR_OTHERS
    ]
    if need.danger_worries and not any(match.support.is_always_open for match in crisis):
        crisis = [*crisis[: FIRST_SHOWN - 1], *[match for match in listening if match.support.is_always_open][:1]]
    rest = [match for match in found if match not in crisis] if crisis else found
    talk = _without_the_same_line_twice([*crisis, *_to_talk_to(rest)])[len(crisis) :]
    first = talk[:FIRST_SHOWN]
    if not crisis:
        first += _somebody_answering(first, [*found, *listening], now, need)
    more = [match for match in talk if match not in first][: MOST_TALK - FIRST_SHOWN - len(crisis)]
    room = FIRST_SHOWN - bool(crisis)  # beside a crisis card, fewer to apply for
    use = _with_what_is_for_the_group([match for match in rest if not match.support.is_someone_to_talk_to], room)
    use = use[: MOST_USE - len(crisis)]
    answering = tuple(m for m in dict.fromkeys((*crisis, *first, *more, *listening)) if now.open_contact(m.support))
    return Results(tuple(crisis), tuple(first), tuple(more), tuple(use[:room]), tuple(use[room:]), answering=answering)


def _somebody_answering(first: Sequence[Match], pool: Sequence[Match], now: DirectoryNow, need: Need) -> list[Match]:
    """Whom to add when none of the first answers now (or never closes, where that matters): for the first worry, else a line
    that listens to anything."""
    always = needs_a_line_that_is_always_open(need)

    def will_do(match: Match) -> bool:
        return match.support.is_always_open if always else now.open_contact(match.support) is not None

    if any(will_do(match) for match in first):
        return []
    closest = (m for m in pool if m.fit <= Fit.MAIN_WORRY and m.support.is_someone_to_talk_to and will_do(m))
    listens = (m for m in pool if m.support in now.directory.listening and m.fit < Fit.ONLY_FOR_OTHERS and will_do(m))
    return [match for match in (next(closest, None) or next(listens, None),) if match]


def _for_each_danger(found: Sequence[Match]) -> list[Match]:
    """Of the lines for people in danger, first the best one that is made for each of the dangers that were named."""
    lines = _without_the_same_line_twice(found)
    best: dict[str, Match] = {}
    for match in lines:
        if match.support.main_worry in match.need.any_of_worries & match.need.danger_worries:
            best.setdefault(match.support.main_worry, match)
    if len(best) > 1:
        lines.sort(key=lambda match: match not in best.values())
    return lines[:FIRST_SHOWN]


def _is_made_for_what_was_named(match: Match) -> bool:
    if match.fit is Fit.OTHER_WORRY:
        return match.support.main_worry in match.need.any_of_worries
    return match.fit < Fit.OTHER_WORRY


def _is_for_a_named_group(match: Match, named: frozenset[str]) -> bool:
    return bool(match.support.only_for & named) and _is_made_for_what_was_named(match)


def _with_what_is_for_the_group(found: Sequence[Match], room: int) -> list[Match]:
    """What only a group can use is easily missed: the best one for a group that the person named stands among the first."""
    groups = [match for match in found if _is_for_a_named_group(match, match.need.tags)]
    if not groups or any(match in groups for match in found[:room]):
        return list(found)
    best = groups[0]
    return [*found[: room - 1], best, *(match for match in found[room - 1 :] if match is not best)]


def _without_the_same_line_twice(found: Sequence[Match]) -> list[Match]:
    """Two entries behind one telephone number are one call: only the better placed one is shown."""
    numbers: set[str] = set()
    kept = []
    for match in found:
        number = match.support.main_number
        if not number or number not in numbers:
            kept.append(match)
            numbers.add(number)
    return kept


def _for_a_child(found: list[Match], now: DirectoryNow, need: Need, band: AgeBand) -> Results:
    """Three to five entries that have words for the child's band. The first is somebody who answers now. What is made for the
    worry, or only for a group that the child named, is never crowded out. In danger, when nobody is asked for a way, one never
    closes and one can be written to."""
    found = _without_the_same_line_twice([match for match in found if _is_for_children(match, band)])
    needed = _first_for_a_child(found, now, need)
    needed += [m for m in found if m.fit is Fit.MADE_FOR_IT][:1]
    for tag in sorted(need.tags - TAGS_OF_EVERY_CHILD):
        needed += [m for m in found if _is_for_a_named_group(m, frozenset({tag}))][:1]
    if needs_a_line_that_is_always_open(need) and not any(m.support.is_always_open for m in needed):
        needed += [m for m in found if m.support.is_always_open][:1]
    if need.danger_worries and not any(now.answers_in_writing(m.support) for m in needed):
        needed += [m for m in found if m.fit is Fit.DANGER and now.answers_in_writing(m.support)][:1]
    most = MOST_FOR_CHILDREN[band.level]
    needed = list(dict.fromkeys(needed))[:most]
    chosen = [*needed, *(m for m in found if m not in needed)][:most]
    answering = tuple(match for match in chosen[:1] if now.open_contact(match.support))
    in_order = sorted(chosen, key=lambda m: (m is not chosen[0], m.fit > Fit.MADE_FOR_IT, found.index(m)))
    return Results(child=tuple(in_order), answering=answering)


def _first_for_a_child(found: Sequence[Match], now: DirectoryNow, need: Need) -> list[Match]:
    """Who heads the page: somebody who answers at this moment, in the wanted way and for this worry if there is one;
    in the child's language before all. A line for a danger that was not named is not the first."""
    answering = [m for m in found if m.support.kind is Kind.HELPLINE and now.open_contact(m.support)]
    not_named = ANY_DANGER - need.any_of_worries
    close = [m for m in answering if m.fit <= Fit.MAIN_WORRY and m.support.main_worry not in not_named]
    listening = [m for m in answering if RuleWorry.CHILD_TALK in m.support.worries and RuleTag.CHILD in m.support.tags]
    as_wanted = [m for m in (*close, *listening) if need.is_met_by_ways_of(m.support)]
    own_language = [m for m in answering if RuleTag.FOREIGNER in need.tags and not m.support.is_only_in_japanese]
    return [*own_language, *as_wanted, *close, *listening, *answering][:1]


def _is_for_children(match: Match, band: AgeBand) -> bool:
    """A child is not shown what is only for women: nobody asked who they are."""
    words = match.support.child
    for_anybody = not match.support.is_only_for_women or RuleTag.WOMAN in match.need.tags
    for_this_worry = not match.support.worries.isdisjoint(match.need.any_of_worries - {RuleWorry.CHILD_YOUTH})
    here_for_them = match.fit < Fit.ONLY_FOR_OTHERS and for_this_worry
    return words is not None and band.code in words.bands and here_for_them and for_anybody


def _to_talk_to(found: Sequence[Match]) -> list[Match]:
    """Who can be talked to, best first; what was named first comes before another danger. Of the lines that listen to anything only
    a few, and one of them before those who answer another of the worries."""
    talk = [match for match in found if match.support.is_someone_to_talk_to]
    surplus = [match for match in talk if match.fit is Fit.ANY_WORRY][MOST_GENERAL:]
    talk = [match for match in talk if match not in surplus]
    if talk and talk[0].fit is Fit.DANGER:
        talk.sort(key=lambda match: not _fits_what_was_named_first(match))
    listening = [m for m in talk if m.fit is Fit.OTHER_WORRY and m.support.main_worry in HEAVY_HEART][1:]
    made_for_it = [match for match in talk if match not in listening and _is_made_for_what_was_named(match)]
    return list(dict.fromkeys([*made_for_it, *listening, *talk]))


def _fits_what_was_named_first(match: Match) -> bool:
    return match.fit <= Fit.MAIN_WORRY and match.need.worries[0] in match.support.worries
