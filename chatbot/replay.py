"""Where a person stands: a pure function of the flow and their answers. Nothing is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .facts import FactKind, fact, split
from .flow import MOST_QUESTIONS, SKIPPED, Choice, Flow, Question

# What a narrower question, one that an answer itself leads to, asks more closely.
_NARROWED = (FactKind.WORRY, FactKind.TAG)
# Question key -> the keys of the chosen answers, or (SKIPPED,).
Answers = Mapping[str, tuple[str, ...]]
Topics = tuple[tuple[str, ...], ...]  # the worries, by the choice that told them


@dataclass(frozen=True, slots=True)
class Person:
    """What is known about a person, in the order in which they said it."""

    facts: tuple[str, ...] = ()
    told_together: Topics = ()

    @property
    def topics(self) -> Topics:
        """The worries that were told together; each alone, where that is not known."""
        return self.told_together or tuple((worry,) for worry in self.of(FactKind.WORRY))

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
    """`question` is the one to ask next, None at the end; in danger it is asked below the results.
    `lost`: an answer was not understood (another Release, or forged).
    `too_many`: the answers given to `question`, more than it takes."""

    turns: tuple[Turn, ...]
    question: Question | None
    person: Person
    lost: bool
    leads_to: str
    steps_left: int  # at most, the next question included
    too_many: tuple[str, ...] = ()

    @property
    def is_in_danger(self) -> bool:
        return any(choice.is_danger for turn in self.turns for choice in turn.choices)

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        return {turn.question.key: turn.keys for turn in self.turns}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said so far, and the key of the question to go on with; "" at the end."""

    key: str
    turns: tuple[Turn, ...] = ()
    person: Person = Person()
    leads_to: str = ""
    in_danger: bool = False
    # by question, what the answer that led to it told: stays only for who does not answer
    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def question_in(self, flow: Flow) -> Question | None:
        """What is asked next, with the choices that this person is offered; None at the end. Five questions are enough: a
        sixth is never asked."""
        key = self.key if len(self.turns) < MOST_QUESTIONS else ""
        facts = frozenset(self.person.facts)
        while key:
            question = flow.questions[key].as_asked_of(facts)
            if question.choices and question.is_asked_of(facts):
                return question
            key = question.next
        return None

    def and_then(self, question: Question, chosen: tuple[Choice, ...]) -> Said:
        """The same with one answer more; () for skipped."""
        facts, topics, wider = self.person.facts, self.person.told_together, dict(self.wider)
        outdated = wider.pop(question.key, frozenset()) if not question.multiple else frozenset()
        if any(Person(choice.facts).of(FactKind.WORRY) for choice in chosen):
            facts, topics, outdated = _without(facts, topics, outdated)
        for choice in chosen:
            if choice.next:
                told = {said for said in choice.facts if split(said)[0] in _NARROWED}
                wider[choice.next] = outdated | (told - {*facts})
        return Said(
            _next(question, chosen, in_danger=self.in_danger),
            (*self.turns, Turn(question, chosen)),
            Person(
                _with_what_was_said(facts, question, chosen), _with_what_was_told_together(topics, question, chosen)
            ),
            next((choice.leads_to for choice in chosen if choice.leads_to), self.leads_to),
            self.in_danger or any(choice.is_danger for choice in chosen),
            wider,
        )

    def as_conversation(
        self, flow: Flow, question: Question | None, *, lost: bool = False, too_many: tuple[str, ...] = ()
    ) -> Conversation:
        steps_left = min(flow.longest_path_from[question.key], MOST_QUESTIONS - len(self.turns)) if question else 0
        return Conversation(self.turns, question, self.person, lost, self.leads_to, steps_left, too_many)


def replay(flow: Flow, answers: Answers) -> Conversation:
    """Walk the flow with these answers. Answers to questions off the way are left aside; the first one that is missing or
    cannot be understood is where the conversation stands."""
    said = Said(flow.start)
    lost = any(key not in flow.questions for key in answers)
    while question := said.question_in(flow):
        given = answers.get(question.key)
        chosen = _understood(question, given) if given is not None else None
        if chosen is None:
            too_many = given if given and question.takes_fewer_than(given) else ()
            lost = lost or (given is not None and not too_many)
            return said.as_conversation(flow, question, lost=lost, too_many=too_many)
        said = said.and_then(question, chosen)
    return said.as_conversation(flow, None, lost=lost)


def _understood(question: Question, keys: tuple[str, ...]) -> tuple[Choice, ...] | None:
    """The choices that these keys mean: () for skipped, None for nonsense."""
    if keys == (SKIPPED,):
        return ()
    chosen = tuple(question.choice(key) for key in dict.fromkeys(keys))
    most = question.most if question.multiple else 1
    if not chosen or len(chosen) > most or None in chosen:
        return None
    return tuple(choice for choice in question.choices if choice in chosen)


def _with_what_was_said(facts: tuple[str, ...], question: Question, chosen: tuple[Choice, ...]) -> tuple[str, ...]:
    """What a narrower question says again takes its new place: お酒 comes before やめられない, which stays for who does not answer."""
    said = [fact for choice in chosen for fact in choice.facts]
    before = facts if question.multiple else [fact for fact in facts if fact not in said]
    return tuple(dict.fromkeys([*before, *said]))


def _without(
    facts: tuple[str, ...], topics: Topics, outdated: frozenset[str]
) -> tuple[tuple[str, ...], Topics, frozenset[str]]:
    """The facts and topics without what a narrower answer took the place of; after that nothing is outdated."""
    left = (tuple(worry for worry in topic if fact(FactKind.WORRY, worry) not in outdated) for topic in topics)
    return tuple(each for each in facts if each not in outdated), tuple(topic for topic in left if topic), frozenset()


def _with_what_was_told_together(topics: Topics, question: Question, chosen: tuple[Choice, ...]) -> Topics:
    """The same of the worries, by the choice that tells them."""
    told = [Person(choice.facts).of(FactKind.WORRY) for choice in chosen]
    in_order = [*topics, *told] if question.multiple else [*reversed(told), *reversed(topics)]
    kept: list[tuple[str, ...]] = []
    known: set[str] = set()
    for topic in in_order:
        kept.append(tuple(worry for worry in topic if worry not in known))
        known.update(topic)
    return tuple(topic for topic in (kept if question.multiple else reversed(kept)) if topic)


def _next(question: Question, chosen: tuple[Choice, ...], *, in_danger: bool) -> str:
    """In danger only what the answer itself names."""
    danger = [choice for choice in chosen if choice.is_danger]
    named = [choice.next for choice in danger or chosen if choice.next is not None]
    return named[0] if named else "" if danger or in_danger else question.next
