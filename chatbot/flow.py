"""A flow of questions as frozen values, refused when it makes no sense."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

from catalog.directory.codes import Page
from catalog.directory.directory import Directory

from .facts import SETTLED_VALUES, VOCABULARY, FactKind, split
from .pictures import PICTURES
from .rows import ChoiceRow, FlowRow, QuestionRow

MOST_CHOICES = 9
MOST_QUESTIONS = 5  # on any path through a flow
_TOLD_ONCE = (FactKind.WHO, FactKind.AGE)


class FlowError(ValueError):
    """A flow that cannot be walked. The message is for curators."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`facts` are strings "kind:value", e.g. "worry:rent". `next` names the next question, "" ends, None leaves it to the question.
    `offer_if`: offered only to people with one of these facts; empty: to everybody."""

    key: str
    label: str
    help: str
    icon: str
    facts: tuple[str, ...]
    offer_if: frozenset[str]
    next: str | None
    leads_to: str  # "under18": another page answers better

    @property
    def picture(self) -> str:
        """The template of its small picture."""
        return f"under18/pictures/{self.icon}.svg"

    @property
    def is_danger(self) -> bool:
        """Danger is judged before any other rule: the results are shown at once. What `next` names is asked below them."""
        return any(fact.startswith(f"{FactKind.DANGER}:") for fact in self.facts)

    def is_offered_to(self, facts: frozenset[str]) -> bool:
        return not self.offer_if or bool(self.offer_if & facts)

    def is_known_from(self, facts: frozenset[str]) -> bool:
        """Whether it would tell nothing new. Whom somebody asks for, and an age, are told once."""
        known = {kind for kind in _TOLD_ONCE if any(fact.startswith(f"{kind}:") for fact in facts)}
        return all(fact in facts or fact.partition(":")[0] in known for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Question:
    """`ask_if`: asked only when the person has one of these facts; `skip_if`: not asked when they have one of these."""

    key: str
    prompt: str
    help: str
    multiple: bool
    most: int  # how many answers at most
    next: str  # "" ends
    ask_if: frozenset[str]
    skip_if: frozenset[str]
    skip_label: str
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)

    def takes_fewer_than(self, keys: tuple[str, ...]) -> bool:
        """Whether these are real answers, only more than may be given."""
        return len(keys) > (self.most if self.multiple else 1) and all(self.choice(key) for key in keys)

    def is_asked_of(self, facts: frozenset[str]) -> bool:
        return (not self.ask_if or bool(self.ask_if & facts)) and not (self.skip_if & facts)

    def as_asked_of(self, facts: frozenset[str]) -> Question:
        """This question with the choices that this person is offered: those for everybody, and of the others the first for which
        there is room. Where several may be chosen, what is known already is not asked again."""
        offered = [
            choice
            for choice in self.choices
            if choice.is_offered_to(facts) and not (self.multiple and choice.is_known_from(facts))
        ]
        room = MOST_CHOICES - sum(not choice.offer_if for choice in offered)
        left_out = [choice.key for choice in offered if choice.offer_if][room:]
        kept = tuple(choice for choice in offered if choice.key not in left_out)
        return self if len(kept) == len(self.choices) else replace(self, choices=kept)


@dataclass(frozen=True)
class Flow:
    key: str
    start: str
    questions: Mapping[str, Question]

    @property
    def is_for_children(self) -> bool:
        return is_for_children(self.key)

    @cached_property
    def answers_in_danger(self) -> frozenset[tuple[str, str]]:
        """The keys of the question and of the choice, for each answer that shows the results at once."""
        return frozenset(
            (question.key, choice.key)
            for question in self.questions.values()
            for choice in question.choices
            if choice.is_danger
        )

    @cached_property
    def link_keys(self) -> Mapping[str, tuple[str, str]]:
        """The short opaque key of each answer, for links that a person asks for."""
        codes: dict[str, tuple[str, str]] = {}
        for question in self.questions.values():
            for choice_key in [*(choice.key for choice in question.choices), SKIPPED]:
                codes[link_key(self.key, question.key, choice_key)] = (question.key, choice_key)
        return MappingProxyType(codes)

    @cached_property
    def longest_path_from(self) -> Mapping[str, int]:
        """How many questions lie at most between a question (itself counted) and the end."""
        longest: dict[str, int] = {"": 0}

        def measure(key: str) -> int:
            if key not in longest:
                longest[key] = 1 + max(measure(target) for target in self.targets(self.questions[key]))
            return longest[key]

        for key in self.questions:
            measure(key)
        return MappingProxyType(longest)

    @staticmethod
    def targets(question: Question) -> set[str]:
        """Every question that may follow; "" is the end."""
        named = {
            choice.next or "" if choice.is_danger else question.next if choice.next is None else choice.next
            for choice in question.choices
        }
        return named | {question.next}


SKIPPED = "-"


def is_for_children(flow_key: str) -> bool:
    """Whether a flow is the children's: its words have readings, and it ends in entries that have words for children."""
    return flow_key == Page.UNDER18


