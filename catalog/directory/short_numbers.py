"""What three-digit numbers cost and when they answer: the same wherever they stand, so that no entry's data can contradict it.

Sources: 110 (神奈川県警察, 110番は緊急電話!!); 110, 118 and 119 (NTT西日本, 公衆電話の種類と利用方法について); 189 (水戸市, 児童相談所虐待対応
ダイヤル「189」について; 足利市, 広報 2023年11月号); 188 (消費者庁, 消費者ホットライン).
"""

from __future__ import annotations

from dataclasses import dataclass

from catalog.text import phone

from .codes import Charge, Via
from .rows import ContactRow


@dataclass(frozen=True, slots=True)
class ShortNumber:
    charge: Charge
    never_closes: bool
    is_emergency: bool = False
    is_charged_once_answered: bool = False  # the announcement before costs nothing


_EMERGENCY = ShortNumber(Charge.FREE, never_closes=True, is_emergency=True)
_NUMBERS = {
    "110": _EMERGENCY,
    "118": _EMERGENCY,
    "119": _EMERGENCY,
    "189": ShortNumber(Charge.FREE, never_closes=True),
    # The hours are those of each desk; closed from 29 December to 3 January.
    "188": ShortNumber(Charge.PAID, never_closes=False, is_charged_once_answered=True),
}


def short_number(via: str, value: str) -> ShortNumber | None:
    """What is known of the number that is called; None for all others."""
    return _NUMBERS.get(phone.digits(value)) if via == Via.PHONE else None


def contradiction(row: ContactRow) -> str:
    """What a contact's data say against what is known of its number, in words for curators; "" where they agree or say nothing."""
    known = short_number(row["via"], row["value"])
    if known is None:
        return ""
    number = phone.digits(row["value"])
    if row["charge"] not in {known.charge, Charge.UNKNOWN}:
        return f"{number} の料金は「{known.charge.label}」です。"
    if known.never_closes and (
        row["hours"] or row["closed_on_holidays"] or row["closed_periods"] or row["open_periods"]
    ):
        return f"{number} は24時間・毎日つながります。受付時間や休みは書かないでください。"
    if row["always_open"] and not known.never_closes:
        return f"{number} は12月29日〜1月3日が休みです。「24時間・毎日」のチェックを外してください。"
    return ""
