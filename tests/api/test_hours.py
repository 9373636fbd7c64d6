"""Opening hours as data: whoever reads them as the document explains comes to the same as the site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import jpholiday
import pytest

from tests.conftest import japan

from .conftest import Api

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOMENTS = (
    "2026-11-25 12:00", "2026-11-23 10:30", "2026-11-28 20:00", "2026-11-29 00:00", "2026-12-31 23:30", "2027-01-01 03:30", "2026-08-31 17:00",
    "2026-05-05 09:00", "2026-09-10 06:00",
)  # fmt: skip


def covers(period: Mapping[str, str], day: date) -> bool:
    first, last = period["first"], period["last"]
    today = day.isoformat() if len(first) == 10 else day.strftime("%m-%d")
    return first <= today <= last if first <= last else today >= first or today <= last


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return 60 * int(hour) + int(minute)


def applies(rule: Mapping[str, Any], day: date, hours: Mapping[str, Any]) -> bool:
    holiday = jpholiday.is_holiday(day)
    for_holidays = "holiday" in rule["days"]
    others = any("holiday" in other["days"] for other in hours["rules"])
    if holiday and not (rule["even_on_holidays"] or for_holidays) and (hours["closed_on_holidays"] or others):
        return False
    return (
        (not rule["days"] or DAYS[day.weekday()] in rule["days"] or (holiday and for_holidays))
        and (not rule["weeks"] or (day.day + 6) // 7 in rule["weeks"])
        and (not rule["month_days"] or day.day in rule["month_days"])
    )


def is_open(hours: Mapping[str, Any], moment: datetime) -> bool:
    """By nothing but the data and its descriptions."""
    for day in (moment.date(), moment.date() - timedelta(days=1)):
        closed = any(covers(period, day) for period in hours["closed_periods"])
        in_season = not hours["open_periods"] or any(covers(period, day) for period in hours["open_periods"])
        since = int((moment - japan(f"{day} 00:00")).total_seconds() // 60)
        if closed or not in_season:
            continue
        if hours["always"] and since < 1440 and not (hours["closed_on_holidays"] and jpholiday.is_holiday(day)):
            return True
        for rule in hours["rules"]:
            opens, closes = minutes(rule["opens"]), minutes(rule["closes"])
            closes += 1440 if closes <= opens else 0
            if applies(rule, day, hours) and opens <= since < closes:
                return True
    return False


@pytest.fixture(params=MOMENTS)
def moment(request: pytest.FixtureRequest) -> datetime:
    return japan(request.param)


def test_every_state_agrees_with_the_hours(api: Api, moment: datetime) -> None:
    rows = api.json("supports/", {"state_at": moment.isoformat(), "per_page": 400})["results"]
    states: list[str] = []
    for row in rows:
        for contact in row["contacts"]:
            state, hours = contact["state"], contact["hours"]
            if contact["via"] not in ("phone", "chat", "line", "sms", "visit"):
                assert state is None
                continue
            states.append(state["openness"])
            assert (state["openness"] == "open") == is_open(hours, moment), row["name"]
            assert (state["openness"] == "unknown") == (
                not hours["always"] and not hours["rules"] and state["openness"] != "out_of_season"
            )
            if state["openness"] == "open":
                assert state["next_open"] is None
            if state["until"]:
                until = datetime.fromisoformat(state["until"])
                assert not is_open(hours, until), row["name"]
                assert is_open(hours, until - timedelta(minutes=1))
            if state["next_open"]:
                opens = datetime.fromisoformat(state["next_open"])
                assert opens > moment
                assert is_open(hours, opens), row["name"]
                assert not is_open(hours, opens - timedelta(minutes=1)), row["name"]
        live = [c for c in row["contacts"] if c["is_live"]]
        assert row["answers"] == any(c["state"]["openness"] == "open" for c in live)
    assert {"open", "closed"} <= set(states)


def test_the_same_moment_said_in_another_offset_is_the_same(api: Api) -> None:
    said = ("2026-12-01T10:00", "2026-12-01T10:00:00+09:00", "2026-12-01T01:00:00Z", "2026-11-30T20:00-05:00")
    answers = [api.json("supports/", {"state_at": moment, "per_page": 400, "fields": "contacts"}) for moment in said]
    assert all(answer == answers[0] for answer in answers)
