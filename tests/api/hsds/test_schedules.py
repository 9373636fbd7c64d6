"""Whoever reads the schedules finds a line open exactly when our own pages say so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api.hsds.schedules import ScheduleData, schedules
from api.hsds.shapes import shape
from api.identifiers import stable_uuid, support_uuid
from catalog.directory.codes import Charge, Dialable, Publisher, Via
from catalog.directory.directory import Directory
from catalog.directory.entries import Contact
from catalog.directory.evidence import Evidence, Source
from catalog.hours.timetable import DAYS, HOLIDAY, JAPAN, MINUTES_A_DAY, WEEKDAYS, Rule, Timetable, parse_periods

from . import standard, week

TODAY = date(2026, 11, 25)
moments = st.one_of(
    st.datetimes(datetime(2026, 11, 25), datetime(2027, 12, 25)),  # noqa: DTZ001 (naive Japan time)
    st.datetimes(datetime(2026, 12, 26), datetime(2027, 1, 6)),  # noqa: DTZ001
    st.datetimes(datetime(2027, 4, 28), datetime(2027, 5, 7)),  # noqa: DTZ001 (many public holidays)
)
quarters = st.integers(0, 95).map(lambda quarter: quarter * 15)
periods = st.sampled_from(["", "12-29/01-03", "08-12/08-16 12-30/01-04", "2026-12-28/2027-01-05"]).map(parse_periods)
seasons = st.sampled_from(["", "09-01/09-30", "12-20/01-10", "02-29/03-31", "2027-05-01/2027-05-05"]).map(parse_periods)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    opens = draw(quarters)
    closes = draw(st.integers(opens // 15 + 1, (opens + MINUTES_A_DAY) // 15)) * 15
    kind = draw(st.sampled_from(["weekly", "holidays", "nth", "dates"]))
    days = draw(st.frozensets(st.sampled_from(DAYS if kind == "holidays" else WEEKDAYS), min_size=kind != "dates"))
    return Rule(
        opens,
        closes,
        days=days,
        weeks=draw(st.frozensets(st.integers(1, 5), min_size=1)) if kind == "nth" else frozenset(),
        month_days=draw(st.frozensets(st.integers(1, 31), min_size=1)) if kind == "dates" else frozenset(),
        even_on_holidays=draw(st.booleans()),
    )


timetables = st.builds(
    Timetable,
    always=st.sampled_from([False, False, False, True]),
    rules=st.lists(rules(), min_size=1, max_size=3).map(tuple),
    closed_on_holidays=st.booleans(),
    closed_periods=periods,
    open_periods=seasons,
)


def rows_of(table: Timetable, *, hours_text: str = "", confirmed: bool = True) -> list[dict[str, Any]]:
    page = Source("https://akari.example/", "", Publisher.OFFICIAL, "", "2026-01")
    evidence = Evidence((page,) if confirmed else ())
    contact = Contact(
        Via.PHONE, "", "0120-000-000", Charge.FREE, Dialable.UNKNOWN, "", table, hours_text, evidence, evidence
    )
    made = schedules("a-line", 0, contact, stable_uuid("phone", "a-line", 0), TODAY)
    return [shape(ScheduleData).to_representation(row) for row in made]


@settings(max_examples=400, deadline=None)
@given(table=timetables, moment=moments)
def test_a_program_that_knows_the_profile_finds_it_open_when_we_do(table: Timetable, moment: datetime) -> None:
    rows = rows_of(table)
    assert standard.mistakes(standard.SCHEDULE, rows) == []
    assert week.is_open(rows, moment) == table.at(moment.replace(tzinfo=JAPAN)).is_open


@settings(max_examples=400, deadline=None)
@given(table=timetables, moment=moments)
def test_a_program_that_knows_only_the_standard_agrees_on_ordinary_days(table: Timetable, moment: datetime) -> None:
    rows = rows_of(table)
    if week.is_ordinary(rows, moment.date()):
        assert week.is_open(rows, moment, knows_the_profile=False) == table.at(moment.replace(tzinfo=JAPAN)).is_open


@settings(max_examples=60, deadline=None)
@given(moment=moments)
def test_every_line_of_the_catalogue_is_open_when_its_schedules_say(directory: Directory, moment: datetime) -> None:
    aware = moment.replace(tzinfo=JAPAN)
    for support in directory.available:
        for contact in support.contacts:
            made = schedules(support.slug, 0, contact, support_uuid(support.slug), TODAY)
            rows = [shape(ScheduleData).to_representation(row) for row in made]
            assert week.is_open(rows, moment) == contact.timetable.at(aware).is_open, (support.slug, contact.value)


def test_every_known_hour_has_a_row(directory: Directory, services: list[dict[str, Any]]) -> None:
    told = {row["contact_point_id"] for service in services for row in service.get("schedules", ())}
    hours = [
        contact
        for support in directory.available
        for contact in support.contacts
        if (contact.timetable.is_known or contact.hours_text) and not contact.timetable.open_periods
    ]
    seasonal = [c for s in directory.available for c in s.contacts if c.timetable.open_periods and c.hours_text]
    assert len(told) == len(hours) + len(seasonal)


def test_always_is_written_as_the_standard_advises() -> None:
    (row,) = rows_of(Timetable(always=True))
    assert (row["freq"], row["byday"]) == ("WEEKLY", "MO,TU,WE,TH,FR,SA,SU")
    assert (row["opens_at"], row["closes_at"]) == ("00:00+09:00", "23:59+09:00")
    assert "closes_next_day" not in row


def test_a_night_ends_on_the_next_day() -> None:
    (row,) = rows_of(Timetable(rules=(Rule(22 * 60, 26 * 60 + 30, days=frozenset({"fri"})),)))
    assert (row["byday"], row["opens_at"], row["closes_at"]) == ("FR", "22:00+09:00", "02:30+09:00")
    assert row["closes_next_day"] is True
    assert "つぎの日の2:30" in row["description"]


def test_the_second_saturday_is_a_monthly_row() -> None:
    (row,) = rows_of(Timetable(rules=(Rule(570, 960, days=frozenset({"sat"}), weeks=frozenset({2})),)))
    assert (row["freq"], row["byday"]) == ("MONTHLY", "2SA")


def test_holidays_and_the_new_year_are_said_in_words_too() -> None:
    (row,) = rows_of(
        Timetable(
            rules=(Rule(540, 1020, days=frozenset(WEEKDAYS[:5])),),
            closed_on_holidays=True,
            closed_periods=parse_periods("12-29/01-03"),
        )
    )
    assert row["description"] == "月〜金 9:00〜17:00。祝日・12月29日〜1月3日は休み"
    assert row["closed_periods"] == [{"first": "12-29", "last": "01-03"}]


def test_a_saturday_that_is_open_even_on_holidays_does_not_say_it_is_closed() -> None:
    weekdays = Rule(540, 1020, days=frozenset(WEEKDAYS[:5]))
    saturday = Rule(540, 720, days=frozenset({"sat"}), even_on_holidays=True)
    first, second = rows_of(Timetable(rules=(weekdays, saturday), closed_on_holidays=True))
    assert (first["holidays"], "祝日は休み" in first["description"]) == ("closed", True)
    assert (second["holidays"], "休み" in second["description"]) == ("as_weekday", False)


def test_hours_of_holidays_only_never_look_like_hours_of_every_day() -> None:
    weekday = Rule(540, 1020, days=frozenset(WEEKDAYS[:5]))
    first, holiday = rows_of(Timetable(rules=(weekday, Rule(600, 900, days=frozenset({HOLIDAY})))))
    assert not holiday.keys() & {"freq", "byday", "bymonthday"}
    assert holiday["description"] == "祝日 10:00〜15:00"
    assert (first["holidays"], first["notes"]) == ("closed", "祝日は、祝日の時間になります")


def test_a_season_is_a_row_of_each_year() -> None:
    season = Timetable(rules=(Rule(600, 1320),), open_periods=parse_periods("09-01/09-30"))
    assert [(row["valid_from"], row["valid_to"]) for row in rows_of(season)] == [
        ("2026-09-01", "2026-09-30"),
        ("2027-09-01", "2027-09-30"),
    ]
    over_new_year = Timetable(always=True, open_periods=parse_periods("12-20/01-10"))
    assert [row["valid_from"] for row in rows_of(over_new_year)] == ["2025-12-20", "2026-12-20", "2027-12-20"]


def test_hours_known_only_in_words_have_no_time() -> None:
    (row,) = rows_of(Timetable(), hours_text="窓口によってちがいます")
    assert row["description"] == "窓口によってちがいます"
    assert not row.keys() & {"opens_at", "closes_at", "freq", "timezone"}


def test_an_estimate_says_so() -> None:
    (row,) = rows_of(Timetable(always=True), confirmed=False)
    assert row["hours_confirmed"] is False
    assert "目安" in row["notes"]
