"""One step of a conversation: the answers in; the next question or the results out, and who answers at this moment.

Whatever holds a conversation (the pages, the API) or looks at where conversations end (the checks before a Release, the survey)
asks here, so that all of them show a person the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Support

from .answering import Answering
from .flow import Flow, Question
from .need import Need
from .replay import Answers, Conversation, replay
from .results import Group, Results, results
from .walk import walk


@dataclass(frozen=True, slots=True)
class Result:
    """One entry among the results. `is_more`: behind もっと見る. `reason`: why it is shown, in one line; "" for children.
    `next_if_busy`: whom to try when it does not answer."""

    group: Group
    is_more: bool
    support: Support
    reason: str
    next_if_busy: Support | None


@dataclass(frozen=True, eq=False)
class Step:
    """Where a conversation stands at a moment. Each part is worked out when it is first asked for."""

    now: DirectoryNow
    flow: Flow
    conversation: Conversation
    finish: bool = False  # show the results with what is known so far

    @property
    def question(self) -> Question | None:
        """What to ask next; None when the results are to be shown."""
        return None if self.finish or self.conversation.is_in_danger else self.conversation.question

    @property
    def question_below(self) -> Question | None:
        """What is asked below the results of somebody in danger."""
        return self.conversation.question if self.conversation.is_in_danger else None

    @cached_property
    def need(self) -> Need:
        """What the results rest on: people with the same need are shown the same at the same moment."""
        return Need.of(self.conversation.person, self.now.directory, for_children=self.flow.is_for_children)

    @cached_property
    def results(self) -> Results:
        """The results for what is known so far, while there is a question too."""
        return results(self.now, self.need)

    @property
    def all_results(self) -> Iterator[Result]:
        """The results one by one, in the order in which they are shown."""
        found = self.results
        for group, is_more, shown in found.groups:
            for match in shown:
                reason, following = match.reason(self.now), found.next_answering(match.support)
                yield Result(group, is_more, match.support, reason, following)

    @property
    def answers_now(self) -> Answering | None:
        """Whom to talk to at once, for what is known so far."""
        return self.results.now


def next_step(now: DirectoryNow, flow: Flow, answers: Answers, *, finish: bool = False) -> Step:
    """Where a conversation with these answers stands."""
    return Step(now, flow, replay(flow, answers), finish)


def every_ending(now: DirectoryNow, flow: Flow, *, several: bool = True) -> Iterator[Step]:
    """The end of every path through a flow (see walk). Many paths end in the same need: whoever works out results does so once
    for each."""
    return (Step(now, flow, conversation) for conversation in walk(flow, several=several))
