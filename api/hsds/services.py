"""支援 as HSDS services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rest_framework import serializers

from api.identifiers import stable_uuid, support_uuid
from catalog.directory.codes import Reach
from catalog.directory.directory import Directory
from catalog.directory.entries import AgeBand, ChildText, Support
from catalog.pages.decorators import public_url
from catalog.text import furigana

from . import contacts
from .contacts import CostOptionData, PhoneData
from .organizations import OrganizationSummary, organization_id, organization_row, organizations
from .profile import CHILD_PARTS
from .schedules import ScheduleData, schedules
from .shapes import NOTHING, Sparse, shape
from .snapshot import ReleaseSnapshot
from .taxonomies import AttributeData, attributes

JAPAN_URI = "http://www.wikidata.org/entity/Q17"
FULL_DATE = len("2026-11-24")
STATUSES = [
    ("active", "続いている"),
    ("temporarily closed", "いまは期間外（期間をかぎって開くもの）"),
    ("defunct", "終わった。案内に使わないでください"),
]


class LanguageData(Sparse):
    """使えることば。HSDS の language。"""

    id = serializers.UUIDField(help_text="変わらない UUID。")
    name = serializers.CharField(required=False, help_text="言語の名前。")
    code = serializers.CharField(required=False, help_text="ISO 639-1 の記号。")


class ServiceAreaData(Sparse):
    """使える地域。HSDS の service_area。"""

    id = serializers.UUIDField(help_text="変わらない UUID。")
    name = serializers.CharField(required=False, help_text="地域。")
    uri = serializers.URLField(required=False, help_text="地域を指す変わらないアドレス。")


class ServiceSummary(Sparse):
    """支援。HSDS の service の、一覧での項目。"""

    of = "service"
    flat = True

    id = serializers.UUIDField(help_text="変わらない UUID。/api/v1/supports/ の uuid と同じ。")
    organization_id = serializers.UUIDField(help_text="運営しているところの id。")
    name = serializers.CharField(help_text="名前。")
    alternate_name = serializers.CharField(required=False, help_text="ほかの呼び名。「、」でつなぎます。")
    description = serializers.CharField(required=False, help_text="どんなものか。そのあとに、どんなときに使うか。")
    url = serializers.URLField(required=False, help_text="公式のウェブサイト。なければ、申しこみやチャットのページ。")
    email = serializers.EmailField(required=False, help_text="メールアドレス。")
    status = serializers.ChoiceField(choices=STATUSES, help_text="いまの状態。inactive は使いません。")
    application_process = serializers.CharField(
        required=False, help_text="どこに行くか、どうなるか、持っていくもの・言うことば、電話のほかの連絡先。"
    )
    fees_description = serializers.CharField(required=False, help_text="連絡にかかるお金。")
    eligibility_description = serializers.CharField(required=False, help_text="使える人、条件・もらえるもの。")
    minimum_age = serializers.IntegerField(required=False, help_text="何歳から。決まりがなければありません。")
    maximum_age = serializers.IntegerField(required=False, help_text="何歳まで（この年もふくむ）。")
    assured_date = serializers.DateField(
        required=False, help_text="確かめた資料の日付。日までわかるときだけ（verified_on も見てください）。"
    )
    alert = serializers.CharField(required=False, help_text="終わったことの案内、期間についての注意。")
    last_modified = serializers.DateTimeField(
        required=False,
        help_text="おそくともこの時から、いまの内容です（公開した日時か、期間が始まった・終わった日）。"
        "前の公開版にもどしているあいだはありません。",
    )
    organization = OrganizationSummary(help_text="運営しているところ。")


class ServiceData(ServiceSummary):
    """支援。HSDS の service の、すべての項目。"""

    flat = False

    phones = PhoneData(many=True, required=False, help_text="電話番号。先にあるものから試してください。")
    schedules = ScheduleData(
        many=True, required=False, help_text="受付時間。どの連絡先のものかは contact_point_id と attending_type に。"
    )
    service_areas = ServiceAreaData(
        many=True, required=False, help_text="使える地域。地域ごとの窓口（reach が local）にはありません。"
    )
    languages = LanguageData(many=True, required=False, help_text="使えることば。")
    cost_options = CostOptionData(many=True, required=False, help_text="連絡にかかるお金。わかるものだけ。")
    attributes = AttributeData(many=True, required=False, help_text="悩み・対象・種類のことばと、出典。")


@lru_cache(maxsize=4)
def by_uuid(directory: Directory) -> Mapping[str, Support]:
    return {support_uuid(support.slug): support for support in directory.supports.values()}


@lru_cache(maxsize=512)  # a Release's entries; each is made once a day
def service(snapshot: ReleaseSnapshot, support: Support) -> dict[str, Any]:
    """The full service."""
    return shape(ServiceData).to_representation(_row(snapshot, support))


def summary(snapshot: ReleaseSnapshot, support: Support) -> dict[str, Any]:
    """What a list tells of it."""
    data = service(snapshot, support)
    told = set(shape(ServiceSummary).fields)
    return {name: value for name, value in data.items() if name in told}


def status(snapshot: ReleaseSnapshot, support: Support) -> str:
    if not support.is_available:
        return "defunct"
    return "temporarily closed" if snapshot.is_out_of_season(support) else "active"


def _row(snapshot: ReleaseSnapshot, support: Support) -> dict[str, Any]:
    directory = snapshot.directory
    operator = organizations(directory)[organization_id(support.operator)]
    return {
        "id": support_uuid(support.slug),
        "organization_id": operator.id,
        "name": support.name,
        "alternate_name": "、".join(support.also_known_as),
        "description": f"{support.summary}\n\nこんなとき: {support.when_to_use}",
        "url": contacts.first_url(support),
        "email": contacts.first_email(support),
        "status": status(snapshot, support),
        "application_process": "\n".join(_steps(support)),
        "fees_description": contacts.fees(support),
        "eligibility_description": "\n".join(_who(support, directory)),
        "minimum_age": support.age_min,
        "maximum_age": support.age_max,
        "assured_date": support.verified_on if len(support.verified_on) == FULL_DATE else None,
        "alert": _alert(snapshot, support),
        "last_modified": snapshot.modified(support),
        "organization": organization_row(operator),
        "phones": list(contacts.phones(support)),
        "schedules": list(_schedules(snapshot, support)),
        "service_areas": _areas(support),
        "languages": _languages(support),
        "cost_options": list(contacts.cost_options(support)),
        "attributes": list(attributes(support, directory)),
        **_extras(support, directory),
    }


def _extras(support: Support, directory: Directory) -> dict[str, Any]:
    """The fields of the profile."""
    return {
        "kana": support.kana,
        "page": public_url("entry", support.public_id),
        "reach": support.reach,
        "crisis": support.crisis,
        "verified_on": support.verified_on,
        "replaced_by": [support_uuid(slug) for slug in support.replaced_by if slug in directory.supports],
        "contact_points": contacts.contact_points(support),
        "school_grades": [_grade(band) for band in directory.age_bands.values() if _is_for(support, band)],
        "child_words": list(_child_words(support)),
    }


def _steps(support: Support) -> Iterator[str]:
    steps = {
        "どこに行くか": support.apply_at,
        "どうなるか": support.what_happens,
        "持っていくもの・はじめに言うことば": support.bring_or_say,
        "電話のほかの連絡先": "、".join(contacts.contact_point_lines(support)),
    }
    return (f"{name}: {words}" for name, words in steps.items() if words)


def _who(support: Support, directory: Directory) -> Iterator[str]:
    if support.only_for:
        labels = [label for code, label in directory.tags.items() if code in support.only_for]
        yield f"使える人: {'、'.join(labels)}" + ("（どれか1つに当てはまればよい）" if len(labels) > 1 else "")
    yield from support.conditions


def _alert(snapshot: ReleaseSnapshot, support: Support) -> str:
    if not support.is_available:
        return support.replaced_note
    if not support.is_seasonal:
        return ""
    now = "いまは期間外です。" if snapshot.is_out_of_season(support) else ""
    return f"期間をかぎって開くものです。{now}いつ開くかは、受付時間と公式の案内で確かめてください。"


def _schedules(snapshot: ReleaseSnapshot, support: Support) -> Iterator[dict[str, Any]]:
    for position, contact in contacts.contacts_of(support):
        id_ = contacts.contact_id(support, position, contact)
        yield from schedules(support.slug, position, contact, id_, snapshot.day)


def _areas(support: Support) -> list[dict[str, str]]:
    if support.reach is not Reach.NATIONAL:
        return []
    return [{"id": stable_uuid("service-area", support.slug), "name": "日本全国", "uri": JAPAN_URI}]


def _languages(support: Support) -> list[dict[str, str]]:
    return [
        {"id": stable_uuid("language", support.slug, code), "name": code.label, "code": code}
        for code in support.languages
    ]


def _is_for(support: Support, band: AgeBand) -> bool:
    return support.is_available and support.child is not None and band.code in support.child.bands


def _grade(band: AgeBand) -> dict[str, str]:
    return {"id": band.code, "name": band.label, "level": band.level}


def _child_words(support: Support) -> Iterator[dict[str, Any]]:
    if support.child is None or not support.is_available:
        return
    for level, words in support.child.texts.items():
        yield {
            "level": level,
            **{part: _read(words, part) for part in CHILD_PARTS if getattr(words, part) not in NOTHING},
        }


def _read(words: ChildText, part: str) -> dict[str, str]:
    text: str = getattr(words, part)
    return {"text": furigana.plain(text), "kana": furigana.kana(text)}
