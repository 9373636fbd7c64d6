"""What the desk says while somebody types: the week, how words read, how children are shown them; and who may ask."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from catalog.hours.timetable import JAPAN
from catalog.models import FAQ, ChildArticle, ChildWords, Contact, Support, Tip
from desk.editing.wording import PUBLIC_TEXTS, names_of, remarks_on
from tests.desk.editing_forms import looker, stranger, writer
from tests.site.browsing import Page

pytestmark = pytest.mark.django_db

WEEK = "admin:typed-week"
WORDS = "admin:check-words"


@pytest.fixture
def tanaka() -> Client:
    return looker()


@pytest.fixture
def at_new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.editing.views.timezone.now", lambda: datetime(2026, 12, 28, 23, 30, tzinfo=JAPAN))


def week(client: Client, **typed: str) -> dict[str, str]:
    rows = Page(client.post(reverse(WEEK), typed)).all("tr")[1:]
    return {row.one("th").text: row.one("td").text for row in rows}


def told(client: Client, text: str, **more: str) -> Page:
    return Page(client.post(reverse(WORDS), {"text": text, **more}))


@pytest.mark.usefixtures("at_new_year")
def test_the_week_shows_what_is_typed_and_not_saved(tanaka: Client) -> None:
    days = week(
        tanaka,
        rules="月〜金 9:00-12:00、13:00-17:00\n水 22:00-翌5:00",
        closed_on_holidays="on",
        closed_periods="12月30日〜12月31日、1月2日",
    )
    assert days == {
        "12月28日（月）": "9:00〜12:00、13:00〜17:00",
        "12月29日（火）": "9:00〜12:00、13:00〜17:00",
        "12月30日（水）": "毎年の休み",
        "12月31日（木）": "毎年の休み",
        "1月1日（金） 祝日: 元日": "祝日で休み",
        "1月2日（土）": "毎年の休み",
        "1月3日（日）": "休み",
    }


@pytest.mark.usefixtures("at_new_year")
def test_the_week_of_a_seasonal_line_that_never_closes(tanaka: Client) -> None:
    days = week(tanaka, always_open="on", open_periods="2026年12月30日〜2027年1月1日")
    assert list(days.values()) == ["期間外", "期間外", "24時間", "24時間", "24時間", "期間外", "期間外"]


def test_what_cannot_be_read_is_named_in_place_of_the_week(tanaka: Client) -> None:
    page = Page(tanaka.post(reverse(WEEK), {"rules": "月 あさ", "open_periods": "夏"}))
    assert "1行目「月 あさ」" in page.text
    assert "開いている期間: 「夏」" in page.text
    assert not page.all("table")


def test_without_hours_there_is_no_week(tanaka: Client) -> None:
    assert "まだ時間が書かれていません" in told_week(tanaka)


def told_week(client: Client) -> str:
    return Page(client.post(reverse(WEEK), {"rules": " "})).text


def test_words_are_looked_at_while_they_are_typed(tanaka: Client) -> None:
    assert "打ち消しが2つ" in told(tanaka, "使えないわけではありません。").text
    assert told(tanaka, "話を聞く電話です。").text == ""
    assert "漢字が長く" in told(tanaka, "犯罪被害者等早期援助団体です。").text
    assert told(tanaka, "犯罪被害者等早期援助団体です。", names="べつの名前\n犯罪被害者等早期援助団体").text == ""


def test_words_for_children_are_shown_as_each_band_reads_them(tanaka: Client) -> None:
    page = told(tanaka, "｜学校《がっこう》で ｜悩《なや》む", style="readings")
    shown = dict(zip([e.text for e in page.all("dt")], page.all("dd"), strict=True))
    assert shown["小学校1・2年生"].text == "がっこうで なやむ"
    assert [ruby.text for ruby in shown["中学生"].all("rt")] == ["なや"]
    assert [ruby.text for ruby in shown["わからない"].all("rt")] == ["がっこう", "なや"]


def test_each_band_is_shown_the_words_of_its_level_only(tanaka: Client) -> None:
    easy, teen = (
        [element.text for element in told(tanaka, "はなせるよ", style="readings", level=level).all("dt")]
        for level in ("easy", "teen")
    )
    assert "小学校1・2年生" in easy
    assert "中学生" in teen
    assert not set(easy) & set(teen)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("｜学校《がっこう》の話", "「話」によみがながありません"),
        ("｜学校《がっこう", "よみがな"),
        ("早く！", "強く聞こえる"),
    ],
)
def test_slips_in_words_for_children_are_named(tanaka: Client, text: str, said: str) -> None:
    assert said in told(tanaka, text, style="readings").text


def test_what_is_typed_is_shown_as_text(tanaka: Client) -> None:
    content = tanaka.post(reverse(WORDS), {"text": "<script>x</script>！" * 9, "style": "readings"}).content.decode()
    assert "<script>" not in content
    assert "<script>" not in tanaka.post(reverse(WEEK), {"rules": "<script>"}).content.decode()


@pytest.mark.parametrize("name", [WEEK, WORDS])
def test_only_staff_who_may_see_entries_may_ask(name: str) -> None:
    url = reverse(name)
    assert writer().post(url, {"text": "", "rules": ""}).status_code == 200
    assert stranger().post(url).status_code == 403
    assert Client().post(url).status_code == 302, "to the sign-in"
    assert looker().get(url).status_code == 405
    without_token = Client(enforce_csrf_checks=True)
    without_token.cookies = looker("はやし").cookies
    assert without_token.post(url).status_code == 403


def test_the_content_that_is_there_gets_few_remarks() -> None:
    """Or the check would be noise that nobody reads."""
    supports = {support.pk: names_of(support) for support in Support.objects.select_related("child_words")}
    texts = found = 0
    for model in (Support, Contact, ChildWords, ChildArticle, FAQ, Tip):
        for row in model._default_manager.all():
            names = (
                supports.get(getattr(row, "support_id", row.pk), []) if model in (Support, Contact, ChildWords) else []
            )
            found += len(list(remarks_on(row, names=names)))
            texts += sum(1 for name in PUBLIC_TEXTS[model] if getattr(row, name))
    assert texts > 2000
    assert 0 < found < texts * 0.05
