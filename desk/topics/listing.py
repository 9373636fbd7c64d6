"""What each answer of a flow brings up first, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.directory.firsts import First
from catalog.text.furigana import plain
from chatbot.flow import Flow
from chatbot.topics import Line, Topic, topics
from chatbot.warnings import lacks

from .wording import Words, conditions, never_with, only_with, people_words

Urls = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of an entry. `worry`: which of the topic's worries it stands for, where there are several."""

    place: int
    name: str
    url: str
    worry: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `lacking`: what should be named first and is not."""

    anchor: str
    answer: str
    worries: tuple[str, ...]
    lacking: str
    to_talk_to: tuple[Shown, ...]
    to_use: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with those of its answers that tell worries."""

    key: str
    prompt: str
    rows: list[Row] = field(default_factory=list)


def anchor_of(question: str, choice: str) -> str:
    return f"{question}-{choice}"


def listing(flow: Flow, directory: Directory, entries: Urls) -> list[Asked]:
    """The questions in their order. `entries`: the pages on which the entries are edited, by slug."""
    words = people_words(directory)
    found: dict[str, Asked] = {}
    for topic in topics(flow, directory):
        key = topic.question.key
        found.setdefault(key, Asked(key, plain(topic.question.prompt))).rows.append(
            _row(topic, directory, words, entries)
        )
    return [*found.values()]


def where_told(worry: str, flows: Iterable[Flow], directory: Directory) -> tuple[Flow, Topic] | None:
    """The first answer that tells this worry, as its first worry if there is such a one."""
    found = [(flow, topic) for flow in flows for topic in topics(flow, directory) if worry in topic.worries]
    return min(found, key=lambda each: each[1].worries.index(worry), default=None)


def _row(topic: Topic, directory: Directory, words: Words, entries: Urls) -> Row:
    labels = {code: directory.worries[code].label for code in topic.worries}
    return Row(
        anchor_of(topic.question.key, topic.choice.key),
        plain(topic.choice.label),
        tuple(labels.values()),
        lacks(topic),
        _shown(topic.to_talk_to, labels, words, entries),
        _shown(topic.to_use, labels, words, entries),
    )


def _shown(lines: Iterable[Line], labels: Mapping[str, str], words: Words, entries: Urls) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            first.place,
            support.name,
            entries.get(support.slug, ""),
            labels[first.worry] if len(labels) > 1 else "",
            tuple(_conditions(first, support, words)),
        )
        for first, support in lines
    )


def _conditions(first: First, support: Support, words: Words) -> Iterator[str]:
    """Those of the line, and those of the entry where they say more."""
    if said := conditions(first, words):
        yield said
    if {*support.needs} != {frozenset({each}) for each in first.any_of} and support.needs:
        yield only_with(support.needs, words)
    if support.never_with:
        yield never_with(support.never_with, words)
