"""Responses of all HSDS addresses: ETag, pages, NDJSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.paging import page_of
from api.views import ReleaseView

from .snapshot import today

NDJSON = "application/x-ndjson"
Item = TypeVar("Item")
Found = TypeVar("Found")


def id_of(what: str) -> list[OpenApiParameter]:
    return [OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH, description=f"{what}の id。")]


def found(known: Mapping[str, Found], id_: UUID) -> Found:
    if str(id_) not in known:
        raise Http404
    return known[str(id_)]


class HsdsView(ReleaseView):
    """An answer changes with the Release, and with the day: seasons begin and end."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.day = today()  # before anything is read: should midnight come in between, the answer is fetched again

    def etag(self) -> str:
        return f'{super().etag()[:-1]}-{self.day:%Y%m%d}"'


class HsdsPage(serializers.Serializer[Any]):
    """一覧の1ページ。HSDS の名前で。"""

    total_items = serializers.IntegerField(help_text="全部の件数。")
    total_pages = serializers.IntegerField(help_text="全部のページ数。")
    page_number = serializers.IntegerField(help_text="このページの番号（1から）。")
    size = serializers.IntegerField(help_text="このページの件数。")
    first_page = serializers.BooleanField(help_text="最初のページか。")
    last_page = serializers.BooleanField(help_text="最後のページか。")
    empty = serializers.BooleanField(help_text="1つもないか。")


def listed(
    rows: Sequence[Item], asked: dict[str, Any], show: Callable[[Item], dict[str, Any]]
) -> Response | HttpResponse:
    """The page that was asked for, or, as NDJSON, everything."""
    if asked["format"] == "ndjson":
        return HttpResponse(ndjson(map(show, rows)), content_type=NDJSON)
    page = page_of(rows, asked)
    return Response(
        {
            "total_items": page.total,
            "total_pages": page.pages,
            "page_number": page.number,
            "size": len(page.rows),
            "first_page": page.number == 1,
            "last_page": page.number == page.pages,
            "empty": not page.rows,
            "contents": [show(row) for row in page.rows],
        }
    )


def ndjson(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
