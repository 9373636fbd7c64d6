"""Past Releases are listed, compared and restored, and never edited."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from catalog.directory.codes import FAQGroup, Standpoint
from catalog.models import CurrentRelease, Release
from catalog.release import serving
from catalog.release.publishing import publish
from catalog.release.upgrades import fingerprint_of
from desk.publishing import release_views
from tests.catalog.samples import current

from .conftest import Content
from .test_page import text, words


def see(browser: Client, name: str, *args: Any, **query: Any) -> str:
    response = browser.get(reverse(f"admin:{name}", args=args), query, follow=True)
    assert response.status_code == 200
    return words(response.content.decode())


def go_back(browser: Client, release: Release, *, instead_of: Release) -> str:
    address = reverse("admin:release-restore", args=[release.number])
    return words(browser.post(address, {"current": instead_of.number}, follow=True).content.decode())


@pytest.fixture
def newer(content: Content) -> Release:
    content.edit_number()
    return publish(by="さくら", approved_by="つばき", note="番号を直した")


@pytest.fixture
def rewritten(content: Content) -> Release:
    """Differs from the first Release in nothing that needs two people."""
    content.edit_text()
    return publish(by="さくら")


def stored(payload: str) -> Release:
    return Release.objects.create(number=900, payload=payload, sha256=fingerprint_of(payload), published_by="むかし")


def as_first_format(payload: Any) -> str:
    """As the first code that published would have written it."""
    del payload["format"]
    for row in payload["faqs"]:
        row["group_label"] = FAQGroup(row["group"]).label
    for row in payload["tips"]:
        standpoint = row.pop("standpoint")
        row["standpoint_label"] = Standpoint(standpoint).label if standpoint else ""
    for row in payload["supports"]:
        for name in ("declines", "firsts", "needs", "never_with"):
            del row[name]
        row["verified_on"] = "2026-01"
        for contact in row["contacts"]:
            contact |= {"long_number": "", "hours_confirmed": True}
    for flow in payload["sections"].get("flows", ()):
        for choice in (choice for question in flow["questions"] for choice in question["choices"]):
            del choice["offer_if"]
    for source in (source for part in ("supports", "tips") for row in payload[part] for source in row["sources"]):
        for name in {"publisher_name", "seen_on", "shows_numbers", "shows_hours"} & source.keys():
            del source[name]
    return json.dumps(payload)


def broken_release(content: Content, lacking: str) -> Release:
    """A Release whose entries lack a field that its format has."""
    payload = json.loads(content.release.payload)
    for row in payload["supports"]:
        del row[lacking]
    return stored(json.dumps(payload))


def test_the_list_says_who_when_and_which(content: Content, newer: Release, viewer: Client, settings: Settings) -> None:
    settings.ONE_CURATOR = True
    content.edit_number("0120-000-333")
    publish(by="かえで")
    said = see(viewer, "releases")
    assert f"公開版 {newer.number + 1} 公開中" in said
    assert "かえで 1人で公開" in said
    assert "さくら つばき 番号を直した" in said


def test_the_list_asks_as_often_for_many_releases(
    content: Content, viewer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(25) as few:
        see(viewer, "releases")
    for number in range(100, 140):
        Release.objects.create(number=number, payload="{}", sha256="0" * 64, published_by="さくら")
    with django_assert_max_num_queries(len(few)):
        see(viewer, "releases")


def test_one_release_says_what_it_changed(content: Content, newer: Release, viewer: Client) -> None:
    said = see(viewer, "release", newer.number)
    assert "公開中" in said
    assert "0120-000-111→公開のあと:0120-000-222" in text(said)


def test_any_two_are_compared(content: Content, newer: Release, viewer: Client) -> None:
    said = see(viewer, "release-compare", old=newer.number, new=content.release.number)
    assert "0120-000-222→公開のあと:0120-000-111" in text(said)
    assert "違いはありません" in see(viewer, "release-compare", old=newer.number, new=newer.number)


@pytest.mark.parametrize("query", [{}, {"old": "x", "new": "1"}, {"old": "1"}, {"old": "9" * 30, "new": "²"}])
def test_a_comparison_of_nothing_says_what_to_choose(content: Content, viewer: Client, query: dict[str, str]) -> None:
    assert "1つずつ選んでください" in see(viewer, "release-compare", **query)


def test_a_release_that_is_not_there(content: Content, approver: Client) -> None:
    for name in ("release", "release-restore"):
        assert approver.get(reverse(f"admin:{name}", args=[12345])).status_code == 404


def test_going_back_shows_what_changes_first(content: Content, newer: Release, approver: Client) -> None:
    said = see(approver, "release-restore", content.release.number)
    assert "0120-000-222→公開のあと:0120-000-111" in text(said)
    assert current() == newer


def test_going_back_over_other_words_needs_nobody_else_and_is_written_down(
    content: Content, rewritten: Release, approver: Client
) -> None:
    assert "承認がいります" not in see(approver, "release-restore", content.release.number)
    assert "にもどしました" in go_back(approver, content.release, instead_of=rewritten)
    assert current() == content.release
    assert CurrentRelease.objects.get().changed_by == "すずき"
    assert serving.current().number == content.release.number
    assert f"すずき {content.release}: {rewritten}から、{content.release}にもどしました" in see(
        approver, "releases"
    ).replace("　", " ")


def test_going_back_twice_is_going_back_once(content: Content, rewritten: Release, approver: Client) -> None:
    go_back(approver, content.release, instead_of=rewritten)
    assert "もう公開されています" in go_back(approver, content.release, instead_of=rewritten)
    assert see(approver, "releases").count("にもどしました") == 1


def test_going_back_from_a_release_that_is_no_longer_current(
    content: Content, newer: Release, approver: Client
) -> None:
    content.edit_text()
    newest = publish(by="さくら")
    assert "公開版が変わりました" in go_back(approver, content.release, instead_of=newer)
    assert current() == newest


@pytest.mark.parametrize("seen", ["", "x", "9" * 30])
def test_going_back_without_having_seen_from_where(
    content: Content, newer: Release, approver: Client, seen: str
) -> None:
    approver.post(reverse("admin:release-restore", args=[content.release.number]), {"current": seen})
    assert current() == newer


def test_those_who_may_not_go_back(content: Content, newer: Release, editor: Client, viewer: Client) -> None:
    address = reverse("admin:release-restore", args=[content.release.number])
    for browser in (editor, viewer):
        assert "もどす…" not in see(browser, "release", content.release.number)
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"current": newer.number}).status_code == 403
    assert current() == newer


def test_a_form_of_another_site_does_not_go_back(content: Content, newer: Release, approver: Client) -> None:
    approver.handler.enforce_csrf_checks = True
    address = reverse("admin:release-restore", args=[content.release.number])
    assert approver.post(address, {"current": newer.number}).status_code == 403
    assert current() == newer


def test_going_back_that_cannot_be_written_down_is_not_done(
    content: Content, rewritten: Release, approver: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(release_views, "record", fail)
    with pytest.raises(DatabaseError):
        go_back(approver, content.release, instead_of=rewritten)
    assert current() == rewritten


@pytest.mark.parametrize("lacking", ["when_to_use", "contacts", "worries", "child"])
def test_a_broken_release_is_compared_but_not_restored(
    content: Content, newer: Release, approver: Client, lacking: str
) -> None:
    old = broken_release(content, lacking)
    assert "0120-000-222" in text(see(approver, "release-compare", old=newer.number, new=old.number))
    said = see(approver, "release-restore", old.number)
    assert "いまのサイトでは表示できません" in said
    assert "にもどす やめる" not in said
    assert "いまのサイトでは表示できません" in go_back(approver, old, instead_of=newer)
    assert current() == newer


def test_a_release_of_the_first_format_is_shown_compared_and_restored(
    content: Content, rewritten: Release, approver: Client
) -> None:
    old = stored(as_first_format(json.loads(content.release.payload)))
    same = see(approver, "release-compare", old=content.release.number, new=old.number)
    assert "違いはありません" in same
    assert "だれもが使えます。" in text(see(approver, "release-restore", old.number))
    assert f"{old} にもどしました" in go_back(approver, old, instead_of=rewritten)
    assert current() == old
    assert serving.current().number == 900


def test_a_release_that_was_changed_after_publishing_is_refused(
    content: Content, newer: Release, approver: Client
) -> None:
    old = stored(content.release.payload)
    with connection.cursor() as database:  # past the code, which refuses to edit a Release
        database.execute(
            "UPDATE catalog_release SET payload = REPLACE(payload, '0120-000-111', '0120-999-999') WHERE id = %s",
            [old.pk],
        )
    assert "指紋が合いません" in see(approver, "release", old.number)
    assert "指紋が合いません" in go_back(approver, old, instead_of=newer)
    assert current() == newer


@pytest.mark.parametrize("payload", ["{", '{"format": 9999}'])
@pytest.mark.parametrize("page", ["release", "release-restore"])
def test_a_release_that_cannot_be_read_is_said_to_be_so(
    content: Content, newer: Release, approver: Client, page: str, payload: str
) -> None:
    old = stored(payload)
    assert "公開版 900は、いまのサイトでは表示できません" in see(approver, page, old.number)
    said = see(approver, "release-compare", old=newer.number, new=old.number)
    assert "公開版 900は、いまのサイトでは表示できません" in said
    assert "0120-000-222" in text(see(approver, "release", newer.number)), "the page of another one is not harmed"


def test_the_admin_leads_to_these_pages_and_changes_nothing(content: Content, newer: Release, manager: Client) -> None:
    release = content.release
    assert f"{newer} 公開中" in see(manager, "catalog_release_changelist")
    assert "はじめ" in see(manager, "catalog_release_change", release.pk)
    for name, args in (("add", []), ("delete", [release.pk])):
        assert manager.post(reverse(f"admin:catalog_release_{name}", args=args), {"post": "yes"}).status_code == 403
    manager.post(reverse("admin:catalog_release_change", args=[release.pk]), {"note": "あとから"})
    manager.post(
        reverse("admin:catalog_release_changelist"), {"action": "delete_selected", "_selected_action": [release.pk]}
    )
    assert Release.objects.get(pk=release.pk).note == ""
