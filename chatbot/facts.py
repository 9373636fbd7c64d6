"""What a choice may tell about a person: facts, written "kind:value" ("worry:rent")."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from catalog.directory.codes import Code


class FactKind(Code):
    WORRY = "worry", "悩み"
    TAG = "tag", "対象"
    AGE = "age", "年代"
    WHO = "who", "だれのこと"
    VIA = "via", "話しかた"
    DANGER = "danger", "危険"


class Who(Code):
    SELF = "self", "自分"
    FAMILY = "family", "家族や友人"
    HELPER = "helper", "支えている人"


class WantedWay(Code):
    """How a person wants to talk."""

    PHONE = "phone", "電話で"
    TEXT = "text", "文字で"
    VISIT = "visit", "会って"


class Danger(Code):
    """Asks no further question: straight to the crisis card."""

    SUICIDE = "suicide", "死にたいほどつらい"
    VIOLENCE = "violence", "暴力や被害"


# The kinds whose values are settled here; those of the others are the codes of a Release's vocabulary, by its part.
SETTLED_VALUES: Mapping[FactKind, type[Code]] = {
    FactKind.WHO: Who,
    FactKind.VIA: WantedWay,
    FactKind.DANGER: Danger,
}
VOCABULARY: Mapping[FactKind, str] = {
    FactKind.WORRY: "worries",
    FactKind.TAG: "tags",
    FactKind.AGE: "age_bands",
}


class RuleQuestion(StrEnum):
    """The questions that rules name by their key. Publishing refuses a flow for children without it."""

    BAND = "band"  # the grade; its choices are named after the age bands


def fact(kind: FactKind, value: str) -> str:
    return f"{kind}:{value}"


def split(fact: str) -> tuple[str, str]:
    """("worry", "rent") of "worry:rent"."""
    kind, _, value = fact.partition(":")
    return kind, value
