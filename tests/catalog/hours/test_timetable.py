from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.hours.timetable import Openness, Timetable, is_public_holiday, parse_clock, parse_periods
from tests.catalog.samples import rule, timetable
from tests.conftest import japan

WEEKDAYS = "mon tue wed thu fri"
EVERY_DAY = "mon tue wed thu fri sat sun"
OFFICE = timetable(rule(WEEKDAYS, "09:00", "17:00"))
OFFICE_WITH_CLOSURES = timetable(
    rule(WEEKDAYS, "09:00", "17:00"), closed="12-29/01-03", closed_on_holidays=True
)  # 2026-12-28 and 2027-01-04 are Mondays


def is_open(hours: Timetable, text: str) -> bool:
    return hours.at(japan(text)).is_open


def test_a_clock_time_is_minutes_after_midnight() -> None:
    assert [parse_clock(text) for text in ("00:00", "09:30", "24:00")] == [0, 570, 1440]


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [("08:59", False), ("09:00", True), ("16:59", True), ("17:00", False)],
)
def test_a_day_begins_on_its_opening_minute_and_ends_before_its_closing_minute(moment: str, open_then: bool) -> None:
    assert is_open(OFFICE, f"2026-11-16 {moment}") is open_then


def test_an_open_line_says_when_it_closes() -> None:
    state = OFFICE.at(japan("2026-11-16 10:00"))
    assert (state.openness, state.until, state.next_open) == (Openness.OPEN, japan("2026-11-16 17:00"), None)


def test_the_moment_may_come_from_any_time_zone() -> None:
    assert OFFICE.at(datetime(2026, 11, 16, 0, 0, tzinfo=UTC)).until == japan("2026-11-16 17:00")


class TestNights:
    NIGHT = timetable(rule("fri", "22:00", "02:00"))

    @pytest.mark.parametrize(
        ("moment", "open_then"),
        [
            ("2026-11-13 01:00", False),  # Thursday's night
            ("2026-11-13 22:00", True),
            ("2026-11-14 00:00", True),
            ("2026-11-14 01:59", True),
            ("2026-11-14 02:00", False),
            ("2026-11-14 22:00", False),  # Saturday evening
        ],
    )
    def test_a_night_runs_on_into_the_next_day(self, moment: str, open_then: bool) -> None:
        assert is_open(self.NIGHT, moment) is open_then

    def test_before_midnight_the_end_is_already_tomorrow(self) -> None:
        assert self.NIGHT.at(japan("2026-11-13 23:00")).until == japan("2026-11-14 02:00")

    def test_a_night_that_began_on_the_eve_of_a_holiday_is_finished(self) -> None:
        nights = timetable(rule(EVERY_DAY, "20:00", "02:00"), closed_on_holidays=True)
        assert is_open(nights, "2026-11-23 01:00")
        assert not is_open(nights, "2026-11-23 20:00")
        assert not is_open(nights, "2026-11-24 01:00")

    def test_midnight_as_an_end_is_written_24(self) -> None:
        late = timetable(rule("mon", "09:00", "24:00"))
        assert is_open(late, "2026-11-16 23:59")
        assert not is_open(late, "2026-11-17 00:00")
        assert late.at(japan("2026-11-16 23:59")).until == japan("2026-11-17 00:00")

    def test_57_hours_from_friday_to_sunday_are_one_stretch(self) -> None:
        weekend = timetable(rule("fri", "13:00", "24:00"), rule("sat", "00:00", "24:00"), rule("sun", "00:00", "22:00"))
        start, end = japan("2026-11-13 13:00"), japan("2026-11-15 22:00")
        assert (end - start) == timedelta(hours=57)
        for hour in range(57):
            assert weekend.at(start + timedelta(hours=hour)).until == end
        assert weekend.at(end).next_open == japan("2026-11-20 13:00")
        assert weekend.at(start - timedelta(minutes=1)).next_open == start

    def test_two_shifts_that_overlap_are_one_stretch(self) -> None:
        both = timetable(rule("mon", "09:00", "15:00"), rule("mon", "13:00", "20:00"))
        assert both.at(japan("2026-11-16 10:00")).until == japan("2026-11-16 20:00")


