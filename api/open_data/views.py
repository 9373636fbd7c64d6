"""オープンデータ・API: for a municipal officer and a developer alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from api import licence, openapi
from api.parameters import Asked, read_query
from api.schema import titles_of_problems
from api.views import ReleaseView
from catalog.pages.decorators import may_be_indexed, public_url, read_only
from catalog.pages.imprint import imprint
from catalog.release import serving

from . import dictionary, files
from .conversation_example import three_steps
from .reference import reference

PER = {"sec": "1秒", "min": "1分", "hour": "1時間", "day": "1日"}


@may_be_indexed
@read_only
def page(request: HttpRequest) -> HttpResponse:
    directory, made = serving.current(), files.current()
    date = imprint().date_words
    return render(
        request,
        "api/open_data.html",
        {
            "available": len(directory.available),
            "number": directory.number,
            "date": date,
            "archive": made[files.ARCHIVE],
            "files": [file for name, file in made.items() if name not in {files.ARCHIVE, files.CLIENT}],
            "opening": files.OPENING,
            "licence": licence.LICENCE,
            "terms": licence.paragraphs(),
            "requests": licence.REQUESTS,
            "credit": licence.credit(public_url("home"), directory.number, date),
            "documents": [
                {
                    "title": document.title,
                    "base": f"{settings.SITE_URL}/{document.prefix}",
                    "openapi": public_url(f"api:{key}-openapi"),
                    "address": reverse(f"open-data-api-{key}"),
                }
                for key, document in openapi.DOCUMENTS.items()
            ],
            "release_address": public_url("api:current-release"),
            "rate": rate_words(),
            "problems": titles_of_problems(),
            "steps": three_steps(directory),
            "client": made[files.CLIENT],
            "client_code": made[files.CLIENT].content.decode(),
            "server": settings.SITE_URL,
        },
    )


@read_only
def entrance(request: HttpRequest) -> HttpResponse:
    """From /api/, where people look first."""
    return redirect("open-data")


@may_be_indexed
@read_only
def data_dictionary(request: HttpRequest) -> HttpResponse:
    return render(request, "api/dictionary.html", {"files": dictionary.files()})


@may_be_indexed
@read_only
def api_reference(request: HttpRequest, of: str) -> HttpResponse:
    """The documentation of one of the OpenAPI documents."""
    documents = [
        {"address": reverse(f"open-data-api-{key}"), "title": document.title, "is_here": key == of}
        for key, document in openapi.DOCUMENTS.items()
    ]
    return render(
        request,
        "api/reference.html",
        {
            "reference": reference(of),
            "documents": documents,
            "openapi": reverse(f"api:{of}-openapi"),
        },
    )


def rate_words() -> str:
    """1分に300回."""
    count, _, period = settings.API_RATE.partition("/")
    return f"{PER[period]}に{count}回"


class _Anything(BaseContentNegotiation):
    """A file is what it is, whatever a program accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Download(ReleaseView):
    """One of the files."""

    schema = None
    content_negotiation_class = _Anything
    of = ""  # its name

    def get(self, request: Request) -> HttpResponse:
        read_query(request, Asked)
        file = files.current()[self.of]
        response = HttpResponse(file.content, content_type=file.content_type)
        name = f"notalone-r{serving.current().number}-{file.name}" if file.name != files.CLIENT else file.name
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["ETag"] = file.etag
        return response
