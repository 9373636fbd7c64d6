"""A flow as its curators read it: every question with its answers and where each leads. It takes broken flows as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.directory.codes import Page
from catalog.text.furigana import plain
from chatbot.facts import FactKind
from desk.draft.diagnosis import Data

Counts = Mapping[tuple[str, str, str], int]  # (flow, question, choice) → how many entries it leads to


@dataclass(frozen=True, slots=True)
class Branch:
    """One answer, or what happens without one. `target`: the next question's key, "" for the results.
    `follows_question`: it goes where the question's own 次の質問 goes."""

    key: str
    words: str
    target: str
    target_words: str
    is_broken: bool = False
    is_danger: bool = False
    follows_question: bool = False
    leads_to_under18: bool = False
    tells_worries: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionOutline:
    """One question. `conditions`: whom it is asked of, in words; who is not asked goes the way of `rest`."""

    key: str
    prompt: str
    url: str
    conditions: tuple[str, ...]
    branches: tuple[Branch, ...]
    rest: Branch
    is_start: bool
    is_reached: bool

    @property
    def targets(self) -> tuple[str, ...]:
        """Every question that may follow, each once, in the order of the answers."""
        return tuple(
            dict.fromkeys(
                branch.target for branch in (*self.branches, self.rest) if branch.target and not branch.is_broken
            )
        )


def outline(
    data: Data, *, facts: Mapping[str, str], urls: Mapping[str, str], counts: Counts | None = None
) -> tuple[QuestionOutline, ...]:
    """The questions in their order. `facts` names facts, `urls` the questions' pages."""
    prompts = {row["key"]: plain(row["prompt"]) for row in data["questions"]}
    reached = _reached(data)
    return tuple(
        QuestionOutline(
            key=row["key"],
            prompt=prompts[row["key"]],
            url=urls.get(row["key"], ""),
            conditions=tuple(conditions(row, facts)),
            branches=tuple(_branch(choice, row, data["key"], prompts, counts or {}) for choice in row["choices"]),
            rest=Branch("", plain(row["skip_label"]), row["next"], *_target(row["next"], prompts)),
            is_start=row["key"] == data["start"],
            is_reached=row["key"] in reached,
        )
        for row in data["questions"]
    )


def _branch(choice: Data, row: Data, flow: str, prompts: Mapping[str, str], counts: Counts) -> Branch:
    target = next_of(choice, row)
    return Branch(
        choice["key"],
        plain(choice["label"]),
        target,
        *_target(target, prompts),
        is_danger=is_danger(choice),
        follows_question=choice["next"] is None and not is_danger(choice),
        leads_to_under18=choice["leads_to"] == Page.UNDER18,
        tells_worries=_tells(choice, FactKind.WORRY),
        count=counts.get((flow, row["key"], choice["key"])),
    )


def next_of(choice: Data, row: Data) -> str:
    if is_danger(choice):
        return str(choice["next"] or "")
    return str(row["next"] if choice["next"] is None else choice["next"])


def is_danger(choice: Data) -> bool:
    return _tells(choice, FactKind.DANGER)


def _tells(choice: Data, kind: FactKind) -> bool:
    return any(fact.startswith(f"{kind}:") for fact in choice["facts"])


def _target(key: str, prompts: Mapping[str, str]) -> tuple[str, bool]:
    if not key:
        return "結果へ", False
    return (f"{prompts[key]}（{key}）", False) if key in prompts else (f"「{key}」は、この流れにありません", True)


def conditions(row: Data, facts: Mapping[str, str]) -> Iterator[str]:
    for name, words in (("ask_if", "の人にだけ聞く"), ("skip_if", "の人には聞かない")):
        if row[name]:
            yield "か、".join(facts.get(fact, fact) for fact in row[name]) + words


def _reached(data: Data) -> set[str]:
    rows = {row["key"]: row for row in data["questions"]}
    seen: set[str] = set()
    waiting = [data["start"]]
    while waiting:
        key = waiting.pop()
        if key in rows and key not in seen:
            seen.add(key)
            row = rows[key]
            waiting += [*(next_of(choice, row) for choice in row["choices"]), row["next"]]
    return seen
