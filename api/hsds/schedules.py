"""受付時間 as HSDS schedules: a row for each rule, in the manner of iCal's RRULE.

HSDS knows neither public holidays nor yearly closures. Each row says them in words (`description`) and in fields of the profile; the
recurrence itself is that of the ordinary week. A season is said by valid_from and valid_to: a row for each year's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rest_framework import serializers

from api.identifiers import stable_uuid
from catalog.directory.entries import Contact
from catalog.hours.timetable import HOLIDAY, MINUTES_A_DAY, WEEKDAYS, Period, Rule, Timetable, clock
from catalog.hours.wording import timetable_words

from .shapes import Sparse, row

JAPAN_OFFSET = 9  # hours before UTC; without summer time
CODES = dict(zip(WEEKDAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
WHOLE_DAY = Rule(0, MINUTES_A_DAY)


class ScheduleData(Sparse):
    """受付時間の1行。HSDS の schedule。"""

    of = "schedule"

    id = serializers.UUIDField(help_text="変わらない UUID。")
    valid_from = serializers.DateField(required=False, help_text="この行が有効な最初の日。期間をかぎって開くものだけ。")
    valid_to = serializers.DateField(required=False, help_text="この行が有効な最後の日（この日に始まる分まで）。")
    timezone = serializers.IntegerField(required=False, help_text="UTC との時差。いつも 9（日本時間）。")
    freq = serializers.ChoiceField(
        choices=["WEEKLY", "MONTHLY"],
        required=False,
        help_text="くりかえし。毎週か、毎月。祝日だけの行にはありません。",
    )
    byday = serializers.CharField(
        required=False, help_text="曜日（MO,TU など）。MONTHLY では 2SA が第2土曜。コンマでつなぎます。"
    )
    bymonthday = serializers.CharField(required=False, help_text="毎月の日（MONTHLY のとき）。コンマでつなぎます。")
    opens_at = serializers.CharField(
        required=False, help_text="始まり。HH:MM+09:00。時間がことばでしかわからないときはありません。"
    )
    closes_at = serializers.CharField(
        required=False,
        help_text="終わり。HH:MM+09:00。夜中の0時と、24時間の終わりは、HSDS のすすめのとおり1分前（23:59 など）に書きます。",
    )
    description = serializers.CharField(required=False, help_text="受付時間を日本語で。祝日や年末年始の休みもふくむ。")
    attending_type = serializers.CharField(required=False, help_text="どの連絡先の時間か。")
    notes = serializers.CharField(required=False, help_text="時間についての注意。")


def schedules(slug: str, position: int, contact: Contact, contact_id: str, day: date) -> Iterator[dict[str, Any]]:
    """The rows of one contact, of the seasons around that day."""
    table = contact.timetable
    common = {
        "attending_type": attending(contact),
        "contact_point_id": contact_id,
        "closed_periods": [{"first": period.first_day, "last": period.last_day} for period in table.closed_periods],
        "hours_confirmed": contact.hours_confirmed,
    }
    rows = [(str(index), _rule_row(rule, contact)) for index, rule in enumerate(_rules(table))]
    if not rows and contact.hours_text:
        rows = [("text", {"description": contact.hours_text})]
    for name, values in rows:
        for key, validity in _validities(table, day):
            id_ = stable_uuid("schedule", slug, position, name, *key)
            yield row(ScheduleData, {"id": id_, **common, **values, **validity})


def attending(contact: Contact) -> str:
    """E.g. 電話 0120-783-556（フリーダイヤル）."""
    words = f"{contact.via.label} {contact.value}".strip()
    return f"{words}（{contact.label}）" if contact.label else words


def on_holidays(rule: Rule, table: Timetable) -> str:
    """What the rule means on a public holiday: a code of the profile."""
    if HOLIDAY in rule.days:
        return "also" if rule.days & set(WEEKDAYS) else "only"
    has_holiday_hours = any(HOLIDAY in other.days for other in table.rules)
    closed = (table.closed_on_holidays or has_holiday_hours) and not (rule.even_on_holidays or table.always)
    return "closed" if closed else "as_weekday"


def _rules(table: Timetable) -> tuple[Rule, ...]:
    return (WHOLE_DAY,) if table.always else table.rules


def _rule_row(rule: Rule, contact: Contact) -> dict[str, Any]:
    holidays = on_holidays(rule, contact.timetable)
    return {
        "timezone": JAPAN_OFFSET,
        **_recurrence(rule),
        "opens_at": _clock(rule.opens),
        "closes_at": _clock(_last_minute(rule)),
        "closes_next_day": _last_minute(rule) >= MINUTES_A_DAY or None,
        "holidays": holidays,
        "description": _words(rule, contact.timetable, holidays),
        "notes": "。".join(_notes(contact, holidays)),
    }


def _recurrence(rule: Rule) -> dict[str, str]:
    if rule.days == {HOLIDAY}:
        return {}
    days = [CODES[day] for day in WEEKDAYS if day in rule.days or not rule.days]
    monthly = {}
    if rule.month_days:
        monthly["bymonthday"] = ",".join(map(str, sorted(rule.month_days)))
    if rule.weeks:
        monthly["byday"] = ",".join(f"{week}{day}" for week in sorted(rule.weeks) for day in days)
    elif rule.month_days and rule.days:
        monthly["byday"] = ",".join(days)
    return {"freq": "MONTHLY", **monthly} if monthly else {"freq": "WEEKLY", "byday": ",".join(days)}


def _last_minute(rule: Rule) -> int:
    """HSDS writes the end of a whole day 23:59; a midnight, and any 24 hours, would read as no time at all."""
    ends_as_it_begins = rule.closes - rule.opens == MINUTES_A_DAY
    return rule.closes - 1 if rule.closes == MINUTES_A_DAY or ends_as_it_begins else rule.closes


def _clock(minutes: int) -> str:
    return f"{clock(minutes % MINUTES_A_DAY)}+{JAPAN_OFFSET:02d}:00"


def _words(rule: Rule, table: Timetable, holidays: str) -> str:
    alone = Timetable(
        always=table.always,
        rules=() if table.always else (rule,),
        closed_on_holidays=table.closed_on_holidays and holidays == "closed",
        closed_periods=table.closed_periods,
    )
    return "。".join(timetable_words(alone))


def _notes(contact: Contact, holidays: str) -> Iterator[str]:
    if holidays == "closed" and not contact.timetable.closed_on_holidays:
        yield "祝日は、祝日の時間になります"
    if contact.hours_text:
        yield contact.hours_text
    if not contact.hours_confirmed:
        yield "受付時間は目安です"


def _validities(table: Timetable, day: date) -> Iterator[tuple[tuple[str, ...], dict[str, date]]]:
    """What tells the row of one season from that of the next; nothing for what is open all the year round."""
    if not table.open_periods:
        yield (), {}
    for first, last in sorted({season for period in table.open_periods for season in _seasons(period, day)}):
        yield (first.isoformat(),), {"valid_from": first, "valid_to": last}


def _seasons(period: Period, day: date) -> list[tuple[date, date]]:
    """Every year's: those of this year and of the next, and the one that the year began in."""
    return [dates for dates in period.dates_around(day) if not period.is_yearly or dates[1].year >= day.year]
