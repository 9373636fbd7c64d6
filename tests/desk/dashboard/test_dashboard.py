"""The desk's front page: what needs somebody's attention, for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.directory.codes import Page
from catalog.models import Contact, Release, Source, Support, Worry
from catalog.release import publishing, serving
from catalog.release.payload import Draft, dump
from chatbot.flow import Flow
from chatbot.replay import Conversation
from desk.dashboard import served, views
from desk.dashboard.seasons import Change, changes
from desk.models import LinkCheck, PublishRequest
from tests.catalog.samples import make_support
from tests.chatbot.samples import choice, flow_data, question
from tests.conftest import japan
from tests.desk.conftest import signed_in, staff_member
from tests.desk.many import add_entries

TODAY = date(2026, 9, 2)
FRONT = "/desk/"
PARTS = ("/desk/coverage/", "/desk/unreached/", "/desk/links/")


def somebody(name: str, *permissions: str) -> User:
    user = staff_member(name)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="catalog"))
    return user


@pytest.fixture
def looker(db: None) -> Client:
    """Somebody who may only look."""
    return signed_in(somebody("みるひと", "view_support"))


@pytest.fixture(autouse=True)
def small_site(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing but what a test makes is public, on a settled day; one short flow leads to `talk`."""
    monkeypatch.setattr(views, "today", lambda: TODAY)
    Support.objects.update(publication="archived")
    yield
    serving.use(None)


def release(*, number: int = 2) -> Release:
    """What stands at the desk becomes public, with flows of one question."""
    start = question("start", choice("talk", "worry:talk"), choice("other"))
    flows = [flow_data(start) | {"key": key} for key in Page.values()]
    content = Draft.of({**dump(), "sections": {"flows": flows}})
    made = Release.objects.create(number=number, payload=content.text, sha256=content.sha256, published_by="テスト")
    publishing.point_public_at(made, by="テスト")
    serving.use(None)
    serving.refresh()
    return made


