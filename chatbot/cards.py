"""What a step of a conversation shows, as cards: a child's card on the page for children."""

from __future__ import annotations

from dataclasses import replace

from catalog.directory.entries import Support
from catalog.pages.cards import Card, card
from catalog.pages.child_cards import ChildCard, child_card

from .conversation import Step


def result_cards(step: Step) -> dict[str, list[Card | ChildCard]]:
    """The results by their group; what is behind もっと見る under "talk_more" and "use_more"."""
    found: dict[str, list[Card | ChildCard]] = {}
    for result in step.all_results:
        group = f"{result.group}_more" if result.is_more else str(result.group)
        found.setdefault(group, []).append(_card(step, result.support, result.reason, result.next_if_busy))
    return found


def now_card(step: Step) -> Card | ChildCard | None:
    """Who answers at this moment, the contact that does first."""
    best = step.answers_now
    if best is None:
        return None
    found = _card(step, best.match.support)
    return replace(found, contacts=sorted(found.contacts, key=lambda line: line.contact is not best.contact))


def _card(step: Step, support: Support, reason: str = "", next_one: Support | None = None) -> Card | ChildCard:
    if band := step.need.child_band:
        return child_card(support, band, step.now)
    return card(support, step.now, reason=reason, next_one=next_one)
