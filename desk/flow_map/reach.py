"""How many entries each answer leads to, in the draft, on an ordinary afternoon. Walking every path takes seconds, so the last walk
is kept and shown with its time while a newer one is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from catalog.hours.moments import ordinary_afternoon
from chatbot.survey import survey
from desk.draft.directory import DraftDirectory
from desk.walk_lock import walking

ByChoice = Mapping[tuple[str, str, str], frozenset[str]]  # (flow, question, choice) → slugs


@dataclass(frozen=True, slots=True)
class Reach:
    by_choice: ByChoice
    counted_at: datetime
    fingerprint: str
    moment: datetime  # as of which it was counted

    @property
    def counts(self) -> dict[tuple[str, str, str], int]:
        return {choice: len(slugs) for choice, slugs in self.by_choice.items()}


_latest: Reach | None = None


def last_known() -> Reach | None:
    """Of some draft, perhaps an older one. At once."""
    return _latest


def count(draft: DraftDirectory) -> Reach:
    """Of this draft. Takes seconds the first time. Raises FlowError where a flow is broken, and StillLooking."""
    global _latest
    at = ordinary_afternoon(timezone.localdate())
    if _latest and (_latest.fingerprint, _latest.moment) == (draft.fingerprint, at):
        return _latest
    with walking():
        found = survey(draft.directory, fingerprint=draft.fingerprint, at=at)
        _latest = Reach(found.by_choice, timezone.now(), draft.fingerprint, at)
    return _latest
