"""What a person is shown at the end, and the one line that they are shown on the way. Pure Python."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from catalog.directory.codes import ANY_TROUBLE, Kind, Level, RuleBand, RuleTag, RuleWorry
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, Contact, Support

from .facts import FactKind, fact
from .matching import DANGER_WORRIES, Fit, Match, Need, matches, matches_for
from .replay import Person

FIRST = 3  # fewer is kinder: the rest stands behind もっと見る
MOST_TALK = 11  # those on the crisis card counted
MOST_USE = 7  # fewer beside a crisis card
MOST_GENERAL = 4
# The youngest get the fewest.
MOST_FOR_CHILDREN = {Level.EASY: 3, Level.TEEN: 5}
ANY_DANGER = frozenset().union(*DANGER_WORRIES.values())
URGENT_WORRIES = ANY_DANGER | ANY_TROUBLE  # these worries do not wait until an office opens
HEAVY_HEART = ANY_TROUBLE | {RuleWorry.MENTAL}
# What is so of everybody on the page for children.
EVERY_CHILD = (
    *(fact(FactKind.TAG, tag) for tag in (RuleTag.CHILD, RuleTag.YOUTH, RuleTag.STUDENT)),
    *(fact(FactKind.WORRY, worry) for worry in (RuleWorry.CHILD_YOUTH, RuleWorry.CHILD_TALK)),
)


@dataclass(frozen=True, slots=True)
class Results:
    """`crisis` stands on top; `talk` (話せる窓口) comes before `use` (使える制度); each `more` is behind もっと見る."""

    crisis: tuple[Match, ...]
    talk: tuple[Match, ...]
    talk_more: tuple[Match, ...]
    use: tuple[Match, ...]
    use_more: tuple[Match, ...]
    answering: tuple[Match, ...]  # who answers at this moment, best first

    @property
    def shown(self) -> tuple[Match, ...]:
        return self.crisis + self.talk + self.use

    @property
    def everything(self) -> tuple[Match, ...]:
        return self.shown + self.talk_more + self.use_more

    def next_answering(self, support: Support) -> Support | None:
        """つながらないときは: whom to try next after this one, if it is one that can be busy."""
        if not support.live_contacts:
            return None
        order = [match.support for match in self.answering]
        later = order[order.index(support) + 1 :] if support in order else order
        same_line = {support.main_number} - {""}
        return next((s for s in [*later, *order] if s is not support and s.main_number not in same_line), None)


def needs_a_line_that_is_always_open(person: Person) -> bool:
    """死にたい, violence, or nobody to talk to: whatever the hour, a line that never closes stands among the first."""
    return _cannot_wait(person.of(FactKind.DANGER), person.of(FactKind.WORRY))


def _cannot_wait(danger: Collection[str], worries: Collection[str]) -> bool:
    return bool(danger) or not URGENT_WORRIES.isdisjoint(worries)


def results(here: DirectoryNow, person: Person) -> Results:
    """Sort what fits into what is shown. Somebody who answers now always stands among the first, a 24-hour line where it must."""
    return results_for(here, Need.of(person, here.directory))


def results_for(here: DirectoryNow, need: Need) -> Results:
    """What everybody who has this need is shown."""
    found = matches_for(here, need)
    crisis = _for_each_danger([match for match in found if match.fit is Fit.DANGER]) if need.danger_worries else []
    listening = [
        match for match in found if match.support in here.directory.listening and match.fit < Fit.ONLY_FOR_OTHERS
    ]
    if need.danger_worries and not any(match.support.is_always_open for match in crisis):
        crisis = [*crisis[: FIRST - 1], *[match for match in listening if match.support.is_always_open][:1]]
    rest = [match for match in found if match not in crisis] if crisis else found
    talk = _without_the_same_line_twice([*crisis, *_to_talk_to(rest)])[len(crisis) :]
    first = talk[:FIRST]
    if not crisis:
        first += _somebody_answering(first, [*found, *listening], here, need)
    more = [match for match in talk if match not in first][: MOST_TALK - FIRST - len(crisis)]
    room = FIRST - bool(crisis)  # beside a crisis card, fewer to apply for
    use = _with_what_is_for_the_group([match for match in rest if not match.support.is_someone_to_talk_to], room)
    use = use[: MOST_USE - len(crisis)]
    answering = tuple(m for m in dict.fromkeys((*crisis, *first, *more, *listening)) if here.open_contact(m.support))
    return Results(tuple(crisis), tuple(first), tuple(more), tuple(use[:room]), tuple(use[room:]), answering)


def _somebody_answering(first: Sequence[Match], pool: Sequence[Match], here: DirectoryNow, need: Need) -> list[Match]:
    """Whom to add when none of the first answers now (or never closes, where that matters): for the first worry, else a line
    that listens to anything."""
    always = _cannot_wait(need.danger_worries, need.any_of_worries)

    def will_do(match: Match) -> bool:
        return match.support.is_always_open if always else here.open_contact(match.support) is not None

    if any(will_do(match) for match in first):
        return []
    closest = (m for m in pool if m.fit <= Fit.MAIN_WORRY and m.support.is_someone_to_talk_to and will_do(m))
    listens = (m for m in pool if m.support in here.directory.listening and m.fit < Fit.ONLY_FOR_OTHERS and will_do(m))
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
    return lines[:FIRST]


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


def child_results(here: DirectoryNow, person: Person) -> tuple[Match, ...]:
    """Three to five entries that have words for the child's band. The first is somebody who answers now. What is made for the
    trouble, or only for a group that the child named, is never crowded out. In danger, when nobody is asked for a way, one never
    closes and one can be written to."""
    band = here.directory.age_bands[person.age_band or RuleBand.ANY_CHILD]
    most = MOST_FOR_CHILDREN[band.level]
    child = Person((*person.facts, *EVERY_CHILD))
    found = _without_the_same_line_twice([m for m in matches(here, child) if _is_for_children(m, band, child)])
    needed = _first_for_a_child(found, here)
    needed += [m for m in found if m.fit is Fit.MADE_FOR_IT][:1]
    for tag in person.of(FactKind.TAG):
        needed += [m for m in found if _is_for_a_named_group(m, frozenset({tag}))][:1]
    if needs_a_line_that_is_always_open(person) and not any(m.support.is_always_open for m in needed):
        needed += [m for m in found if m.support.is_always_open][:1]
    if person.of(FactKind.DANGER) and not any(here.answers_in_writing(m.support) for m in needed):
        needed += [m for m in found if m.fit is Fit.DANGER and here.answers_in_writing(m.support)][:1]
    needed = list(dict.fromkeys(needed))[:most]
    chosen = [*needed, *(m for m in found if m not in needed)][:most]
    return tuple(sorted(chosen, key=lambda m: (m is not chosen[0], m.fit > Fit.MADE_FOR_IT, found.index(m))))


def _first_for_a_child(found: Sequence[Match], here: DirectoryNow) -> list[Match]:
    """Who heads the page: somebody who answers at this moment, in the wanted way and for this trouble if there is one;
    in the child's language before all. A line for a danger that was not named is not the first."""
    answering = [m for m in found if m.support.kind is Kind.HELPLINE and here.open_contact(m.support)]
    not_named = ANY_DANGER - (found[0].need.any_of_worries if found else frozenset())
    close = [m for m in answering if m.fit <= Fit.MAIN_WORRY and m.support.main_worry not in not_named]
    listening = [m for m in answering if RuleWorry.CHILD_TALK in m.support.worries and RuleTag.CHILD in m.support.tags]
    as_wanted = [m for m in (*close, *listening) if m.need.is_met_by_ways_of(m.support)]
    own_language = [m for m in answering if RuleTag.FOREIGNER in m.need.tags and not m.support.is_only_in_japanese]
    return [*own_language, *as_wanted, *close, *listening, *answering][:1]


