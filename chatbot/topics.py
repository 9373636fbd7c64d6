"""The topics of a flow: the worries that one answer tells, with whom and what the entries name first for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.directory.firsts import First

from .facts import FactKind
from .flow import Choice, Flow, Question
from .matching import led_by_first
from .replay import Person

Line = tuple[First, Support]


@dataclass(frozen=True, slots=True)
class Topic:
    """`to_talk_to` and `to_use`: in the order in which they are shown to somebody of whom every condition holds. `made_for_it`: what can
    be applied for and is made for the first worry."""

    question: Question
    choice: Choice
    worries: tuple[str, ...]
    to_talk_to: tuple[Line, ...]
    to_use: tuple[Line, ...]
    made_for_it: tuple[Support, ...]

    @property
    def lacks_somebody(self) -> bool:
        return not self.to_talk_to

    @property
    def lacks_something_to_use(self) -> bool:
        """There would be something to apply for, and nothing is named first."""
        return bool(self.made_for_it) and not self.to_use


def topics(flow: Flow, directory: Directory) -> Iterator[Topic]:
    """Of every answer that tells a worry, in the order of the flow. On the children's page only what has words for children counts."""

    def counts(support: Support) -> bool:
        return support.child is not None or not flow.is_for_children

    def lines(worry: str, *, to_talk_to: bool) -> list[Line]:
        of_worry = directory.firsts_by_worry.get(worry, ())
        return [line for line in of_worry if line[1].is_someone_to_talk_to is to_talk_to and counts(line[1])]

    made_for: dict[str, list[Support]] = {}
    for support in directory.available:
        if not support.is_someone_to_talk_to and counts(support):
            made_for.setdefault(support.main_worry, []).append(support)
    for question in flow.questions.values():
        for choice in question.choices:
            if worries := Person(choice.facts).of(FactKind.WORRY):
                yield Topic(
                    question,
                    choice,
                    worries,
                    tuple(led_by_first(*(lines(worry, to_talk_to=True) for worry in worries))),
                    tuple(led_by_first(*(lines(worry, to_talk_to=False) for worry in worries))),
                    tuple(made_for.get(worries[0], ())),
                )
