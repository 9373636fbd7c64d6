from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.directory.directory import Directory
from catalog.hours.timetable import JAPAN, Openness, Rule, Timetable, parse_periods
from catalog.hours.wording import moment_words, state_words, timetable_words
from tests.catalog.samples import rule, timetable
from tests.conftest import japan

OFFICE = timetable(rule("mon tue wed thu fri", "09:00", "17:00"))  # 2026-11-16 is a Monday
NIGHT = timetable(rule("", "22:00", "02:00"))


def words(hours: Timetable, text: str) -> str:
    return state_words(hours.at(japan(text)), japan(text))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-16 10:00", "いま つながります（17:00まで）"),
        ("2026-11-16 15:59", "いま つながります（17:00まで）"),
        ("2026-11-16 16:00", "いま つながります（あと60分で終わります）"),
        ("2026-11-16 16:30", "いま つながります（あと30分で終わります）"),
        ("2026-11-16 16:59:30", "いま つながります（あと1分で終わります）"),
        ("2026-11-16 03:00", "いまは時間外です。次はきょう 9:00から"),
        ("2026-11-16 17:00", "いまは時間外です。次はあした 9:00から"),
        ("2026-11-13 18:00", "いまは時間外です。次は月曜 9:00から"),
    ],
)
def test_an_office_line_round_the_clock(now: str, said: str) -> None:
    assert words(OFFICE, now) == said


@pytest.mark.parametrize(
    ("hours", "now", "said"),
    [
        (Timetable(always=True), "2027-01-01 03:00", "いま つながります（24時間）"),
        (NIGHT, "2026-11-16 23:00", "いま つながります（あした 2:00まで）"),
        (NIGHT, "2026-11-17 00:10", "いま つながります（2:00まで）"),
        (timetable(rule("mon", "09:00", "24:00")), "2026-11-16 22:00", "いま つながります（24:00まで）"),
        (
            timetable(rule("fri", "13:00", "24:00"), rule("sat", "00:00", "24:00"), rule("sun", "00:00", "22:00")),
            "2026-11-13 13:00",
            "いま つながります（日曜 22:00まで）",
        ),
        (
            timetable(rule("mon tue wed thu fri", "09:00", "17:00"), closed="12-29/01-03"),
            "2026-12-28 17:00",
            "いまは時間外です。次は1月4日（月）9:00から",
        ),
        (
            timetable(rule("", "10:00", "22:00"), season="09-01/09-30"),
            "2026-10-05 12:00",
            "いまは期間外です。次は9月1日（水）10:00から",
        ),
        (timetable(rule("", "10:00", "22:00"), season="2025-09-01/2025-09-30"), "2026-10-05 12:00", "いまは期間外です"),
        (timetable(rule("mon", "10:00", "22:00", month_days=frozenset({32}))), "2026-10-05 12:00", "いまは時間外です"),
        (Timetable(), "2026-11-16 12:00", ""),
        (
            timetable(rule("", "00:00", "24:00"), closed="11-19/11-19"),
            "2026-11-17 12:00",
            "いま つながります（あした 24:00まで）",
        ),
        (
            timetable(rule("", "00:00", "24:00"), closed="11-20/11-20"),
            "2026-11-17 12:00",
            "いま つながります（木曜 24:00まで）",
        ),
        (timetable(rule("fri", "00:00", "05:00")), "2026-11-17 12:00", "いまは時間外です。次は金曜 0:00から"),
    ],
)
def test_what_is_said_at_a_moment(hours: Timetable, now: str, said: str) -> None:
    assert words(hours, now) == said


