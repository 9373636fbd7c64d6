"""The list of supports: found by whatever is known of it, narrowed by what needs work, in a settled number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import ChildWords, Contact, Support, Worry
from tests.catalog.samples import make_support
from tests.desk.editing_forms import looker, stranger, writer
from tests.site.browsing import Page

pytestmark = pytest.mark.django_db

LIST = reverse("admin:catalog_support_changelist")


@pytest.fixture
def tanaka(settings: Any) -> Client:
    """At a list without entries."""
    settings.SIMPLE_HISTORY_ENABLED = False  # a line for each of the rows that go would take seconds
    Support.objects.all().delete()
    settings.SIMPLE_HISTORY_ENABLED = True
    return looker()


def found(client: Client, **wanted: str) -> list[str]:
    page = Page(client.get(LIST, wanted))
    return sorted(cell.text for cell in page.all("th", class_="field-name"))


@pytest.mark.parametrize(
    "typed",
    [
        "ひかり", "ヒカリ", "ﾋｶﾘ", "光ダイヤル", "ダイヤル 光", "あかつき", "AKATSUKI", "ａｋａｔｓｕｋｉ", "hikari-dial",
        "0120-000-007", "０１２０ー０００ー００７", "0120000007", "0120 000 007", "(0120)000-007", "000-007",
    ],
)  # fmt: skip
def test_an_entry_is_found_by_name_kana_other_name_code_and_number(tanaka: Client, typed: str) -> None:
    make_support("akari", "あかり電話", contact={"value": "0120-999-999"})
    support = make_support(
        "hikari-dial", "光ダイヤル", kana="ひかりだいやる", also_known_as=["あかつき", "Akatsuki"],
        contact={"value": "0120-000-007"},
    )  # fmt: skip
    assert found(tanaka, q=typed) == [support.name]


def test_what_is_nowhere_finds_nothing(tanaka: Client) -> None:
    make_support("akari", "あかり電話")
    assert found(tanaka, q="ひかり") == []
    assert found(tanaka, q="0120-111-111") == []
    assert len(found(tanaka, q="　")) == 1


def ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def test_what_was_not_looked_at_for_long_is_listed(tanaka: Client) -> None:
    half = ago(183)
    for name, date in {
        "新": ago(89),
        "90": ago(90),
        "179": ago(179),
        "180": ago(180),
        "月": half[:7],
        "年": "2020",
        "無": "",
    }.items():
        make_support(f"s-{len(name)}{abs(hash(name))}", name, page_date=date)
    assert found(tanaka, stale="90") == sorted(["90", "179", "180", "月", "年"])
    assert found(tanaka, stale="180") == sorted(["180", "月", "年"])
    assert found(tanaka, stale="none") == ["無"]
    assert found(tanaka, stale="fresh") == ["新"]


def test_the_list_is_narrowed_by_area_each_entry_once(tanaka: Client) -> None:
    dv = Worry.objects.get(code="dv")
    one = make_support("one", "ひとつ", main_worry=dv)
    one.worries.set(Worry.objects.filter(parent__code="violence")[:4])
    make_support("two", "ふたつ")
    assert found(tanaka, area="violence") == ["ひとつ"]
    assert found(tanaka, area="talk") == ["ふたつ"]


def test_entries_without_words_for_children_are_listed(tanaka: Client) -> None:
    ChildWords.objects.create(support=make_support("has", "ある"), name="ある")
    make_support("adults", "大人だけ", age_min=20)
    make_support("ended", "終わった", status="ended")
    make_support("missing", "ない", age_min=10)
    assert found(tanaka, child_words="missing") == ["ない"]
    assert found(tanaka, child_words="yes") == ["ある"]


@pytest.mark.parametrize(
    ("wanted", "changes"),
    [
        ({"kind__exact": "place"}, {"kind": "place"}),
        ({"status__exact": "seasonal"}, {"status": "seasonal"}),
        ({"publication": "draft"}, {"publication": "draft"}),
        ({"crisis__exact": "1"}, {"crisis": True}),
        ({"reach__exact": "local"}, {"reach": "local"}),
    ],
)
def test_the_list_is_narrowed_by_what_an_entry_is(
    tanaka: Client, wanted: dict[str, str], changes: dict[str, Any]
) -> None:
    make_support("other", "ほか")
    make_support("this", "これ", **changes)
    assert found(tanaka, **wanted) == ["これ"]


def test_the_list_says_what_one_looks_for(tanaka: Client) -> None:
    make_support(
        "akari", "あかり電話", main_worry=Worry.objects.get(code="dv"), page_date="2026-01", publication="draft"
    )
    text = Page(tanaka.get(LIST)).one("table", id="result_list").text
    for words in (
        "あかり電話",
        "相談窓口",
        "暴力・犯罪・ネットの被害",
        "0120-000-000",
        "続いている",
        "下書き",
        "2026-01",
    ):
        assert words in text


def queries(client: Client, **wanted: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST, wanted).status_code == 200
    return len(asked)


def fill(count: int) -> None:
    talk = Worry.objects.get(code="talk")
    supports = Support.objects.bulk_create(
        Support(slug=f"s-{n}", name=f"見本{n}", kana="みほん", kind="helpline", operator="会", reach="national", main_worry=talk,
                when_to_use="とき", summary="文です。", languages=["ja"])
        for n in range(Support.objects.count(), count)
    )  # fmt: skip
    Contact.objects.bulk_create(Contact(support=s, via="phone", value="0120-000-000") for s in supports)
    Support.worries.through.objects.bulk_create(Support.worries.through(support=s, worry=talk) for s in supports)


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"q": "みほん"},
        {"q": "0120000000"},
        {"area": "talk"},
        {"stale": "none", "child_words": "missing"},
        {"p": "1"},
    ],
)
def test_three_hundred_entries_cost_as_many_queries_as_sixty(tanaka: Client, wanted: dict[str, str]) -> None:
    fill(60)
    few = queries(tanaka, **wanted)
    fill(300)
    assert queries(tanaka, **wanted) <= few
    assert few <= 21


def test_the_replacement_of_an_entry_is_found_in_the_same_ways() -> None:
    support = make_support("akari", "あかり電話", kana="アカリ", contact={"value": "0120-000-007"})
    url = reverse("admin:autocomplete")
    wanted = {"app_label": "catalog", "model_name": "support", "field_name": "replaced_by"}
    for typed in ("0120000007", "あかり"):
        results = writer(typed).get(url, wanted | {"term": typed}).json()["results"]
        assert str(support.pk) in [result["id"] for result in results]


def test_who_may_not_see_entries_sees_no_list() -> None:
    assert stranger().get(LIST).status_code == 403
    assert Client().get(LIST).status_code == 302
    page = looker().get(LIST)
    assert page.status_code == 200
    assert "/support/add/" not in page.content.decode()
