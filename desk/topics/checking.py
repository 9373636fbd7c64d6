"""What is wrong with the lines that somebody typed, with the codes that were perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from catalog.directory.directory import Directory
from catalog.directory.firsts import parse_first, parse_joint
from chatbot.facts import FactKind, fact
from chatbot.flow import is_known_fact

from .wording import people_words

MOST_HINTS = 3


def problems_of_firsts(lines: Iterable[str], vocabulary: Directory) -> Iterator[str]:
    """One message for each line that cannot be read, and for each code that does not exist."""
    for line in lines:
        try:
            first = parse_first(line)
        except ValueError as error:
            yield str(error)
            continue
        if first.worry not in vocabulary.worries:
            yield f"「{line}」の「{first.worry}」という悩みはありません。{_near(fact(FactKind.WORRY, first.worry), vocabulary)}"
        yield from _unknown(line, first.mentioned, vocabulary)


def problems_of_facts(lines: Iterable[str], vocabulary: Directory) -> Iterator[str]:
    """The same of lines of facts, joined by + or alone."""
    for line in lines:
        try:
            (together,) = parse_joint([line])
        except ValueError as error:
            yield str(error)
        else:
            yield from _unknown(line, together, vocabulary)


def _unknown(line: str, facts: Iterable[str], vocabulary: Directory) -> Iterator[str]:
    for each in sorted(facts):
        if not is_known_fact(each, vocabulary):
            yield f"「{line}」の「{each}」という記号はありません。{_near(each, vocabulary)}"


def _near(typed: str, vocabulary: Directory) -> str:
    """もしかして: codes of the same kind that look alike, in words."""
    words = people_words(vocabulary)
    kind, _, value = typed.partition(":")
    same_kind = {code.partition(":")[2]: code for code in words if code.startswith(f"{kind}:")}
    close = get_close_matches(value, same_kind, n=MOST_HINTS, cutoff=0.5)
    hints = [f"{code}（{words[same_kind[code]][0]}）" for code in close]
    return f"もしかして: {'、'.join(hints)}。" if hints else ""
