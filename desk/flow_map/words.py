"""The facts that an answer may tell about a person, in words. A curator picks these, never a code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.models import AgeBand, AudienceTag, Worry
from chatbot.facts import SETTLED_VALUES, FactKind, fact


def fact_words() -> dict[str, str]:
    """{"worry:rent": "悩み：家賃", …}, no two alike. Three queries."""
    rows = list(_rows())
    times = Counter(words for _, words in rows)
    return {code: words if times[words] == 1 else f"{words}（{code.partition(':')[2]}）" for code, words in rows}


def _rows() -> Iterator[tuple[str, str]]:
    vocabulary = (
        (FactKind.WORRY, Worry.objects.all()),
        (FactKind.TAG, AudienceTag.objects.all()),
        (FactKind.AGE, AgeBand.objects.all()),
    )
    for kind, rows in vocabulary:
        yield from ((fact(kind, row.code), f"{kind.label}：{row.label}") for row in rows)
    for kind, values in SETTLED_VALUES.items():
        straight_on = "（すぐ結果へ）" if kind is FactKind.DANGER else ""
        yield from ((fact(kind, value), f"{kind.label}：{value.label}{straight_on}") for value in values)
