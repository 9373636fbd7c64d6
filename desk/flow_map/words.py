"""The facts that an answer may tell about a person, in words. A curator picks these, never a code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.models import AgeBand, AudienceTag, Worry

# The kinds whose values are fixed (chatbot.flow); the others come from the vocabulary.
FIXED = {
    "who:self": "だれのこと：自分",
    "who:family": "だれのこと：家族や友人",
    "who:helper": "だれのこと：支えている人",
    "via:phone": "話しかた：電話で",
    "via:text": "話しかた：文字で",
    "via:visit": "話しかた：会って",
    "danger:suicide": "危険：死にたいほどつらい（すぐ結果へ）",
    "danger:violence": "危険：暴力や被害（すぐ結果へ）",
}


def fact_words() -> dict[str, str]:
    """{"worry:rent": "悩み：家賃", …}, no two alike. Three queries."""
    rows = list(_rows())
    times = Counter(words for _, words in rows)
    return {code: words if times[words] == 1 else f"{words}（{code.partition(':')[2]}）" for code, words in rows}


def _rows() -> Iterator[tuple[str, str]]:
    yield from ((f"worry:{worry.code}", f"悩み：{worry.label}") for worry in Worry.objects.all())
    yield from ((f"tag:{tag.code}", f"対象：{tag.label}") for tag in AudienceTag.objects.all())
    yield from ((f"age:{band.code}", f"年代：{band.label}") for band in AgeBand.objects.all())
    yield from FIXED.items()
