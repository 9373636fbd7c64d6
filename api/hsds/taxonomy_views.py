"""/api/hsds/taxonomies and /api/hsds/taxonomy_terms."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Asked, read_query
from api.schema import documented
from catalog.release import serving

from .parameters import ListQuery, TermQuery, contains, read_list
from .responses import NDJSON, HsdsPage, HsdsView, found, id_of, listed
from .taxonomies import TaxonomyData, TermData, taxonomies, terms

TAG = "分類（taxonomy）"


class TaxonomyPage(HsdsPage):
    """分類の一覧の1ページ。"""

    contents = TaxonomyData(many=True, help_text="分類。")


class TermPage(HsdsPage):
    """分類のことばの一覧の1ページ。"""

    contents = TermData(many=True, help_text="ことば。上のことばが先。")


class Taxonomies(HsdsView):
    @documented(
        "hsds_taxonomies_list",
        tag=TAG,
        summary="分類の一覧",
        description="悩み、対象、種類の3つ。",
        query=ListQuery,
        answer=TaxonomyPage,
        other_media=[NDJSON],
    )
    def get(self, request: Request) -> Response | HttpResponse:
        asked = read_list(request, ListQuery)
        rows = taxonomies(serving.current()).values()
        wanted = [row for row in rows if contains(asked.get("search", ""), row["name"], row["description"])]
        return listed(wanted, asked, dict)


class TaxonomyDetail(HsdsView):
    @documented(
        "hsds_taxonomies_detail",
        tag=TAG,
        summary="分類1つ",
        description="分類1つ。",
        ids=id_of("分類"),
        answer=TaxonomyData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        read_query(request, Asked)
        return Response(found(taxonomies(serving.current()), id))


class Terms(HsdsView):
    @documented(
        "hsds_taxonomy_terms_list",
        tag=TAG,
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
            for row in terms(serving.current()).values()
            if all(row.get(name) == value for name, value in ids.items())
            and not (asked["top_only"] and "parent_id" in row)
            and contains(asked.get("search", ""), row["name"], row["description"], row["code"])
        ]
        return listed(wanted, asked, dict)


class TermDetail(HsdsView):
    @documented(
        "hsds_taxonomy_terms_detail",
        tag=TAG,
        summary="分類のことば1つ",
        description="分類のことば1つ。",
        ids=id_of("ことば"),
        answer=TermData,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        read_query(request, Asked)
        return Response(found(terms(serving.current()), id))
