"""下書きを見る: choosing a moment and a page."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from catalog.hours.timetable import JAPAN
from catalog.release import serving
from desk.preview import moments
from tests.catalog.samples import contact_row, directory_of, support_row
from tests.conftest import japan

NEW_YEAR = "/desk/preview/20270101T0330/"


def test_choosing_a_moment_and_a_page(viewer: Client) -> None:
    fields = {"when": "at", "at": "2027-01-01T03:30", "content": "", "page": "under18/"}
    assert viewer.get("/desk/preview/", fields).headers["Location"] == f"{NEW_YEAR}under18/"
    fields |= {"when": "now", "content": "release-1", "page": ""}
    assert viewer.get("/desk/preview/", fields).headers["Location"] == "/desk/preview/release-1/now/"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": "at", "at": ""}, "見たい日時を入れてください"),
        ({"when": "at", "at": "あした"}, "日時を読みとれませんでした"),
        ({"when": "at", "at": "1800-01-01T00:00"}, "2020年から2099年まで"),
        ({"when": "now", "page": "nowhere/"}, "そのページは見つかりません"),
        ({"when": "now", "page": "exit/"}, "ここでは見られません"),
        ({"when": "now", "content": "//example.com"}, "内容を一覧からえらんでください"),
    ],
)
def test_a_choice_that_makes_no_sense_is_explained(viewer: Client, fields: dict[str, str], said: str) -> None:
    assert said in viewer.get("/desk/preview/", fields).content.decode()


@pytest.fixture
def now() -> datetime:
    return japan("2026-11-23 18:15")


def test_the_moments_worth_a_look(now: datetime) -> None:
    assert [(choice.label.partition("（")[0], choice.code) for choice in moments.usual(now)] == [
        ("いま", "now"),
        ("今夜3時", "20261124T0300"),
        ("大みそかの夜", "20261231T2330"),
        ("元日の夜中", "20270101T0330"),
    ]
    after_midnight = now.replace(hour=1) + timedelta(days=1)
    assert moments.usual(after_midnight)[1].code == "20261124T0300"


def test_the_first_day_of_each_seasonal_line(now: datetime) -> None:
    season = support_row("winter", "年末年始の電話", contacts=[contact_row(open_periods="12-29/01-03")])
    only_text = contact_row(always_open=False, hours_text="昼間", open_periods="2026-12-28/2027-01-04")
    by_words = support_row("words", "ことばだけの電話", contacts=[only_text])
    always = support_row("always", "いつもの電話")
    over = support_row("over", "もう終わった電話", contacts=[contact_row(open_periods="2025-12-28/2026-01-04")])
    choices = moments.openings(directory_of(season, by_words, always, over), now)
    assert [(c.label, c.code) for c in choices] == [
        ("ことばだけの電話の初日（2026年12月28日（月）12時）", "20261228T1200"),
        ("年末年始の電話の初日（2026年12月29日（火）0時）", "20261229T0000"),
    ]


def test_a_moment_is_the_same_after_it_was_written() -> None:
    moment = japan("2027-01-01 03:30")
    assert moments.read(moments.write(moment), serving.moment()) == moment
    assert moments.read("now", moment) == moment
    assert moments.words(moment.astimezone(JAPAN)) == "2027年1月1日（金）3時30分"
