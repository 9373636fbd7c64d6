"""How the API describes itself (OpenAPI 3.1, by drf-spectacular): every address, parameter, field and error in Japanese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from .paging import Paged
from .parameters import MOMENT, Asked, DeclaredField
from .problems import KINDS, MEDIA_TYPE

View = TypeVar("View", bound=Callable[..., Any])

ETAG_HELP = "この答えの版。次に取りにくるとき If-None-Match につけると、変わっていなければ 304 が返ります。"
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="前に受けとった ETag。変わっていなければ本文なしの 304。"
)
ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 304], description=ETAG_HELP)
RETRY_AFTER = OpenApiParameter(
    "Retry-After", int, OpenApiParameter.HEADER, response=[429], description="何秒待ってから試すか。"
)
ERRORS = {
    400: "パラメーターか本文に正しくないところがある。errors に、どれが正しくないかと、何が使えるか。",
    404: "その id のもの、またはそのページがない。",
    406: "Accept ヘッダーの形式では返せない。",
    411: "本文の長さ（Content-Length）がない。",
    412: "If-Match や If-Unmodified-Since の条件に合わない。",
    413: "本文が大きすぎる。",
    415: "本文が JSON でない。",
    429: "短い時間にリクエストが多すぎる。Retry-After の秒数だけ待つ。",
    503: "返せる公開版がまだない。",
}
ALWAYS = (400, 406, 429, 503)


class MistakeData(serializers.Serializer[Any]):
    """正しくないところ1つ。"""

    where = serializers.ChoiceField(
        choices=[("query", "パラメーター"), ("path", "アドレス"), ("body", "本文")], help_text="どこにあるか。"
    )
    parameter = serializers.CharField(help_text="パラメーターの名前。本文全体なら空。")
    detail = serializers.CharField(help_text="何が正しくないか。")
    allowed = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="使える値か名前。数えあげられるときだけ。"
    )


class ProblemData(serializers.Serializer[Any]):
    """エラー（RFC 9457 problem details）。"""

    type = serializers.CharField(help_text="エラーの種類。説明のあるアドレス。")
    title = serializers.CharField(help_text="エラーの種類の名前。")
    status = serializers.IntegerField(help_text="HTTP のステータス。")
    detail = serializers.CharField(help_text="このエラーの説明。")
    errors: DeclaredField = MistakeData(
        many=True, required=False, help_text="正しくないところ。400 と、ページが足りない 404 のときだけ。"
    )


class PageData(serializers.Serializer[Any]):
    """長い一覧の1ページ。"""

    count = serializers.IntegerField(source="total", help_text="全部の件数。")
    page = serializers.IntegerField(source="number", help_text="このページの番号（1から）。")
    pages = serializers.IntegerField(help_text="全部のページ数。")
    per_page = serializers.IntegerField(help_text="1ページの件数。")


def documented(
    operation_id: str,
    *,
    tag: str,
    summary: str,
    description: str,
    answer: Any,
    query: type[Asked] | None = None,
    body: type[Asked] | None = None,
    ids: Sequence[OpenApiParameter] = (),
    other_media: Sequence[str] = (),
) -> Callable[[View], View]:
    """The description of one operation. `ids` are the parameters within the address; `other_media` what it may answer in besides JSON."""
    has_pages = any(form is not None and issubclass(form, Paged) for form in (query, body))
    problems = [*ALWAYS, *([404] if ids or has_pages else []), *([411, 413, 415] if body else [412])]
    responses: dict[Any, Any] = {200: OpenApiResponse(answer, description="見つかった内容。")}
    for media in other_media:
        responses[200, media] = OpenApiResponse(OpenApiTypes.STR)
    if body is None:
        responses[304] = OpenApiResponse(description="前に受けとったときから変わっていない。")
    for status in sorted(problems):
        responses[status, MEDIA_TYPE] = OpenApiResponse(ProblemData, description=ERRORS[status])
    headers = [RETRY_AFTER] if body else [IF_NONE_MATCH, ETAG, RETRY_AFTER]
    return extend_schema(
        operation_id=operation_id,
        tags=[tag],
        summary=summary,
        description=description,
        parameters=[*([query] if query else []), *ids, *headers],
        request=body,
        responses=responses,
    )


def titles_of_problems() -> list[tuple[int, str, str, str]]:
    """(status, name, title, when) of each kind of error, for the page that explains them."""
    return [(status, name, title, ERRORS.get(status, title)) for status, (name, title) in KINDS.items()]


class CodeFieldSchema(OpenApiSerializerFieldExtension):
    """The codes that are allowed are those of the Release."""

    target_class = "api.parameters.CodeField"

    def map_serializer_field(self, auto_schema: object, direction: object) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.target.allowed())}


class ListedFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "api.parameters.ListedField"

    def map_serializer_field(self, auto_schema: object, direction: object) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "items": {"type": "string", "enum": list(self.target.names)}}


class MomentFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "api.parameters.MomentField"

    def map_serializer_field(self, auto_schema: object, direction: object) -> dict[str, Any]:
        return {"type": "string", "pattern": MOMENT}
