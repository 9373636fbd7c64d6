"""The Releases, so that programs know whether to fetch again."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Asked, read_query
from api.schema import documented
from api.views import ReleaseView
from catalog.release import serving
from catalog.release.serving import RELEASES_LISTED, Published

TAG = "公開版"


class ReleaseData(serializers.Serializer[Any]):
    """公開版。点検して公開した内容のひとまとまりで、あとから変わることはありません。"""

    number = serializers.IntegerField(help_text="番号。")
    sha256 = serializers.CharField(help_text="内容の指紋（SHA-256）。同じ指紋なら同じ内容です。")
    published_at = serializers.DateTimeField(help_text="公開した日時。")
    is_current = serializers.SerializerMethodField(
        help_text="いま返している公開版か。前の版にもどすこともあるので、番号がいちばん大きいとはかぎりません。"
    )

    def get_is_current(self, release: Published) -> bool:
        return release.sha256 == serving.fingerprint()


class ReleaseList(serializers.Serializer[Any]):
    """公開版の一覧。"""

    results = ReleaseData(many=True, help_text=f"新しい順に{RELEASES_LISTED}まで。")


class Releases(ReleaseView):
    @documented(
        "releases_list",
        tag=TAG,
        summary="公開版の一覧",
        description="新しい順の公開版。",
        answer=ReleaseList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        told = serving.releases()
        self.newest = told[0].number if told else 0
        return Response({"results": ReleaseData(list(told), many=True).data})

    def etag(self) -> str:
        """Who went back to an older Release serves the same content as before, but has a newer one in the list."""
        return f'{super().etag()[:-1]}-{self.newest}"'


class CurrentRelease(ReleaseView):
    @documented(
        "releases_current",
        tag=TAG,
        summary="いまの公開版",
        description="いま返している公開版。sha256 が前に見たものと同じなら、ほかも取りなおす必要はありません。",
        answer=ReleaseData,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        current = serving.published()
        if current is None:
            raise serving.NothingPublished
        return Response(ReleaseData(current).data)
