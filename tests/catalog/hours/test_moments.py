"""The moments that stand for many others lie ahead, whatever day it is."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.hours.moments import new_years_night, ordinary_afternoon, ordinary_sunday
from tests.conftest import japan


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-09-02", "2026-09-02 14:00"),  # a Wednesday
        ("2026-09-05", "2026-09-07 14:00"),  # a Saturday
        ("2026-09-21", "2026-09-24 14:00"),  # three public holidays in a row
        ("2026-12-28", "2027-01-05 14:00"),
    ],
)
def test_the_next_ordinary_afternoon_is_a_working_day(today: str, expected: str) -> None:
    assert ordinary_afternoon(date.fromisoformat(today)) == japan(expected)


def test_the_next_ordinary_sunday_is_not_around_new_year() -> None:
    assert ordinary_sunday(date(2026, 9, 2)) == japan("2026-09-06 10:00")
    assert ordinary_sunday(date(2026, 12, 28)) == japan("2027-01-10 10:00")


def test_the_hardest_night_is_the_next_new_year() -> None:
    assert new_years_night(date(2026, 12, 31)) == japan("2027-01-01 03:30")
    assert new_years_night(date(2027, 1, 1)) == japan("2028-01-01 03:30")