def test_the_words_are_in_japan_time_wherever_the_moment_comes_from() -> None:
    now = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    assert state_words(OFFICE.at(now), now) == "いまは時間外です。次はきょう 9:00から"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-16 17:00", "きょう 17:00"),
        ("2026-11-17 09:05", "あした 9:05"),
        ("2026-11-22 09:00", "日曜 9:00"),
        ("2026-11-23 09:00", "11月23日（月）9:00"),
        ("2027-01-04 09:00", "1月4日（月）9:00"),
    ],
)
def test_a_weekday_alone_is_said_only_within_the_week(moment: str, said: str) -> None:
    assert moment_words(japan(moment), japan("2026-11-16 12:00")) == said


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ([rule("mon tue wed thu fri", "09:00", "17:00")], ["月〜金 9:00〜17:00"]),
        ([rule("", "16:00", "21:00")], ["毎日 16:00〜21:00"]),
        ([rule("mon tue wed thu fri sat sun", "16:00", "24:00")], ["毎日 16:00〜24:00"]),
        ([rule("mon wed thu", "09:00", "12:00")], ["月・水・木 9:00〜12:00"]),
        ([rule("fri", "22:00", "02:30")], ["金 22:00〜つぎの日の2:30"]),
        ([rule("sat sun holiday", "09:00", "21:00")], ["土・日・祝日 9:00〜21:00"]),
        ([rule("sat", "09:30", "16:00", weeks=frozenset({2}), even_on_holidays=True)], ["第2土（祝日も） 9:30〜16:00"]),
        ([rule("", "08:00", "08:00", month_days=frozenset({10}))], ["毎月10日 8:00〜つぎの日の8:00"]),
        ([rule("sat", "09:00", "12:00", month_days=frozenset({10}))], ["毎月10日が土のとき 9:00〜12:00"]),
        (
            [rule("", "09:00", "12:00", month_days=frozenset({10}), even_on_holidays=True)],
            ["毎月10日（祝日も） 9:00〜12:00"],
        ),
        ([rule("sat holiday", "09:00", "12:00", weeks=frozenset({2}))], ["第2土・第2週の祝日 9:00〜12:00"]),
        ([rule("", "09:00", "12:00", weeks=frozenset({1, 3}))], ["第1・3週のすべての日 9:00〜12:00"]),
        ([rule("mon tue wed thu fri sat sun holiday", "09:00", "12:00")], ["毎日・祝日 9:00〜12:00"]),
        ([rule("mon", "09:00", "12:00"), rule("mon", "13:00", "17:00")], ["月 9:00〜12:00、13:00〜17:00"]),
        (
            [rule("mon tue wed thu fri", "17:00", "22:00"), rule("sat sun", "09:00", "21:00")],
            ["月〜金 17:00〜22:00", "土・日 9:00〜21:00"],
        ),
    ],
)
def test_one_line_for_each_group_of_days(rules: list[Rule], lines: list[str]) -> None:
    assert timetable_words(timetable(*rules)) == lines


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        (Timetable(always=True), ["24時間・毎日"]),
        (
            Timetable(always=True, closed_periods=parse_periods("12-29/01-03")),
            ["24時間", "12月29日〜1月3日は休み"],
        ),
        (
            timetable(rule("mon", "09:00", "17:00"), closed="12-29/01-03", closed_on_holidays=True),
            ["月 9:00〜17:00", "祝日・12月29日〜1月3日は休み"],
        ),
        (timetable(closed="12-29/01-03", closed_on_holidays=True), []),
        (Timetable(always=True, closed_on_holidays=True), ["24時間", "祝日は休み"]),
        (
            timetable(rule("mon", "09:00", "17:00"), closed="08-13/08-16 08-15/08-15"),
            ["月 9:00〜17:00", "8月13日〜16日・8月15日は休み"],
        ),
        (
            timetable(rule("mon", "09:00", "17:00"), closed="2025-08-10/2025-08-20 2026-12-28/2027-01-04"),
            ["月 9:00〜17:00", "2025年8月10日〜20日・2026年12月28日〜2027年1月4日は休み"],
        ),
        (
            timetable(
                rule("mon", "09:00", "17:00"),
                rule("", "10:00", "12:00", month_days=frozenset({3}), even_on_holidays=True),
                closed_on_holidays=True,
            ),
            ["月 9:00〜17:00", "毎月3日（祝日も） 10:00〜12:00", "祝日は休み"],
        ),
    ],
)
def test_closures_are_said_but_never_alone(hours: Timetable, lines: list[str]) -> None:
    assert timetable_words(hours) == lines


def test_holidays_with_hours_of_their_own_are_not_said_to_be_closed() -> None:
    weekday = rule("mon", "09:00", "17:00")
    holidays = timetable(weekday, rule("sat holiday", "10:00", "12:00"), closed_on_holidays=True)
    assert timetable_words(holidays) == ["月 9:00〜17:00", "土・祝日 10:00〜12:00"]
    third = timetable(weekday, rule("holiday", "10:00", "12:00", month_days=frozenset({3})))
    assert timetable_words(third) == ["月 9:00〜17:00", "毎月3日が祝日のとき 10:00〜12:00", "ほかの祝日は休み"]


def test_a_season_is_said_even_where_the_hours_are_not_known() -> None:
    assert timetable_words(timetable(season="09-01/09-30")) == ["受付は9月1日〜30日のあいだだけ"]
    assert timetable_words(Timetable(always=True, open_periods=parse_periods("12-28/01-04"))) == [
        "24時間",
        "受付は12月28日〜1月4日のあいだだけ",
    ]


def test_what_is_over_is_no_longer_said() -> None:
    line = timetable(
        rule("", "10:00", "12:00"),
        closed="2026-08-10/2026-08-20 12-29/01-03",
        season="2026-04-01/2026-06-30 2027-04-01/2027-06-30",
    )
    said = ["毎日 10:00〜12:00", "12月29日〜1月3日は休み", "受付は2027年4月1日〜6月30日のあいだだけ"]
    assert timetable_words(line, date(2026, 8, 21)) == said
    assert "2026年8月10日〜20日・" in timetable_words(line, date(2026, 8, 20))[1]
    last = said[2]
    assert timetable_words(line, date(2028, 1, 1))[2].endswith(last.removeprefix("受付は")), (
        "or it would seem to be open now"
    )


@pytest.mark.parametrize(
    "narrower",
    [
        rule("", "09:00", "17:00", weeks=frozenset({2})),
        rule("mon tue wed thu fri sat sun", "09:00", "17:00", weeks=frozenset({2})),
    ],
)
def test_a_rule_for_some_weeks_is_not_said_to_hold_every_day(narrower: Rule) -> None:
    assert "毎日" not in timetable_words(timetable(narrower))[0]


@settings(max_examples=100, deadline=None)
@given(
    opens=st.integers(0, 1439),
    minutes=st.integers(1, 1440),
    naive=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 (naive Japan time)
)
def test_whether_it_is_open_and_what_is_said_agree(opens: int, minutes: int, naive: datetime) -> None:
    now = naive.replace(tzinfo=JAPAN)
    state = Timetable(rules=(Rule(opens, opens + minutes),)).at(now)
    said = state_words(state, now)
    assert ("つながります" in said) is (state.openness is Openness.OPEN)
    assert ("時間外" in said) is (state.openness is Openness.CLOSED)
    assert "あと0分" not in said
    if state.next_open:
        assert said.endswith(("から",))


def test_all_known_hours_of_the_catalogue_can_be_said(directory: Directory) -> None:
    contacts = [contact for support in directory.supports.values() for contact in support.contacts]
    silent = [c.value for c in contacts if c.timetable.is_known and not timetable_words(c.timetable)]
    assert silent == []
