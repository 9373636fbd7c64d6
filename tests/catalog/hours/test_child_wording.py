"""Opening hours as a child reads them; here without the readings, which test_nothing_is_left_unsaid.py asks for."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.hours.child_wording import child_hours_words, child_state_words
from catalog.hours.description import describe
from catalog.hours.timetable import Timetable, parse_periods
from catalog.text.child_phrases import EASY, TEEN
from catalog.text.furigana import kana, plain
from tests.catalog.samples import rule, timetable
from tests.conftest import japan


def read(words: str) -> str:
    return plain(words).replace(" ", "")


SECOND_SATURDAY = rule("sat", "09:30", "16:00", weeks=frozenset({2}))


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        (Timetable(always=True), ["24時間、いつでも"]),
        (Timetable(always=True, closed_periods=parse_periods("12-29/01-03")), ["24時間", "12月29日から1月3日まではお休みだよ"]),
        (
            timetable(rule("tue thu", "09:00", "15:00"), closed="12-29/01-03", closed_on_holidays=True),
            ["火曜日と木曜日9:00〜15:00", "祝日と12月29日から1月3日まではお休みだよ"],
        ),
        (timetable(rule("mon tue wed thu fri sun", "09:00", "15:00")), ["月曜日から金曜日と日曜日9:00〜15:00"]),
        (timetable(SECOND_SATURDAY), ["月の2番目の土曜日9:30〜16:00"]),
        (timetable(rule("", "09:00", "12:00", weeks=frozenset({1, 3}))), ["月の1・3番目の週の毎日9:00〜12:00"]),
        (timetable(rule("", "08:00", "08:00", month_days=frozenset({10}))), ["まい月10日8:00〜つぎの日の8:00"]),
        (timetable(rule("sat", "09:00", "12:00", month_days=frozenset({10}))), ["まい月10日が土曜日のとき9:00〜12:00"]),
        (
            timetable(rule("sat", "09:00", "12:00", even_on_holidays=True), rule("mon", "09:00", "12:00"), closed_on_holidays=True),
            ["土曜日（祝日も）9:00〜12:00", "月曜日9:00〜12:00", "祝日はお休みだよ"],
        ),
        (timetable(rule("mon", "09:00", "12:00"), rule("mon", "13:00", "17:00")), ["月曜日9:00〜12:00と13:00〜17:00"]),
        (timetable(rule("", "10:00", "22:00"), season="09-01/09-30"), ["毎日10:00〜22:00", "9月1日から9月30日までのあいだだけひらくよ"]),
        (timetable(rule("", "10:00", "22:00"), closed="08-15/08-15"), ["毎日10:00〜22:00", "8月15日はお休みだよ"]),
        (Timetable(), []),
    ],
)  # fmt: skip
def test_what_a_child_reads(hours: Timetable, lines: list[str]) -> None:
    assert [read(words) for words in child_hours_words(describe(hours), EASY)] == lines


def test_a_closure_with_a_year_is_said_until_it_is_over() -> None:
    hours = timetable(rule("mon", "09:00", "12:00"), closed="2026-08-10/2026-08-20")
    before, after = (child_hours_words(describe(hours, date(2026, 8, day)), EASY) for day in (20, 21))
    assert read(before[1]) == "2026年8月10日から8月20日まではお休みだよ"
    assert len(after) == 1


def test_a_date_is_read_as_it_is_spoken() -> None:
    hours = timetable(rule("", "09:00", "12:00"), closed="12-29/01-03")
    assert kana(child_hours_words(describe(hours), EASY)[1]) == "12がつ29にちから 1がつみっかまでは おやすみだよ"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-14 10:00", "いま話せるよ"),
        ("2026-11-14 08:00", "いまはお休み。つぎはきょうの9:30から"),
        ("2026-11-13 20:00", "いまはお休み。つぎはあしたの9:30から"),
        ("2026-11-10 20:00", "いまはお休み。つぎは土曜日の9:30から"),
        ("2026-11-14 16:00", "いまはお休み。つぎは12月12日の土曜日の9:30から"),
    ],
)
def test_whether_somebody_answers_now(now: str, said: str) -> None:
    assert read(child_state_words(timetable(SECOND_SATURDAY).at(japan(now)), japan(now), EASY)) == said


def test_a_child_is_told_when_a_season_begins_and_nothing_of_hours_that_are_not_known() -> None:
    now = japan("2026-10-05 12:00")
    season = timetable(rule("", "10:00", "22:00"), season="2027-09-01/2027-09-30")
    assert read(child_state_words(season.at(now), now, EASY)) == "いまはお休み。つぎは9月1日の水曜日の10:00から"
    over = timetable(rule("", "10:00", "22:00"), season="2025-09-01/2025-09-30")
    assert read(child_state_words(over.at(now), now, EASY)) == "いまはお休み"
    assert child_state_words(Timetable().at(now), now, EASY) == ""


def test_older_children_read_the_same_hours_in_their_own_tone() -> None:
    hours = timetable(SECOND_SATURDAY, closed="12-29/01-03", season="09-01/12-31")
    assert [read(words) for words in child_hours_words(describe(hours), TEEN)] == [
        "月の2番目の土曜日9:30〜16:00",
        "12月29日から1月3日まではお休みです",
        "9月1日から12月31日までのあいだだけ開きます",
    ]
    is_open, is_closed = japan("2026-11-14 10:00"), japan("2026-11-13 20:00")
    assert read(child_state_words(hours.at(is_open), is_open, TEEN)) == "いま話せます"
    assert read(child_state_words(hours.at(is_closed), is_closed, TEEN)) == "いまはお休みです。次はあしたの9:30からです"
