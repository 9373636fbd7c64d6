"""Every path through a flow. The flows are finite, so what they end in can be checked whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .flow import SKIPPED, Flow, Question
from .replay import Conversation, replay


def answer_sets(question: Question) -> Iterator[tuple[str, ...]]:
    """Every answer that a person can give to a question, skipping included."""
    keys = [choice.key for choice in question.choices]
    yield (SKIPPED,)
    for size in range(1, (question.most if question.multiple else 1) + 1):
        yield from combinations(keys, size)


def walk(flow: Flow) -> Iterator[Conversation]:
    """Every finished conversation, each one replayed from its answers as a request would."""
    waiting: list[dict[str, tuple[str, ...]]] = [{}]
    while waiting:
        answers = waiting.pop()
        conversation = replay(flow, answers)
        if conversation.question is None:
            yield conversation
        else:
            waiting += [{**answers, conversation.question.key: keys} for keys in answer_sets(conversation.question)]
