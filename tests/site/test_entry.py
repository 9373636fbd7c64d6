"""The page of one entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from catalog.directory.directory import Directory
from catalog.directory.entries import Contact, Support
from catalog.text import phone
from tests.conftest import japan

from .browsing import Element, Page

OpenEntry = Callable[[Support], Page]


@pytest.fixture
def entry(web: Client, noon: None) -> OpenEntry:
    return lambda support: Page(web.get(f"/list/{support.public_id}/"))


def with_phone(directory: Directory, fits: Callable[[Contact], object]) -> list[tuple[Support, Contact]]:
    found = [(s, c) for s in directory.available for c in s.contacts if c.via == "phone" and fits(c)]
    assert found
    return found


def box_of(page: Page, contact: Contact) -> Element:
    """Where a number stands, with all that is said of it."""
    return next(
        box for box in page.all(class_="contact") if contact.value in [n.text for n in box.all(class_="number")]
    )


def test_an_entry_says_what_it_is_who_runs_it_and_when_to_use_it(entry: OpenEntry, directory: Directory) -> None:
    for support in directory.available[::10]:
        page = entry(support)
        assert page.one("h1").text == support.name
        assert page.one("article")["data-support"] == support.slug
        for words in (support.kana, support.when_to_use, support.summary, support.operator, *support.conditions):
            assert " ".join(words.split()) in page.main.text, (support.slug, words)


def test_every_way_to_reach_it_is_shown(entry: OpenEntry, directory: Directory) -> None:
    for support in directory.supports.values():
        ways = len(support.contacts) if support.is_available else 0  # what has ended is not reached any more
        assert len(entry(support).all(class_="contact")) == ways, support.slug


def test_every_entry_names_its_sources_and_when_it_was_checked(entry: OpenEntry, directory: Directory) -> None:
    for support in directory.supports.values():
        page = entry(support)
        sources = page.one(class_="sources")
        assert [link["href"] for link in sources.all("a")] == [source.url for source in support.sources if source.url]
        assert len(sources.all("li")) == len(support.sources) > 0
        assert ("確かめました" if support.is_verified else "まだ確かめていません") in page.main.text, support.slug
        if support.verified_on:
            year, _, month = support.verified_on.partition("-")
            words = f"{year}年{int(month)}月の資料まで" if month and "-" not in month else f"{year}年"
            assert words in page.main.text, support.slug


def test_an_ended_entry_says_so_and_names_what_takes_its_place(entry: OpenEntry, directory: Directory) -> None:
    ended = [support for support in directory.supports.values() if support.status == "ended"]
    assert ended
    for support in ended:
        page = entry(support)
        notice = page.one("div", class_="ended")
        assert "これは終わりました" in notice.text
        assert support.replaced_note in notice.text
        instead = [directory.supports[slug] for slug in support.replaced_by]
        assert [link["href"] for link in notice.all("a")] == [f"/list/{other.public_id}/" for other in instead]
        assert all(other.is_available for other in instead)
        assert not page.all(class_="open")


def test_an_entry_that_goes_on_does_not_say_that_it_ended(entry: OpenEntry, directory: Directory) -> None:
    assert not [s.slug for s in directory.available if entry(s).all(class_="ended")]


def test_a_seasonal_entry_says_so_and_is_closed_out_of_its_season(web: Client, directory: Directory) -> None:
    seasonal = [support for support in directory.available if support.status == "seasonal"]
    assert seasonal
    for support in seasonal:
        with time_machine.travel(japan("2026-02-10 12:00"), tick=False):
            page = Page(web.get(f"/list/{support.public_id}/"))
        assert "期間をかぎって開く" in page.one("p", class_="notice").text
        assert not page.all(class_="open")
        if support.has_season:
            assert "いまは期間外です" in page.main.text


def test_a_number_with_a_sharp_sign_stands_large_and_says_how_to_dial(entry: OpenEntry, directory: Directory) -> None:
    for support, contact in with_phone(directory, lambda c: phone.is_short_code(c.value)):
        box = box_of(entry(support), contact)
        assert not [link for link in box.all("a") if link["href"].startswith("tel:")]
        assert box.one(class_="tel-by-hand").text == contact.value
        assert box.one(class_="how-to-dial").text


def test_every_other_number_can_be_tapped(entry: OpenEntry, directory: Directory) -> None:
    for support, contact in with_phone(directory, lambda c: c.tel_uri):
        assert box_of(entry(support), contact).one(class_="tel")["href"] == contact.tel_uri


def test_who_pays_is_said_at_the_number(entry: OpenEntry, directory: Directory) -> None:
    for support, contact in with_phone(directory, lambda c: True):
        said = box_of(entry(support), contact).one(class_="charge").text
        if phone.is_navi_dial(contact.value):
            assert "有料" in said, contact.value
        elif contact.charge == "free":
            assert said == "無料", contact.value
        else:
            assert "無料" not in said, contact.value


def test_a_number_that_ip_phones_cannot_dial_says_so(entry: OpenEntry, directory: Directory) -> None:
    for support, contact in with_phone(directory, lambda c: c.ip_phone == "no"):
        assert "IP電話" in box_of(entry(support), contact).text


def test_hours_that_were_not_confirmed_are_called_an_estimate(entry: OpenEntry, directory: Directory) -> None:
    loose = with_phone(directory, lambda c: not c.hours_confirmed and c.timetable.rules)
    for support, contact in loose:
        assert "受付時間の目安" in box_of(entry(support), contact).text
    for support, contact in with_phone(directory, lambda c: c.hours_confirmed and c.timetable.rules):
        assert "目安" not in box_of(entry(support), contact).one(class_="hours").text


def test_the_address_is_a_code_and_nothing_else_opens_the_entry(web: Client, directory: Directory) -> None:
    for address in ("/list/yorisoi-hotline/", "/list/00000000/", "/list/-/"):
        assert web.get(address).status_code == 404
    assert len({support.public_id for support in directory.supports.values()}) == len(directory.supports)


def test_from_an_entry_one_can_go_on_searching(entry: OpenEntry, directory: Directory) -> None:
    ways = entry(directory.available[0]).main.named("href")
    assert {"/chat/", "/list/"} <= set(ways)
