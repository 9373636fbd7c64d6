"""下書きを見る: staff see the public pages as they would be; nobody else does."""

from __future__ import annotations

import re
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import get_script_prefix, reverse
from pytest_django import DjangoAssertNumQueries

from catalog.directory.directory import Directory
from catalog.directory.loading import public_id_of
from catalog.models import AgeBand, Hours, Release, Support
from chatbot.models import Question
from tests.catalog.samples import change
from tests.desk.conftest import PASSWORD
from tests.site.browsing import Page, Visitor

START = "/desk/preview/now/"
NEW_YEAR = "/desk/preview/20270101T0330/"
MOST_QUERIES = 32


@pytest.fixture(autouse=True)
def published(served: Directory) -> Directory:
    """The public is served what is published; the desk's database holds the same, until a test changes it."""
    return served


@pytest.fixture
def line() -> Support:
    return Support.objects.filter(publication="published", kind="helpline", contacts__via="phone").order_by("slug")[0]


@pytest.fixture
def renamed(line: Support) -> str:
    """An entry that was given another name, which is not published yet."""
    change(line, name="あたらしい名前の窓口")
    return f"list/{public_id_of(line.slug)}/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_change_is_seen_before_it_is_public(viewer: Client, renamed: str) -> None:
    assert "あたらしい名前の窓口" in text(viewer, START + renamed)
    assert "あたらしい名前の窓口" not in text(Client(), f"/{renamed}")
    assert "あたらしい名前の窓口" not in text(viewer, f"/{renamed}")


def test_who_looks_at_the_public_page_at_the_same_time_sees_what_is_published(viewer: Client, renamed: str) -> None:
    seen: list[str] = []

    def look_in_another_thread(**kwargs: Any) -> None:
        if not seen:
            seen.append("")
            thread = Thread(target=lambda: seen.append(text(Client(), f"/{renamed}")))
            thread.start()
            thread.join()

    template_rendered.connect(look_in_another_thread)
    try:
        assert "あたらしい名前の窓口" in text(viewer, START + renamed)
    finally:
        template_rendered.disconnect(look_in_another_thread)
    assert "<main" in seen[-1]
    assert "あたらしい名前の窓口" not in seen[-1]
    assert START not in seen[-1]


ADDRESSES = ["/desk/preview/", START, f"{START}chat/", NEW_YEAR, "/desk/preview/release-1/now/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_asked_to_sign_in(db: None, address: str) -> None:
    for response in (Client().get(address), Client().post(address, {"a": ["worry.money"]})):
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("is_staff", [True, False])
def test_a_password_alone_is_not_enough(db: None, address: str, is_staff: bool) -> None:
    client = Client()
    user = User.objects.create_user("いとう", password=PASSWORD, is_staff=is_staff)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("admin:login"))