class TestHolidays:
    @pytest.mark.parametrize("day", ["2027-03-22", "2026-09-22", "2027-01-01", "2026-11-23"])
    def test_substitute_days_and_days_between_two_holidays_are_holidays(self, day: str) -> None:
        assert is_public_holiday(japan(day).date())
        assert is_open(OFFICE, f"{day} 10:00"), "not closed on holidays unless it says so"
        assert not is_open(OFFICE_WITH_CLOSURES, f"{day} 10:00")

    def test_the_last_days_of_the_year_are_no_public_holidays(self) -> None:
        assert not any(is_public_holiday(japan(f"2026-12-{day}").date()) for day in (28, 29, 30, 31))

    def test_hours_that_differ_on_holidays(self) -> None:
        hours = timetable(rule(WEEKDAYS, "17:00", "22:00"), rule("sat sun holiday", "09:00", "21:00"))
        holiday = "2027-03-22"  # a Monday
        assert is_open(hours, f"{holiday} 09:00")
        assert not is_open(hours, f"{holiday} 21:30"), "Monday's own hours do not hold on a holiday"
        assert is_open(hours, "2027-03-15 21:30")
        assert is_open(hours, "2026-10-31 09:00"), "an ordinary Saturday"
        assert hours.at(japan("2029-08-11 10:00")).until == japan("2029-08-11 21:00"), "a holiday on a Saturday"

    def test_a_line_that_is_open_only_on_holidays(self) -> None:
        hours = timetable(rule("holiday", "10:00", "16:00"))
        assert is_open(hours, "2026-09-22 12:00")
        assert not is_open(hours, "2026-09-24 12:00")
        assert hours.at(japan("2026-09-24 12:00")).next_open == japan("2026-10-12 10:00")

    def test_holiday_hours_hold_even_where_other_rules_close_on_holidays(self) -> None:
        hours = timetable(rule(WEEKDAYS, "09:00", "17:00"), rule("holiday", "10:00", "12:00"), closed_on_holidays=True)
        assert hours.at(japan("2027-03-22 10:30")).until == japan("2027-03-22 12:00")


def test_new_year_hour_by_hour() -> None:
    start = japan("2026-12-28 00:00")
    for hour in range(8 * 24):
        moment = start + timedelta(hours=hour)
        works = moment.strftime("%m-%d") in {"12-28", "01-04"} and 9 <= moment.hour < 17
        state = OFFICE_WITH_CLOSURES.at(moment)
        assert state.is_open is works, moment
        if not works and japan("2026-12-28 17:00") <= moment < japan("2027-01-04 09:00"):
            assert state.next_open == japan("2027-01-04 09:00"), moment


def test_a_night_line_closed_at_new_year_finishes_its_last_night_and_skips_the_small_hours_before_it_reopens() -> None:
    nights = timetable(rule("", "22:00", "06:00"), closed="12-29/01-03")
    assert is_open(nights, "2026-12-29 05:59")
    assert not is_open(nights, "2026-12-29 22:00")
    assert not is_open(nights, "2027-01-04 03:00")
    assert nights.at(japan("2027-01-04 03:00")).next_open == japan("2027-01-04 22:00")


def test_a_line_that_is_always_open_but_for_new_year() -> None:
    hours = Timetable(always=True, closed_periods=parse_periods("12-29/01-03"))
    assert hours.at(japan("2026-12-20 12:00")).until is None, "too far away to be of use"
    assert hours.at(japan("2026-12-28 12:00")).until == japan("2026-12-29 00:00")
    assert hours.at(japan("2026-12-31 12:00")).next_open == japan("2027-01-04 00:00")


