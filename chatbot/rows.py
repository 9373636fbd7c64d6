"""A flow as a Release freezes it: what `chatbot.models.dump_flows` writes and `chatbot.flow.build` reads.

Part of the Release's payload (catalog/directory/rows.py): a change here is a new format of the whole.
"""

from __future__ import annotations

from typing import TypedDict


class ChoiceRow(TypedDict):
    key: str
    label: str
    help: str
    icon: str
    facts: list[str]
    offer_if: list[str]  # offered only to whom one of these is known of; none: to everybody
    next: str | None  # "" ends, None leaves it to the question
    leads_to: str


class QuestionRow(TypedDict):
    key: str
    prompt: str
    help: str
    multiple: bool
    most: int
    next: str  # "" ends
    ask_if: list[str]
    skip_if: list[str]
    skip_label: str
    choices: list[ChoiceRow]


class FlowRow(TypedDict):
    key: str
    start: str
    questions: list[QuestionRow]
