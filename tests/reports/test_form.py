"""まちがいを知らせる: what a person without scripts sees and sends, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from reports import keeping
from reports.models import LONGEST_TEXT, Report, Reports
from tests.conftest import japan
from tests.site.browsing import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
WORDS = "かけたら、現在使われていないと言われました。"


@pytest.fixture(autouse=True)
def nobody_has_reported_yet() -> Iterator[None]:
    caches["throttle"].clear()
    yield
    caches["throttle"].clear()


@pytest.fixture
def line(directory: Directory) -> Support:
    """An entry that children are shown, too, with several numbers."""
    return next(s for s in directory.available if s.child and len({c.value for c in s.contacts if c.value}) > 2)


def address_of(support: Support, *, child: bool = False) -> str:
    return f"/under18/report/{support.public_id}/" if child else f"/list/{support.public_id}/report/"


def send(web: Client, support: Support, *, child: bool = False, **fields: Any) -> Response:
    return web.post(address_of(support, child=child), {"wrong": "other", "text": "", "send": "1", **fields})


def kept() -> list[tuple[str, str, str, str]]:
    return list(Report.objects.order_by("pk").values_list("slug", "wrong", "contact", "text"))


def test_the_page_of_an_entry_leads_to_the_form(web: Client, line: Support) -> None:
    link = next(a for a in Page(web.get(f"/list/{line.public_id}/")).main.all("a") if a.text == "まちがいを知らせる")
    assert link["href"] == address_of(line)
    assert "nofollow" in link["rel"]


def test_the_cards_of_children_lead_to_the_form_in_their_words(web: Client) -> None:
    results = Page(web.post("/under18/chat/", {"a": ["band.jh", "teen.heart", "heart.dying"]}))
    link = results.all("article")[0].one("a", rel="nofollow")
    form = Page(web.get(link["href"]))
    assert form.one("h1").text == "まちがいをおしえる"
    assert form.all("ruby")


def test_what_is_sent_is_kept_and_nothing_else(web: Client, line: Support) -> None:
    number = next(contact.value for contact in line.contacts[1:] if contact.value)
    with time_machine.travel(japan("2026-11-25 01:00"), tick=False):
        response = send(web, line, wrong="number", contact=number, text=f"  {WORDS}\r\n二行目 ")
    assert response.status_code == 303
    assert kept() == [(line.slug, "number", number, f"{WORDS}\n二行目")]
    assert Report.objects.get().sent_on == date(2026, 11, 25)
    assert {field.name for field in Report._meta.fields} == {
        "id", "slug", "wrong", "contact", "text", "sent_on", "fingerprint", "outcome", "closed_by", "closed_at",
    }  # fmt: skip


def test_the_thanks_can_be_reloaded_without_sending_again(web: Client, line: Support) -> None:
    where = send(web, line)["Location"]
    assert [Page(web.get(where)).one("h1").text for _ in range(2)] == ["知らせてくださって、ありがとうございます"] * 2
    assert len(kept()) == 1


def test_two_presses_count_once_and_a_closed_report_can_come_again(web: Client, line: Support) -> None:
    assert [send(web, line, text=WORDS).status_code for _ in range(2)] == [303, 303]
    assert len(kept()) == 1
    Report.objects.update(outcome="mended")
    send(web, line, text=WORDS)
    assert len(kept()) == 2


def test_children_send_the_same_and_are_thanked_in_their_words(web: Client, line: Support) -> None:
    response = send(web, line, child=True, wrong="ended", a="band.g34", ruby="none")
    assert kept() == [(line.slug, "ended", "", "")]
    assert "おしえてくれて、ありがとう" in Page(web.get(response["Location"])).one("h1").text


def test_another_way_to_read_loses_nothing_that_a_child_has_typed(web: Client, line: Support) -> None:
    typed = {"wrong": "words", "text": WORDS, "a": "band.g34", "ruby": ["", "all"]}
    page = Page(web.post(address_of(line, child=True), typed))
    assert page.one("textarea").text == WORDS
    assert page.one("input", value="words").attrs.keys() >= {"checked"}
    assert page.one("button", name="ruby", aria_pressed="true")["value"] == "all"
    assert page.one("form", class_="report").one("input", name="a")["value"] == "band.g34"
    assert not kept()


def test_of_a_childs_answers_only_the_grade_goes_along(web: Client, line: Support) -> None:
    page = Page(web.post(address_of(line, child=True), {"a": ["band.jh", "teen.heart", "heart.dying"]}))
    assert {hidden["value"] for hidden in page.all("input", name="a")} == {"band.jh"}


def test_a_number_is_asked_for_where_there_are_several_and_known_where_there_is_one(
    web: Client, line: Support, directory: Directory
) -> None:
    offered = [radio["value"] for radio in Page(web.get(address_of(line))).all("input", name="contact")]
    assert sorted(offered) == sorted({contact.value for contact in line.contacts if contact.value})
    single = next(s for s in directory.available if len(s.contacts) == 1)
    assert not Page(web.get(address_of(single))).all("input", name="contact")
    send(web, single, wrong="number")
    assert kept()[-1][2] == single.contacts[0].value


def test_odd_fields_are_left_out(web: Client, line: Support) -> None:
    send(web, line, wrong="number", contact="0120-999-999", text="\x00い\u202eろ\x1b\u200bは", nazo="1")
    assert kept() == [(line.slug, "number", "", "いろは")]


@pytest.mark.parametrize("child", [False, True])
def test_who_chose_nothing_is_asked_again_and_loses_nothing(web: Client, line: Support, child: bool) -> None:
    for wrong in ("", "nazo"):
        response = send(web, line, child=child, wrong=wrong, text=WORDS)
        page = Page(response)
        assert "どこが" in page.one(role="alert").text
        assert page.one("textarea").text == WORDS
    assert not kept()


def test_as_much_as_the_page_allows_is_taken_and_more_is_not_lost(web: Client, line: Support) -> None:
    assert send(web, line, text="あ" * LONGEST_TEXT).status_code == 303
    page = Page(send(web, line, text="い" * (LONGEST_TEXT + 1)))
    assert str(LONGEST_TEXT) in page.one(role="alert").text
    assert page.one("textarea").text == "い" * (LONGEST_TEXT + 1)
    assert len(kept()) == 1


def test_what_is_too_much_for_any_form_gets_the_page_with_the_numbers(web: Client, line: Support) -> None:
    response = send(web, line, text="あ" * 300_000)
    assert response.status_code == 400
    assert Page(response).one(class_="strip-tel")


@pytest.mark.parametrize("child", [False, True])
def test_who_sends_much_waits_and_nobody_else_does(web: Client, line: Support, child: bool) -> None:
    for n in range(keeping.MOST_AN_HOUR):
        assert send(web, line, text=str(n)).status_code == 303
    refused = send(web, line, child=child, text=WORDS)
    assert refused.status_code == 429
    assert Page(refused).one("textarea").text == WORDS
    neighbour = Client(REMOTE_ADDR="203.0.113.9")
    assert send(neighbour, line, text=WORDS).status_code == 303
    with time_machine.travel(japan("2036-11-25 12:00")):
        assert send(web, line, text="later").status_code == 303


def test_a_household_is_one_sender_by_whichever_address_of_its_network(line: Support, web: Client) -> None:
    for n in range(keeping.MOST_AN_HOUR):
        send(Client(REMOTE_ADDR=f"2001:db8:1:2::{n}"), line, text=str(n))
    assert send(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"), line).status_code == 429
    assert send(Client(REMOTE_ADDR="2001:db8:1:3::1"), line).status_code == 303


def test_a_flood_from_everywhere_fills_the_queue_and_no_more(
    web: Client, line: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_OPEN", 3)
    sent = [send(Client(REMOTE_ADDR=f"203.0.113.{n}"), line, text=str(n)) for n in range(9)]
    assert [response.status_code for response in sent] == [303] * 3 + [429] * 6
    assert Page(sent[-1]).one("textarea").text == "8"
    assert len(kept()) == 3
    Report.objects.update(outcome="prank")
    assert send(web, line, text=WORDS).status_code == 303


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("could not connect to db.example as reports")

    monkeypatch.setattr(Reports, "forget_old", fail)


@pytest.mark.parametrize("child", [False, True])
def test_without_the_database_the_page_says_so_and_keeps_what_was_typed(
    web: Client, line: Support, away: None, child: bool, settings: Settings
) -> None:
    settings.CONTACT_EMAIL = "data@city.example"
    response = send(web, line, child=child, text=WORDS)
    page = Page(response)
    assert response.status_code == 200
    assert "いまは" in page.one(role="alert").text
    assert page.one("textarea").text == WORDS
    assert page.main.all("a", href="mailto:data@city.example")
    assert "db.example" not in response.content.decode()


def test_while_the_database_hangs_the_other_threads_stay_free(web: Client, line: Support) -> None:
    """Each that waits for it is one less for the public pages."""
    with keeping._waiting, keeping._waiting:
        assert "いまは受けとれません" in Page(send(web, line)).one(role="alert").text
    assert send(web, line).status_code == 303


def test_the_form_itself_needs_no_database(web: Client, line: Support, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for child in (False, True):
            assert web.get(address_of(line, child=child)).status_code == 200
            assert web.get(f"{address_of(line, child=child)}thanks/").status_code == 200
            assert web.post(address_of(line, child=child), {"text": WORDS}).status_code == 200


@pytest.mark.parametrize("child", [False, True])
def test_no_cookie_no_index_and_nothing_kept_on_the_way(web: Client, line: Support, child: bool) -> None:
    """Also with the check for forged forms on: no page gives out a token for it, which would need a cookie."""
    strict = Client(enforce_csrf_checks=True)
    responses = [
        strict.get(address_of(line, child=child)),
        send(strict, line, child=child),
        send(strict, line, wrong=""),
    ]
    responses.append(strict.get(responses[1]["Location"]))
    assert [response.status_code for response in responses] == [200, 303, 200, 200]
    for response in responses:
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "csrf" not in responses[0].content.decode()
    assert not strict.cookies


def test_search_engines_are_kept_away(web: Client) -> None:
    robots = web.get("/robots.txt").content.decode()
    assert "Disallow: /list/*/report/" in robots
    assert "Disallow: /under18/report/" in robots
    assert "/report/" not in web.get("/sitemap.xml").content.decode()


def test_what_is_not_there_is_not_found(web: Client, directory: Directory) -> None:
    adults_only = next(s for s in directory.available if not s.child)
    assert web.get("/list/s00000000/report/").status_code == 404
    assert web.get(address_of(adults_only, child=True)).status_code == 404
    assert web.delete(address_of(adults_only)).status_code == 405


@pytest.mark.parametrize("child", [False, True])
def test_the_page_says_that_nobody_answers_and_whom_to_call(web: Client, line: Support, child: bool) -> None:
    main = Page(web.get(address_of(line, child=child))).main
    dialled = [link["href"] for link in main.all("a") if link["href"].startswith("tel:")]
    assert dialled[:2] == ["tel:110", "tel:119"]
    assert len(dialled) == 3
    assert ("返事" in main.text) or ("へんじ" in main.text)


def test_nothing_of_it_stands_in_the_log(
    web: Client, line: Support, away: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    send(web, line, text=WORDS)
    send(web, line, wrong="", text=WORDS)
    assert not [
        record for record in caplog.records if record.name != "django.db.backends" and record.levelname != "DEBUG"
    ]
    assert WORDS not in caplog.text


def test_an_address_is_counted_under_a_name_that_does_not_tell_it(web: Client, line: Support) -> None:
    send(Client(REMOTE_ADDR="203.0.113.9"), line)
    assert [key for key in caches["throttle"]._cache if "report:" in key]  # type: ignore[attr-defined]
    assert "203.0.113.9" not in str(caches["throttle"]._cache)  # type: ignore[attr-defined]
