"""Answers that must lead to the crisis card at once.

No Release is published in which one of them is missing, asks on, is never asked for, or ends without a line that never closes.
They stand in the code so that nobody at the desk can take help away: a change here is reviewed as code is. Who adds an answer
that tells of danger to the fixtures, or gives one another key, does the same here (docs/tasks/add-a-question.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.directory.codes import Page

# The keys of the answers, by flow and question.
Sentinels = Mapping[str, Mapping[str, tuple[str, ...]]]

SENTINELS: Sentinels = {
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
}
