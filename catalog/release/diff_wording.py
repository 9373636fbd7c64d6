"""A payload's rows as a curator reads them: each field with its name and its value in words. Pure Python.

The names are those of the editing desk (tests/catalog/release/test_diff.py holds them together).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.directory.codes import (
    ArticleKind,
    FAQGroup,
    Kind,
    Known,
    Language,
    Level,
    Page,
    Publisher,
    Reach,
    Standpoint,
    Status,
    TipPage,
)
from catalog.text import furigana

Row = Mapping[str, Any]
# Codes and how people call them, of one payload: "worries", "tags", "age_bands", "supports".
Names = Mapping[str, Mapping[str, str]]

NO_WORDS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Field:
    """One value: compared by `raw`, shown as `words` ("" for nothing; a line for each item of a list)."""

    label: str
    raw: Any
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a payload. `contacts` are the raw rows: they have no key and are paired by what they say.
    `texts`: what a page shows of it, as far as it may name a telephone number."""

    key: str
    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    contacts: tuple[Row, ...] = ()
    crisis: bool = False
    texts: str = ""


# The label of a field and the words for its values: a fixed table, or which of the payload's own Names.
Labels = Mapping[str, tuple[str, Mapping[str, str] | str]]

_SUPPORT: Labels = {
    "slug": ("記号", NO_WORDS),
    "name": ("名前", NO_WORDS),
    "also_known_as": ("ほかの呼び名", NO_WORDS),
    "kana": ("よみがな", NO_WORDS),
    "kind": ("種類", Kind.labels()),
    "operator": ("運営", NO_WORDS),
    "reach": ("範囲", Reach.labels()),
    "status": ("いまの状態", Status.labels()),
    "crisis": ("命・安全の窓口", NO_WORDS),
    "on_crisis_strip": ("全ページの緊急の帯に出す", NO_WORDS),
    "when_to_use": ("こんなとき", NO_WORDS),
    "summary": ("どんなものか", NO_WORDS),
    "what_happens": ("電話すると・申しこむとどうなるか", NO_WORDS),
    "conditions": ("条件・もらえるもの", NO_WORDS),
    "apply_at": ("どこに行くか", NO_WORDS),
    "bring_or_say": ("持っていくもの・言うこと", NO_WORDS),
    "languages": ("使えることば", Language.labels()),
    "main_worry": ("いちばん合う悩み", "worries"),
    "worries": ("合う悩み", "worries"),
    "tags": ("対象", "tags"),
    "only_for": ("この人たちだけ", "tags"),
    "age_min": ("何歳から", NO_WORDS),
    "age_max": ("何歳まで", NO_WORDS),
    "replaced_by": ("代わりになるもの", "supports"),
    "replaced_note": ("終わったことの案内", NO_WORDS),
    "verified_on": ("確かめた資料の日付", NO_WORDS),
    "sources": ("出典", NO_WORDS),
    "child.name": ("子どもへのことば: 名前（よみがなつき）", NO_WORDS),
    "child.bands": ("子どもへのことば: 見せる学年", "age_bands"),
    "child.free": ("子どもへのことば: お金がかからない", Known.labels()),
    "child.name_needed": ("子どもへのことば: 名前がいる", Known.labels()),
    "child.secret": ("子どもへのことば: ひみつを守る", Known.labels()),
    "child.texts.easy.what": ("やさしい: 何か", NO_WORDS),
    "child.texts.easy.who": ("やさしい: だれが出るか", NO_WORDS),
    "child.texts.easy.say": ("やさしい: はじめのことば", NO_WORDS),
    "child.texts.easy.if_busy": ("やさしい: つながらないとき", NO_WORDS),
    "child.texts.teen.what": ("中高生: 何か", NO_WORDS),
    "child.texts.teen.who": ("中高生: だれが出るか", NO_WORDS),
    "child.texts.teen.say": ("中高生: はじめのことば", NO_WORDS),
    "child.texts.teen.if_busy": ("中高生: つながらないとき", NO_WORDS),
}
_FAQ: Labels = {
    "slug": ("記号", NO_WORDS),
    "group": ("まとまり", FAQGroup.labels()),
    "question": ("質問", NO_WORDS),
    "answer": ("答え", NO_WORDS),
}
_TIP: Labels = {
    "slug": ("記号", NO_WORDS),
    "page": ("ページ", TipPage.labels()),
    "standpoint": ("だれの目線か", Standpoint.labels()),
    "title": ("題", NO_WORDS),
    "summary": ("ひとことで", NO_WORDS),
    "body": ("本文", NO_WORDS),
    "sources": ("出典", NO_WORDS),
}
_ARTICLE: Labels = {
    "slug": ("記号", NO_WORDS),
    "kind": ("種類", ArticleKind.labels()),
    "titles.easy": ("やさしい: 題", NO_WORDS),
    "bodies.easy": ("やさしい: 本文", NO_WORDS),
    "titles.teen": ("中高生: 題", NO_WORDS),
    "bodies.teen": ("中高生: 本文", NO_WORDS),
}
_WORRY: Labels = {
    "code": ("記号", NO_WORDS),
    "label": ("呼び名", NO_WORDS),
    "area": ("大きな分野", "worries"),
}
_BAND: Labels = {
    "code": ("記号", NO_WORDS),
    "label": ("呼び名", NO_WORDS),
    "page": ("使うページ", Page.labels()),
    "age_min": ("何歳から", NO_WORDS),
    "age_max": ("何歳まで", NO_WORDS),
    "kanji_taught": ("習い終えた漢字の学年", NO_WORDS),
    "in_kana": ("かなで見せる", NO_WORDS),
    "level": ("ことばの段階", Level.labels()),
}
_TAG: Labels = {"code": ("記号", NO_WORDS), "label": ("呼び名", NO_WORDS)}


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a payload."""

    label: str
    key: str
    labels: Labels
    name: Callable[[Row], str]

    def entry(self, row: Row, names: Names) -> Entry:
        plain = dict(_flat({name: value for name, value in row.items() if name != "contacts"}))
        ordered = [
            *(name for name in self.labels if name in plain),
            *(name for name in plain if name not in self.labels),
        ]
        fields = {name: self._field(name, plain[name], names) for name in ordered}
        contacts = tuple(row.get("contacts", ()))
        texts = [field.words for name, field in fields.items() if name != "sources"]
        texts += [str(contact.get(name, "")) for contact in contacts for name in ("label", "note", "hours_text")]
        return Entry(
            key=str(row.get(self.key, "")),
            name=self.name(row) or str(row.get(self.key, "")),
            fields=fields,
            contacts=contacts,
            crisis=bool(row.get("crisis") or row.get("on_crisis_strip")),
            texts="\n".join(texts),
        )

    def _field(self, name: str, value: Any, names: Names) -> Field:
        label, words = self.labels.get(name, (name, NO_WORDS))
        if name == "sources":
            return Field(label, value, "\n".join(_source_words(source) for source in value))
        return Field(label, value, in_words(value, names.get(words, {}) if isinstance(words, str) else words))


def _article_name(row: Row) -> str:
    titles = row.get("titles", {})
    return furigana.plain(titles.get(Level.TEEN) or titles.get(Level.EASY) or "")


PARTS: Mapping[str, Part] = {
    "supports": Part("支援", "slug", _SUPPORT, lambda row: str(row.get("name", ""))),
    "faqs": Part("よくある質問", "slug", _FAQ, lambda row: str(row.get("question", ""))),
    "tips": Part("専門家からのヒント", "slug", _TIP, lambda row: str(row.get("title", ""))),
    "child_articles": Part("子どものページの読みもの", "slug", _ARTICLE, _article_name),
    "worries": Part("悩みの分野", "code", _WORRY, lambda row: str(row.get("label", ""))),
    "age_bands": Part("年代・学年", "code", _BAND, lambda row: str(row.get("label", ""))),
    "tags": Part("対象", "code", _TAG, lambda row: str(row.get("label", ""))),
}


def names_of(payload: Row) -> Names:
    """What the codes of this payload are called."""
    return {
        **{part: {row.get("code", ""): row.get("label", "") for row in payload.get(part, ())} for part in ("worries", "tags", "age_bands")},
        "supports": {row.get("slug", ""): row.get("name", "") for row in payload.get("supports", ())},
    }  # fmt: skip


def in_words(value: Any, words: Mapping[str, str] = NO_WORDS) -> str:
    """Any value of a payload, so that a person can read it."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, str):
        return words.get(value) or value
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return "\n".join(in_words(item, words) for item in value)
    return json.dumps(value, ensure_ascii=False)


def _flat(row: Row, prefix: str = "") -> list[tuple[str, Any]]:
    """Rows within a row by dotted names; a row that is not there has no fields."""
    found: list[tuple[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{prefix}{name}.")
        elif value is not None or name != "child":
            found.append((f"{prefix}{name}", value))
    return found


def _source_words(source: Any) -> str:
    if not isinstance(source, Mapping):
        return in_words(source)
    publisher = str(source.get("publisher", ""))
    said = [Publisher.labels().get(publisher, publisher), str(source.get("page_date", ""))]
    what = " ".join(str(source[name]) for name in ("title", "url") if source.get(name))
    return f"{what}（{'、'.join(word for word in said if word)}）"
