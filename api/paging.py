"""Pagination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from .parameters import Asked, WholeNumber
from .problems import Mistake, NoSuchPage

Item = TypeVar("Item")
MOST_PER_PAGE = 400  # the whole catalogue fits


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Item]):
    """`number` counts from 1; an empty list has one empty page."""

    rows: Sequence[Item]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(ceil(self.total / self.per_page), 1)


class Paged(Asked):
    """The parameters that choose a page."""

    page = WholeNumber(default=1, min_value=1, max_value=10_000, help_text="何ページ目か（1から）。")
    per_page = WholeNumber(
        default=50, min_value=1, max_value=MOST_PER_PAGE, help_text=f"1ページの件数（{MOST_PER_PAGE}まで）。"
    )


def page_of(rows: Sequence[Item], asked: dict[str, Any], *, where: str = "query") -> ListPage[Item]:
    """The requested page of a list. Raises NoSuchPage for one behind the last. `where` the page was asked for: "query" or "body"."""
    number, size = asked["page"], asked["per_page"]
    page = ListPage(rows[(number - 1) * size : number * size], number, size, len(rows))
    if number > page.pages:
        raise NoSuchPage([Mistake(where, "page", f"page: {page.pages}ページまでしかありません。")])
    return page
