"""What a step of a conversation shows, as cards: a child's card on the page for children."""

from __future__ import annotations

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


def quick_card(step: Step) -> Card | ChildCard | None:
    """Who answers at this moment."""
    support = step.answers_now
    return _card(step, support) if support else None


def _card(step: Step, support: Support, reason: str = "", next_one: Support | None = None) -> Card | ChildCard:
    if band := step.need.child_band:
        return child_card(support, band, step.now)
    return card(support, step.now, reason=reason, next_one=next_one)
