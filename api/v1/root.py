"""/api/v1/: where everything is."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import VERSION
from api.parameters import Asked, read_query
from api.schema import documented
from api.site import SiteData, site_data
from api.views import ReleaseView
from catalog.pages.decorators import public_url
from catalog.release import serving

TAG = "入口"
LISTS = ("supports", "worries", "age-bands", "audiences", "faqs", "tips", "child-articles", "flows", "releases")


class RootData(serializers.Serializer[Any]):
    """入口。"""

    version = serializers.CharField(help_text="この API の版。")
    release = serializers.IntegerField(help_text="いま返している公開版の番号。")
    documentation = serializers.URLField(help_text="説明のページ。")
    openapi = serializers.URLField(help_text="OpenAPI 3.1 の定義。")
    conversation = serializers.URLField(help_text="会話の API（POST）。")
    hsds = serializers.URLField(help_text="同じ支援を、Open Referral の HSDS 3.0 の形で返す API の入口。")
    site = SiteData(help_text="どこのデータか。だれが運営し、いつの内容か。")
    lists = serializers.DictField(child=serializers.URLField(), help_text="一覧のアドレス。")


class Root(ReleaseView):
    @documented(
        "root",
        tag=TAG,
        summary="入口",
        description="どこに何があるか。",
        answer=RootData,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response(
            {
                "version": VERSION,
                "release": serving.current().number,
                "documentation": public_url("open-data"),
                "openapi": public_url("api:v1-openapi"),
                "conversation": public_url("api:conversation"),
                "hsds": public_url("api:hsds-root"),
                "site": site_data(),
                "lists": {name: public_url(f"api:{name}") for name in LISTS},
            }
        )
