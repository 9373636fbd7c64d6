"""/api/hsds/ and /api/hsds/japan: what this is, and what it adds to the standard. The profile's files lie where HSDS wants them, under
/profile below the profile's own address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.licence import LICENCE
from api.parameters import Asked, DeclaredField, read_query
from api.schema import documented
from api.site import SiteData, site_data
from api.views import ReleaseView
from catalog.pages.decorators import public_url, read_only
from catalog.release import serving

from . import HSDS_VERSION
from .export import LicenceData
from .profile import EXTRAS, LEFT_OUT, PATCHES, PROFILE_NAME, PROFILE_VERSION

TAG, PROFILE = "入口", "日本プロファイル"
LISTS = ("services", "organizations", "taxonomies", "taxonomy_terms")
HSDS_SCHEMAS = "https://github.com/openreferral/specification/tree/3.0/schema"


class HsdsRootData(serializers.Serializer[Any]):
    """入口。"""

    version = serializers.CharField(help_text="HSDS の版。")
    profile = serializers.URLField(help_text="使っているプロファイルの説明。")
    openapi_url = serializers.URLField(help_text="OpenAPI 3.1 の定義。")
    release = serializers.IntegerField(help_text="いま返している公開版の番号。")
    documentation = serializers.URLField(help_text="説明のページ。")
    export = serializers.URLField(help_text="全部を1つのファイルで。")
    site = SiteData(help_text="どこのデータか。だれが運営し、いつの内容か。")
    lists = serializers.DictField(child=serializers.URLField(), help_text="一覧のアドレス。")
    license = LicenceData(help_text="使うときの約束。")


class ProfileFieldData(serializers.Serializer[Any]):
    """プロファイルが足す項目。"""

    object = serializers.CharField(help_text="HSDS のどのもの（service など）に足すか。")
    name = serializers.CharField(help_text="項目の名前。")
    schema = serializers.JSONField(help_text="値の JSON Schema。")
    ja = serializers.CharField(help_text="意味（日本語）。")
    en = serializers.CharField(help_text="意味（英語）。")


class LeftOutData(serializers.Serializer[Any]):
    """HSDS にあって、ここにないもの。"""

    name = serializers.CharField(help_text="何がないか。")
    ja = serializers.CharField(help_text="わけ（日本語）。")
    en = serializers.CharField(help_text="わけ（英語）。")


class BaseData(serializers.Serializer[Any]):
    """もとの標準。"""

    name = serializers.CharField(help_text="名前。")
    version = serializers.CharField(help_text="版。")
    url = serializers.URLField(help_text="スキーマのアドレス。")


class ProfileData(serializers.Serializer[Any]):
    """日本プロファイル。"""

    name = serializers.CharField(help_text="名前。")
    version = serializers.CharField(help_text="プロファイルの版（semver）。HSDS の版とは別に上がります。")
    url = serializers.URLField(help_text="このプロファイルのアドレス。")
    based_on = BaseData(help_text="もとの標準。")
    license = LicenceData(help_text="使うときの約束。")
    files = serializers.DictField(
        child=serializers.URLField(),
        help_text="同じ名前の HSDS のファイルに重ねる JSON Merge Patch（RFC 7386）。",
    )
    fields: DeclaredField = ProfileFieldData(many=True, help_text="足した項目。")
    left_out = LeftOutData(many=True, help_text="HSDS にあって、ここにないもの。")


def profile_data() -> dict[str, Any]:
    return {
        "name": PROFILE_NAME,
        "version": PROFILE_VERSION,
        "url": public_url("api:hsds-profile"),
        "based_on": {"name": "HSDS", "version": HSDS_VERSION, "url": HSDS_SCHEMAS},
        "license": LICENCE,
        "files": {name: public_url("api:hsds-profile-file", name.removesuffix(".json")) for name in PATCHES},
        "fields": [
            {"object": of, "name": extra.name, "schema": extra.schema, "ja": extra.ja, "en": extra.en}
            for of, extras in EXTRAS.items()
            for extra in extras
        ],
        "left_out": [{"name": name, "ja": ja, "en": en} for name, (ja, en) in LEFT_OUT.items()],
    }


class Root(ReleaseView):
    @documented(
        "hsds_root",
        tag=TAG,
        summary="入口",
        description="HSDS の版、プロファイル、定義の場所。",
        answer=HsdsRootData,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response(
            {
                "version": HSDS_VERSION,
                "profile": public_url("api:hsds-profile"),
                "openapi_url": public_url("api:hsds-openapi"),
                "release": serving.current().number,
                "documentation": public_url("open-data-api-hsds"),
                "export": public_url("api:hsds-export"),
                "site": site_data(),
                "lists": {name: public_url(f"api:hsds-{name.replace('_', '-')}") for name in LISTS},
                "license": LICENCE,
            }
        )


class Profile(ReleaseView):
    @documented(
        "hsds_profile",
        tag=PROFILE,
        summary="プロファイルの説明",
        description="HSDS に足した項目の意味と、ないもの。プロファイルを知らないプログラムでも、大切なことは HSDS の項目の"
        "ことば（description、notes）で読めます。",
        answer=ProfileData,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response(profile_data())


class ProfileFile(ReleaseView):
    @documented(
        "hsds_profile_file",
        tag=PROFILE,
        summary="プロファイルのファイル",
        description="同じ名前の HSDS 3.0 のファイルに重ねる JSON Merge Patch（RFC 7386）。",
        ids=[
            OpenApiParameter(
                "name",
                str,
                OpenApiParameter.PATH,
                enum=[name.removesuffix(".json") for name in PATCHES],
                description="ファイルの名前。",
            )
        ],
        answer=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, name: str) -> Response:
        read_query(request, Asked)
        if f"{name}.json" not in PATCHES:
            raise Http404
        return Response(PATCHES[f"{name}.json"])


@read_only
def without_slash(request: HttpRequest, **within: object) -> HttpResponse:
    """To the address as HSDS writes it."""
    last, query = request.path.rstrip("/").rpartition("/")[2], request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"../{last}" + (f"?{query}" if query else ""))