def _is_for_children(match: Match, band: AgeBand, child: Person) -> bool:
    """A child is not shown what is only for women: nobody asked who they are."""
    words = match.support.child
    for_anybody = not match.support.is_only_for_women or RuleTag.WOMAN in child.of(FactKind.TAG)
    for_this_trouble = not match.support.worries.isdisjoint(match.need.any_of_worries - {RuleWorry.CHILD_YOUTH})
    here_for_them = match.fit < Fit.ONLY_FOR_OTHERS and for_this_trouble
    return words is not None and band.code in words.bands and here_for_them and for_anybody


def _to_talk_to(found: Sequence[Match]) -> list[Match]:
    """Who can be talked to, best first; what was named first comes before another danger. Of the lines that listen to anything only
    a few, and one of them before those who answer another of the worries."""
    talk = [match for match in found if match.support.is_someone_to_talk_to]
    surplus = [match for match in talk if match.fit is Fit.ANY_TROUBLE][MOST_GENERAL:]
    talk = [match for match in talk if match not in surplus]
    if talk and talk[0].fit is Fit.DANGER:
        talk.sort(key=lambda match: not _fits_what_was_named_first(match))
    listening = [m for m in talk if m.fit is Fit.OTHER_WORRY and m.support.main_worry in HEAVY_HEART][1:]
    made_for_it = [match for match in talk if match not in listening and _is_made_for_what_was_named(match)]
    return list(dict.fromkeys([*made_for_it, *listening, *talk]))


def _fits_what_was_named_first(match: Match) -> bool:
    return match.fit <= Fit.MAIN_WORRY and match.need.worries[0] in match.support.worries


def answers_now(here: DirectoryNow, person: Person) -> tuple[Support, Contact] | None:
    """すぐ話したいときは: the best one who answers at this moment, for what is known so far."""
    for match in matches(here, person):
        contact = here.open_contact(match.support)
        if contact and match.fit is not Fit.ONLY_FOR_OTHERS and match.support.kind is Kind.HELPLINE:
            return match.support, contact
    return None
