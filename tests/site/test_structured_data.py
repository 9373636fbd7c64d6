"""What the pages tell programs (JSON-LD) is what they tell people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from catalog.directory.directory import Directory
from catalog.directory.entries import Contact, Support
from catalog.hours.schema_org import opening_hours
from catalog.hours.timetable import HOLIDAY, JAPAN, WEEKDAYS, Rule, Timetable, is_public_holiday, parse_periods
from catalog.pages.structured_data import service
from catalog.templatetags.catalog_tags import json_ld
from catalog.text import phone
from chatbot.flow import Flow
from tests.catalog.samples import directory_of, rule, support_row, timetable, weekday_row

from .browsing import Page
from .conftest import NOON
from .walking import POSTED

Node = dict[str, Any]
TODAY = date.fromisoformat(NOON[:10])
SCHEMA = "https://schema.org/"
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def told(page: Page) -> list[Node]:
    return [json.loads("".join(map(str, block.parts))) for block in page.all("script", type="application/ld+json")]


def words(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def entries(web: Client, noon: None, directory: Directory) -> list[tuple[Support, Page, Node]]:
    """Every entry that one can use, with its page and what that tells."""
    pages = [(support, Page(web.get(f"/list/{support.public_id}/"))) for support in directory.available]
    return [(support, page, node) for support, page in pages for node in told(page)]


# --- The page of an entry


def test_every_entry_is_told_of_once_in_the_words_of_its_page(
    entries: list[tuple[Support, Page, Node]], directory: Directory
) -> None:
    assert [support for support, *_ in entries] == list(directory.available)
    for support, page, node in entries:
        assert node["@context"] == "https://schema.org"
        assert node["name"] == page.one("h1").text == support.name
        assert node["url"].endswith(f"/list/{support.public_id}/")
        shown = words(page.main.text)
        said = [node["description"], node["provider"]["name"], *node.get("alternateName", [])]
        said += [line for way in node.get("availableChannel", []) for line in way.get("description", "").splitlines()]
        assert [line for line in said if words(line) not in shown] == [], support.slug
        links = set(page.main.named("href"))
        assert {source["url"] for source in node.get("subjectOf", [])} <= links
        assert {way["serviceUrl"] for way in node.get("availableChannel", []) if "serviceUrl" in way} <= links


def test_the_numbers_are_those_of_the_entry(entries: list[tuple[Support, Page, Node]]) -> None:
    counted = 0
    for support, _page, node in entries:
        points = [way["servicePhone"] for way in node.get("availableChannel", []) if "servicePhone" in way]
        contacts = [contact for contact in support.contacts if contact.via == "phone"]
        for point, contact in zip(points, contacts, strict=True):
            counted += 1
            number = contact.value
            assert re.sub(r"^\+81-", "0", point["telephone"]) == phone.normalise(number)
            assert point["telephone"].startswith("+81-") == phone.digits(number).startswith("0")
            assert ("contactOption" in point) == (contact.charge == "free")
            assert point["availableLanguage"] == list(support.languages)
    assert counted > 100


def test_ages_and_who_it_is_for_are_those_of_the_entry(entries: list[tuple[Support, Page, Node]]) -> None:
    for support, _page, node in entries:
        audience = node.get("audience", {})
        assert audience.get("suggestedMinAge") == support.age_min
        assert audience.get("suggestedMaxAge") == support.age_max
        assert bool(audience.get("audienceType")) == bool(support.only_for or support.tags)


def test_only_what_public_bodies_run_is_called_a_government_service(directory: Directory) -> None:
    public = {"内閣府", "厚生労働省（委託事業）", "警察庁・都道府県警察", "国（都道府県・市区町村が窓口）"}
    private = {
        "NPO法人あなたのいばしょ", "JR各社など", "外務省・NPO", "こども家庭庁の委託（公益社団法人）", "薬局・ドラッグストア",
        "都道府県・市区町村・民間団体",
    }  # fmt: skip
    for operator in public | private:
        support = directory_of(support_row("line", "でんわ", operator=operator)).supports["line"]
        node = service(support, directory, url="", today=TODAY)
        assert node
        assert node["@type"] == ("GovernmentService" if operator in public else "Service"), operator
        assert node["provider"]["@type"] == ("GovernmentOrganization" if operator in public else "Organization")


def test_an_ended_entry_is_told_of_as_nothing(web: Client, directory: Directory) -> None:
    ended = [support for support in directory.supports.values() if not support.is_available]
    assert ended
    for support in ended:
        page = Page(web.get(f"/list/{support.public_id}/"))
        assert told(page) == []
        assert page.one("meta", name="robots")["content"] == "noindex"
        assert "noindex" in page.response["X-Robots-Tag"]


# --- Hours


def holds(specifications: list[Node], moment: datetime) -> bool:
    """Whether a reader of schema.org takes it to be open: a day's own dates close it, a public holiday overrides its weekday."""
    today, yesterday = moment.date(), moment.date() - timedelta(days=1)
    clock = moment.strftime("%H:%M")
    for spec in _of_day(specifications, today):
        if spec["opens"] <= clock and (clock < spec["closes"] or spec["closes"] < spec["opens"]):
            return True
    return any(spec["closes"] < spec["opens"] and clock < spec["closes"] for spec in _of_day(specifications, yesterday))


