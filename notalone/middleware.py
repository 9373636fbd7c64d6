"""Middleware: privacy headers, health checks, kind error pages, and where the desk and its cookies are."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from catalog.pages.decorators import NOT_INDEXED

from . import health
from .bodies import most_bytes
from .errors import error_page, is_at_the_desk

GetResponse = Callable[[HttpRequest], HttpResponse]

# Nothing on these pages needs any of these.
NO_DEVICES = ", ".join(
    f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)
# What other sites may show or fetch: banners, and what is for programs (settings.CORS_URLS_REGEX).
FOR_OTHER_SITES = re.compile(r"/(api|open-data|banners)/")
HEALTH_CHECKS = {"/health/": health.health, "/health/details/": health.details}
# Our pages are in UTF-8, and browsers answer a form in the encoding of its page. Python knows "encodings" (zip, rot13) that are none.
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
FORM_ENCODINGS = {"", "utf-8", "utf8", "us-ascii"}


def answer_health_checks(get_response: GetResponse) -> GetResponse:
    """Before the host is checked and http led to https: load balancers ask by IP address and without a proxy's headers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        check = HEALTH_CHECKS.get(request.path_info)
        if check is None:
            return get_response(request)
        response = check(request)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def privacy_headers(get_response: GetResponse) -> GetResponse:
    """No device access; and no page is kept by a browser or a proxy, or shown by a search engine, unless it says itself that it
    may be. The desk needs no rule of its own, which would tell where it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", NO_DEVICES)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("X-Robots-Tag", NOT_INDEXED)
        whose = "cross-origin" if FOR_OTHER_SITES.match(request.path_info) else "same-origin"
        response.setdefault("Cross-Origin-Resource-Policy", whose)
        return response

    return middleware


def friendly_errors(get_response: GetResponse) -> GetResponse:
    """A wrong method, an unknown encoding, or a length that is missing, no number or far too much, gets a page with a way on, as
    400, 404 and 500 do (see notalone.views)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not re.fullmatch(r"\d{1,15}", length, re.ASCII):
            return error_page(request, 400)  # Django would stumble over it
        if int(length) > most_bytes(request.path_info):
            return error_page(request, 413)  # Django counts a form with parts only while it reads it
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return error_page(request, 411)  # Django would read nothing of it
        encoding = (request.content_params or {}).get("charset", "")
        if request.content_type in FORM_TYPES and encoding.lower() not in FORM_ENCODINGS:
            return error_page(request, 400)
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            page = error_page(request, 405)
            page["Allow"] = response["Allow"]
            return page
        return response

    return middleware


def keep_post_on_redirect(get_response: GetResponse) -> GetResponse:
    """A post to an address without its slash is led on as a post. After a 301 it would arrive as a GET, without what it holds."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 301 and request.method == "POST":
            response.status_code = 308
        return response

    return middleware


def drop_cookies_outside_desk(get_response: GetResponse) -> GetResponse:
    """Everywhere else no cookie is read, should one come along: a session would be looked for in the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_at_the_desk(request):
            request.COOKIES = {}
        return get_response(request)

    return middleware


def desk_on_its_host(get_response: GetResponse) -> GetResponse:
    """Where the desk has a host of its own, it is not to be found on any other."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.DESK_HOST and f"{request.path_info}/".startswith(f"/{settings.DESK_PATH}"):
            host, _ = split_domain_port(request.get_host())
            if host != split_domain_port(settings.DESK_HOST)[0]:
                return error_page(request, 404)
        return get_response(request)

    return middleware
