"""What a person is shown at the end, and the one line that they are shown on the way. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.directory import ANY_TROUBLE, AgeBand, Contact, DirectoryNow, Support

from .matching import DANGER_WORRIES, Fit, Match, matches
from .replay import Person

FIRST = 3  # fewer is kinder: the rest stands behind もっと見る
MOST_TALK = 11
MOST_USE = 7
MOST_GENERAL = 4
# The youngest get the fewest.
MOST_FOR_CHILDREN = {"easy": 3, "teen": 5}
UNKNOWN_CHILD = "any18"
# What is so of everybody on the page for children.
EVERY_CHILD = ("tag:child", "tag:youth", "tag:student", "worry:u18_talk")


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
        """つながらないときは: whom to try next after this one."""
        order = [match.support for match in self.answering]
        later = order[order.index(support) + 1 :] if support in order else order
        same_line = {support.main_number} - {""}
        return next((s for s in [*later, *order] if s is not support and s.main_number not in same_line), None)


def needs_a_line_that_is_always_open(person: Person) -> bool:
    """死にたい, violence, or nobody to talk to: whatever the hour, a line that never closes stands among the first."""
    worries = DANGER_WORRIES["suicide"] | DANGER_WORRIES["violence"] | ANY_TROUBLE
    return bool(person.of("danger") or worries.intersection(person.of("worry")))


def results(here: DirectoryNow, person: Person) -> Results:
    """Sort what fits into what is shown. Somebody who answers now always stands among the first, a 24-hour line where it must."""
    found = matches(here, person)
    crisis = [match for match in found if match.fit is Fit.DANGER][:FIRST]
    listening = [
        match for match in found if match.support in here.directory.listening and match.fit < Fit.ONLY_FOR_OTHERS
    ]
    if person.of("danger") and not any(match.support.is_always_open for match in crisis):
        crisis = [*crisis[: FIRST - 1], *[match for match in listening if match.support.is_always_open][:1]]
    rest = [match for match in found if match not in crisis]
    talk = _without_the_same_line_twice([*crisis, *_to_talk_to(rest)])[len(crisis) :]
    first = talk[:FIRST]
    if not crisis:
        first += _somebody_answering(first, [*found, *listening], here, person)
    more = [match for match in talk if match not in first][: MOST_TALK - FIRST]
    use = [match for match in rest if not match.support.is_someone_to_talk_to][:MOST_USE]
    answering = tuple(m for m in dict.fromkeys((*crisis, *first, *more, *listening)) if here.open_contact(m.support))
    return Results(tuple(crisis), tuple(first), tuple(more), tuple(use[:FIRST]), tuple(use[FIRST:]), answering)


def _somebody_answering(
    first: Sequence[Match], pool: Sequence[Match], here: DirectoryNow, person: Person
) -> list[Match]:
    """Whom to add when none of the first answers now (or never closes, where that matters): for the first worry, else a line
    that listens to anything."""
    always = needs_a_line_that_is_always_open(person)

    def will_do(match: Match) -> bool:
        return match.support.is_always_open if always else here.open_contact(match.support) is not None

    if any(will_do(match) for match in first):
        return []
    closest = (m for m in pool if will_do(m) and m.fit <= Fit.MAIN_WORRY and m.support.is_someone_to_talk_to)
    listens = (m for m in pool if will_do(m) and m.support in here.directory.listening and m.fit < Fit.ONLY_FOR_OTHERS)
    return [match for match in (next(closest, None) or next(listens, None),) if match]


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
    """Three to five entries that have words for the child's band; the first is somebody who answers now."""
    band = here.directory.age_bands[person.age_band or UNKNOWN_CHILD]
    most = MOST_FOR_CHILDREN[band.level]
    child = Person((*person.facts, *EVERY_CHILD))
    found = [m for m in matches(here, child) if _is_for_children(m, band, child)]
    answering = [m for m in found if m.support.kind == "helpline" and here.open_contact(m.support)]
    close = [m for m in answering if m.fit <= Fit.MAIN_WORRY]
    listening = [m for m in answering if "u18_talk" in m.support.worries and "child" in m.support.tags]
    as_wanted = [m for m in (*close, *listening) if m.need.is_met_by_ways_of(m.support)]
    first = next(iter([*as_wanted, *close, *listening, *answering]), None)
    chosen = [*([first] if first else []), *(m for m in found if m is not first)][:most]
    if needs_a_line_that_is_always_open(person) and not any(m.support.is_always_open for m in chosen):
        chosen = [*chosen[: most - 1], *[m for m in found if m.support.is_always_open][:1]]
    return tuple(chosen)


def _is_for_children(match: Match, band: AgeBand, child: Person) -> bool:
    """A child is not shown what is only for women: nobody asked who they are."""
    words = match.support.child
    for_anybody = match.support.only_for != {"woman"} or "woman" in child.of("tag")
    return words is not None and band.code in words.bands and match.fit < Fit.ONLY_FOR_OTHERS and for_anybody


def _to_talk_to(found: Sequence[Match]) -> list[Match]:
    """Who can be talked to; of the lines that merely listen to anything, only a few."""
    talk = [match for match in found if match.support.is_someone_to_talk_to]
    surplus = [match for match in talk if match.fit is Fit.ANY_TROUBLE][MOST_GENERAL:]
    return [match for match in talk if match not in surplus]


def answers_now(here: DirectoryNow, person: Person) -> tuple[Support, Contact] | None:
    """すぐ話したいときは: the best one who answers at this moment, for what is known so far."""
    for match in matches(here, person):
        contact = here.open_contact(match.support)
        if contact and match.fit is not Fit.ONLY_FOR_OTHERS and match.support.kind == "helpline":
            return match.support, contact
    return None