def _of_day(specifications: list[Node], day: date) -> list[Node]:
    valid = [s for s in specifications if s.get("validFrom", "") <= day.isoformat() <= s.get("validThrough", "9")]
    if any("opens" not in spec and "dayOfWeek" not in spec for spec in valid):
        return []
    holidays = [spec for spec in valid if f"{SCHEMA}PublicHolidays" in spec.get("dayOfWeek", [])]
    if holidays and is_public_holiday(day):
        return [spec for spec in holidays if "opens" in spec]
    return [spec for spec in valid if SCHEMA + NAMES[day.weekday()] in spec.get("dayOfWeek", []) and "opens" in spec]


def moments() -> Iterator[datetime]:
    """Every 97 minutes of three quarters of a year from TODAY on: New Year, Golden Week and summer."""
    first = datetime(TODAY.year, TODAY.month, TODAY.day)  # noqa: DTZ001 (naive Japan time)
    return (first + timedelta(minutes=97 * step) for step in range(270 * 24 * 60 // 97))


def is_open(table: Timetable, moment: datetime) -> bool:
    days = (moment.date() - timedelta(days=1), moment.date())
    return any(start <= moment < stop for day in days for start, stop in table.spans(day))


def hours_told(entries: list[tuple[Support, Page, Node]]) -> Iterator[tuple[Contact, list[Node]]]:
    for support, _page, node in entries:
        ways = node.get("availableChannel", [])
        for contact, way in zip(support.contacts, ways, strict=True):
            yield contact, way.get("servicePhone", {}).get("hoursAvailable", [])


def test_no_hours_that_are_told_are_hours_at_which_nobody_answers(entries: list[tuple[Support, Page, Node]]) -> None:
    different = {contact.timetable: hours for contact, hours in hours_told(entries) if hours}
    assert len(different) > 10
    for table, hours in different.items():
        all_of_it = table.always or not any(r.weeks or r.month_days for r in table.rules)
        for moment in moments():
            open_then = is_open(table, moment)
            assert not holds(hours, moment) or open_then, (table, moment)
            if all_of_it and not is_public_holiday(moment.date()) and moment.strftime("%H:%M") != "23:59":
                assert holds(hours, moment) or not open_then or _is_night_after_holiday(moment), (table, moment)


def _is_night_after_holiday(moment: datetime) -> bool:
    return is_public_holiday(moment.date() - timedelta(days=1))


def test_confirmed_hours_are_told_and_estimates_are_not(entries: list[tuple[Support, Page, Node]]) -> None:
    phones = [(contact, hours) for contact, hours in hours_told(entries) if contact.via == "phone"]
    estimates = [hours for contact, hours in phones if not contact.hours_confirmed]
    confirmed = [hours for contact, hours in phones if contact.hours_confirmed and contact.timetable.always]
    assert estimates
    assert not any(estimates)
    assert confirmed
    assert all(confirmed)


clocks = st.integers(0, 95).map(lambda quarter: quarter * 15)
rules = st.builds(
    lambda opens, length, days, weeks, month_days, even: Rule(opens, opens + length * 15, days, weeks, month_days, even),
    clocks, st.integers(1, 96), st.frozensets(st.sampled_from([*WEEKDAYS, HOLIDAY])),
    st.sampled_from([frozenset(), frozenset(), frozenset({1, 3})]), st.sampled_from([frozenset(), frozenset({10})]),
    st.booleans(),
)  # fmt: skip
tables = st.builds(
    Timetable,
    always=st.sampled_from([False, False, False, True]),
    rules=st.lists(rules, min_size=1, max_size=3).map(tuple),
    closed_on_holidays=st.booleans(),
    closed_periods=st.sampled_from(["", "12-29/01-03", "02-29/03-02", "2026-12-28/2027-01-04"]).map(parse_periods),
    open_periods=st.sampled_from(["", "", "2026-12-01/2027-03-31", "2020-01-01/2020-02-01", "09-01/09-30"]).map(
        parse_periods
    ),
)
within_the_year = st.datetimes(datetime(2026, 11, 25), datetime(2027, 9, 30))  # noqa: DTZ001 (naive Japan time)


@given(table=tables, moment=within_the_year)
def test_whatever_the_hours_none_is_told_at_which_nobody_answers(table: Timetable, moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    if holds(opening_hours(table, TODAY), moment):
        assert table.at(moment.replace(tzinfo=JAPAN)).is_open


def test_hours_as_schema_org_writes_them() -> None:
    days = [SCHEMA + name for name in NAMES]
    always = opening_hours(Timetable(always=True, closed_periods=parse_periods("12-29/01-03")), date(2027, 1, 2))
    assert [(spec.get("opens"), spec.get("closes")) for spec in always] == [("00:00", "23:59"), (None, None)]
    assert always[0]["dayOfWeek"] == [*days, f"{SCHEMA}PublicHolidays"]
    assert (always[1]["validFrom"], always[1]["validThrough"]) == ("2026-12-29", "2027-01-03")
    night, closed = opening_hours(timetable(rule("fri sat", "22:00", "02:00"), closed_on_holidays=True), TODAY)
    assert (night["dayOfWeek"], night["opens"], night["closes"]) == (days[4:6], "22:00", "02:00")
    assert closed == {"@type": "OpeningHoursSpecification", "dayOfWeek": [f"{SCHEMA}PublicHolidays"]}
    (late,) = opening_hours(timetable(rule("sun holiday", "13:00", "24:00")), TODAY)
    assert (late["dayOfWeek"], late["closes"]) == ([days[6], f"{SCHEMA}PublicHolidays"], "00:00")


def test_what_schema_org_cannot_say_is_not_said() -> None:
    second_saturday = rule("sat", "09:30", "16:00", weeks=frozenset({2}))
    assert opening_hours(timetable(second_saturday), TODAY) == []
    assert opening_hours(timetable(rule("", "08:00", "08:00", month_days=frozenset({10}))), TODAY) == []
    (only,) = opening_hours(timetable(rule("mon", "09:00", "17:00"), second_saturday), TODAY)
    assert only["dayOfWeek"] == [f"{SCHEMA}Monday"]


def test_a_season_is_told_with_its_dates_or_not_at_all() -> None:
    (season,) = opening_hours(timetable(rule("", "10:00", "22:00"), season="2027-03-01/2027-03-31"), TODAY)
    assert (season["validFrom"], season["validThrough"]) == ("2027-03-01", "2027-03-31")
    assert opening_hours(timetable(rule("", "10:00", "22:00"), season="2026-03-01/2026-03-31"), TODAY) == []
    assert opening_hours(timetable(rule("", "10:00", "22:00"), season="09-01/09-30"), TODAY) == []
    row = support_row("line", "でんわ", status="seasonal", contacts=[weekday_row()])
    node = service(directory_of(row).supports["line"], directory_of(row), url="", today=TODAY)
    assert node
    assert "hoursAvailable" not in node["availableChannel"][0]["servicePhone"]


# --- Questions


def test_the_questions_and_answers_are_those_of_the_page(web: Client, directory: Directory) -> None:
    page = Page(web.get("/faq/"))
    (node,) = told(page)
    assert node["@type"] == "FAQPage"
    for moment in page.all("span", class_="reach"):  # numbers and states are for readers of this moment
        moment.parts = []
    shown = [
        (row.one("h3").text, words(row.one("div", class_="prose").text)) for row in page.all("details", class_="faq")
    ]
    assert [(q["name"], words(q["acceptedAnswer"]["text"])) for q in node["mainEntity"]] == shown
    assert len(shown) == len(directory.faqs) > 10


def test_the_childrens_questions_are_told_without_readings(web: Client) -> None:
    page = Page(web.get("/under18/questions/"))
    (node,) = told(page)
    for reading in page.all("rt rp"):
        reading.parts = []
    shown = [
        (words(row.one("h2").text), words("".join(p.text for p in row.all("p"))))
        for row in page.all("details", class_="faq")
    ]
    assert [(words(q["name"]), words(q["acceptedAnswer"]["text"])) for q in node["mainEntity"]] == shown
    assert not re.search("[｜《》]", json.dumps(node, ensure_ascii=False))
    assert told(Page(web.get("/under18/hints/"))) == []


# --- Where none stands


def test_nothing_is_told_in_the_middle_of_a_conversation(web: Client, directory: Directory, flow: Flow) -> None:
    for name, fields in POSTED.items():
        address = {"chat": "/chat/", "list": "/list/"}.get(name.split(":")[0])
        address = address or f"/under18/{name.split(':')[0].removeprefix('under18-')}/"
        assert told(Page(web.post(address, fields))) == [], name
    for address in ("/", "/chat/", "/under18/", "/under18/chat/", "/r/zzzzz/", "/nowhere/"):
        assert told(Page(web.get(address))) == [], address


def test_no_text_can_end_the_block() -> None:
    text = "</script><!-- <script> & ]]> 「」"
    block = json_ld({"name": text})
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&]", inside)
    assert json.loads(inside) == {"name": text}