def test_a_session_that_ended_in_the_middle_of_the_chat_asks_for_a_new_visit(db: None) -> None:
    response = Client().post(f"{START}chat/", {"q": "worry", "c": "money"}, headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"
    assert not response.content


PAGES = [
    "", "chat/", "list/", "faq/", "tips/", "about/", "privacy/", "safety/", "banners/",
    "under18/", "under18/chat/", "under18/questions/", "under18/hints/", "under18/history/", "under18/adults/", "nowhere/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_previewed_page_stays_in_the_preview(viewer: Client, path: str) -> None:
    response = viewer.get(START + path)
    assert response.status_code == (404 if path == "nowhere/" else 200)
    page = Page(response)
    bar = page.one("aside", class_="preview-bar")
    own = [element for element in page if bar not in element.around]
    links = [
        element[name]
        for element in own
        for name in ("href", "action", "formaction", "hx-post", "data-remembers")
        if element[name].startswith("/") and element.tag != "link"
    ]
    assert len(links) > 5
    assert [link for link in links if not link.startswith(START)] == []
    assert [e["href"] for e in own if e.tag == "link" and not e["href"].startswith("/static/")] == []
    assert [
        e["src"] for e in own if e.tag == "script" and "src" in e.attrs and not e["src"].startswith("/static/")
    ] == []
    assert not page.badly_closed
    assert get_script_prefix() == "/"


@pytest.mark.parametrize("path", ["", "chat/", "list/", "under18/", "nowhere/"])
def test_every_previewed_page_says_what_it_is(viewer: Client, path: str) -> None:
    page = Page(viewer.get(NEW_YEAR + path))
    bar = page.one("aside", class_="preview-bar")
    assert "下書き" in bar.text
    assert "2027年1月1日（金）3時30分の見えかた" in bar.text
    assert bar.one("input", type="datetime-local")["value"] == "2027-01-01T03:30"
    assert {"/desk/", "/desk/preview/", START + path} <= set(bar.named("href"))


def test_public_pages_know_nothing_of_it(viewer: Client) -> None:
    before = Client().get("/").content
    viewer.get(NEW_YEAR)
    assert Client().get("/").content == before == viewer.get("/").content
    assert b"preview" not in before


def test_a_moment_is_shown_as_it_will_be(viewer: Client, line: Support) -> None:
    contact = line.contacts.filter(via="phone")[0]
    line.contacts.exclude(pk=contact.pk).delete()
    contact.hours.all().delete()
    change(contact, always_open=False, open_periods="", closed_periods="12-29/01-03", closed_on_holidays=False)
    Hours.objects.create(contact=contact, opens="09:00", closes="17:00")
    entry = f"list/{public_id_of(line.slug)}/"
    assert "いまは時間外です" in text(viewer, f"/desk/preview/20270101T1200/{entry}")
    assert "いま つながります" in text(viewer, f"/desk/preview/20261225T1200/{entry}")


@pytest.mark.parametrize("moment", ["20271332T0000", "20270101T2460", "19990101T0000", "21000101T0000"])
def test_a_moment_that_is_none(viewer: Client, moment: str) -> None:
    assert viewer.get(f"/desk/preview/{moment}/").status_code == 404


def test_the_chat_without_scripts(viewer: Client) -> None:
    visitor = Visitor(viewer)
    visitor.open(NEW_YEAR)
    visitor.answer("money")
    visitor.answer("rent")
    visitor.press_named("finish", "1")
    assert visitor.page.main.all("section", aria_labelledby="talk-title")
    assert all(address.startswith(NEW_YEAR) for address in visitor.addresses)


def test_a_step_of_the_chat_with_scripts(viewer: Client) -> None:
    step = viewer.post(f"{START}chat/", {"q": "worry", "c": "money"}, headers={"HX-Request": "true"})
    assert '<div id="chat"' in step.content.decode()
    assert "<html" not in step.content.decode()
    assert f'hx-post="{START}chat/"' in step.content.decode()
    assert 'data-question="money"' in step.content.decode()


def test_a_question_that_was_changed_is_asked_as_it_will_be(viewer: Client) -> None:
    change(Question.objects.get(flow__key="general", key="money"), prompt="何に困っていますか。")
    step = viewer.post(f"{START}chat/", {"q": "worry", "c": "money"}).content.decode()
    assert "何に困っていますか。" in step
    assert "何に困っていますか。" not in Client().post("/chat/", {"q": "worry", "c": "money"}).content.decode()


def test_filters_and_the_pages_for_children(viewer: Client) -> None:
    enforcing = Client(enforce_csrf_checks=True)
    enforcing.cookies = viewer.cookies
    listed = Page(enforcing.post(f"{START}list/", {"text": "どこにもないことば"}))
    assert not listed.main.all(class_="card")
    child = enforcing.post(f"{START}under18/chat/", {"a": ["band.g12", "young.talk", "way.phone"]})
    assert child.status_code == 200
    assert Page(child).telephones


def test_a_link_that_is_handed_on_leads_to_the_public_site(viewer: Client) -> None:
    page = Page(viewer.post(f"{START}chat/", {"a": ["worry.suicidal"], "want": "link"}))
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/r/[0-9a-f-]+/", page.one("input", id="made-link")["value"])
    assert "http://127.0.0.1:8000/under18/" in text(viewer, f"{START}banners/")


@pytest.mark.parametrize("path", ["exit/", "robots.txt", "sitemap.xml", "health/"])
def test_what_is_no_page_leads_back_to_the_choice(viewer: Client, path: str) -> None:
    response = viewer.get(START + path)
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/preview/")
    assert "Clear-Site-Data" not in response.headers


def test_nothing_of_it_is_kept(viewer: Client) -> None:
    for response in (viewer.get(START), viewer.get(f"{START}banners/home.svg"), viewer.post(f"{START}chat/")):
        assert "no-store" in response.headers["Cache-Control"]
        assert "public" not in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert set(response.cookies) <= {"sessionid"}
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_past_release_can_be_looked_at(viewer: Client, renamed: str) -> None:
    number = Release.objects.get().number
    assert "あたらしい名前の窓口" not in text(viewer, f"/desk/preview/release-{number}/now/{renamed}")
    assert f"公開版 {number}" in text(viewer, f"/desk/preview/release-{number}/now/{renamed}")
    assert viewer.get("/desk/preview/release-999/now/").status_code == 404


def test_a_release_that_cannot_be_read_any_more(viewer: Client) -> None:
    Release.objects.create(number=7, payload='{"worries": []}', sha256="0" * 64, published_by="テスト")
    response = viewer.get("/desk/preview/release-7/now/")
    assert response.status_code == 409
    assert "公開版 7は、いまのしくみでは見られません" in response.content.decode()


def test_a_flow_that_is_broken_is_named(viewer: Client) -> None:
    change(Question.objects.get(flow__key="general", key="money"), is_archived=True)
    response = viewer.get(START)
    assert response.status_code == 409
    assert "質問の流れ「general」" in response.content.decode()
    assert (
        "質問「いま、いちばん近いものはどれですか。」（worry）の次の質問「money」がありません"
        in response.content.decode()
    )
    assert viewer.get(f"{START}list/").status_code == 200  # a page that asks nothing is shown


def test_hours_that_cannot_be_are_named(viewer: Client, line: Support) -> None:
    Hours.objects.create(contact=line.contacts.all()[0], position=90, opens="朝", closes="17:00")
    for address in (f"{START}list/", "/desk/preview/"):
        response = viewer.get(address)
        assert f"「{line}」の受付時間" in response.content.decode()
    assert Client().get("/list/").status_code == 200


def test_a_page_that_fails_for_another_reason_is_kind(viewer: Client) -> None:
    AgeBand.objects.filter(code="any18").delete()
    response = viewer.get(f"{START}under18/")
    assert response.status_code == 409
    assert "この下書きは、まだ見られません" in response.content.decode()


def test_its_queries_are_bounded(viewer: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for address in ("/desk/preview/", START, f"{START}list/", "/desk/preview/release-1/now/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            viewer.get(address)


def test_its_queries_do_not_grow_with_the_entries(viewer: Client, line: Support) -> None:
    """Far fewer entries, as many queries."""
    with CaptureQueriesContext(connection) as before:
        viewer.get(START)
    Support.objects.exclude(pk=line.pk).exclude(on_crisis_strip=True).update(publication="archived")
    with CaptureQueriesContext(connection) as after:
        viewer.get(START)
    assert len(after) == len(before)
