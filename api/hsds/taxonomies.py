"""The words of the catalogue as HSDS taxonomies: 悩み, 対象, 種類; and what an entry says by them, as attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rest_framework import serializers

from api.identifiers import stable_uuid
from catalog.directory.codes import Kind
from catalog.directory.directory import Directory
from catalog.directory.entries import Support, Worry
from catalog.pages.decorators import public_url

from .shapes import Sparse, row, shape

WORRIES, AUDIENCES, KINDS = "worries", "audiences", "kinds"
NAMES = {
    WORRIES: ("悩み", "どんな悩みのときの支援か。分野と、その中の悩みの2段。18歳以下の悩みも、1つの分野です。"),
    AUDIENCES: ("対象", "だれに向けた支援か。"),
    KINDS: ("種類", "相談窓口か、制度か、行ける窓口・施設か。"),
}
# The kind of name in a term's UUID. The worries' are those of /api/v1/worries/.
TERM_KINDS = {WORRIES: "worry", AUDIENCES: "audience", KINDS: "kind"}
# What an attribute's term says of the service.
LINK_TYPES = {
    "main_topic": "いちばん合う悩み",
    "topic": "ほかに合う悩み",
    "intended_audience": "だれに向けたものか（ほかの人も使えます）",
    "service_eligibility": "この人たちだけが使える（どれか1つに当てはまればよい）",
    "service_type": "種類",
    "source": "出典（term はなく、value がアドレス）",
}


class TaxonomyData(Sparse):
    """分類。HSDS の taxonomy。"""

    id = serializers.UUIDField(help_text="変わらない UUID。")
    name = serializers.CharField(help_text="名前。")
    description = serializers.CharField(help_text="何の分類か。")
    uri = serializers.URLField(required=False, help_text="この分類のアドレス。")
    version = serializers.CharField(required=False, help_text="公開版の番号。")


class NestedTerm(Sparse):
    """支援についている、分類のことば。"""

    id = serializers.UUIDField(help_text="変わらない UUID。")
    code = serializers.CharField(required=False, help_text="記号。/api/v1/ の worries と audiences の id と同じ。")
    name = serializers.CharField(help_text="ことば。")
    description = serializers.CharField(help_text="説明。")
    parent_id = serializers.UUIDField(
        required=False, help_text="上のことば（悩みの分野）の id。いちばん上ならありません。"
    )
    taxonomy_id = serializers.UUIDField(required=False, help_text="分類の id。")


class TermData(NestedTerm):
    """分類のことば。HSDS の taxonomy_term。"""

    taxonomy = serializers.CharField(required=False, help_text="分類の名前。")
    language = serializers.CharField(required=False, help_text="ことばの言語。")
    term_uri = serializers.URLField(required=False, help_text="このことばのアドレス。")


class AttributeData(Sparse):
    """支援についていることばか、出典。HSDS の attribute。"""

    of = "attribute"

    id = serializers.UUIDField(help_text="変わらない UUID。")
    link_type = serializers.ChoiceField(choices=list(LINK_TYPES.items()), required=False, help_text="何を言うものか。")
    value = serializers.CharField(required=False, help_text="出典のアドレス。アドレスがなければ題。")
    taxonomy_term_id = serializers.UUIDField(required=False, help_text="ことばの id。")
    taxonomy_term = NestedTerm(required=False, help_text="ことば。")


def term_id(taxonomy: str, code: str) -> str:
    return stable_uuid(TERM_KINDS[taxonomy], code)


def taxonomy_id(taxonomy: str) -> str:
    return stable_uuid("taxonomy", taxonomy)


@lru_cache(maxsize=4)
def taxonomies(directory: Directory) -> Mapping[str, dict[str, Any]]:
    """By id."""
    rows = (
        {
            "id": taxonomy_id(code),
            "name": name,
            "description": words,
            "uri": public_url("api:hsds-taxonomy", taxonomy_id(code)),
            "version": str(directory.number),
        }
        for code, (name, words) in NAMES.items()
    )
    return {made["id"]: shape(TaxonomyData).to_representation(made) for made in rows}


@lru_cache(maxsize=4)
def terms(directory: Directory) -> Mapping[str, dict[str, Any]]:
    """By id; parents first."""
    worries = sorted(directory.worries.values(), key=lambda worry: not worry.is_area)
    rows = [_worry_term(worry, directory) for worry in worries]
    rows += [_term(AUDIENCES, code, label, f"支援の対象: {label}") for code, label in directory.tags.items()]
    rows += [_term(KINDS, code, label, f"支援の種類: {label}") for code, label in Kind.choices()]
    return {made["id"]: shape(TermData).to_representation(made) for made in rows}


def attributes(support: Support, directory: Directory) -> Iterator[dict[str, Any]]:
    known, nested = terms(directory), tuple(shape(NestedTerm).fields)
    said = [
        ("service_type", KINDS, support.kind),
        ("main_topic", WORRIES, support.main_worry),
        *(("topic", WORRIES, code) for code in sorted(support.worries - {support.main_worry})),
        *(("intended_audience", AUDIENCES, code) for code in sorted(support.tags)),
        *(("service_eligibility", AUDIENCES, code) for code in sorted(support.only_for)),
    ]
    for link_type, taxonomy, code in said:
        values: dict[str, Any] = {
            "id": stable_uuid("attribute", support.slug, link_type, code),
            "link_type": link_type,
            "taxonomy_term_id": term_id(taxonomy, code),
            "taxonomy_term": {name: known[term_id(taxonomy, code)].get(name) for name in nested},
        }
        yield row(AttributeData, values)
    for position, source in enumerate(support.sources):
        values = {
            "id": stable_uuid("attribute", support.slug, "source", position),
            "link_type": "source",
            "value": source.url or source.title,
            "title": source.title,
            "publisher": source.publisher,
            "publisher_name": source.publisher_name,
            "page_date": source.page_date,
        }
        yield row(AttributeData, values)


def _worry_term(worry: Worry, directory: Directory) -> dict[str, Any]:
    if worry.is_area:
        return _term(WORRIES, worry.code, worry.label, f"悩みの分野: {worry.label}")
    words = f"「{directory.worries[worry.area].label}」の中の悩み: {worry.label}"
    return _term(WORRIES, worry.code, worry.label, words) | {"parent_id": term_id(WORRIES, worry.area)}


def _term(taxonomy: str, code: str, label: str, words: str) -> dict[str, Any]:
    return {
        "id": term_id(taxonomy, code),
        "code": code,
        "name": label,
        "description": words,
        "parent_id": None,
        "taxonomy": NAMES[taxonomy][0],
        "taxonomy_id": taxonomy_id(taxonomy),
        "language": "ja",
        "term_uri": public_url("api:hsds-taxonomy-term", term_id(taxonomy, code)),
    }
