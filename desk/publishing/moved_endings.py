"""Which paths through the flows end differently after a change, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.directory.codes import Page
from catalog.directory.rows import Payload
from catalog.text import furigana
from chatbot.flow import SKIPPED
from chatbot.survey import FlowPath, Survey

MOST_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class FlowMoves:
    """Numbers of paths through the flow of one page. `reordered`: the same entries in another order."""

    page: str
    before: int
    after: int
    different: int
    reordered: int


@dataclass(frozen=True, slots=True)
class Example:
    """One path (the answers in words), what no longer stands at its end, what newly does, and how many paths move alike."""

    page: str
    answers: str
    go: tuple[str, ...]
    come: tuple[str, ...]
    paths: int


@dataclass(frozen=True, slots=True)
class Moves:
    flows: tuple[FlowMoves, ...]
    examples: tuple[Example, ...]
    more: int  # kinds of moves that have no example here


def moves(old: Payload, new: Payload, before: Survey, after: Survey) -> Moves:
    """What a change from one payload to another moves, by the surveys of the two."""
    flows = sorted({flow for flow, _ in (*before.endings, *after.endings)})
    alike: defaultdict[tuple[str, frozenset[str], frozenset[str]], list[FlowPath]] = defaultdict(list)
    reordered: defaultdict[str, int] = defaultdict(int)
    for (flow, path), then in after.endings.items():
        first = before.endings.get((flow, path))
        if first is None or first == then:
            continue
        if set(first) == set(then):
            reordered[flow] += 1
        else:
            alike[flow, frozenset(first) - frozenset(then), frozenset(then) - frozenset(first)].append(path)
    names = {row["slug"]: row["name"] for payload in (old, new) for row in payload["supports"]}
    labels = dict(_labels(new))
    kinds = sorted(alike.items(), key=lambda kind: -len(kind[1]))
    examples = (
        Example(
            Page.labels().get(flow, flow),
            _answers(min(paths, key=lambda path: (len(path), path)), flow, labels),
            tuple(names[slug] for slug in sorted(go)),
            tuple(names[slug] for slug in sorted(come)),
            len(paths),
        )
        for (flow, go, come), paths in kinds[:MOST_EXAMPLES]
    )
    return Moves(
        tuple(
            FlowMoves(
                Page.labels().get(flow, flow),
                sum(1 for each, _ in before.endings if each == flow),
                sum(1 for each, _ in after.endings if each == flow),
                sum(len(paths) for (each, _, _), paths in alike.items() if each == flow),
                reordered[flow],
            )
            for flow in flows
        ),
        tuple(examples),
        max(len(kinds) - MOST_EXAMPLES, 0),
    )


def _labels(payload: Payload) -> Iterator[tuple[tuple[str, str, str], str]]:
    """(flow, question, answer) → the words on the button."""
    for flow in payload["sections"]["flows"]:
        for question in flow["questions"]:
            yield (flow["key"], question["key"], SKIPPED), furigana.plain(question["skip_label"])
            for choice in question["choices"]:
                yield (flow["key"], question["key"], choice["key"]), furigana.plain(choice["label"])


def _answers(path: FlowPath, flow: str, labels: Mapping[tuple[str, str, str], str]) -> str:
    return " → ".join("、".join(labels[flow, question, key] for key in keys) for question, keys in path)