class TestDaysOfTheMonth:
    def test_the_second_saturday_even_when_it_is_a_holiday(self) -> None:
        hours = timetable(
            rule(WEEKDAYS, "08:30", "17:15"),
            rule("sat", "09:30", "16:00", weeks=frozenset({2}), even_on_holidays=True),
            closed_on_holidays=True,
        )
        open_saturdays = [day for day in (7, 14, 21, 28) if is_open(hours, f"2026-11-{day:02} 10:00")]
        assert open_saturdays == [14]
        assert is_public_holiday(japan("2029-08-11").date())
        assert is_open(hours, "2029-08-11 10:00")
        assert not is_open(hours, "2027-03-22 10:00"), "the other rule does close on holidays"

    def test_the_second_saturday_may_be_the_8th_or_the_14th(self) -> None:
        hours = timetable(rule("sat", "09:30", "16:00", weeks=frozenset({2})))
        assert hours.at(japan("2026-08-01 00:00")).next_open == japan("2026-08-08 09:30")
        assert hours.at(japan("2026-11-01 00:00")).next_open == japan("2026-11-14 09:30")

    def test_the_10th_runs_through_to_the_11th_at_8(self) -> None:
        hours = timetable(rule("", "16:00", "21:00"), rule("", "08:00", "08:00", month_days=frozenset({10})))
        start, end = japan("2026-12-10 08:00"), japan("2026-12-11 08:00")
        assert hours.at(start - timedelta(minutes=1)).next_open == start
        for hour in range(24):
            assert hours.at(start + timedelta(hours=hour)).until == end
        assert hours.at(end).next_open == japan("2026-12-11 16:00")


class TestSeasons:
    SEPTEMBER = timetable(rule("", "10:00", "22:00"), season="09-01/09-30")
    THIS_WINTER = timetable(rule("", "10:00", "22:00"), season="2026-12-28/2027-01-04")

    def test_in_season_the_hours_hold(self) -> None:
        assert is_open(self.SEPTEMBER, "2026-09-01 10:00")
        assert is_open(self.SEPTEMBER, "2027-09-30 21:59")
        assert self.SEPTEMBER.at(japan("2026-09-10 09:00")).openness is Openness.CLOSED

    def test_out_of_season_is_said_and_when_it_comes_back(self) -> None:
        state = self.SEPTEMBER.at(japan("2026-10-01 12:00"))
        assert (state.openness, state.next_open) == (Openness.OUT_OF_SEASON, japan("2027-09-01 10:00"))

    def test_a_season_with_years_does_not_come_back(self) -> None:
        assert is_open(self.THIS_WINTER, "2026-12-31 12:00")
        assert self.THIS_WINTER.at(japan("2026-12-27 12:00")).next_open == japan("2026-12-28 10:00")
        for over in ("2027-01-05 12:00", "2027-12-31 12:00"):
            state = self.THIS_WINTER.at(japan(over))
            assert (state.openness, state.next_open) == (Openness.OUT_OF_SEASON, None)

    def test_a_season_may_run_over_new_year_every_year(self) -> None:
        hours = timetable(rule("", "10:00", "22:00"), season="12-28/01-04")
        assert [is_open(hours, f"{day} 12:00") for day in ("2026-12-28", "2027-01-04", "2027-01-05")] == [1, 1, 0]

    def test_in_season_day_and_night(self) -> None:
        hours = Timetable(always=True, open_periods=parse_periods("03-01/03-03"))
        assert hours.at(japan("2027-03-02 12:00")).until == japan("2027-03-04 00:00")
        assert hours.at(japan("2027-03-04 00:00")).next_open == japan("2028-03-01 00:00")

    def test_the_last_night_of_a_season_is_finished(self) -> None:
        nights = timetable(rule("", "22:00", "02:00"), season="09-01/09-30")
        assert nights.at(japan("2026-09-30 23:30")).until == japan("2026-10-01 02:00")
        assert is_open(nights, "2026-10-01 01:00")


def test_always_means_every_minute_without_an_end() -> None:
    for moment in ("2026-11-16 03:00", "2026-12-31 23:59", "2027-01-01 00:00", "2027-03-22 12:00"):
        state = Timetable(always=True).at(japan(moment))
        assert (state.openness, state.until) == (Openness.OPEN, None)


