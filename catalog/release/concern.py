"""What is wrong with a draft and yet does not stop publishing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.directory.codes import Code


class ConcernKind(Code):
    """In the order in which they are named. `short`: what is meant, in front of its value."""

    EARLIER_FLOW = "earlier_flow", "前の作りのままの質問の流れ", "流れ"
    FIRSTS = "firsts", "はじめに見せるものがたりない悩み", "ないもの"
    DAY_AND_NIGHT = "day_and_night", "24時間と書いているのに、資料で確かめていないもの", "24時間"
    NUMBER = "number", "資料で確かめていない番号", "番号"
    EXPIRED = "expired", "見直す月が来たもの", "見直す月"
    PAST = "past", "すぎたことを、いまのこと・これからのこととして書いている文", "文"
    HOURS = "hours", "資料で確かめていない受付時間", "受付時間"
    COPY = "copy", "写し・ブログ・投稿などを出典にしているもの", "出典"
    UNNAMED = "unnamed", "題名か、出した人の名前がない出典", "出典"

    @property
    def short(self) -> str:
        return self.other_label


OF_TIME = (ConcernKind.EXPIRED, ConcernKind.PAST)
UNCONFIRMED = (ConcernKind.DAY_AND_NIGHT, ConcernKind.NUMBER, ConcernKind.HOURS)


@dataclass(frozen=True, slots=True)
class Concern:
    """`part` and `key` name the entry as the payload does ("supports", its slug); `what`: the number, the month, the sentence or the source."""

    kind: ConcernKind
    part: str
    key: str
    name: str
    what: str
    is_crisis: bool = False


def in_order(found: Iterable[Concern]) -> tuple[Concern, ...]:
    """By kind, those about entries for people in danger first within each."""
    kinds = list(ConcernKind)
    return tuple(sorted(found, key=lambda each: (kinds.index(each.kind), not each.is_crisis)))


def by_kind(found: Iterable[Concern]) -> dict[ConcernKind, list[Concern]]:
    """The concerns of each kind that there is one of."""
    groups: dict[ConcernKind, list[Concern]] = {}
    for concern in found:
        groups.setdefault(concern.kind, []).append(concern)
    return groups
