"""The lines of an entry (catalog.directory.firsts) as a person would say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from catalog.directory.directory import Directory
from catalog.directory.firsts import Facts, First, Joint
from chatbot.facts import SETTLED_VALUES, FactKind, fact

Words = Mapping[
    str, tuple[str, str]
]  # of each fact: its name, and what makes of one or several names those of whom it holds


def people_words(vocabulary: Directory) -> Words:
    """{"tag:parent": ("子育て中の方", ""), "worry:rent": ("「家賃」", "の悩みがある人"), …}"""
    return {
        **{
            fact(FactKind.WORRY, code): (f"「{worry.label}」", "の悩みがある人")
            for code, worry in vocabulary.worries.items()
        },
        **{fact(FactKind.TAG, code): (label, "") for code, label in vocabulary.tags.items()},
        **{fact(FactKind.AGE, code): (f"「{band.label}」", "の人") for code, band in vocabulary.age_bands.items()},
        **{
            fact(kind, value): (value.label, "話したい人")
            if kind is FactKind.VIA
            else (f"「{value.label}」", "と答えた人")
            for kind, values in SETTLED_VALUES.items()
            for value in values
        },
    }


def conditions(first: First, words: Words) -> str:
    """「子育て中の方だけ、「65歳以上」の人をのぞく」; "" where there is none."""
    return "、".join(_conditions(first, words))


def said(first: First, vocabulary: Directory, words: Words) -> tuple[str, str]:
    """(「家賃」の2番目, （子育て中の方だけ）)"""
    worry = vocabulary.worries.get(first.worry)
    only = conditions(first, words)
    return f"「{worry.label if worry else first.worry}」の{first.place}番目", f"（{only}）" if only else ""


def _conditions(first: First, words: Words) -> Iterator[str]:
    if first.all_of:
        yield f"{_together(first.all_of, words)}だけ"
    if first.any_of:
        yield f"{_any_of(first.any_of, words)}だけ"
    if first.none_of:
        yield f"{_any_of(first.none_of, words)}をのぞく"


def only_with(needs: Joint, words: Words) -> str:
    """Whom an entry is shown to; "" for anybody."""
    return f"{_any_joint(needs, words)}だけに出す" if needs else ""


def never_with(never: Joint, words: Words) -> str:
    """Whom an entry is not shown to; "" for nobody."""
    return f"{_any_joint(never, words)}には出さない" if never else ""


def _any_joint(joint: Joint, words: Words) -> str:
    alone = [each for facts in joint if len(facts) == 1 for each in facts]
    together = [_together(facts, words) for facts in joint if len(facts) > 1]
    return "か、".join([*filter(None, [_any_of(alone, words)]), *together])


def _any_of(facts: Iterable[str], words: Words) -> str:
    """「がん」か「難病」の悩みがある人か、障害のある方"""
    named = [words.get(each, (each, "")) for each in _sorted(facts, words)]
    return "か、".join(
        f"{'か'.join(name for name, _ in alike)}{ending}" for ending, alike in groupby(named, itemgetter(1))
    )


def _together(facts: Facts, words: Words) -> str:
    return "で、".join("".join(words.get(each, (each, ""))) for each in _sorted(facts, words))


def _sorted(facts: Iterable[str], words: Words) -> list[str]:
    """In the order of the vocabulary."""
    order = {code: place for place, code in enumerate(words)}
    return sorted(facts, key=lambda each: (order.get(each, len(order)), each))
