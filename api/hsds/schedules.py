"""受付時間 as HSDS schedules: one row per rule, in the manner of iCal's RRULE.

HSDS knows neither public holidays nor yearly closures. Each row says them in words (`description`) and in fields of the profile; the
recurrence itself is that of the ordinary week. A season is said by valid_from and valid_to: a row for each year's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rest_framework import serializers

from api.identifiers import stable_uuid
from catalog.directory.entries import Contact
from catalog.hours.description import Days, Span, days_of, span_of
from catalog.hours.timetable import MINUTES_A_DAY, WEEKDAYS, OnHoliday, Period, Rule, Timetable, clock
from catalog.hours.wording import timetable_words

from .shapes import Sparse, row

JAPAN_OFFSET = 9  # hours before UTC; without summer time
CODES = dict(zip(WEEKDAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))


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
    rows = [(str(index), _rule_row(rule, contact, day)) for index, rule in enumerate(table.rules_in_force)]
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


def _rule_row(rule: Rule, contact: Contact, day: date) -> dict[str, Any]:
    table, span = contact.timetable, span_of(rule)
    on_holiday = table.on_holiday(rule)
    # The rule alone, which does not open on the holidays that have hours of their own.
    closed_on_holidays = on_holiday is OnHoliday.CLOSED and table.closed_on_holidays
    alone = replace(table, rules=(rule,), closed_on_holidays=closed_on_holidays)
    return {
        "timezone": JAPAN_OFFSET,
        **_recurrence(days_of(rule)),
        "opens_at": _clock(span.opens),
        "closes_at": _clock(_last_minute(span)),
        "closes_next_day": _last_minute(span) >= MINUTES_A_DAY or None,
        "holidays": on_holiday.value,
        "description": "。".join(timetable_words(alone, day)),
        "notes": "。".join(_notes(contact, on_holiday)),
    }


def _recurrence(days: Days) -> dict[str, str]:
    if not days.weekdays:
        return {}
    codes = [CODES[day] for day in days.weekdays]
    monthly = {}
    if days.month_days:
        monthly["bymonthday"] = ",".join(map(str, days.month_days))
    if days.weeks:
        monthly["byday"] = ",".join(f"{week}{code}" for week in days.weeks for code in codes)
    elif days.month_days and not days.names_every_weekday:
        monthly["byday"] = ",".join(codes)
    return {"freq": "MONTHLY", **monthly} if monthly else {"freq": "WEEKLY", "byday": ",".join(codes)}


def _last_minute(span: Span) -> int:
    """HSDS writes the end of a whole day 23:59; a midnight, and any 24 hours, would read as no time at all."""
    ends_as_it_begins = span.closes - span.opens == MINUTES_A_DAY
    return span.closes - 1 if span.closes == MINUTES_A_DAY or ends_as_it_begins else span.closes


def _clock(minutes: int) -> str:
    return f"{clock(minutes % MINUTES_A_DAY)}+{JAPAN_OFFSET:02d}:00"


def _notes(contact: Contact, on_holiday: OnHoliday) -> Iterator[str]:
    if on_holiday is OnHoliday.CLOSED and not contact.timetable.closed_on_holidays:
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
