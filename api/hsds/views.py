"""/api/hsds/services, and everything in one file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Asked, read_query
from api.schema import documented
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Support
from catalog.directory.search import Wanted, by_kana, search
from catalog.release import serving

from .export import ExportData, export_file
from .organizations import organization_id
from .parameters import ServiceQuery, changed_after, read_list
from .responses import NDJSON, HsdsPage, HsdsView, found, id_of, listed
from .services import ServiceData, ServiceSummary, by_uuid, service, summary
from .snapshot import ReleaseSnapshot, snapshot
from .taxonomies import taxonomy_id, term_id

TAG, EXPORT = "支援（service）", "一括"


class MinimalService(serializers.Serializer[Any]):
    """支援の id と日時だけ。"""

    id = serializers.UUIDField(help_text="支援の id。")
    modified_date = serializers.DateTimeField(required=False, help_text="last_modified と同じ。")


class ListedServices(serializers.ListField):
    """Rows of one of these shapes, as `full` and `minimal` ask."""

    shapes = (ServiceSummary, ServiceData, MinimalService)


class ListedServicesSchema(OpenApiSerializerFieldExtension):
    target_class = "api.hsds.views.ListedServices"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        refs = [auto_schema.resolve_serializer(shape, direction).ref for shape in self.target.shapes]
        return {"type": "array", "items": {"anyOf": refs}}


class ServicePage(HsdsPage):
    """支援の一覧の1ページ。"""

    contents = ListedServices(
        help_text="支援。よみがなの順、ことばで探したときは近い順。full と minimal で、項目の数が変わります。"
    )


class Services(HsdsView):
    @documented(
        "hsds_services_list",
        tag=TAG,
        summary="支援の一覧",
        description="条件は、すべてに当てはまるものが残ります。終わった支援も defunct として出ます。"
        "手もとのデータから消せるように、連絡先なしで返します。",
        query=ServiceQuery,
        answer=ServicePage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, ServiceQuery)
        now = snapshot()
        supports = [support for support in _in_order(now, asked) if _is_asked_for(now, support, asked)]
        if asked["minimal"]:
            return listed(supports, asked, lambda support: _minimal(now, support))
        show = service if asked["full"] else summary
        return listed(supports, asked, lambda support: show(now, support))


def _in_order(now: ReleaseSnapshot, asked: dict[str, Any]) -> list[Support]:
    """By kana; or what the words are found in, the closest first. With those that have ended."""
    if "search" in asked:
        return search(DirectoryNow(now.directory, serving.moment()), Wanted(text=asked["search"]))
    return by_kana(now.directory.supports.values())


def _is_asked_for(now: ReleaseSnapshot, support: Support, asked: dict[str, Any]) -> bool:
    said = {
        "worries": {*support.worries, support.main_worry},
        "audiences": support.tags | support.only_for,
        "kinds": {support.kind},
    }
    term, taxonomy, operator = (
        str(asked[name]) if name in asked else None for name in ("taxonomy_term_id", "taxonomy_id", "organization_id")
    )
    return (
        (term is None or any(term == term_id(of, code) for of, codes in said.items() for code in codes))
        and (taxonomy is None or any(codes and taxonomy == taxonomy_id(of) for of, codes in said.items()))
        and (operator is None or operator == organization_id(support.operator))
        and changed_after(now.modified(support), asked.get("modified_after"))
    )


def _minimal(now: ReleaseSnapshot, support: Support) -> dict[str, Any]:
    row = summary(now, support)
    return {"id": row["id"]} | ({"modified_date": row["last_modified"]} if "last_modified" in row else {})


class ServiceDetail(HsdsView):
    @documented(
        "hsds_services_detail",
        tag=TAG,
        summary="支援1つ",
        description="支援1つの、すべての項目を入れ子で。",
        ids=id_of("支援"),
        answer=ServiceData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002 (the parameter's name in the address)
        read_query(request, Asked)
        now = snapshot()
        return Response(service(now, found(by_uuid(now.directory), id)))


class Export(HsdsView):
    @documented(
        "hsds_export",
        tag=EXPORT,
        summary="全部を1つのファイルで",
        description="いまの公開版の、すべての支援・運営・分類。ETag を If-None-Match で送れば、変わったときだけ取りにいけます。",
        answer=ExportData,
    )
    def get(self, request: Request) -> HttpResponse:
        read_query(request, Asked)
        now = snapshot()
        file = HttpResponse(export_file(now), content_type="application/json")
        file["Content-Disposition"] = f'attachment; filename="hsds-release-{now.directory.number}.json"'
        return file
