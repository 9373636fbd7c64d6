"""Every path through a flow. The flows are finite, so what they end in can be checked whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .flow import Choice, Flow, Question
from .replay import Conversation, Said


def answers_to(question: Question, *, several: bool = True) -> Iterator[tuple[Choice, ...]]:
    """Every answer that a person can give to a question, skipping included; without `several`, one choice at most."""
    for size in range((question.most if question.multiple and several else 1) + 1):
        yield from combinations(question.choices, size)


def walk(flow: Flow, *, several: bool = True) -> Iterator[Conversation]:
    """Every finished conversation, the same as a request with its answers would come to. `several`: also those in which a question
    that takes more than one choice is given more than one; they are three out of four."""
    waiting = [Said(flow.start)]
    while waiting:
        said = waiting.pop()
        question = said.question_in(flow)
        if question is None:
            yield said.as_conversation(flow, None)
        else:
            waiting += [said.and_then(question, chosen) for chosen in answers_to(question, several=several)]
