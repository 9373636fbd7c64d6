"""The introduction of the HSDS API in its OpenAPI document."""

from __future__ import annotations

from api.document import Document, Example
from catalog.directory.directory import Directory
from catalog.release import serving

from . import organization_views, root, taxonomy_views, views
from .organizations import organization_id
from .services import by_uuid
from .taxonomies import WORRIES, taxonomies, taxonomy_id, term_id


def _directory() -> Directory:
    return serving.current()


def _a_service() -> dict[str, str]:
    line = _directory().crisis_strip
    known = by_uuid(_directory())
    return {"id": next((id_ for id_, support in known.items() if support is line), next(iter(known)))}


def _an_organization() -> dict[str, str]:
    return {"id": organization_id(next(iter(_directory().supports.values())).operator)}


def _a_taxonomy() -> dict[str, str]:
    return {"id": next(iter(taxonomies(_directory())))}


def _a_term() -> dict[str, str]:
    return {"id": term_id(WORRIES, _directory().areas[0].code)}


HSDS = Document(
    prefix="api/hsds/",
    urls="api.hsds.urls",
    title="あなたはひとりじゃない HSDS API",
    description="支援の一覧を、Open Referral の Human Services Data Specification（HSDS）3.0 の形で返します。"
    "読むだけで、登録も鍵もいりません。\n\n"
    "- **日本プロファイル**: HSDS に項目がないもの（よみがな、番号のかけ方、祝日、子どもへのことばなど）は、"
    "`/api/hsds/japan` にある項目で足しています。大切なことは HSDS の項目にもことばで書いてあります。\n"
    "- **終わった支援**（`status` が `defunct`）は、手もとのデータから消すための知らせです。案内に使わないでください。\n"
    "- **受付時間**: 行のくりかえしは、ふだんの週のものです。祝日と年末年始は `description`、`holidays`、`closed_periods` に。\n"
    "- **空の項目はありません**。HSDS には null がないので、わからないものは項目ごとなくなります。\n"
    "- **全部ほしいとき**は、1つずつ取らずに、`export.json` か `services?full=true` を使ってください。\n"
    "- 人の悩みから探すなら、アドレスに何も残らない `/api/v1/` を使ってください。",
    tags={
        root.TAG: "どこに何があるか。",
        views.TAG: "相談窓口・制度・行ける窓口。",
        organization_views.TAG: "支援を運営しているところ。",
        taxonomy_views.TAG: "悩み・対象・種類のことば。",
        views.EXPORT: "全部を1つのファイルで。",
        root.PROFILE: "HSDS に足した項目。",
    },
    examples={
        "hsds_root": Example(),
        "hsds_services_list": Example(query={"taxonomy_id": taxonomy_id(WORRIES), "per_page": 1}),
        "hsds_services_detail": Example(ids=_a_service),
        "hsds_organizations_list": Example(query={"per_page": 2}),
        "hsds_organizations_detail": Example(ids=_an_organization),
        "hsds_taxonomies_list": Example(),
        "hsds_taxonomies_detail": Example(ids=_a_taxonomy),
        "hsds_taxonomy_terms_list": Example(query={"top_only": True, "per_page": 2}),
        "hsds_taxonomy_terms_detail": Example(ids=_a_term),
        "hsds_export": Example(),
        "hsds_profile": Example(),
        "hsds_profile_file": Example(ids=lambda: {"name": "phone"}),
    },
)
