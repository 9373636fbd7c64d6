"""/api/hsds/: the lists and objects of HSDS's API reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import Asked, read_query
from api.schema import documented
from api.views import ReleaseView
from catalog import store
from catalog.directory import DirectoryNow, Support
from catalog.search import Wanted, normalise, search

from .asking import (
    NDJSON,
    HsdsPage,
    ListQuery,
    OneOrganizationQuery,
    OrganizationQuery,
    ServiceQuery,
    TermQuery,
    changed_after,
    contains,
    listed,
    read_list,
)
from .edition import Edition, edition, today
from .export import ExportData, export_file
from .organizations import Organization, OrganizationSummary, organization_id, organization_row, organizations
from .services import STATUSES, ServiceData, ServiceSummary, by_uuid, service, status, summary
from .taxonomies import TaxonomyData, TermData, taxonomies, taxonomy_id, term_id, terms

SERVICES, ORGANIZATIONS, TAXONOMIES, EXPORT = "支援（service）", "運営（organization）", "分類（taxonomy）", "一括"
Found = TypeVar("Found")


def id_of(what: str) -> list[OpenApiParameter]:
    return [OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH, description=f"{what}の id。")]


def found(known: Mapping[str, Found], id_: UUID) -> Found:
    if str(id_) not in known:
        raise Http404
    return known[str(id_)]


class HsdsView(ReleaseView):
    """An answer changes with the Release, and with the day: seasons begin and end."""

    def etag(self) -> str:
        return f'{super().etag()[:-1]}-{today():%Y%m%d}"'


class MinimalService(serializers.Serializer[Any]):
    """支援の id と日時だけ。"""

    id = serializers.UUIDField(help_text="支援の id。")
    modified_date = serializers.DateTimeField(required=False, help_text="last_modified と同じ。")


class ListedServices(serializers.ListField):
    """Rows of one of these shapes, as `full` and `minimal` ask."""

    shapes = (ServiceSummary, ServiceData, MinimalService)


class ListedServicesSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "api.hsds.views.ListedServices"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        refs = [auto_schema.resolve_serializer(shape, direction).ref for shape in self.target.shapes]
        return {"type": "array", "items": {"anyOf": refs}}


class ServicePage(HsdsPage):
    """支援の一覧の1ページ。"""

    contents = ListedServices(
        help_text="支援。よみがなの順、ことばで探したときは近い順。full と minimal で、項目の数が変わります。"
    )


class ServiceStub(serializers.Serializer[Any]):
    """支援の、名前と状態だけ。"""

    id = serializers.UUIDField(help_text="支援の id。")
    name = serializers.CharField(help_text="名前。")
    status = serializers.ChoiceField(choices=STATUSES, help_text="いまの状態。")


class OrganizationData(OrganizationSummary):
    """運営しているところと、その支援。"""

    services = ServiceStub(many=True, help_text="運営している支援。full_service=true なら、すべての項目。")


class OrganizationPage(HsdsPage):
    """運営の一覧の1ページ。"""

    contents = OrganizationSummary(many=True, help_text="運営しているところ。名前の順。")


class TaxonomyPage(HsdsPage):
    """分類の一覧の1ページ。"""

    contents = TaxonomyData(many=True, help_text="分類。")


class TermPage(HsdsPage):
    """分類のことばの一覧の1ページ。"""

    contents = TermData(many=True, help_text="ことば。上のことばが先。")


class Services(HsdsView):
    @documented(
        "hsds_services_list",
        tag=SERVICES,
        summary="支援の一覧",
        description="条件は、すべてに当てはまるものが残ります。終わった支援も defunct として出ます。"
        "手もとのデータから消せるように、連絡先なしで返します。",
        query=ServiceQuery,
        answer=ServicePage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, ServiceQuery)
        now = edition()
        supports = [support for support in _in_order(now, asked) if _is_asked_for(now, support, asked)]
        if asked["minimal"]:
            return listed(supports, asked, lambda support: _minimal(now, support))
        show = service if asked["full"] else summary
        return listed(supports, asked, lambda support: show(now, support))


def _in_order(now: Edition, asked: dict[str, Any]) -> list[Support]:
    """By kana; or what the words are found in, the closest first. With those that have ended."""
    if "search" in asked:
        return search(DirectoryNow(now.directory, store.moment()), Wanted(text=asked["search"]))
    return sorted(now.directory.supports.values(), key=lambda support: normalise(support.kana))


def _is_asked_for(now: Edition, support: Support, asked: dict[str, Any]) -> bool:
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


def _minimal(now: Edition, support: Support) -> dict[str, Any]:
    row = summary(now, support)
    return {"id": row["id"]} | ({"modified_date": row["last_modified"]} if "last_modified" in row else {})


class ServiceDetail(HsdsView):
    @documented(
        "hsds_services_detail",
        tag=SERVICES,
        summary="支援1つ",
        description="支援1つの、すべての項目を入れ子で。",
        ids=id_of("支援"),
        answer=ServiceData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002 (the parameter's name in the address)
        read_query(request, Asked)
        now = edition()
        return Response(service(now, found(by_uuid(now.directory), id)))


def organization_data(now: Edition, organization: Organization, *, full_service: bool) -> dict[str, Any]:
    services = (
        service(now, support)
        if full_service
        else {"id": summary(now, support)["id"], "name": support.name, "status": status(now, support)}
        for support in organization.supports
    )
    return {**organization_row(organization), "services": list(services)}


class Organizations(HsdsView):
    @documented(
        "hsds_organizations_list",
        tag=ORGANIZATIONS,
        summary="運営の一覧",
        description="支援を運営しているところ。公式の資料に書かれた名前ごとに1つです。",
        query=OrganizationQuery,
        answer=OrganizationPage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, OrganizationQuery)
        now = edition()
        rows = [
            organization
            for organization in organizations(now.directory).values()
            if contains(asked.get("search", ""), *organization_row(organization).values())
        ]
        if asked["full"] or asked["full_service"]:
            return listed(rows, asked, lambda row: organization_data(now, row, full_service=asked["full_service"]))
        return listed(rows, asked, organization_row)


class OrganizationDetail(HsdsView):
    @documented(
        "hsds_organizations_detail",
        tag=ORGANIZATIONS,
        summary="運営1つ",
        description="運営しているところと、その支援。",
        ids=id_of("運営"),
        query=OneOrganizationQuery,
        answer=OrganizationData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        asked = read_query(request, OneOrganizationQuery)
        now = edition()
        organization = found(organizations(now.directory), id)
        return Response(organization_data(now, organization, full_service=asked["full_service"]))


class Taxonomies(HsdsView):
    @documented(
        "hsds_taxonomies_list",
        tag=TAXONOMIES,
        summary="分類の一覧",
        description="悩み、対象、種類の3つ。",
        query=ListQuery,
        answer=TaxonomyPage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, ListQuery)
        rows = taxonomies(store.current()).values()
        wanted = [row for row in rows if contains(asked.get("search", ""), row["name"], row["description"])]
        return listed(wanted, asked, dict)


class TaxonomyDetail(HsdsView):
    @documented(
        "hsds_taxonomies_detail",
        tag=TAXONOMIES,
        summary="分類1つ",
        description="分類1つ。",
        ids=id_of("分類"),
        answer=TaxonomyData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        read_query(request, Asked)
        return Response(found(taxonomies(store.current()), id))


class Terms(HsdsView):
    @documented(
        "hsds_taxonomy_terms_list",
        tag=TAXONOMIES,
        summary="分類のことばの一覧",
        description="支援の attributes に出てくることば。",
        query=TermQuery,
        answer=TermPage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, TermQuery)
        ids = {name: str(asked[name]) for name in ("taxonomy_id", "parent_id") if name in asked}
        wanted = [
            row
            for row in terms(store.current()).values()
            if all(row.get(name) == value for name, value in ids.items())
            and not (asked["top_only"] and "parent_id" in row)
            and contains(asked.get("search", ""), row["name"], row["description"], row["code"])
        ]
        return listed(wanted, asked, dict)


class TermDetail(HsdsView):
    @documented(
        "hsds_taxonomy_terms_detail",
        tag=TAXONOMIES,
        summary="分類のことば1つ",
        description="分類のことば1つ。",
        ids=id_of("ことば"),
        answer=TermData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        read_query(request, Asked)
        return Response(found(terms(store.current()), id))


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
        now = edition()
        file = HttpResponse(export_file(now), content_type="application/json")
        file["Content-Disposition"] = f'attachment; filename="hsds-release-{now.directory.number}.json"'
        return file
