"""このサイトについて says how much is confirmed, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from catalog.pages.sureness import Sureness, sureness_of_hours, sureness_of_numbers
from catalog.release import serving
from tests.catalog.samples import contact_row, directory_of, source_row, support_row

from .browsing import Page

RECENT, OLD, UNSEEN, CLOSED = (contact_row(f"0120-000-00{n}") for n in range(4))
SOURCES = [
    source_row(RECENT, page_date="2023", publisher="press"),
    source_row(OLD, page_date="2019", publisher="official"),
    source_row(UNSEEN, page_date="2019", publisher="press"),
]
ENTRIES = [
    support_row("a", "あかり", contacts=[RECENT, OLD, UNSEEN, contact_row("110")], sources=SOURCES),
    support_row("b", "おわり", contacts=[CLOSED], status="ended"),
]


@pytest.fixture
def about(client: Client) -> Iterator[str]:
    serving.use(directory_of(*ENTRIES))
    yield Page(client.get("/about/")).main.text
    serving.use(None)


def test_a_number_counts_by_the_best_page_that_shows_it() -> None:
    directory = directory_of(*ENTRIES)
    assert sureness_of_numbers(directory) == sureness_of_hours(directory) == Sureness(1, 1, 1)


def test_the_page_says_how_many_are_confirmed(about: str) -> None:
    assert "電話番号は3件あります。2023年からあとの資料で見たものが1件" in about
    assert "受付時間は3件あります" in about
    assert "1件は、まだ確かめていません" in about


def test_it_does_not_claim_that_everything_is(about: str) -> None:
    assert "確かめたものだけ" not in about
