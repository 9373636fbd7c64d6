"""Timetables that mean different hours never read the same, to adults or to children."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.hours.child_wording import child_hours_words
from catalog.hours.description import describe
from catalog.hours.timetable import DAYS, HOLIDAY, MINUTES_A_DAY, WEEKDAYS, Rule, Timetable, parse_periods
from catalog.hours.wording import timetable_words
from catalog.text.child_phrases import EASY
from catalog.text.furigana import broken_marks, unread_kanji

Words = Callable[[Timetable], list[str]]
# From before the dated periods below to after them.
THREE_YEARS = [date(2026, 1, 1) + timedelta(days=step) for step in range(3 * 365)]

opens = st.integers(0, 95).map(lambda quarter: quarter * 15)
lengths = st.integers(1, 96).map(lambda quarters: quarters * 15)
days = st.one_of(
    st.frozensets(st.sampled_from(DAYS)),
    st.sampled_from([frozenset(WEEKDAYS), frozenset(DAYS), frozenset({"holiday"})]),
)
weeks = st.one_of(st.just(frozenset[int]()), st.frozensets(st.integers(1, 5)))
month_days = st.one_of(st.just(frozenset[int]()), st.frozensets(st.integers(1, 31), max_size=3))
periods = st.lists(
    st.sampled_from(
        ["12-29/01-03", "12-29/01-04", "08-13/08-16", "08-15/08-15", "08-15/08-01", "2026-08-13/2026-08-16", "2027-08-13/2027-08-16",
         "2026-12-28/2027-01-04", "2027-08-15/2027-08-15"]
    ),
    max_size=2, unique=True,
).map(lambda written: parse_periods(" ".join(written)))  # fmt: skip
rules = st.builds(
    lambda opens, length, *rest: Rule(opens, opens + length, *rest),
    opens,
    lengths,
    days,
    weeks,
    month_days,
    st.booleans(),
)
timetables = st.builds(
    Timetable,
    always=st.sampled_from([False, False, False, True]),
    rules=st.lists(rules, max_size=3).map(tuple),
    closed_on_holidays=st.booleans(),
    closed_periods=periods,
    open_periods=periods,
)


def child_words(table: Timetable) -> list[str]:
    return child_hours_words(describe(table), EASY)


RULE_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "days": days, "weeks": weeks, "month_days": month_days, "even_on_holidays": st.booleans(), "opens": opens, "closes": lengths,
}  # fmt: skip
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "always": st.booleans(), "closed_on_holidays": st.booleans(), "closed_periods": periods, "open_periods": periods,
}  # fmt: skip


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Timetable, Timetable]:
    """A timetable, and the same with one thing changed."""
    table = draw(timetables)
    if not table.rules or draw(st.booleans()):
        name = draw(st.sampled_from([*FIELDS]))
        return table, replace(table, **{name: draw(FIELDS[name])})
    name = draw(st.sampled_from([*RULE_FIELDS]))
    first, *others = table.rules
    return table, replace(table, rules=(_changed(first, name, draw(RULE_FIELDS[name])), *others))


def _changed(rule: Rule, name: str, value: Any) -> Rule:
    if name == "opens":
        return replace(rule, opens=value, closes=value + rule.closes - rule.opens)
    return replace(rule, **{name: rule.opens + value if name == "closes" else value})


def meaning(table: Timetable) -> list[object]:
    """What the evaluator makes of it, day by day."""
    in_season = [not table.open_periods or any(p.covers(day) for p in table.open_periods) for day in THREE_YEARS]
    spans = [frozenset(table.spans(day)) for day in THREE_YEARS] if table.is_known else []
    return [table.is_known, in_season, spans]


def _holidays(*, even: str) -> Timetable:
    """Two days, one of which is kept on public holidays too."""
    rules = tuple(Rule(540, 1020, frozenset({day}), even_on_holidays=day == even) for day in ("mon", "tue"))
    return Timetable(rules=rules, closed_on_holidays=True)


@pytest.mark.parametrize("words", [timetable_words, child_words])
@settings(max_examples=250, deadline=None)
@given(pair=neighbours())
@example(pair=(_holidays(even="mon"), _holidays(even="tue")))
@example(pair=(Timetable(rules=(Rule(0, 60, frozenset(DAYS)),)), Timetable(rules=(Rule(0, 60, frozenset({HOLIDAY})),))))
def test_timetables_that_read_the_same_are_open_at_the_same_hours(
    words: Words, pair: tuple[Timetable, Timetable]
) -> None:
    first, second = pair
    if first != second and words(first) == words(second):
        assert meaning(first) == meaning(second)


SATURDAY = Rule(540, 1020, days=frozenset({"sat"}), weeks=frozenset({2}), month_days=frozenset({10, 12}))
LINE = Timetable(
    rules=(SATURDAY,), closed_on_holidays=True, closed_periods=parse_periods("12-29/01-03"), open_periods=parse_periods("09-01/12-31")
)  # fmt: skip


@pytest.mark.parametrize("words", [timetable_words, child_words])
@pytest.mark.parametrize(
    "other",
    [
        *(
            replace(LINE, rules=(replace(SATURDAY, **change),))
            for change in (
                {"opens": 600}, {"closes": 1080}, {"closes": 540 + MINUTES_A_DAY}, {"days": frozenset({"sun"})},
                {"days": frozenset({"sat", "holiday"})},
                {"weeks": frozenset({3})}, {"weeks": frozenset[int]()}, {"month_days": frozenset({10})}, {"month_days": frozenset[int]()},
                {"even_on_holidays": True},
            )
        ),
        replace(LINE, always=True),
        replace(LINE, closed_on_holidays=False),
        *(replace(LINE, closed_periods=parse_periods(text)) for text in ("", "12-29/12-29", "2026-12-29/2027-01-03")),
        *(replace(LINE, open_periods=parse_periods(text)) for text in ("", "09-01/12-30", "2026-09-01/2026-12-31")),
    ],
)  # fmt: skip
def test_every_part_of_a_timetable_changes_the_words(words: Words, other: Timetable) -> None:
    assert words(other) != words(LINE)


@settings(max_examples=150, deadline=None)
@given(table=timetables)
def test_every_kanji_in_childrens_hours_has_a_reading(table: Timetable) -> None:
    said = child_words(table)
    assert [words for words in said if unread_kanji(words) or broken_marks(words)] == []
