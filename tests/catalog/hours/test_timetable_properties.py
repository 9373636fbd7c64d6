"""Opening hours against an independent evaluator of OpenStreetMap's notation, and against themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from catalog.hours.timetable import (
    DAYS,
    JAPAN,
    LONG_STRETCH,
    MINUTES_A_DAY,
    WEEKDAYS,
    Openness,
    Rule,
    Timetable,
    parse_periods,
)

MINUTE = timedelta(minutes=1)
OSM_DAYS = dict(zip(WEEKDAYS, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))

around_new_year = st.datetimes(datetime(2026, 12, 22), datetime(2027, 1, 10))  # noqa: DTZ001 (naive Japan time)
any_day = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31))  # noqa: DTZ001
moments = st.one_of(any_day, around_new_year).map(lambda moment: moment.replace(microsecond=0))

quarters = st.integers(0, 95).map(lambda quarter: quarter * 15)
weeks = st.one_of(st.just(frozenset[int]()), st.frozensets(st.integers(1, 5), min_size=1, max_size=2))


@st.composite
def weekly_rules(draw: st.DrawFn, *, overnight: bool = True) -> Rule:
    opens = draw(quarters)
    latest = opens + MINUTES_A_DAY if overnight else MINUTES_A_DAY
    closes = draw(st.integers(opens // 15 + 1, latest // 15)) * 15
    return Rule(opens, closes, days=draw(st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)), weeks=draw(weeks))


def notation(rule: Rule) -> str:
    """The rule as OpenStreetMap writes it."""
    nth = f"[{','.join(map(str, sorted(rule.weeks)))}]" if rule.weeks else ""
    days = ",".join(OSM_DAYS[day] + nth for day in WEEKDAYS if day in rule.days)
    clock = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (rule.opens, rule.closes))
    return f"{days} {'-'.join(clock)}"


@settings(max_examples=250, deadline=None)
@given(rules=st.lists(weekly_rules(), min_size=1, max_size=4), moment=moments)
def test_weekly_rules_agree_with_an_independent_evaluator(rules: list[Rule], moment: datetime) -> None:
    # Joined with "," and not ";": there a later rule wipes out the small hours of the night before.
    oracle = OpeningHours(", ".join(map(notation, rules)))
    state = Timetable(rules=tuple(rules)).at(moment.replace(tzinfo=JAPAN))
    assert state.is_open == oracle.is_open(moment)
    if state.is_open and state.until is None:  # it looks for the end of what never ends very long
        assert all(oracle.is_open(moment + LONG_STRETCH * percent / 100) for percent in range(101))
    else:
        change = oracle.next_change(moment)
        assert (state.until or state.next_open) == (change and change.replace(tzinfo=JAPAN))


@st.composite
def any_rules(draw: st.DrawFn, *, overnight: bool) -> Rule:
    weekly = draw(weekly_rules(overnight=overnight))
    return Rule(
        weekly.opens,
        weekly.closes,
        days=draw(st.one_of(st.just(weekly.days), st.frozensets(st.sampled_from(DAYS)))),
        weeks=weekly.weeks,
        month_days=draw(st.one_of(st.just(frozenset[int]()), st.frozensets(st.integers(1, 31), max_size=3))),
        even_on_holidays=draw(st.booleans()),
    )


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    season = draw(st.sampled_from(["", "", "", "09-01/09-30", "12-28/01-04", "2026-12-28/2027-01-04"]))
    # How a season's last night ends is asked in test_timetable.py.
    rules = st.lists(any_rules(overnight=not season), min_size=1, max_size=4)
    always = draw(st.integers(0, 9)) == 0
    return Timetable(
        always=always,
        rules=() if always else tuple(draw(rules)),
        closed_on_holidays=draw(st.booleans()),
        closed_periods=parse_periods(draw(st.sampled_from(["", "12-29/01-03", "08-13/08-15 12-31/01-01"]))),
        open_periods=parse_periods(season),
    )


@settings(max_examples=250, deadline=None)
@given(hours=timetables(), naive=moments, percent=st.integers(0, 99))
def test_what_is_said_of_a_moment_holds_until_it_changes(hours: Timetable, naive: datetime, percent: int) -> None:
    moment = naive.replace(tzinfo=JAPAN)
    state = hours.at(moment)
    if state.until:
        assert state.openness is Openness.OPEN
        assert moment < state.until <= moment + LONG_STRETCH
        assert hours.at(state.until - MINUTE).is_open
        assert not hours.at(state.until).is_open
        assert hours.at(moment + (state.until - moment) * percent / 100).until == state.until
    if state.next_open:
        assert state.openness in {Openness.CLOSED, Openness.OUT_OF_SEASON}
        assert moment < state.next_open
        assert hours.at(state.next_open).is_open
        assert not hours.at(state.next_open - MINUTE).is_open
        between = hours.at(moment + (state.next_open - moment) * percent / 100)
        assert (between.is_open, between.next_open) == (False, state.next_open)
    assert state.openness is not Openness.UNKNOWN
    assert not (state.until and state.next_open)


@settings(max_examples=150, deadline=None)
@given(st.from_regex(r"[0-9]{2}-[0-9]{2}/([0-9]{4}-)?[0-9]{2}-[0-9]{2}", fullmatch=True) | st.text(max_size=20))
def test_whatever_staff_write_is_read_or_explained(written: str) -> None:
    try:
        said = len(parse_periods(written)) == len(written.split())
    except ValueError as error:
        said = str(error).startswith("「")
    assert said
