"""Small made-up content: rows of a Release's payload, and rows of the editing desk. Numbers here are nobody's."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from catalog.directory.directory import Directory
from catalog.directory.loading import from_payload
from catalog.directory.rows import empty_payload
from catalog.hours.timetable import DAYS, MINUTES_A_DAY, Rule, Timetable, parse_clock, parse_periods
from catalog.models import Contact, CurrentRelease, Release, Source, Support, Worry
from catalog.models.base import Publication

Row = dict[str, Any]


def rule(days: str, opens: str, closes: str, **more: Any) -> Rule:
    """rule("mon fri", "22:00", "02:00"): a closing time not after the opening one is on the next day."""
    first, last = parse_clock(opens), parse_clock(closes)
    named = frozenset(days.split())
    assert named <= set(DAYS)
    return Rule(first, last if last > first else last + MINUTES_A_DAY, days=named, **more)


def timetable(*rules: Rule, closed: str = "", season: str = "", **more: Any) -> Timetable:
    return Timetable(rules=rules, closed_periods=parse_periods(closed), open_periods=parse_periods(season), **more)


def hours_row(days: list[str], opens: str, closes: str, **changes: Any) -> Row:
    return {
        "days": days,
        "weeks": [],
        "month_days": [],
        "opens": opens,
        "closes": closes,
        "even_on_holidays": False,
    } | changes


def contact_row(value: str = "0120-000-000", **changes: Any) -> Row:
    """A free telephone that never closes, unless said otherwise. `confirmed=False`: no source of its entry shows it (see support_row)."""
    texts = dict.fromkeys(("label", "note", "closed_periods", "open_periods", "hours_text"), "")
    return {
        **texts,
        "via": "phone",
        "value": value,
        "charge": "free",
        "ip_phone": "unknown",
        "always_open": True,
        "closed_on_holidays": False,
        "hours": [],
    } | changes


def weekday_row(value: str = "0120-000-000", **changes: Any) -> Row:
    """Mon to Fri, 9:00 to 17:00."""
    days = ["mon", "tue", "wed", "thu", "fri"]
    return contact_row(value, **{"always_open": False, "hours": [hours_row(days, "09:00", "17:00")], **changes})


def source_row(*shown: Row, **changes: Any) -> Row:
    """The operator's page of January 2026. `shown`: the contacts whose numbers and hours it shows."""
    values = [contact["value"] for contact in shown]
    return {
        "url": "https://akari.example/",
        "title": "あかり電話の案内",
        "publisher": "official",
        "publisher_name": "ひなたの会",
        "page_date": "2026-01",
        "seen_on": "",
        "shows_numbers": values,
        "shows_hours": values,
    } | changes


def support_row(slug: str, name: str, **changes: Any) -> Row:
    """An entry whose one source shows all its contacts, unless said otherwise."""
    contacts = [dict(contact) for contact in changes.pop("contacts", [contact_row()])]
    shown = [contact for contact in contacts if contact.pop("confirmed", True)]
    return {
        "slug": slug,
        "name": name,
        "also_known_as": [],
        "kana": "あかりでんわ",
        "kind": "helpline",
        "operator": "ひなたの会",
        "reach": "national",
        "when_to_use": "話したいとき",
        "summary": "話を聞く電話です。",
        "what_happens": "",
        "conditions": [],
        "apply_at": "",
        "bring_or_say": "",
        "languages": ["ja"],
        "age_min": None,
        "age_max": None,
        "crisis": False,
        "on_crisis_strip": False,
        "status": "active",
        "replaced_note": "",
        "child": None,
        "main_worry": "talk",
        "worries": ["talk"],
        "tags": [],
        "only_for": [],
        "declines": [],
        "firsts": [],
        "needs": [],
        "never_with": [],
        "replaced_by": [],
        "contacts": contacts,
        "sources": [source_row(*shown)],
    } | changes


def band_row(code: str, label: str, age_min: int | None, age_max: int | None) -> Row:
    ages = {"age_min": age_min, "age_max": age_max}
    return {
        "code": code,
        "label": label,
        "page": "general",
        **ages,
        "kanji_taught": 9,
        "in_kana": False,
        "level": "teen",
    }


def payload_of(*supports: Row) -> Any:
    """A payload in the current format with these entries."""
    return {
        **empty_payload(),
        "worries": [{"code": code, "label": code, "area": code} for code in ("talk", "work")],
        "age_bands": [band_row("20s", "20代", 20, 29)],
        "tags": [],
        "supports": list(supports),
    }


def directory_of(*supports: Row) -> Directory:
    return from_payload(payload_of(*supports), number=1)


def make_support(
    slug: str, name: str, *, contact: Row | None = None, source: bool = True, page_date: str = "2026-01", **changes: Any
) -> Support:
    """An entry on the editing desk that may be published, with one contact and one source that shows it."""
    worry = Worry.objects.get(code="talk")
    fields: Row = {
        "kana": "あかりでんわ",
        "kind": "helpline",
        "operator": "ひなたの会",
        "reach": "national",
        "when_to_use": "話したいとき",
        "summary": "話を聞く電話です。",
        "languages": ["ja"],
        "main_worry": worry,
        "publication": Publication.PUBLISHED,
    }
    support = Support.objects.create(slug=slug, name=name, **(fields | changes))
    support.worries.add(worry)
    values: Row = {"via": "phone", "value": "0120-000-000", "charge": "free", "always_open": True}
    Contact.objects.create(support=support, **(values | (contact or {})))
    if source:
        shown = [(values | (contact or {}))["value"]]
        Source.objects.create(
            support=support, url="https://akari.example/", title="あかり電話の案内", publisher="official",
            page_date=page_date, shows_numbers=shown, shows_hours=shown,
        )  # fmt: skip
    return support


def change(row: Model, **values: Any) -> None:
    """Edit without validation, as loaddata or a careless script would."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def current() -> Release:
    return CurrentRelease.objects.get().release
