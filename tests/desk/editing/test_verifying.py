"""確認しました: who saw which source when; one click, and never over somebody else's change."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Support
from catalog.release import serving
from desk.history.locking import locked_for_edit
from desk.history.states import past_edits
from desk.models import Verification
from tests.catalog.samples import make_support
from tests.desk.people import person, writer

pytestmark = pytest.mark.django_db
NUMBER = ["0120-000-000"]
OTHER = {"other_title": "あかり電話の記事", "other_publisher_name": "あかり新聞", "other_publisher": "press"}


@pytest.fixture
def support() -> Support:
    return make_support("akari", "あかり電話", page_date="2026-01")


@pytest.fixture
def sato() -> Client:
    return writer("さとう")


def verify(client: Client, support: Support, **answers: Any) -> Any:
    url = reverse("admin:verify", args=[support.pk])
    return client.post(
        url,
        {"_version": support.version, "source": support.sources.get().pk, "numbers": NUMBER, "hours": NUMBER} | answers,
    )


def test_one_click_marks_today_who_and_which_source(support: Support, sato: Client) -> None:
    page = sato.get(reverse("admin:verify", args=[support.pk])).content.decode()
    assert f'value="{support.sources.get().pk}" id="id_source_0" checked' in page, "the first source is chosen already"
    assert verify(sato, support).status_code == 302
    support.refresh_from_db()
    assert (support.verified_on, support.version) == (timezone.localdate().isoformat(), 1)
    record = Verification.objects.get(support=support)
    assert (record.source_seen, record.verified_by.get_username()) == ("https://akari.example/", "さとう")
    newest = past_edits(support)[-1]
    assert (newest.who, newest.reason) == ("さとう", "確認した：https://akari.example/")


def test_another_source_can_be_named(support: Support, sato: Client) -> None:
    verify(sato, support, source="", other="https://news.example/akari", **OTHER)
    assert Verification.objects.get().source_seen == "https://news.example/akari"
    added = support.sources.get(position=1)
    assert (added.title, added.publisher_name, added.shows_numbers) == ("あかり電話の記事", "あかり新聞", NUMBER)
    assert support.verified_on == timezone.localdate().isoformat()


def test_a_page_vouches_only_for_what_it_shows(support: Support, sato: Client) -> None:
    verify(sato, support, numbers=[])
    source = support.sources.get()
    assert (source.shows_numbers, source.shows_hours, support.verified_on) == ([], NUMBER, "")


@pytest.mark.parametrize("missing", ["other_title", "other_publisher_name"])
def test_another_source_needs_a_title_and_a_publisher(support: Support, sato: Client, missing: str) -> None:
    answer = verify(sato, support, source="", other="https://news.example/akari", **(OTHER | {missing: " "}))
    assert "書いてください" in answer.content.decode()
    assert not Verification.objects.exists()


@pytest.mark.parametrize("other", ["", "見た", "ftp://akari.example/", "http://127.0.0.1/", "https://note.com/akari"])
def test_without_a_source_nothing_is_recorded_and_it_says_what_to_do(
    support: Support, sato: Client, other: str
) -> None:
    answer = verify(sato, support, source="", other=other)
    assert "見た資料をえらぶか、もとのページの https:// で始まるアドレスを書いてください。" in answer.content.decode()
    assert not Verification.objects.exists()


def test_a_source_of_another_entry_is_refused(support: Support, sato: Client) -> None:
    other = make_support("hinata", "ひなた電話")
    verify(sato, support, source=other.sources.get().pk)
    assert not Verification.objects.exists()


def test_what_changed_meanwhile_must_be_looked_at_first(support: Support, sato: Client) -> None:
    with locked_for_edit(support, reason="直した") as entry:
        entry.name = "べつの名前"
    answer = verify(sato, support)
    assert "ほかの人がこの内容を変えました" in sato.get(answer.url).content.decode()
    support.refresh_from_db()
    assert (support.verified_on, Verification.objects.count()) == ("2026-01", 0)


def test_it_leads_back_to_where_the_person_was_but_nowhere_else(support: Support, sato: Client) -> None:
    assert verify(sato, support, next="/desk/").url == "/desk/"
    support.refresh_from_db()
    assert "evil" not in verify(sato, support, next="https://evil.example/").url


def test_who_may_only_look_may_not_verify(support: Support) -> None:
    viewer = person("たなか", "view")
    assert viewer.get(reverse("admin:verify", args=[support.pk])).status_code == 403
    assert verify(viewer, support).status_code == 403
    assert not Verification.objects.exists()
    assert verify(Client(), support).url.startswith(reverse("admin:login"))


def test_an_entry_that_is_not_there(sato: Client) -> None:
    assert sato.get(reverse("admin:verify", args=[999_999])).status_code == 404


def test_the_page_costs_few_queries(support: Support, sato: Client, django_assert_max_num_queries: Any) -> None:
    verify(sato, support)
    for number in range(10):
        support.sources.create(url=f"https://{number}.example/", publisher="npo", position=number + 1)
    serving.current()  # a worker loads the Release once
    with django_assert_max_num_queries(13):
        sato.get(reverse("admin:verify", args=[support.pk]))
