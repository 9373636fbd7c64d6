"""The list of the whole catalogue: its filters and its search."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from catalog.directory.directory import Directory
from tests.conftest import at, japan

from .browsing import Page, Visitor


def listed(page: Page) -> list[str]:
    return page.one("ul", class_="entries").named("data-support")


def search(web: Client, **fields: str) -> Page:
    return Page(web.post("/list/", fields))


def test_the_list_shows_everything_that_is_there_now(visitor: Visitor, directory: Directory) -> None:
    page = visitor.open("/list/")
    assert set(listed(page)) == {support.slug for support in directory.available}
    assert page.one(class_="count").text == f"{len(directory.available)}件あります。"


def test_the_list_is_in_the_order_of_the_syllabary(visitor: Visitor, directory: Directory) -> None:
    kana = [directory.supports[slug].kana for slug in listed(visitor.open("/list/"))]
    first = [reading[0] for reading in kana if "ぁ" <= reading[0] <= "ん"]
    assert first == sorted(first)


def test_each_row_leads_to_the_page_of_its_entry(visitor: Visitor, directory: Directory) -> None:
    for row in visitor.open("/list/").all("li", has="data-support"):
        support = directory.supports[row["data-support"]]
        assert row.one("a")["href"] == f"/list/{support.public_id}/"
        assert row.one("a").text == support.name


@pytest.mark.parametrize(
    "words",
    [
        "よりそいホットライン",
        "ﾖﾘｿｲﾎｯﾄﾗｲﾝ",  # half-width
        "よりそいほっとらいん",  # as it is read
        "よりそい　ホット",  # two parts, with a wide space
        "0120-279-338",
        "0120279338",
        "０１２０－２７９－３３８",  # full-width
    ],
)
def test_a_line_is_found_however_its_name_or_number_is_written(web: Client, words: str) -> None:
    assert listed(search(web, text=words))[0] == "yorisoi-hotline"


def test_an_entry_is_found_by_its_other_names(web: Client, directory: Directory) -> None:
    named = [(support.slug, support.also_known_as[0]) for support in directory.available if support.also_known_as]
    for slug, name in named[:20]:
        assert slug in listed(search(web, text=name))


def test_who_looks_up_an_ended_service_finds_that_it_ended(web: Client, directory: Directory) -> None:
    ended = [support for support in directory.supports.values() if not support.is_available]
    assert ended
    for support in ended:
        row = search(web, text=support.name).one("li", data_support=support.slug)
        assert "終わりました" in row.text
        assert "いま話せます" not in row.text


@pytest.mark.parametrize("moment", ["2026-11-25 12:00", "2027-01-01 03:30"])
def test_only_what_answers_now(web: Client, directory: Directory, moment: str) -> None:
    with time_machine.travel(japan(moment), tick=False):
        page = search(web, open="1")
    here = at(directory, moment)
    assert set(listed(page)) == {support.slug for support in directory.available if here.open_contact(support)}
    assert all("いま話せます" in row.text for row in page.all("li", has="data-support"))


def test_each_area_kind_way_and_age_leaves_what_belongs_to_it(web: Client, directory: Directory) -> None:
    form = search(web).one("form", role="search")
    for name in ("area", "kind", "via", "age"):
        for option in form.one("select", name=name).all("option")[1:]:
            found = [directory.supports[slug] for slug in listed(search(web, **{name: option["value"]}))]
            assert 0 < len(found) < len(directory.available) or name == "age", option.text
            for support in found:
                band = directory.age_bands.get(option["value"])
                belongs = {
                    "area": option["value"] in support.areas,
                    "kind": support.kind == option["value"],
                    "via": option["value"] in support.ways,
                    "age": bool(band and support.admits(band)),
                }
                assert belongs[name], (option.text, support.slug)


def test_filters_narrow_together_and_stay_chosen(web: Client, directory: Directory) -> None:
    page = search(web, text="電話", kind="helpline", via="chat")
    found = [directory.supports[slug] for slug in listed(page)]
    assert found
    assert all(support.kind == "helpline" and "chat" in support.ways for support in found)
    assert page.one("input", id="text")["value"] == "電話"
    chosen = [option["value"] for option in page.all("option", has="selected") if option["value"]]
    assert chosen == ["helpline", "chat"]


def test_a_search_in_place_answers_with_what_was_found_alone(web: Client) -> None:
    whole, part = (web.post("/list/", {"text": "電話"}, headers=headers) for headers in ({}, {"HX-Request": "true"}))
    assert listed(Page(part)) == listed(Page(whole))
    assert "<form" not in part.content.decode()


def test_filters_that_do_not_exist_are_left_out(web: Client, directory: Directory) -> None:
    page = search(web, area="gone", kind="gone", via="gone", age="gone")
    assert len(listed(page)) == len(directory.available)


def test_when_nothing_is_found_there_is_a_way_on(web: Client) -> None:
    page = search(web, text="どこにもないことば")
    assert listed(page) == []
    assert "/chat/" in page.one(class_="count").named("href")


def test_what_is_looked_for_is_posted_and_never_stands_in_the_address(web: Client, directory: Directory) -> None:
    page = Page(web.get("/list/?text=よりそい&area=money"))
    assert len(listed(page)) == len(directory.available)
    form = page.one("form", role="search")
    assert form["method"] == "post"
    assert form["autocomplete"] == "off"


def test_a_search_cannot_write_into_the_page(web: Client) -> None:
    page = search(web, text='"><script>alert(1)</script>')
    assert page.one("input", id="text")["value"].startswith('"><script>')
    assert "<script>alert" not in page.response.content.decode()


def test_every_filter_has_a_label(visitor: Visitor) -> None:
    form = visitor.open("/list/").one("form", role="search")
    labelled = form.named("for")
    for control in form.all("input select"):
        assert control["id"] in labelled or control.around[0].tag == "label"
