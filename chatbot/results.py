"""What somebody with a need is shown at the end: the same at every hour, with one row on top for who answers at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.directory.codes import ANY_WORRY, Code, RuleWorry
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, Support

from .answering import Answering, best_answering, needs_a_line_that_is_always_open
from .child_results import for_a_child
from .lines import crisis_lines, head_of_the_card, is_closed, open_before_closed, without_the_same_line_twice
from .matching import in_turn, matches
from .need import Need
from .ranking import Fit, Match

FIRST_SHOWN = 3  # fewer is kinder: the rest stands behind もっと見る
MOST_NAMED = 4  # of those who are named first for the worries
MOST_TALK = 11  # those on the crisis card counted
MOST_USE = 7  # fewer beside a crisis card
MOST_GENERAL = 4
HEAVY_HEART = ANY_WORRY | {RuleWorry.MENTAL}


class Group(Code):
    """The parts of the results, in the order in which they are shown."""

    CRISIS = "crisis", "いまの危険に、すぐ話せる窓口"
    TALK = "talk", "まず話せる窓口"
    USE = "use", "使える制度"
    CHILD = "child", "子どもに見せるもの（18歳以下のページ）"


@dataclass(frozen=True, slots=True)
class Results:
    """The groups of results, each best first; what is in `talk_more` and `use_more` stands behind もっと見る. A child has one group,
    the others are empty. `now`: the best one that answers at this moment. `answering`: all who do, best first."""

    crisis: tuple[Match, ...] = ()
    talk: tuple[Match, ...] = ()
    talk_more: tuple[Match, ...] = ()
    use: tuple[Match, ...] = ()
    use_more: tuple[Match, ...] = ()
    child: tuple[Match, ...] = ()
    now: Answering | None = None
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
        same_line = {contact.value for contact in support.live_contacts}
        others = (s for s in [*later, *order] if s is not support)
        return next((s for s in others if same_line.isdisjoint(contact.value for contact in s.live_contacts)), None)


def results(now: DirectoryNow, need: Need) -> Results:
    """What everybody who has this need is shown. A line that never closes stands among the first where it must; in danger
    nothing closed stands above what is open."""
    found = matches(now, need)
    return _for_a_child(found, now, need, need.child_band) if need.child_band else _for_anybody(found, now, need)


def _for_a_child(found: list[Match], now: DirectoryNow, need: Need, band: AgeBand) -> Results:
    chosen, able = for_a_child(found, now, need, band)
    answering = tuple(match for match in chosen if now.open_contact(match.support))
    return Results(child=tuple(chosen), now=best_answering(able, now, need), answering=answering)


def _for_anybody(found: list[Match], now: DirectoryNow, need: Need) -> Results:
    lasting = [match for match in found if not match.support.has_season]
    listening = [m for m in lasting if m.support in now.directory.listening and m.fit < Fit.ONLY_FOR_OTHERS]
    lines = crisis_lines(lasting, listening) if need.danger_worries else []
    talk = [match for match in _to_talk_to(lasting) if match not in lines]
    talk = without_the_same_line_twice([*lines, *(_in_turn_again(talk, need) if lines else talk)])[len(lines) :]
    only_danger = bool(lines) and len(need.topics) < 2  # fewer beside a crisis card, if there is nothing else
    first = talk[: FIRST_SHOWN if only_danger else _room(talk)]
    if needs_a_line_that_is_always_open(need) and not any(m.support.is_always_open for m in (*lines, *first)):
        first += [m for m in (*talk, *listening) if m.support.is_always_open][:1]
    seasonal = [match for match in found if match.support.has_season]
    later = [m for m in [*_in_season(seasonal), *talk, *seasonal] if m.support.is_someone_to_talk_to and m not in first]
    shown = without_the_same_line_twice(dict.fromkeys([*lines, *first, *later]))
    more = shown[len(lines) + len(first) :][: MOST_TALK - FIRST_SHOWN - len(lines)]
    crisis, first, more = _in_danger(lines, first, more, now) if lines else ([], first, more)
    use = [match for match in lasting if not match.support.is_someone_to_talk_to]
    least = FIRST_SHOWN - bool(lines)
    room = least if only_danger else _room(use, least)
    use = _with_what_is_for_the_group(use, room)
    use_more = [*use[room:], *(match for match in seasonal if not match.support.is_someone_to_talk_to)]
    use_more = use_more[: MOST_USE - room - len(lines)]
    answering = tuple(m for m in dict.fromkeys((*crisis, *first, *more, *listening)) if now.open_contact(m.support))
    return Results(
        crisis=tuple(crisis),
        talk=tuple(first),
        talk_more=tuple(more),
        use=tuple(use[:room]),
        use_more=tuple(use_more),
        now=best_answering([*crisis, *found], now, need),
        answering=answering,
    )


def _in_turn_again(talk: Sequence[Match], need: Need) -> list[Match]:
    """Below the crisis card the topics take turns anew: whom the card took from one of them does not count as its turn."""
    named = [(match, match.named_first.worry) for match in talk if match.named_first]
    of_topics = ([match for match, worry in named if worry in topic] for topic in need.topics)
    return [*in_turn(*of_topics), *(match for match in talk if not match.named_first)]


def _in_season(seasonal: Sequence[Match]) -> list[Match]:
    return [match for match in seasonal if match.fit is not Fit.OUT_OF_SEASON]


def _room(found: Sequence[Match], least: int = FIRST_SHOWN) -> int:
    """How many to show first: the usual number, and more where all of them are named first."""
    return max(least, _named_in(found[:MOST_NAMED]))


def _named_in(found: Sequence[Match]) -> int:
    return sum(match.named_first is not None for match in found)


def _in_danger(
    lines: list[Match], first: list[Match], more: list[Match], now: DirectoryNow
) -> tuple[list[Match], list[Match], list[Match]]:
    """(the crisis card, those below, the rest): the same ones at every hour, but the card leaves out who is closed."""
    card = open_before_closed(lines, now)
    answering = [match for match in card if not is_closed(match, now)] or card
    below = open_before_closed([*(match for match in card if match not in answering), *first], now)
    return head_of_the_card(answering, now), below, open_before_closed(more, now)


def _with_what_is_for_the_group(found: Sequence[Match], room: int) -> list[Match]:
    """What only a group can use is easily missed: the best one for a group that the person named stands among the first, if
    not all of these are named first."""
    groups = [m for m in found if m.support.only_for & m.need.tags and m.is_made_for_what_was_named]
    if not groups or any(match in groups for match in found[:room]) or _named_in(found[:room]) == room:
        return list(found)
    best = groups[0]
    return [*found[: room - 1], best, *(match for match in found[room - 1 :] if match is not best)]


def _to_talk_to(found: Sequence[Match]) -> list[Match]:
    """Who can be talked to, best first; who is named first before all, and what was named first before another danger. Of the
    lines that listen to anything only a few, and one of them before those who answer another of the worries."""
    talk = [match for match in found if match.support.is_someone_to_talk_to]
    named = [match for match in talk if match.named_first]
    talk = [match for match in talk if not match.named_first]
    surplus = [match for match in talk if match.fit is Fit.ANY_WORRY][MOST_GENERAL:]
    talk = [match for match in talk if match not in surplus]
    if talk and talk[0].fit is Fit.DANGER:
        talk.sort(key=lambda match: not _fits_what_was_named_first(match))
    listening = [m for m in talk if m.fit is Fit.OTHER_WORRY and m.support.main_worry in HEAVY_HEART][1:]
    made_for_it = [match for match in talk if match not in listening and match.is_made_for_what_was_named]
    return list(dict.fromkeys([*named, *made_for_it, *listening, *talk]))


def _fits_what_was_named_first(match: Match) -> bool:
    return match.fit <= Fit.MAIN_WORRY and match.need.worries[0] in match.support.worries
