"""An entry as a child is shown it: few words, with readings. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalog.directory.codes import Charge, Via
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, ChildText, Contact, Support
from catalog.hours.timetable import (
    DAYS,
    JAPAN,
    MINUTES_A_DAY,
    WEEKDAYS,
    Openness,
    OpenState,
    Rule,
    Timetable,
    clock_words,
)
from catalog.text import phone

DAY_NAMES = dict(
    zip(
        DAYS,
        (
            "｜月曜日《げつようび》", "｜火曜日《かようび》", "｜水曜日《すいようび》", "｜木曜日《もくようび》", "｜金曜日《きんようび》",
            "｜土曜日《どようび》", "｜日曜日《にちようび》", "お｜休《やす》みの｜日《ひ》",
        ),
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChildContact:
    contact: Contact
    via: str
    state: str
    is_open: bool
    hours: list[str]
    is_estimate: bool
    costs: str
    how_to_dial: str
    shows_value: bool  # a name that has kanji is not shown: the entry's own name stands above, with its reading


@dataclass(frozen=True, slots=True)
class ChildCard:
    support: Support
    text: ChildText
    contacts: list[ChildContact]

    @property
    def first(self) -> ChildContact | None:
        return self.contacts[0] if self.contacts else None

    @property
    def others(self) -> list[ChildContact]:
        return self.contacts[1:]


def child_card(support: Support, band: AgeBand, here: DirectoryNow) -> ChildCard:
    """The contacts that answer now first. The entry must be one that is shown to this band."""
    if support.child is None:
        raise ValueError(f"{support.slug} has no words for children")
    contacts = [_contact(contact, here) for contact in support.contacts if contact.via.child_label]
    contacts.sort(key=lambda line: not (line.is_open and line.contact.is_live))
    return ChildCard(support, support.child.text_for(band), contacts)


def _contact(contact: Contact, here: DirectoryNow) -> ChildContact:
    state = here.state(contact)
    return ChildContact(
        contact=contact,
        via=contact.via.child_label,
        state=child_state(state, here.moment) if contact.is_live else "",
        is_open=state.is_open,
        hours=child_hours(contact.timetable),
        is_estimate=bool(contact.timetable.rules) and not contact.hours_confirmed,
        costs=_costs(contact),
        how_to_dial=_how_to_dial(contact),
        shows_value=contact.value.isascii(),
    )


def child_state(state: OpenState, now: datetime) -> str:
    """いま ｜話《はな》せるよ / いまは お休み。つぎは 月曜日の 9:00から."""
    if state.openness is Openness.OPEN:
        return "いま ｜話《はな》せるよ"
    if state.openness is Openness.CLOSED and state.next_open:
        return f"いまは お｜休《やす》み。つぎは {_moment(state.next_open, now.astimezone(JAPAN))}から"
    return "" if state.openness is Openness.UNKNOWN else "いまは お｜休《やす》み"


def _moment(moment: datetime, now: datetime) -> str:
    clock = f"{moment.hour}:{moment.minute:02d}"
    days_ahead = (moment.date() - now.date()).days
    if days_ahead < 2:
        return f"{('きょうの', 'あしたの')[days_ahead]} {clock}"
    day = f"{moment.month}｜月《がつ》{day_of_month(moment.day)}の " if days_ahead > 6 else ""
    return f"{day}{DAY_NAMES[WEEKDAYS[moment.weekday()]]}の {clock}"


def child_hours(timetable: Timetable) -> list[str]:
    if timetable.always:
        return ["24｜時間《じかん》、いつでも"]
    return [f"{_days(rule)} {clock_words(rule.opens)}〜{_closing(rule)}" for rule in timetable.rules]


def _days(rule: Rule) -> str:
    named = [day for day in DAYS if day in rule.days]
    if rule.month_days:
        return "まい｜月《つき》 " + "・".join(day_of_month(day) for day in sorted(rule.month_days))
    if not named or set(WEEKDAYS) <= rule.days:
        return "｜毎日《まいにち》"
    indexes = [DAYS.index(day) for day in named]
    if len(named) > 2 and indexes == list(range(indexes[0], indexes[-1] + 1)) and HOLIDAY_INDEX not in indexes:
        return f"{DAY_NAMES[named[0]]}から {DAY_NAMES[named[-1]]}"
    return "と ".join(DAY_NAMES[day] for day in named)


# The days of a month that are not read as a number and にち.
IRREGULAR_DAYS = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか", 9: "ここのか", 10: "とおか",
    14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか",
}  # fmt: skip


def day_of_month(day: int) -> str:
    return f"｜{day}日《{IRREGULAR_DAYS[day]}》" if day in IRREGULAR_DAYS else f"{day}｜日《にち》"


HOLIDAY_INDEX = DAYS.index("holiday")


def _closing(rule: Rule) -> str:
    next_day = rule.closes > MINUTES_A_DAY
    return ("つぎの ｜日《ひ》の " if next_day else "") + clock_words(rule.closes - MINUTES_A_DAY * next_day)


def _costs(contact: Contact) -> str:
    """What a call costs, where it is not free: the card says for the whole entry what is."""
    if contact.via is not Via.PHONE or contact.charge is Charge.FREE:
        return ""
    if contact.charge is Charge.PAID or phone.is_navi_dial(contact.value):
        return "｜電話代《でんわだい》が かかるよ"
    return "｜電話代《でんわだい》が かかるかも しれないよ"


def _how_to_dial(contact: Contact) -> str:
    if contact.via is not Via.PHONE or contact.tel_uri:
        return ""
    return f"はじめに「#」、つぎに「{phone.digits(contact.value).removeprefix('#')}」を おしてね"
