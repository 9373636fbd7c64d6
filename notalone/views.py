"""The pages around the catalogue and the conversation."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from catalog.directory.evidence import RECENT
from catalog.pages.decorators import may_be_indexed, public_url, read_only
from catalog.pages.qr import qr_file, qr_svg
from catalog.pages.sureness import sureness_of_hours, sureness_of_numbers
from catalog.release import serving
from chatbot.conversation import next_step
from chatbot.flow import flow_of
from chatbot.pages import GENERAL

from .errors import busy_page, cannot_save, error_page, is_at_the_desk

# What the banners and QR codes lead to.
BANNER_PAGES = {"home": "あなたはひとりじゃない", "under18": "18歳以下のみなさんへ"}
FILE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@may_be_indexed
@read_only
def home(request: HttpRequest) -> HttpResponse:
    now = serving.directory_now()
    first = next_step(now, flow_of(now.directory, GENERAL.flow), {})
    count = len(now.directory.available)
    return render(request, "site/home.html", {"question": first.question, "page": GENERAL, "count": count})


@may_be_indexed
@read_only
def page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"site/{name}.html")


@may_be_indexed
@read_only
def about(request: HttpRequest) -> HttpResponse:
    directory = serving.directory_now().directory
    counts = {
        "numbers": sureness_of_numbers(directory),
        "hours": sureness_of_hours(directory),
        "entries": len(directory.available),
        "since": RECENT,
    }
    return render(request, "site/about.html", counts)


@may_be_indexed
@read_only
def banners(request: HttpRequest) -> HttpResponse:
    rows = [
        {"page": page, "name": name, "url": public_url(page), "qr": qr_svg(public_url(page))}
        for page, name in BANNER_PAGES.items()
    ]
    return render(request, "site/banners.html", {"rows": rows})


@read_only
def banner_file(request: HttpRequest, page: str, kind: str) -> HttpResponse:
    """A QR code as a file (home.svg, home.png), or the banner that other sites may link with (home-banner.svg)."""
    name, _, banner = page.partition("-")
    if name not in BANNER_PAGES or kind not in FILE_TYPES or banner not in ("", "banner") or (banner and kind != "svg"):
        raise Http404
    if banner:
        content = render_to_string(
            "site/banner.svg", {"name": BANNER_PAGES[name], "is_under18": name == "under18"}
        ).encode()
    else:
        content = qr_file(public_url(name), kind)
    response = HttpResponse(content, content_type=FILE_TYPES[kind])
    response["Content-Disposition"] = f'inline; filename="{Path(page).name}.{kind}"'
    response["Cache-Control"] = "public, max-age=86400"
    return response


@read_only
def leave(request: HttpRequest) -> HttpResponse:
    """すぐに閉じる: forget what this site left in the browser, and show an unremarkable page."""
    response = HttpResponseRedirect(settings.EXIT_URL)
    response.status_code = 303
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Links that carry answers are nobody's business but the two who share them, and a form is nothing to find. The desk is not
    named: that would tell where it is."""
    rules = ["User-agent: *", "Disallow: /r/", "Disallow: /under18/r/", "Disallow: /exit/"]
    rules += ["Disallow: /list/*/report/", "Disallow: /under18/report/"]
    return HttpResponse("\n".join([*rules, "", f"Sitemap: {public_url('sitemap')}", ""]), content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """No public page sends a token, so this is somebody of the staff."""
    return render(request, "desk/accounts/expired.html", status=403)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "desk/accounts/not_allowed.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django asks for this page while it handles the error."""
    if is_at_the_desk(request) and cannot_save(sys.exception()):
        return busy_page(request)
    return error_page(request, 500)