def text(client: Client, address: str = FRONT, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


# Who may


@pytest.mark.parametrize("address", [FRONT, *PARTS])
def test_strangers_are_led_to_the_sign_in(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_staff_without_the_second_factor_see_nothing() -> None:
    client = Client()
    client.force_login(somebody("ひとつだけ", "view_support"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(FRONT).status_code == 302


def test_staff_who_may_not_see_entries_see_no_dashboard() -> None:
    make_support("old", "ふるい電話")
    client = signed_in(somebody("けいり"))
    assert "ふるい電話" not in text(client)
    assert [client.get(address).status_code for address in PARTS] == [403, 403, 403]


def test_a_part_asked_for_after_signing_out_leads_to_the_sign_in_as_a_page() -> None:
    response = Client().get("/desk/coverage/", headers={"hx-request": "true"})
    assert response["HX-Redirect"] == FRONT


def test_nothing_is_changed_by_looking(looker: Client) -> None:
    assert [looker.post(address).status_code for address in (FRONT, *PARTS)] == [405] * 4


def test_publishing_is_not_offered_to_who_only_looks(looker: Client) -> None:
    PublishRequest.objects.create(sha256="a", requested_by=somebody("さとう"), note="番号が変わりました")
    assert "さとうの申しこみ" in text(looker)
    assert "違いを見て公開する" not in text(looker)
    assert "確認しました" not in text(looker)


def test_who_may_change_and_publish_is_offered_both() -> None:
    make_support("a", "あかり")
    page = text(signed_in(somebody("さとう", "view_support", "change_support", "request_release")))
    assert "?next=/desk/" in page[page.index("長く確かめていないもの") : page.index("確認しました")]
    assert "違いを見て公開する" in page


# Staleness


def test_entries_for_people_in_danger_come_first_then_the_oldest(looker: Client) -> None:
    for slug, seen, crisis in [
        ("a", "2025-04", False),
        ("b", "", False),
        ("c", "2026-05", True),
        ("d", "2026-08-01", True),
    ]:
        make_support(slug, f"電話{slug}", page_date=seen, crisis=crisis)
    page = text(looker)
    assert page.index("電話c") < page.index("電話b") < page.index("電話a")
    assert "電話d" not in page
    assert "90日以上前 <b>2件</b>" in page
    assert "180日以上前 <b>1件</b>" in page
    assert "日付なし <b>1件</b>" in page
    assert page.index("うち緊急 1件") < page.index("うち緊急 0件")


@pytest.mark.parametrize(
    ("seen", "stale"),
    [("2026-06-04", True), ("2026-06-05", False), ("2026-06", True), ("2026-07", False), ("2026", True), ("", False)],
)
def test_a_date_counts_from_the_first_day_that_it_may_mean(looker: Client, seen: str, stale: bool) -> None:
    make_support("a", "あかり", page_date=seen)
    assert ("90日以上前 <b>1件</b>" in text(looker)) is stale


def test_drafts_and_archived_entries_are_not_waited_for(looker: Client) -> None:
    make_support("a", "あかり", publication="draft")
    make_support("b", "ひなた", publication="archived")
    assert "どれも新しく確かめてあります" in text(looker)


def test_the_first_source_with_an_address_can_be_opened(looker: Client) -> None:
    support = make_support("a", "あかり", source=False)
    Source.objects.create(support=support, position=0, title="本", publisher="other")
    Source.objects.create(support=support, position=1, url="https://akari.example/page", publisher="official")
    assert 'href="https://akari.example/page"' in text(looker)


# Seasons


@pytest.mark.parametrize(
    ("season", "rest", "expected"),
    [
        ("09-20/09-30", "", [(Change.BEGINS, date(2026, 9, 20))]),
        ("08-20/09-05", "", [(Change.ENDS, date(2026, 9, 5))]),
        ("12-01/12-31", "", []),
        ("2026-08-01/2026-08-31", "", [(Change.PASSED, date(2026, 8, 31))]),
        ("2026-08-01/2026-08-31 2026-12-01/2026-12-31", "", []),
        ("", "09-15/09-16", [(Change.REST_BEGINS, date(2026, 9, 15))]),
        ("", "2026-08-13/2026-08-15", [(Change.REST_PASSED, date(2026, 8, 15))]),
        ("", "08-13/08-15", []),
        ("nonsense", "", []),
    ],
)
def test_what_a_season_says_today(season: str, rest: str, expected: list[tuple[Change, date]]) -> None:
    assert list(changes(season, rest, TODAY)) == expected


def test_a_season_over_new_year_ends_next_year_and_the_leap_day_is_no_trouble() -> None:
    assert list(changes("12-28/01-04", "", date(2026, 12, 30))) == [(Change.ENDS, date(2027, 1, 4))]
    assert list(changes("12-28/01-04", "", date(2026, 1, 2))) == [(Change.ENDS, date(2026, 1, 4))]
    assert list(changes("02-29/03-05", "", date(2026, 2, 20))) == [(Change.BEGINS, date(2026, 3, 1))]


def test_seasonal_entries_are_told_once_with_what_to_do(looker: Client) -> None:
    akari = make_support("a", "あかり", status="seasonal", contact={"open_periods": "09-20/09-30"}, page_date="2026-09")
    Contact.objects.create(support=akari, position=1, via="line", value="LINE", open_periods="09-20/09-30")
    make_support("b", "ひなた", status="seasonal", page_date="2026-09")
    make_support("c", "おわり", status="ended", contact={"open_periods": "09-20/09-30"}, page_date="2026-09")
    page = text(looker)
    assert page.count("まもなく始まります（2026年9月20日）") == 1
    assert "「期間をかぎって開く」のに、期間が書かれていません" in page
    assert "おわり" not in page


# What is past, and what no page shows


def card(html: str, heading: str) -> str:
    start = html.index(f'id="{heading}"')
    return html[start : html.index("</section>", start)]


def test_what_has_expired_and_past_plans_are_named_with_the_way_to_them(looker: Client) -> None:
    akari = make_support("a", "あかり", expires="2026-09")
    make_support("b", "ひなた", summary="2025年4月から始まる予定です。")
    make_support("c", "みらい", expires="2026-10")
    past = card(text(looker), "past-title")
    assert "見直す月: 2026年9月" in past
    assert f'href="/desk/catalog/support/{akari.pk}/change/"' in past
    assert "2025年4月から始まる予定です。" in past
    assert "みらい" not in past


def test_what_is_unconfirmed_is_named_those_for_people_in_danger_first(looker: Client) -> None:
    make_support("a", "あかり", source=False)
    make_support("b", "いのち", source=False, crisis=True)
    make_support("c", "ひなた")
    unconfirmed = card(text(looker), "unconfirmed-title")
    assert unconfirmed.index("いのち") < unconfirmed.index("あかり")
    assert "番号: 電話 0120-000-000" in unconfirmed
    assert "24時間: 電話 0120-000-000" in unconfirmed
    assert "ひなた" not in unconfirmed


def test_of_many_only_the_first_are_listed(looker: Client) -> None:
    for number in range(20):
        make_support(f"s{number}", f"電話{number}", source=False)
    unconfirmed = card(text(looker), "unconfirmed-title")
    assert unconfirmed.count("<li>") == 15
    assert "ほか5件" in unconfirmed


def test_where_nothing_is_past_or_unconfirmed_the_page_says_so(looker: Client) -> None:
    make_support("a", "あかり", expires="2026-10")
    html = text(looker)
    assert "見つかりません" in card(html, "past-title")
    assert "どの番号と受付時間も、出典の資料にあります" in card(html, "unconfirmed-title")


# Links


def check(url: str, **values: object) -> None:
    LinkCheck.objects.create(url=url, checked_at=timezone.now(), **({"ok": False, "failures": 1} | values))


def test_links_that_fail_say_since_when_and_where_they_stand(looker: Client) -> None:
    make_support("a", "あかり")
    make_support("b", "ひなた")
    since = japan("2026-08-20 12:00")
    check("https://akari.example/", message="ページがありません（404）。", failures=3, failing_since=since)
    check("https://gone.example/", message="もう使っていない")
    for page in (text(looker), text(looker, "/desk/links/")):
        assert "ページがありません（404）。" in page
        assert "2026年8月20日から（3回続けて）" in page
        assert "もう使っていない" not in page
        assert page.index("使っているもの") < page.rindex("あかり")
    assert "開けない <b>1件</b>" in text(looker)


def test_what_keeps_programs_out_is_counted_apart(looker: Client) -> None:
    make_support("a", "あかり")
    check("https://akari.example/", failures=0, message="自動では確かめられません（403）。")
    page = text(looker)
    assert "開けない <b>0件</b>、自動では確かめられない <b>1件</b>" in page
    assert "自動では確かめられません（403）。" in text(looker, "/desk/links/")


def test_before_the_first_check_it_says_whom_to_ask(looker: Client) -> None:
    assert "まだ点検していません。点検は、サーバーを見ている人にたのんでください。" in text(looker)


# What waits


def test_what_was_edited_since_the_release_is_counted(looker: Client) -> None:
    support = make_support("a", "あかり")
    make_support("b", "したがき", publication="draft")
    release()
    assert "ありません" in text(looker)[text(looker).index("公開のあとの編集") :][:200]
    support.name = "あかりの電話"
    support.save()
    support.save()
    page = text(looker)
    assert "支援 1" in page[page.index("公開のあとの編集") :][:200]
    assert "支援 1" in page[page.index("<dt>下書き") :][:200]


# What no path reaches


def test_what_no_way_reaches_is_named(looker: Client) -> None:
    make_support("a", "あかり")
    lost = make_support("b", "まいご", contact={"value": "0120-000-001"})
    lost.worries.set(Worry.objects.filter(code="work"))
    release(number=3)
    assert "まいご" not in text(looker)[: text(looker).index("届く窓口の数")].split("どの質問からも届かないもの")[1]
    part = text(looker, "/desk/unreached/", **{"hx-request": "true"})
    assert "まいご" in part
    assert "あかり" not in part
    assert "<html" not in part
    assert "<html" in text(looker, "/desk/unreached/")


def test_the_walk_is_made_once_a_release(looker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_support("a", "あかり")
    release(number=4)
    walked: list[str] = []

    def walk(flow: Flow, *, several: bool) -> list[Conversation]:
        walked.append(flow.key)
        return []

    monkeypatch.setattr("chatbot.conversation.walk", walk)
    text(looker, "/desk/unreached/")
    text(looker, "/desk/unreached/")
    assert walked == ["general", "under18"]


# Coverage


def test_the_table_can_be_read_by_row_and_column(looker: Client) -> None:
    make_support("a", "あかり")
    release(number=5)
    page = text(looker, "/desk/coverage/?moment=day")
    assert "<caption" in page
    assert 'scope="row"' in page
    assert 'scope="colgroup"' in page
    assert "2026年9月2日（水）14:00 に答える窓口の数" in page
    assert "だれもいないところ" in page
    assert '<td class="nobody">✕0' in page


def test_another_moment_can_be_chosen_and_nonsense_is_answered_kindly(looker: Client) -> None:
    make_support("a", "あかり")
    release(number=6)
    assert "2026年12月31日（木）23:30" in text(looker, "/desk/coverage/?at=2026-12-31T23:30")
    assert "日付と時刻を" in text(looker, "/desk/coverage/?at=nonsense")
    assert "1年くらい" in text(looker, "/desk/coverage/?at=9999-12-31T23:59")
    assert "9月3日（木）03:00" in text(looker, "/desk/coverage/?moment=nonsense")
    part = text(looker, "/desk/coverage/?moment=day", **{"hx-request": "true"})
    assert part.lstrip().startswith('<div id="coverage">')


def test_before_the_first_release_the_page_stands(looker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "current", lambda: None)
    assert "まだ公開版がありません" in text(looker)
    assert [looker.get(address).status_code for address in PARTS] == [200, 200, 200]


# However many there are


def test_the_number_of_queries_does_not_depend_on_the_number_of_entries(
    looker: Client,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(looker)
        return len(seen)

    add_entries(0, 20)
    release(number=7)
    few = queries()
    add_entries(20, 1_500)
    many = queries()
    assert few == many <= 60