def test_round_the_clock_may_still_be_closed_on_public_holidays() -> None:
    hours = Timetable(always=True, closed_on_holidays=True)
    assert not hours.never_closes
    assert [is_open(hours, f"2026-11-{day} 12:00") for day in (22, 23, 24)] == [True, False, True]
    assert hours.at(japan("2026-11-22 12:00")).until == japan("2026-11-23 00:00")


def test_hours_known_only_as_text_are_never_guessed() -> None:
    unknown = Timetable(closed_on_holidays=True, closed_periods=parse_periods("12-29/01-03"))
    assert not unknown.is_known
    for moment in ("2026-11-16 12:00", "2026-12-31 12:00", "2027-03-22 12:00"):
        state = unknown.at(japan(moment))
        assert (state.openness, state.until, state.next_open) == (Openness.UNKNOWN, None, None)


@pytest.mark.parametrize(
    ("now", "next_open"),
    [
        ("2026-11-16 03:00", "2026-11-16 09:00"),
        ("2026-11-16 17:00", "2026-11-17 09:00"),
        ("2026-11-13 18:00", "2026-11-16 09:00"),  # Friday evening
        ("2026-11-20 18:00", "2026-11-24 09:00"),  # a long weekend
        ("2026-09-18 18:00", "2026-09-24 09:00"),  # five days with the day between two holidays
    ],
)
def test_the_next_opening(now: str, next_open: str) -> None:
    assert OFFICE_WITH_CLOSURES.at(japan(now)).next_open == japan(next_open)


def test_periods_are_read_with_and_without_years() -> None:
    yearly, once = parse_periods("12-29/01-03 2026-08-10/2026-08-16")
    assert [yearly.covers(japan(f"{day}").date()) for day in ("2026-12-28", "2026-12-29", "2031-01-03")] == [0, 1, 1]
    assert [once.covers(japan(f"{day}").date()) for day in ("2026-08-10", "2026-08-17", "2027-08-10")] == [1, 0, 0]
    assert parse_periods("") == ()


@pytest.mark.parametrize(
    ("written", "named", "said"),
    [
        ("12/29-01/03", "12/29-01/03", "読めません"),
        ("年末年始", "年末年始", "読めません"),
        ("12-29", "12-29", "読めません"),
        ("12-29/01-03 夏休み", "夏休み", "読めません"),
        ("02-30/03-01", "02-30/03-01", "暦にない"),
        ("2027-02-29/2027-03-01", "2027-02-29", "暦にない"),
        ("2027-01-04/2026-12-28", "2027-01-04", "合っていません"),
        ("12-29/2027-01-03", "12-29/2027-01-03", "合っていません"),
    ],
)
def test_a_period_that_cannot_be_read_is_named_and_explained(written: str, named: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as error:
        parse_periods(written)
    assert named in str(error.value)


@pytest.mark.parametrize(
    ("period", "day", "dates"),
    [
        ("12-29/01-03", date(2026, 7, 1), (date(2026, 12, 29), date(2027, 1, 3))),
        ("12-29/01-03", date(2027, 1, 3), (date(2026, 12, 29), date(2027, 1, 3))),
        ("12-29/01-03", date(2027, 1, 4), (date(2027, 12, 29), date(2028, 1, 3))),
        ("08-13/08-16", date(2026, 8, 17), (date(2027, 8, 13), date(2027, 8, 16))),
        ("02-29/03-02", date(2027, 1, 1), (date(2027, 3, 1), date(2027, 3, 2))),
        ("02-20/02-29", date(2027, 1, 1), (date(2027, 2, 20), date(2027, 2, 28))),
        ("2026-12-28/2027-01-04", date(2027, 1, 4), (date(2026, 12, 28), date(2027, 1, 4))),
        ("2026-12-28/2027-01-04", date(2027, 1, 5), None),
    ],
)
def test_a_period_has_dates_now_or_next(period: str, day: date, dates: tuple[date, date] | None) -> None:
    (found,) = parse_periods(period)
    assert found.dates(day) == dates
    if dates:
        assert found.covers(dates[0])
        assert found.covers(dates[1])
