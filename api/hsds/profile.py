"""The Japan profile: what HSDS has no field for. Defined here once; from it come the fields of the answers, their description in the
OpenAPI document, and the files of JSON Merge Patch (RFC 7386) by which HSDS lets a profile say what it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.directory.codes import Charge, Dialable, Level, Publisher, Reach, Via

PROFILE_VERSION = "1.0.0"  # semantic versioning of its own
PROFILE_NAME = "HSDS Japan profile"
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Extra:
    """A field that the profile adds to an object of HSDS. `schema` is JSON Schema, without its description."""

    name: str
    schema: Schema
    ja: str
    en: str


TEXT: Schema = {"type": "string"}
UUID: Schema = {"type": "string", "format": "uuid"}
URI: Schema = {"type": "string", "format": "uri"}
YES_OR_NO: Schema = {"type": "boolean"}
DAY = r"^(\d{4}-)?\d{2}-\d{2}$"

# Ways that HSDS counts among phones: its name of the type (RFC 6350).
PHONE_TYPES = {Via.PHONE: "voice", Via.FAX: "fax", Via.SMS: "text"}


def _one_of(codes: Mapping[str, str] | list[tuple[str, Any]]) -> Schema:
    return {"type": "string", "enum": list(dict(codes))}


def _object(required: tuple[str, ...], **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


def _said(schema: Schema, ja: str) -> Schema:
    return {**schema, "description": ja}


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


ON_HOLIDAYS = {
    "as_weekday": "祝日でも、曜日のとおり開く",
    "closed": "祝日には開かない",
    "also": "曜日のほかに、祝日にも開く",
    "only": "祝日だけ開く",
}
PERIOD = _object(
    ("first", "last"),
    first=_said({"type": "string", "pattern": DAY}, "最初の日。"),
    last=_said({"type": "string", "pattern": DAY}, "最後の日（この日もふくむ）。"),
)
CHILD_TEXT = _object(
    ("text", "kana"),
    text=_said(TEXT, "漢字まじりの文。"),
    kana=_said(TEXT, "漢字をかなにし、文節を空けた文。"),
)
CHILD_TEXTS = {
    "name": _said(CHILD_TEXT, "名前。"),
    "what": _said(CHILD_TEXT, "どんなところか。"),
    "who": _said(CHILD_TEXT, "だれが出るか。"),
    "say": _said(CHILD_TEXT, "はじめに言うことばの例。"),
    "if_busy": _said(CHILD_TEXT, "つながらないとき。"),
}
CHILD_PARTS = tuple(CHILD_TEXTS)
LEVEL = _one_of(Level.choices())

EXTRAS: Mapping[str, tuple[Extra, ...]] = {
    "service": (
        Extra("kana", TEXT, "名前のよみがな。", "The reading of the name, in kana."),
        Extra("page", URI, "このサイトでのページ。", "The page of the service on this site."),
        Extra(
            "reach", _one_of(Reach.choices()),
            "national は全国で1つの連絡先、local は地域ごとの窓口（市区町村など）。",
            "national: one contact for the whole country; local: each region or municipality has its own window.",
        ),
        Extra(
            "crisis", YES_OR_NO, "死にたいほどつらい人や、危険の中にいる人を受けとめる窓口か。",
            "Whether it takes in people who want to die or who are in danger.",
        ),
        Extra(
            "verified_on", {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
            "確かめた資料の日付。日までわからなければ YYYY か YYYY-MM（assured_date は日までわかるときだけ）。",
            "The date of the document it was checked against, as far as known (YYYY, YYYY-MM); assured_date needs a full date.",
        ),
        Extra(
            "replaced_by", _list_of(UUID), "終わったもの（defunct）の代わりになる service の id。",
            "For a defunct service: the ids of the services that take its place.",
        ),
        Extra(
            "contact_points",
            _list_of(
                _object(
                    ("id", "via"),
                    id=_said(UUID, "変わらない UUID。"),
                    via=_said(
                        _one_of([way for way in Via.choices() if way[0] not in PHONE_TYPES]),
                        "方法。",
                    ),
                    label=_said(TEXT, "ほかの連絡先との違い。"),
                    value=_said(TEXT, "名前・アドレスなど。"),
                    url=_said(URI, "ひらけるアドレス。"),
                    charge=_said(_one_of(Charge.choices()), "利用料。"),
                    note=_said(TEXT, "使う前に知っておくこと。"),
                )
            ),
            "電話・SMS・ファクスでない連絡先: チャット、LINE、メール、フォーム、ウェブサイト、行って話すところ。",
            "Ways of contact that are no telephone: chat, LINE, e-mail, form, website, place to visit.",
        ),
        Extra(
            "school_grades", _list_of(
                _object(
                    ("id", "name", "level"),
                    id=_said(TEXT, "学年の記号。"),
                    name=_said(TEXT, "学年の名前。"),
                    level=_said(LEVEL, "読むことばの段階。"),
                )
            ),
            "この支援を、子どもへのことばで見せてよい学年。level は読むことばの段階（child_words）。",
            "The school grades that may be shown this service in children's words; level: which of child_words they read.",
        ),
        Extra(
            "child_words",
            _list_of(
                _object(
                    ("level",),
                    level=_said(LEVEL, "読むことばの段階。"),
                    **CHILD_TEXTS,
                )
            ),
            "子どもへのことば: 名前、どんなところか、だれが出るか、はじめに言うことば、つながらないとき。"
            "text は漢字まじり、kana は漢字をかなにして文節を空けた文。ふりがなつき（ruby）は /api/v1/supports/ に。",
            "The service in children's words: name, what it is, who answers, what to say first, what to do when it is busy. "
            "text with kanji, kana without and with spaces between phrases; with ruby under /api/v1/supports/.",
        ),
    ),
    "phone": (
        Extra(
            "charge", _one_of(Charge.choices()),
            "通話料。free は無料、paid はかける人にかかる、unknown は確かめられていない。",
            "The cost of the call: free, paid by the caller, or not verified.",
        ),
        Extra(
            "ip_phone", _one_of(Dialable.choices()), "IP電話（050など）からかけられるか。",
            "Whether IP telephones (050 numbers and the like) can dial it.",
        ),
        Extra(
            "number_confirmed", YES_OR_NO, "番号を、出典で確かめたか。false なら「まだ確かめていません」と示してください。",
            "Whether a cited source confirms the number; if false, say that it is not confirmed yet.",
        ),
        Extra(
            "tel_uri", {"type": "string", "format": "uri"},
            "押してかかる tel: アドレス。# の番号には、ありません（手で押してかける番号）。",
            "A tel: address to tap; missing where a # number must be pressed by hand (iPhones do not dial tel: links with #).",
        ),
    ),
    "schedule": (
        Extra(
            "contact_point_id", UUID, "どの連絡先の時間か（phones か contact_points の id）。",
            "Whose hours these are: the id of one of the service's phones or contact_points.",
        ),
        Extra(
            "holidays", _one_of(ON_HOLIDAYS),
            "日本の祝日（国民の祝日）の扱い。" + "、".join(f"{code} は{words}" for code, words in ON_HOLIDAYS.items()) + "。",
            "On public holidays of Japan: as_weekday: open as on that weekday; closed: not open; also: open on holidays too, besides its "
            "weekdays; only: open on holidays alone.",
        ),
        Extra(
            "closes_next_day", YES_OR_NO, "終わり（closes_at）が次の日か。", "Whether closes_at is a time of the next day."
        ),
        Extra(
            "closed_periods", _list_of(PERIOD),
            "休みの期間。MM-DD なら毎年、YYYY-MM-DD ならその年だけ。最後の日もふくみ、年をまたぐこともあります。",
            "When it is closed. MM-DD every year, YYYY-MM-DD once; both ends included; may run over New Year.",
        ),
        Extra(
            "hours_confirmed", YES_OR_NO, "時間を、出典で確かめたか。false なら「目安」と示してください。",
            "Whether a cited source confirms the hours; if false, show them as an estimate.",
        ),
    ),
    "attribute": (
        Extra("title", TEXT, "出典（link_type が source）のページの題。", "Of a source: the title of the page."),
        Extra("publisher", _one_of(Publisher.choices()), "出典を出した人の種類。", "Of a source: who published it."),
        Extra("publisher_name", TEXT, "出典を出した人。", "Of a source: the name of who published it."),
        Extra(
            "page_date", TEXT, "出典のページの日付（わかるところまで）。", "Of a source: the date of the page, as far as known."
        ),
    ),
}  # fmt: skip

LEFT_OUT = {
    "/service_at_locations": (
        "住所のある場所のデータがないので、ありません。地域ごとの窓口は application_process にことばで。",
        "Not served: there are no addresses. Where local windows are is said in application_process.",
    ),
    "postcode, proximity": (
        "同じ理由で、ありません。",
        "Not supported, for the same reason.",
    ),
    "metadata": (
        "項目ごとの変更の記録は公開していません。出典は attributes（link_type が source）に。",
        "No record of changes to single fields is published. Sources are attributes with the link_type source.",
    ),
}


def _patch(extras: tuple[Extra, ...]) -> Schema:
    return {
        "properties": {
            extra.name: {"name": extra.name, **extra.schema, "description": extra.en, "description_ja": extra.ja}
            for extra in extras
        }
    }


# By file name: what is merged into the file of the same name of HSDS 3.0.
PATCHES: Mapping[str, Schema] = {
    **{f"{of}.json": _patch(extras) for of, extras in EXTRAS.items()},
    "openapi.json": {
        "info": {
            "title": PROFILE_NAME,
            "version": PROFILE_VERSION,
            "summary": "HSDS 3.0, read-only, with what helplines and programmes in Japan need.",
            "description": None,
            "contact": None,
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "paths": {"/service_at_locations": None, "/service_at_locations/{id}": None},
        "components": {"parameters": {"postcode": None, "proximity": None}},
    },
}
