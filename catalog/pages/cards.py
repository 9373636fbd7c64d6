"""Entries as the pages show them: what a caller must know, in words. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Contact, Support
from catalog.hours.timetable import Openness
from catalog.hours.wording import state_words, timetable_words
from catalog.text import phone

VIA_WORDS = {
    "phone": "電話", "sms": "SMS", "chat": "チャット", "line": "LINE", "email": "メール", "form": "送信フォーム", "web": "ウェブサイト",
    "visit": "行って話す", "fax": "ファクス",
}  # fmt: skip
KIND_WORDS = {"helpline": "相談窓口", "programme": "制度", "place": "行ける窓口・施設"}
PUBLISHER_WORDS = {
    "official": "公式",
    "municipality": "自治体",
    "npo": "支援団体",
    "press": "報道",
    "other": "そのほか",
}
LANGUAGE_WORDS = {
    "ja": "日本語", "en": "English", "zh": "中文", "ko": "한국어", "es": "Español", "pt": "Português", "tl": "Tagalog", "th": "ภาษาไทย",
    "vi": "Tiếng Việt", "ne": "नेपाली", "id": "Bahasa Indonesia", "my": "မြန်မာ", "km": "ខ្មែរ", "mn": "Монгол", "fr": "Français",
    "si": "සිංහල", "ur": "اردو",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One way to reach an entry, with all that a caller must know (rule 7 of the design)."""

    contact: Contact
    via_words: str
    charge_words: str
    state_words: str
    state: Openness
    hours_lines: list[str]
    how_to_dial: str

    @property
    def is_open(self) -> bool:
        return self.state is Openness.OPEN

    @property
    def is_estimate(self) -> bool:
        """The hours were not confirmed by a second reading: 受付時間の目安."""
        return bool(self.hours_lines or self.contact.hours_text) and not self.contact.hours_confirmed


@dataclass(frozen=True, slots=True)
class Card:
    """An entry with its contacts as of a moment; `reason` and `next_one` (つながらないときは) only among results."""

    support: Support
    contacts: list[ContactLine]
    reason: str = ""
    next_one: Support | None = None
    next_contact: Contact | None = None

    @property
    def first(self) -> ContactLine | None:
        return self.contacts[0] if self.contacts else None

    @property
    def others(self) -> list[ContactLine]:
        return self.contacts[1:]

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.support.kind]

    @property
    def languages(self) -> list[str]:
        """Named only where there is more to say than Japanese."""
        return [LANGUAGE_WORDS[code] for code in self.support.languages] if self.support.languages != ("ja",) else []

    @property
    def is_open(self) -> bool:
        return any(line.is_open and line.contact.is_live for line in self.contacts)


def card(support: Support, here: DirectoryNow, *, reason: str = "", next_one: Support | None = None) -> Card:
    """The contacts that answer now come first; otherwise the order of the catalogue stays. An ended entry has none to show."""
    lines = [contact_line(contact, here) for contact in support.contacts if support.is_available]
    lines.sort(key=lambda line: not (line.is_open and line.contact.is_live))
    next_contact = here.open_contact(next_one) if next_one else None
    return Card(support, lines, reason, next_one, next_contact)


def contact_line(contact: Contact, here: DirectoryNow) -> ContactLine:
    state = here.state(contact)
    words = state_words(state, here.moment) if contact.is_live or contact.via == "visit" else ""
    if contact.via == "visit":
        words = words.replace("つながります", "開いています")
    elif contact.via != "phone":
        words = words.replace("つながります", "話せます")
    return ContactLine(
        contact=contact,
        via_words=VIA_WORDS[contact.via],
        charge_words=charge_words(contact),
        state_words=words,
        state=state.openness,
        hours_lines=timetable_words(contact.timetable),
        how_to_dial=how_to_dial(contact),
    )


def charge_words(contact: Contact) -> str:
    if contact.via in {"web", "form", "email", "visit"}:
        return ""
    if contact.via == "phone" and phone.is_navi_dial(contact.value):
        return "有料（話す前の案内のあいだも通話料がかかり、かけ放題は使えません）"
    if contact.via == "phone" or contact.via == "fax":
        return {"free": "無料", "paid": "通話料がかかります", "unknown": "料金は確かめられていません"}[contact.charge]
    return {"free": "相談は無料", "paid": "有料", "unknown": ""}[contact.charge]


def how_to_dial(contact: Contact) -> str:
    """Numbers with # cannot be tapped on every telephone, so how to press them is said."""
    if contact.via != "phone" or not phone.is_short_code(contact.value) or contact.long_number:
        return ""
    return f"電話アプリを開いて、「#」、つづけて「{phone.digits(contact.value).removeprefix('#')}」を押してかけます"


def source_host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.") if "://" in url else ""


def area_labels(support: Support, directory: Directory) -> list[str]:
    return [area.label for area in directory.areas if area.code in support.areas]
