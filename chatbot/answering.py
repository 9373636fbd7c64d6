"""Who answers at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.directory.codes import ANY_WORRY, LIVE_WAYS, RuleTag, Via
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Contact

from .need import DANGER_WORRIES, Need
from .ranking import Fit, Match

ANY_DANGER = frozenset().union(*DANGER_WORRIES.values())
URGENT_WORRIES = ANY_DANGER | ANY_WORRY  # these worries do not wait until an office opens


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """Somebody who answers at this moment, and by which contact."""

    match: Match
    contact: Contact


def needs_a_line_that_is_always_open(need: Need) -> bool:
    """死にたい, violence, or nobody to talk to: whatever the hour, a line that never closes stands among the first."""
    return bool(need.danger_worries) or not URGENT_WORRIES.isdisjoint(need.worries)


def best_answering(found: Sequence[Match], now: DirectoryNow, need: Need) -> Answering | None:
    """The best of them that answers now: in the person's own language, by the way that they want, and not a line for a danger that
    nobody named, as far as there is one."""
    wanted = need.ways | ({Via.VISIT} if need.wants_visit else set())
    not_named = ANY_DANGER - need.any_of_worries
    answering: list[tuple[tuple[bool, bool, bool], Answering]] = []
    for match in found:
        support = match.support
        may_be_called = match.named_first or support.is_helpline or need.wants_visit
        if not support.is_someone_to_talk_to or not may_be_called or match.fit >= Fit.ONLY_FOR_OTHERS:
            continue
        by_wanted = now.open_by(support, wanted) if wanted else None
        contact = by_wanted or now.open_by(support, LIVE_WAYS)
        if contact:
            foreign = RuleTag.FOREIGNER in need.tags and support.is_only_in_japanese
            unnamed = not match.named_first and support.main_worry in not_named
            lacks = (foreign, bool(wanted) and not by_wanted, unnamed)
            answering.append((lacks, Answering(match, contact)))
            if not any(lacks):
                break  # nobody later is better
    return min(answering, key=lambda row: row[0])[1] if answering else None
