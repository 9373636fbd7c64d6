"""/api/hsds/organizations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.identifiers import support_uuid
from api.parameters import read_query
from api.schema import documented

from .organizations import Organization, OrganizationSummary, organization_row, organizations
from .parameters import OneOrganizationQuery, OrganizationQuery, contains, read_list
from .responses import NDJSON, HsdsPage, HsdsView, found, id_of, listed
from .services import STATUSES, service, status
from .snapshot import ReleaseSnapshot, snapshot

TAG = "運営（organization）"


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


def organization_data(now: ReleaseSnapshot, organization: Organization, *, full_service: bool) -> dict[str, Any]:
    services = (
        service(now, support)
        if full_service
        else {"id": support_uuid(support.slug), "name": support.name, "status": status(now, support)}
        for support in organization.supports
    )
    return {**organization_row(organization), "services": list(services)}


class Organizations(HsdsView):
    @documented(
        "hsds_organizations_list",
        tag=TAG,
        summary="運営の一覧",
        description="支援を運営しているところ。名前ごとに1つです。「こども家庭庁・都道府県など」のように、"
        "いくつかの機関をまとめた名前もあるので、1つが1つの役所や法人とはかぎりません。",
        query=OrganizationQuery,
        answer=OrganizationPage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, OrganizationQuery)
        now = snapshot()
        rows = [
            organization
            for organization in organizations(now.directory).values()
            if contains(
                asked.get("search", ""), organization.name, *(support.name for support in organization.supports)
            )
        ]
        if asked["full"] or asked["full_service"]:
            return listed(rows, asked, lambda row: organization_data(now, row, full_service=asked["full_service"]))
        return listed(rows, asked, organization_row)


class OrganizationDetail(HsdsView):
    @documented(
        "hsds_organizations_detail",
        tag=TAG,
        summary="運営1つ",
        description="運営しているところと、その支援。",
        ids=id_of("運営"),
        query=OneOrganizationQuery,
        answer=OrganizationData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        asked = read_query(request, OneOrganizationQuery)
        now = snapshot()
        organization = found(organizations(now.directory), id)
        return Response(organization_data(now, organization, full_service=asked["full_service"]))