def link_key(flow: str, question: str, choice: str) -> str:
    return hashlib.sha256(f"{flow}/{question}/{choice}".encode()).hexdigest()[:5]


def build(data: FlowRow, directory: Directory) -> Flow:
    """Make a Flow of its frozen data (see chatbot.models.dump_flow for the shape). Raises FlowError."""
    questions: dict[str, Question] = {}
    for row in data["questions"]:
        if row["key"] in questions:
            raise FlowError(f"質問「{row['key']}」が2つあります。")
        questions[row["key"]] = _question(row)
    flow = Flow(data["key"], data["start"], MappingProxyType(questions))
    if flow.start not in questions:
        raise FlowError(f"始まりの質問「{flow.start}」がありません。")
    for question in questions.values():
        _refuse_nonsense(question, flow, directory)
    _refuse_circles(flow)
    codes = sum(len(question.choices) + 1 for question in questions.values())
    if len(flow.link_keys) != codes:
        raise FlowError("2つの答えの短い記号が同じになりました。どちらかの key を変えてください。")
    unreached = set(questions) - _reachable(flow)
    if unreached:
        raise FlowError(f"どこからも来られない質問があります: {'、'.join(sorted(unreached))}")
    return flow


@lru_cache(maxsize=8)
def flow_of(directory: Directory, key: str) -> Flow:
    """The flow of a Release, built once."""
    data = next(flow for flow in directory.sections["flows"] if flow["key"] == key)
    return build(data, directory)


def _question(row: QuestionRow) -> Question:
    return Question(
        key=row["key"],
        prompt=row["prompt"],
        help=row["help"],
        multiple=row["multiple"],
        most=row["most"],
        next=row["next"],
        ask_if=frozenset(row["ask_if"]),
        skip_if=frozenset(row["skip_if"]),
        skip_label=row["skip_label"],
        choices=tuple(_choice(choice) for choice in row["choices"]),
    )


def _choice(row: ChoiceRow) -> Choice:
    return Choice(
        key=row["key"],
        label=row["label"],
        help=row["help"],
        icon=row["icon"],
        facts=tuple(row["facts"]),
        offer_if=frozenset(row["offer_if"]),
        next=row["next"],
        leads_to=row["leads_to"],
    )


def _refuse_nonsense(question: Question, flow: Flow, directory: Directory) -> None:
    where = f"質問「{question.key}」"
    keys = [choice.key for choice in question.choices]
    if len(set(keys)) != len(keys):
        raise FlowError(f"{where}に、同じ key の答えが2つあります。")
    if SKIPPED in keys or any("." in key or "/" in key for key in [*keys, question.key]):
        raise FlowError(f"{where}の key に「-」だけ・「.」・「/」は使えません。")
    always = sum(not choice.offer_if for choice in question.choices)
    if len(keys) < 2 or always > MOST_CHOICES:
        raise FlowError(
            f"{where}の、だれにでも出す答えは{MOST_CHOICES}つまで、答えは2つからにしてください（いまは{always}）。"
        )
    for target in flow.targets(question):
        if target and target not in flow.questions:
            raise FlowError(f"{where}の次の質問「{target}」がありません。")
    for choice in question.choices:
        if choice.icon and choice.icon not in PICTURES:
            raise FlowError(f"{where}の答え「{choice.label}」の絵「{choice.icon}」がありません。")
    told = [fact for choice in question.choices for fact in (*choice.facts, *choice.offer_if)]
    for fact in [*question.ask_if, *question.skip_if, *told]:
        if not is_known_fact(fact, directory):
            raise FlowError(f"{where}の「{fact}」は使えません。")


def is_known_fact(fact: str, directory: Directory) -> bool:
    kind, value = split(fact)
    if kind not in FactKind.values():
        return False
    settled = SETTLED_VALUES.get(FactKind(kind))
    return value in (settled.values() if settled else getattr(directory, VOCABULARY[FactKind(kind)]))


def _refuse_circles(flow: Flow) -> None:
    done: set[str] = set()

    def visit(key: str, trail: tuple[str, ...]) -> None:
        if key in trail:
            raise FlowError(f"質問が輪になっています: {' → '.join((*trail, key))}")
        if key and key not in done:
            for target in flow.targets(flow.questions[key]):
                visit(target, (*trail, key))
            done.add(key)

    for key in flow.questions:
        visit(key, ())


def _reachable(flow: Flow) -> set[str]:
    seen: set[str] = set()
    waiting = [flow.start]
    while waiting:
        key = waiting.pop()
        if key and key not in seen:
            seen.add(key)
            waiting += flow.targets(flow.questions[key])
    return seen
