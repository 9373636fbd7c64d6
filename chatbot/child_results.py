"""What a child is shown: few, with words for their band."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from catalog.directory.codes import TEXT_WAYS, Level, RuleWorry
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand

from .answering import needs_a_line_that_is_always_open
from .facts import FactKind
from .lines import best_in_writing, open_before_closed, without_the_same_line_twice
from .need import EVERY_CHILD, Need
from .ranking import Fit, Match
from .replay import Person

# The youngest get the fewest.
MOST_FOR_CHILDREN = {Level.EASY: 3, Level.TEEN: 5}
MOST_MADE_FOR_IT = 3
TAGS_OF_EVERY_CHILD = frozenset(Person(EVERY_CHILD).of(FactKind.TAG))


def for_a_child(
    found: Sequence[Match], now: DirectoryNow, need: Need, band: AgeBand
) -> tuple[list[Match], list[Match]]:
    """(what to show, best first; everything that has words for this child). Three to five, the same at every hour. What is named
    first, made for the worry, or only for a group that the child named, is never crowded out. In danger, or when the child wants
    to write, one can be written to; where it matters one never closes. Who wants to write sees first who can be written to; others
    in danger, who takes people in exactly this danger. In danger nobody who is closed stands above somebody who is not."""
    able = without_the_same_line_twice([match for match in found if _is_for_children(match)])
    lasting = [match for match in able if not match.support.has_season]
    needed = []
    if needs_a_line_that_is_always_open(need):
        needed += [match for match in lasting if match.support.is_always_open][:1]
    if need.danger_worries or need.wants_to_write:
        needed += best_in_writing(lasting)
    needed += _named(lasting, need)
    needed += [match for match in lasting if match.fit is Fit.MADE_FOR_IT][:1]
    for tag in sorted(need.tags - TAGS_OF_EVERY_CHILD):
        needed += [match for match in lasting if tag in match.support.only_for and match.is_made_for_what_was_named][:1]
    most = MOST_FOR_CHILDREN[band.level]
    chosen = sorted(list(dict.fromkeys([*needed, *lasting]))[:most], key=able.index)
    if need.wants_to_write:
        writing = best_in_writing(chosen)
        chosen.sort(key=lambda match: 0 if match in writing else 1 if match.support.ways & TEXT_WAYS else 2)
    elif need.danger_worries:
        chosen.sort(key=lambda match: match.fit is not Fit.DANGER)
    if need.danger_worries:
        chosen = open_before_closed(chosen, now)
    return chosen, able


def _named(found: Sequence[Match], need: Need) -> list[Match]:
    """Those who are named first, in the order in which they are chosen: first whom to talk to, one (in danger, three); then what
    is made for the first worry, as the schemes for school fees are, or else one scheme; then one to talk to and one to use in turn."""
    named = [match for match in found if match.named_first]
    talk = [match for match in named if match.support.is_someone_to_talk_to]
    use = [match for match in named if not match.support.is_someone_to_talk_to]
    made_for_it = [match for match in use if match.support.main_worry == need.worries[0]][:MOST_MADE_FOR_IT]
    others = iter([match for match in use if match not in made_for_it])
    before = 3 if need.danger_worries else 1
    mixed = [*talk[:before], *(made_for_it or islice(others, 1))]
    for match in talk[before:]:
        mixed += [match, *islice(others, 1)]
    return [*mixed, *others]


def _is_for_children(match: Match) -> bool:
    if match.fit >= Fit.ONLY_FOR_OTHERS:
        return False
    worries = match.need.any_of_worries - {RuleWorry.CHILD_YOUTH}
    return match.named_first is not None or not match.support.worries.isdisjoint(worries)
