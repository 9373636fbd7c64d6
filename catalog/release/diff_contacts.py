"""Contacts of one entry before and after: which is which, and what changed in each. Pure Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from catalog.directory.codes import NUMBER_WAYS, Charge, Dialable, Via
from catalog.hours.stored import TimetableRow, timetable_from
from catalog.hours.wording import timetable_words

from .diff_wording import Field, Row, in_words

LABELS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "via": ("方法", Via.labels()),
    "label": ("ほかの連絡先との違い", {}),
    "value": ("番号・アドレス・名前", {}),
    "long_number": ("# の番号の代わりになる長い番号", {}),
    "charge": ("料金", Charge.labels()),
    "ip_phone": ("IP電話", Dialable.labels()),
    "note": ("かける前に知っておくこと", {}),
    "hours_text": ("受付時間（ことばで）", {}),
    "hours_confirmed": ("受付時間を確かめた", {}),
}
# Shown together, as one timetable.
HOURS = ("always_open", "hours", "closed_on_holidays", "closed_periods", "open_periods")

Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Contacts:
    """`fields`: (before, after) of each contact that stays, and of the contacts as a whole. `numbers`: (label, old, new)."""

    fields: tuple[tuple[Fields, Fields], ...]
    numbers: tuple[tuple[str, str, str], ...]


def pair_contacts(old: Sequence[Row], new: Sequence[Row]) -> Contacts:
    pairs = _pairs(old, new)
    staying = [(a, b) for a, b in pairs if a is not None and b is not None]
    fields: list[tuple[Fields, Fields]] = [(_fields(old[a], new[b]), _fields(new[b], new[b])) for a, b in staying]
    fields += [
        ({"": Field("連絡先をはずす", old[a], _whole(old[a]))}, {}) for a, b in pairs if a is not None and b is None
    ]
    fields += [
        ({}, {"": Field("連絡先を足す", new[b], _whole(new[b]))}) for a, b in pairs if a is None and b is not None
    ]
    before = [a for a, _ in sorted(staying)]
    after = [a for a, _ in sorted(staying, key=lambda pair: pair[1])]
    if before != after:
        in_order = ("\n".join(contact_name(old[index]) for index in order) for order in (before, after))
        first, then = (Field("連絡先の並び順", words, words) for words in in_order)
        fields.append(({"": first}, {"": then}))
    numbers = [_numbers(None if a is None else old[a], None if b is None else new[b]) for a, b in pairs]
    return Contacts(tuple(fields), tuple(number for number in numbers if number[1] != number[2]))


def _pairs(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int | None, int | None]]:
    """Which contact is which: by the way and the number, then by the number, the way and the label, the way alone."""
    left, right = list(range(len(old))), list(range(len(new)))
    found: list[tuple[int | None, int | None]] = []
    alike: tuple[Callable[[Row], Any], ...] = (
        lambda row: (row.get("via"), row.get("value"), row.get("label")),
        lambda row: (row.get("via"), row.get("value")),
        lambda row: row.get("value") or object(),  # an empty value is like no other
        lambda row: (row.get("via"), row.get("label")),
        lambda row: row.get("via"),
    )
    for look in alike:
        for b in list(right):
            a = next((index for index in left if look(old[index]) == look(new[b])), None)
            if a is not None:
                found.append((a, b))
                left.remove(a)
                right.remove(b)
    return [*found, *((a, None) for a in left), *((None, b) for b in right)]


def contact_name(row: Row) -> str:
    """電話 0120-000-000（夜間）"""
    via, label = str(row.get("via", "")), str(row.get("label", ""))
    number = f" {row.get('value', '')}" if via in NUMBER_WAYS else ""
    return f"{Via.labels().get(via, via)}{number}{f'（{label}）' if label else ''}"


def _number(row: Row | None) -> str:
    """What is dialled; "" for other ways."""
    if row is None or row.get("via") not in NUMBER_WAYS:
        return ""
    long_number = row.get("long_number")
    return f"{row.get('value', '')}{f'（長い番号 {long_number}）' if long_number else ''}"


def _numbers(old: Row | None, new: Row | None) -> tuple[str, str, str]:
    before, after = _number(old), _number(new)
    row = new or old or {}
    if old and new and old.get("via") != new.get("via"):  # the same digits are reached in another way
        before, after = (
            f"{Via.labels()[side['via']]} {number}" if number else "" for side, number in ((old, before), (new, after))
        )
        row = {}
    way, label = Via.labels().get(row.get("via", ""), "連絡先"), row.get("label")
    return f"{way}{f'（{label}）' if label else ''}", before, after


def _fields(row: Row, named_after: Row) -> Fields:
    """The fields of a contact that stays. Its number is set apart (Contacts.numbers)."""
    name = contact_name(named_after)
    dialled = row.get("via") in NUMBER_WAYS
    fields = {}
    for key, value in row.items():
        if key in HOURS or (dialled and key in {"value", "long_number"}):
            continue
        label, words = LABELS.get(key, (key, {}))
        fields[key] = Field(f"{name}の{label}", value, in_words(value, words))
    hours = {key: row[key] for key in HOURS if key in row}
    return {**fields, "hours": Field(f"{name}の受付時間", hours, _hours_words(row))}


def _whole(row: Row) -> str:
    """A contact that comes or goes, a line a field."""
    named = [(label, in_words(row.get(key), words)) for key, (label, words) in LABELS.items()]
    return "\n".join(f"{label}: {words}" for label, words in [*named, ("受付時間", _hours_words(row))] if words)


def _hours_words(row: Row) -> str:
    try:
        lines = timetable_words(timetable_from(cast(TimetableRow, row)))
    except (ValueError, KeyError, TypeError):  # a draft that is not checked yet, or a Release of older code
        return in_words({key: row[key] for key in HOURS if key in row})
    season = str(row["open_periods"])
    return "\n".join([*lines, f"開いている期間: {season}"] if season else lines)
