"""Errors in one shape: RFC 9457 problem details, in Japanese, naming the parameter and what is allowed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from traceback import format_tb
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from catalog.pages.decorators import public_url
from catalog.release.serving import NothingPublished

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
# By status: the name of the problem's type, and its title.
KINDS = {
    400: ("invalid", "リクエストに正しくないところがあります"),
    404: ("not-found", "そのアドレスには何もありません"),
    405: ("method-not-allowed", "このアドレスでは使えないメソッドです"),
    406: ("not-acceptable", "その形式では返せません"),
    411: ("length-required", "本文の長さがわかりません"),
    412: ("precondition-failed", "リクエストの条件に合いません"),
    413: ("too-large", "リクエストが大きすぎます"),
    415: ("unsupported-media-type", "その形式では受けとれません"),
    429: ("too-many-requests", "リクエストが多すぎます"),
    500: ("server-error", "サーバーで問題が起きました"),
    503: ("nothing-published", "いま返せる公開版がありません"),
}
DETAILS = {
    400: "リクエストを読めませんでした。",
    404: "アドレスか、その中のIDを確かめてください。",
    411: "本文は、分けて送らず（chunked にせず）、Content-Length ヘッダーに長さを書いて送ってください。",
    412: "ここにあるのは読むだけのものです。条件をつけずに、もう一度取りにきてください。",
    413: "本文を小さくしてください。",
    500: "少し待ってから、もう一度試してください。",
    503: "少し待ってから、もう一度試してください。",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong. `where` is "query", "path" or "body"; `allowed` is None where a list would not help."""

    where: str
    parameter: str
    detail: str
    allowed: tuple[str, ...] | None = None


class Invalid(exceptions.APIException):
    """400, naming every parameter that is wrong."""

    status_code = 400

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("".join(mistake.detail for mistake in mistakes))
        self.mistakes = tuple(mistakes)


class NoSuchPage(Invalid):
    """404, naming how far the list goes."""

    status_code = 404


def problem(status: int, *, detail: str = "", mistakes: Sequence[Mistake] = ()) -> dict[str, Any]:
    """The body of an error. Its type is an address at which the error is explained."""
    name, title = KINDS.get(status, KINDS[400 if status < 500 else 500])
    body: dict[str, Any] = {
        "type": f"{public_url('open-data')}#problem-{name}",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
    }
    if mistakes:
        body["errors"] = [_told(mistake) for mistake in mistakes]
    return body


def _told(mistake: Mistake) -> dict[str, Any]:
    return {name: value for name, value in asdict(mistake).items() if value is not None}


def problem_response(status: int) -> JsonResponse:
    """For what goes wrong before a view is reached."""
    return JsonResponse(
        problem(status), status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler. Failures are logged by type and place, never with what was asked."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, NothingPublished):
        return _response(503)
    elif isinstance(error, SuspiciousOperation):  # too many fields, an odd body
        return _response(400)
    if not isinstance(error, exceptions.APIException):
        # Where and what, but not in the error's own words: they may repeat what was asked.
        log.error("The API failed: %s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
        return _response(500)
    response = _response(error.status_code, _words(error), getattr(error, "mistakes", ()))
    wait = getattr(error, "wait", None)  # of Throttled, in seconds
    if wait is not None:
        response["Retry-After"] = str(ceil(wait))
    return response


def _response(status: int, detail: str = "", mistakes: Sequence[Mistake] = ()) -> Response:
    response = Response(problem(status, detail=detail, mistakes=mistakes), status=status)
    response.content_type = MEDIA_TYPE
    return response


def _words(error: exceptions.APIException) -> str:
    """DRF's own words are for developers of the API, ours for its users."""
    if isinstance(error, Invalid):
        return str(error.detail)
    if isinstance(error, exceptions.ParseError):
        return "本文をJSONとして読めませんでした。"
    if isinstance(error, exceptions.MethodNotAllowed):
        return "使えるメソッドは Allow ヘッダーにあります。"
    if isinstance(error, exceptions.NotAcceptable):
        return "JSONで返します。Accept ヘッダーに application/json を入れてください。"
    if isinstance(error, exceptions.UnsupportedMediaType):
        return "本文はJSONで、Content-Type: application/json をつけて送ってください。"
    if isinstance(error, exceptions.Throttled):
        return "少し待ってから、もう一度試してください。待つ秒数は Retry-After ヘッダーにあります。"
    return ""
