"""Where a person stands: a pure function of the flow and their answers. Nothing is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .facts import FactKind
from .flow import MOST_QUESTIONS, SKIPPED, Choice, Flow, Question

# Question key -> the keys of the chosen answers, or (SKIPPED,).
Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Person:
    """What is known about a person, in the order in which they said it."""

    facts: tuple[str, ...] = ()

    def of(self, kind: FactKind) -> tuple[str, ...]:
        """The values of one kind, e.g. of(FactKind.WORRY)."""
        prefix = f"{kind}:"
        return tuple(fact.removeprefix(prefix) for fact in self.facts if fact.startswith(prefix))

    @property
    def age_band(self) -> str | None:
        return next(iter(self.of(FactKind.AGE)), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was answered; no choices means that it was skipped."""

    question: Question
    choices: tuple[Choice, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices) or (SKIPPED,)

    @property
    def words(self) -> str:
        """The answer as the person said it."""
        return "、".join(choice.label for choice in self.choices) or self.question.skip_label


@dataclass(frozen=True, slots=True)
class Conversation:
    """`question` is the one to ask next, None at the end. `lost`: an answer was not understood (another Release, or forged).
    `too_many`: the answers given to `question`, more than it takes."""

    turns: tuple[Turn, ...]
    question: Question | None
    person: Person
    lost: bool
    leads_to: str
    steps_left: int  # at most, the next question included
    too_many: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        return {turn.question.key: turn.keys for turn in self.turns}


def replay(flow: Flow, answers: Answers) -> Conversation:
    """Walk the flow with these answers. Answers to questions off the way are left aside; the first one that is missing or
    cannot be understood is where the conversation stands."""
    turns: list[Turn] = []
    facts: list[str] = []
    leads_to = ""
    lost = any(key not in flow.questions for key in answers)
    key = flow.start
    while key:
        question = flow.questions[key]
        if not question.is_asked_of(frozenset(facts)):
            key = question.next
            continue
        given = answers.get(key)
        chosen = _understood(question, given) if given is not None else None
        if chosen is None:
            too_many = given if given and question.takes_fewer_than(given) else ()
            lost = lost or (given is not None and not too_many)
            steps_left = min(flow.longest_path_from[key], MOST_QUESTIONS - len(turns))
            return Conversation(tuple(turns), question, Person(tuple(facts)), lost, leads_to, steps_left, too_many)
        turns.append(Turn(question, chosen))
        facts = _with_what_was_said(facts, question, chosen)
        leads_to = next((choice.leads_to for choice in chosen if choice.leads_to), leads_to)
        key = _next(question, chosen)
    return Conversation(tuple(turns), None, Person(tuple(facts)), lost, leads_to, 0)


def _understood(question: Question, keys: tuple[str, ...]) -> tuple[Choice, ...] | None:
    """The choices that these keys mean: () for skipped, None for nonsense."""
    if keys == (SKIPPED,):
        return ()
    chosen = tuple(question.choice(key) for key in dict.fromkeys(keys))
    most = question.most if question.multiple else 1
    if not chosen or len(chosen) > most or None in chosen:
        return None
    return tuple(choice for choice in question.choices if choice in chosen)


def _with_what_was_said(facts: list[str], question: Question, chosen: tuple[Choice, ...]) -> list[str]:
    """What a narrower question says again takes its new place: お酒 comes before やめられない, which stays for who does not answer."""
    said = [fact for choice in chosen for fact in choice.facts]
    before = facts if question.multiple else [fact for fact in facts if fact not in said]
    return list(dict.fromkeys([*before, *said]))


def _next(question: Question, chosen: tuple[Choice, ...]) -> str:
    if any(choice.is_danger for choice in chosen):
        return ""
    named = [choice.next for choice in chosen if choice.next is not None]
    return named[0] if named else question.next
