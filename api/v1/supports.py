"""/supports/: the catalogue, filtered, in pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.paging import Paged, page_of
from api.parameters import (
    NOW,
    Asked,
    CodeField,
    DeclaredField,
    ListedField,
    MomentField,
    WholeNumber,
    read_body,
    read_query,
)
from api.schema import PageData, documented
from api.views import ReleaseView
from catalog.directory.codes import Kind, Language, Status, Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from catalog.directory.search import LONGEST_SEARCH, Wanted, search
from catalog.release import serving

from .support_data import FIELDS, SupportData, only, support_data

TAG = "支援"
MOMENT_HELP = "now か、2026-12-31T23:00 のような日時（2000〜2099年。時差がなければ日本時間）。"
SUPPORT_ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="支援の id。")


class SupportQuery(Asked):
    """支援の見せ方。"""

    state_at = MomentField(required=False, help_text=f"この時点のようす（state、answers）をつける。{MOMENT_HELP}")
    fields: DeclaredField = ListedField(
        FIELDS, required=False, help_text="ほしい項目だけを、コンマでつないで。id はいつもつきます。"
    )


class SupportFilters(Paged, SupportQuery):
    """ほしい支援の条件。すべてに当てはまるものが残ります。"""

    area = CodeField(
        lambda directory: [area.code for area in directory.areas],
        required=False,
        help_text="悩みの分野（worries の id のうち is_area のもの）。",
    )
    under18_area = CodeField(
        lambda directory: [worry.code for worry in directory.worries.values() if worry.is_for_children],
        required=False,
        help_text="18歳以下のなやみの分野（worries の id のうち area が under18 のもの）。",
    )
    worry = CodeField(lambda directory: directory.worries, required=False, help_text="悩み（worries の id）。")
    age = WholeNumber(required=False, min_value=0, max_value=120, help_text="この年齢の人が使えるもの。")
    age_band = CodeField(
        lambda directory: directory.age_bands,
        required=False,
        help_text="この年代・学年のだれかが使えるもの（age-bands の id）。",
    )
    kind = serializers.ChoiceField(choices=Kind.choices(), required=False, help_text="種類。")
    via = serializers.ChoiceField(choices=Via.choices(), required=False, help_text="この方法で連絡できるもの。")
    audience = CodeField(
        lambda directory: directory.tags, required=False, help_text="この人たちを対象にするもの（audiences の id）。"
    )
    language = serializers.ChoiceField(choices=Language.choices(), required=False, help_text="このことばが使えるもの。")
    open_at = MomentField(
        required=False, help_text=f"この時点でだれかが答えるもの。state と answers もつきます。{MOMENT_HELP}"
    )
    q = serializers.RegexField(
        r"^[^\x00]+$",
        required=False,
        min_length=1,
        max_length=LONGEST_SEARCH,
        trim_whitespace=False,
        help_text="ことば。名前・よみがな・番号・説明から探します。",
    )
    status = serializers.ChoiceField(
        choices=[choice for choice in Status.choices() if choice[0] != Status.UNCLEAR],
        required=False,
        help_text="状態。書かなければ、終わったもの（ended）は出ません。",
    )


class SupportPage(PageData):
    """支援の一覧の1ページ。"""

    results = SupportData(many=True, source="rows", help_text="支援。ことばで探したときは近い順、ほかは よみがな順。")


def find(directory: Directory, asked: dict[str, Any]) -> tuple[list[Support], DirectoryNow | None]:
    """The entries that match, and the moment for which they are shown."""
    wanted = Wanted(
        text=asked.get("q", ""),
        area=asked.get("area", ""),
        worries=frozenset(asked[name] for name in ("worry", "under18_area") if name in asked),
        kind=asked.get("kind", ""),
        via=asked.get("via", ""),
        age=asked.get("age_band", ""),
        years_old=asked.get("age"),
        tag=asked.get("audience", ""),
        language=asked.get("language", ""),
        status=asked.get("status", ""),
        open_now="open_at" in asked,
    )
    found = search(DirectoryNow(directory, asked.get("open_at") or serving.moment()), wanted)
    if "status" not in asked:
        found = [support for support in found if support.is_available]
    shown_at = asked.get("state_at") or asked.get("open_at")
    return found, DirectoryNow(directory, shown_at) if shown_at else None


def page_data(directory: Directory, asked: dict[str, Any], *, where: str = "query") -> dict[str, Any]:
    found, at = find(directory, asked)
    page = page_of(found, asked, where=where)
    rows = [support_data(support, directory, at=at) for support in page.rows]
    if "fields" in asked:
        rows = [only(row, asked["fields"]) for row in rows]
    return {**PageData(page).data, "results": rows}


class Supports(ReleaseView):
    @documented(
        "supports_list",
        tag=TAG,
        summary="支援の一覧",
        description="公開されている支援を、条件でしぼって返します。条件は、すべてに当てはまるものが残ります。"
        "終わった支援は、status=ended のときだけ。\n\n"
        "悩んでいる人が打ったことばや答えを条件にするときは、アドレスに残らない POST の `/supports/search/` を使ってください。",
        query=SupportFilters,
        answer=SupportPage,
    )
    def get(self, request: Request) -> Response:
        asked = read_query(request, SupportFilters)
        self.is_about_now = NOW in (request.query_params.get("open_at"), request.query_params.get("state_at"))
        return Response(page_data(serving.current(), asked))


class SupportSearch(ReleaseView):
    @documented(
        "supports_search",
        tag=TAG,
        summary="支援を探す（条件を本文で送る）",
        description="`/supports/` と同じ条件を JSON で送ります。何を探したかが、アドレスにも、途中の記録にも残りません。",
        body=SupportFilters,
        answer=SupportPage,
    )
    def post(self, request: Request) -> Response:
        return Response(page_data(serving.current(), read_body(request, SupportFilters), where="body"))


class SupportDetail(ReleaseView):
    @documented(
        "supports_detail",
        tag=TAG,
        summary="支援1つ",
        description="支援1つの、すべての項目。終わった支援も、終わったこと（status）と代わり（replaced_by）がわかるように返します。",
        ids=[SUPPORT_ID],
        query=SupportQuery,
        answer=SupportData,
    )
    def get(self, request: Request, id: str) -> Response:  # noqa: A002 (the parameter's name in the address)
        directory = serving.current()
        support = directory.by_public_id.get(id)
        if support is None:
            raise Http404
        asked = read_query(request, SupportQuery)
        self.is_about_now = request.query_params.get("state_at") == NOW
        at = DirectoryNow(directory, asked["state_at"]) if "state_at" in asked else None
        data = support_data(support, directory, at=at)
        return Response(only(data, asked["fields"]) if "fields" in asked else data)
