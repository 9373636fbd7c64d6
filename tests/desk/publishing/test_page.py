"""The page 公開する: what would change, and who is offered which button."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from simple_history.utils import bulk_update_with_history

from catalog.models import FAQ, Release, Source
from catalog.models.base import Publication
from catalog.release import serving
from catalog.release.payload import draft
from desk.models import PublishRequest
from tests.catalog.samples import change, current, make_support

from .conftest import Content

PAGE = "admin:publish"


def page(browser: Client, query: str = "") -> str:
    response = browser.get(reverse(PAGE) + query)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def text(html: str) -> str:
    """Without markup and spaces: parts of a value are marked where they differ."""
    return re.sub(r"<[^>]+>|\s", "", html)


def press(browser: Client, name: str, *, sha256: str | None = None, note: str = "") -> str:
    """Press a button of the page as it stands; what the next page says."""
    response = browser.post(
        reverse(f"admin:{name}"), {"sha256": draft().sha256 if sha256 is None else sha256, "note": note}, follow=True
    )
    return words(response.content.decode())


def test_nothing_to_publish(content: Content, approver: Client) -> None:
    html = page(approver)
    assert "公開するものはありません" in html
    assert "<textarea" not in html


def test_what_changes_is_shown_field_by_field(content: Content, viewer: Client) -> None:
    content.edit_text("だれもが使えます。")
    said = text(page(viewer))
    assert "よくある質問1件が変わる" in said
    assert "項目前後答え私たちです。だれもが使えます。" in said


def test_numbers_stand_apart_on_top(content: Content, viewer: Client) -> None:
    content.edit_text()
    content.edit_number()
    html = page(viewer)
    assert html.index('id="numbers-title"') < html.index('id="entries-title"') < html.index("だれもが使えま")
    assert "いま:0120-000-111→公開のあと:0120-000-222" in text(html)


def test_crisis_entries_are_named(content: Content, viewer: Client) -> None:
    change(content.crisis, summary="いつでも話せます。")
    html = page(viewer)
    assert "いのち電話 （緊急の窓口。変わる）" in words(
        html[html.index('id="crisis-title"') : html.index('id="entries-title"')]
    )


def test_who_edited_is_named(content: Content, viewer: Client, editor: Client) -> None:
    content.faq.answer = "だれもが使えます。"
    bulk_update_with_history([content.faq], FAQ, ["answer"], default_user=User.objects.get(username="さとう"))
    assert "直した人: さとう" in words(page(viewer))


def test_words_of_the_content_are_not_markup(content: Content, viewer: Client) -> None:
    content.edit_text("<script>alert(1)</script>")
    html = page(viewer)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_many_changes_come_a_page_at_a_time_the_weighty_first(content: Content, viewer: Client) -> None:
    for number in range(60):
        FAQ.objects.create(
            slug=f"q{number}", group="site", question=f"問い{number}？", answer="答え", publication="published"
        )
    content.edit_number()
    first, second = page(viewer), page(viewer, "?page=2")
    assert first.count('class="entry"') == 50
    assert second.count('class="entry"') == 11
    assert "ひなた電話" in words(first[first.index('id="entries-title"') :])
    assert "0120-000-222" in text(second[: second.index('id="entries-title"')])


def test_publishing_in_ones_own_name(content: Content, approver: Client) -> None:
    content.edit_text()
    assert "公開しています" in press(approver, "publish-now", note="答えを直した")
    release = current()
    assert (release.published_by, release.note, release.number) == (
        "すずき",
        "答えを直した",
        content.release.number + 1,
    )
    assert serving.current().number == release.number


def test_two_clicks_give_one_release_and_a_kind_word(content: Content, approver: Client) -> None:
    content.edit_text()
    seen = draft().sha256
    for _ in range(2):
        assert f"公開版 {content.release.number + 1} を公開しています" in press(approver, "publish-now", sha256=seen)
    assert Release.objects.filter(number__gt=content.release.number).count() == 1


@pytest.mark.parametrize("sha256", ["", "another"])
def test_content_that_moved_is_not_published(content: Content, approver: Client, sha256: str) -> None:
    content.edit_text()
    assert "もう一度見てから公開してください" in press(approver, "publish-now", sha256=sha256)
    assert current() == content.release


def test_problems_are_listed_in_full_and_nothing_is_done(content: Content, approver: Client) -> None:
    change(content.line, confidence="low", summary="話を聞きます。")
    Source.objects.filter(support=content.line).delete()
    said = press(approver, "publish-now", note="わけを書いた")
    assert "2件 を直すまで、公開できません" in said
    assert "確かさ" in said
    assert "出典がありません" in said
    assert "わけを書いた" in said
    assert current() == content.release


def test_a_number_is_not_published_by_one_person(content: Content, approver: Client) -> None:
    content.edit_number()
    assert "電話番号やアドレスが変わります。" in words(page(approver))
    assert "公開をたのむ" in page(approver)
    assert reverse("admin:publish-now") not in page(approver)
    assert "ほかの人の承認がいります" in press(approver, "publish-now")
    assert current() == content.release


def test_one_curator_publishes_alone_and_is_told_that_it_is_written_down(
    content: Content, approver: Client, settings: Settings
) -> None:
    settings.ONE_CURATOR = True
    content.edit_number()
    assert "「1人で公開」と残ります" in page(approver)
    assert "1人で公開" in press(approver, "publish-now")
    assert current().single_handed


def test_an_editor_is_offered_to_ask_whatever_changed(content: Content, editor: Client) -> None:
    for edit in (content.edit_text, content.edit_number):
        edit()
        html = page(editor)
        assert reverse("admin:publish-ask") in html
        assert reverse("admin:publish-now") not in html


def test_a_viewer_sees_what_changes_and_no_button(content: Content, viewer: Client, editor: Client) -> None:
    content.edit_number()
    press(editor, "publish-ask")
    html = page(viewer)
    assert "0120-000-222" in text(html)
    assert 'action="/desk/publish' not in html


@pytest.mark.parametrize("name", ["publish-now", "publish-ask"])
def test_a_viewer_can_do_nothing(content: Content, viewer: Client, name: str) -> None:
    content.edit_text()
    assert viewer.post(reverse(f"admin:{name}"), {"sha256": draft().sha256}).status_code == 403
    assert current() == content.release
    assert not PublishRequest.objects.exists()


def test_an_editor_cannot_publish(content: Content, editor: Client) -> None:
    content.edit_text()
    assert editor.post(reverse("admin:publish-now"), {"sha256": draft().sha256}).status_code == 403
    assert current() == content.release


@pytest.mark.parametrize("name", ["publish", "publish-check", "publish-paths", "releases"])
def test_staff_without_a_role_see_nothing(content: Content, sign_in: Callable[..., Client], name: str) -> None:
    assert sign_in("だれか").get(reverse(f"admin:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["publish", "publish-check", "publish-paths", "releases"])
def test_strangers_are_sent_to_the_sign_in(content: Content, client: Client, name: str) -> None:
    response = client.get(reverse(f"admin:{name}"))
    assert response.status_code == 302
    assert "login" in response.headers["Location"]


@pytest.mark.parametrize("name", ["publish-now", "publish-ask"])
def test_a_form_of_another_site_is_refused(content: Content, approver: Client, name: str) -> None:
    content.edit_text()
    approver.handler.enforce_csrf_checks = True
    assert approver.post(reverse(f"admin:{name}"), {"sha256": draft().sha256}).status_code == 403
    assert current() == content.release


@pytest.mark.parametrize("name", ["publish-now", "publish-ask"])
def test_looking_publishes_nothing(content: Content, approver: Client, name: str) -> None:
    assert approver.get(reverse(f"admin:{name}")).status_code == 405


def test_what_stops_it_is_fetched_afterwards(content: Content, viewer: Client) -> None:
    change(content.line, summary="話を聞きます。")
    Source.objects.filter(support=content.line).delete()
    address = reverse("admin:publish-check")
    assert f'hx-get="{address}"' in page(viewer)
    part = viewer.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "出典がありません" in part
    assert "<html" not in part
    whole = viewer.get(address).content.decode()
    assert "出典がありません" in whole
    assert "<html" in whole


def test_nothing_stops_it(content: Content, viewer: Client) -> None:
    assert "公開を止めるものは、ありません" in viewer.get(reverse("admin:publish-check")).content.decode()


def more_lines(first: int, last: int) -> None:
    for number in range(first, last):
        make_support(f"line{number}", f"電話{number}", contact={"value": f"0120-000-{number:03d}"})


def test_the_page_asks_the_database_as_often_for_many_entries(
    content: Content, approver: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    more_lines(300, 320)
    with django_assert_max_num_queries(60) as few:
        page(approver)
    with django_assert_max_num_queries(60) as few_checked:
        approver.get(reverse("admin:publish-check"))
    more_lines(320, 520)
    with django_assert_max_num_queries(len(few)):
        page(approver)
    with django_assert_max_num_queries(len(few_checked)):
        approver.get(reverse("admin:publish-check"))


def test_a_draft_that_cannot_be_read_is_shown_all_the_same(content: Content, viewer: Client) -> None:
    change(content.line.contacts.get(), closed_periods="いつか")
    change(content.line, publication=Publication.PUBLISHED)
    assert "いつか" in page(viewer)
    assert "先に直してください" in viewer.get(reverse("admin:publish-paths")).content.decode()
