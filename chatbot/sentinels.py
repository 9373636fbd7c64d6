"""Answers that must lead to the crisis card at once.

No Release is published in which one of them is missing, asks on, is never asked for, or ends without a line that never closes.
They stand in the code so that nobody at the desk can take help away: a change here is reviewed as code is. Who adds an answer
that tells of danger to the fixtures, or gives one another key, does the same here (docs/tasks/add-a-question.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from catalog.directory.codes import Page

Answer = tuple[str, str]  # the keys of a question and of one of its choices
# The keys of the answers, by flow and question.
Sentinels = Mapping[str, Mapping[str, tuple[str, ...]]]

SENTINELS: Sentinels = {
    Page.GENERAL: {
        "worry": ("suicidal",),
        "talk": ("dying",),
        "unsure": ("scared", "dying"),
        "fear": ("dv", "sexual", "stalking"),
        "whose": ("partner", "parent", "child", "minor", "staff", "kid", "kid_seen", "elder"),
        "scam": ("yamibaito",),
        "net": ("images", "av"),
        "family": ("hurt",),
        "relatives": ("hurt",),
        "care": ("abuse",),
        "foreign": ("danger", "dying"),
        "other": ("dying", "violence"),
        "whom": ("child", "partner", "both", "elder", "disabled"),
        "other-scam": ("yamibaito",),
        "other-child": ("hurt", "yamibaito"),
        "also": (
            "dying",
            "sexual",
            "hurt_at_home",
            "hurt_by_parent",
            "stalked",
            "yamibaito",
            "elder_hurt",
            "child_hurt",
            "images",
            "av",
            "ward",
        ),
        "staff": ("elder", "disabled", "ward"),
        "dying-also": ("work", "debt", "family", "lost"),
        "dv-also": ("stalked",),
        "home-also": ("hurt_at_home", "hurt_by_parent"),
        "foreign-also": ("violence",),
    },
    Page.UNDER18: {
        "young-home": ("hit", "hungry"),
        "young-scary": ("touched", "stranger", "other"),
        "young-body": ("touched",),
        "young-heart": ("dying",),
        "friends": ("hit",),
        "home": ("hit", "hungry", "nowhere"),
        "body": ("harm",),
        "teen-body": ("harm", "forced"),
        "net": ("images", "stranger"),
        "heart": ("dying", "hurt", "friend"),
        "future": ("crime_job",),
        "danger": ("sexual", "forced", "violence", "threatened", "partner", "stalking", "yamibaito"),
        "more": ("dying", "images", "partner", "threatened", "crime_job", "hit", "touched"),
        "more-young": ("dying", "touched", "hit"),
    },
}

# Of flows that an installation may have kept from before, because its staff edited them: whole, they guard as well as today's do.
EARLIER: tuple[Sentinels, ...] = (
    {
        Page.GENERAL: {
            "worry": ("suicidal",),
            "talk": ("dying",),
            "unsure": ("scared", "dying"),
            "fear": ("dv", "sexual", "child_abuse", "elder_abuse", "stalking"),
            "scam": ("yamibaito",),
            "net": ("images", "av"),
            "family": ("hurt",),
            "care": ("abuse",),
            "foreign": ("danger", "dying"),
            "other": ("dying", "violence"),
            "also": ("scared",),
        },
        Page.UNDER18: {
            "young-home": ("hit", "hungry"),
            "young-scary": ("touched", "stranger", "other"),
            "young-body": ("touched",),
            "young-heart": ("dying",),
            "friends": ("hit",),
            "home": ("hit", "hungry", "nowhere"),
            "body": ("harm",),
            "teen-body": ("harm",),
            "net": ("images", "stranger"),
            "heart": ("dying", "hurt", "friend"),
            "danger": ("sexual", "violence", "stalking", "yamibaito"),
        },
    },
)


def due(flow: str, leading_to_help: Set[Answer], now: Sentinels = SENTINELS) -> tuple[set[Answer], bool]:
    """The answers that this flow must have, and whether they are those of an earlier design: of all designs, the one to which the flow comes
    closest with its answers that lead to help."""
    designs = [design for design in (now, *EARLIER) if flow in design] if flow in now else [now]
    closest = min(designs, key=lambda design: len(_answers(design, flow) - leading_to_help))
    return _answers(closest, flow), closest is not now


def _answers(design: Sentinels, flow: str) -> set[Answer]:
    return {(question, key) for question, keys in design.get(flow, {}).items() for key in keys}
