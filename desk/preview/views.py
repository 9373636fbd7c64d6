"""下書きを見る: a page to choose from, and every public page under an address of the desk.

A previewed page is the public view itself, shown another Directory as of another moment. Its links stay within the preview
because Django's script prefix is set to the preview's own address while it is rendered.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import (
    Resolver404,
    ResolverMatch,
    get_resolver,
    get_script_prefix,
    get_urlconf,
    resolve,
    reverse,
    set_script_prefix,
    set_urlconf,
)
from django.utils import timezone
from django.utils.safestring import SafeString

from catalog.directory.directory import Directory
from catalog.hours.timetable import JAPAN
from catalog.models import Release
from catalog.pages.decorators import NOT_INDEXED
from catalog.pages.notice import on_every_page
from catalog.release import serving
from catalog.release.payload import dump
from chatbot.pages import GENERAL, UNDER18
from desk.draft.directory import CannotShow, draft, of_release, what_is_wrong

from . import moments
from .forms import AT, NOT_PREVIEWED, PAGES, PreviewForm
from .order import order

log = logging.getLogger(__name__)

RELEASES_OFFERED = 20


class PreviewViews:
    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def choose(self, request: HttpRequest) -> HttpResponse:
        """Which page, as of when; then on to it."""
        form = PreviewForm(request.GET) if request.GET else PreviewForm(initial={"when": moments.NOW})
        if form.is_bound and form.is_valid():
            return redirect(start_of(form.moment_code, form.cleaned_data["content"]) + form.cleaned_data["page"])
        now = timezone.now()
        context = {"form": form, "at": AT, "usual": moments.usual(now), "pages": PAGES, "title": "下書きを見る"}
        try:
            context["openings"] = moments.openings(draft().directory, now)
        except CannotShow as error:
            context["problems"] = error.problems
        releases = Release.objects.values_list("number", "published_at")[:RELEASES_OFFERED]
        context["releases"] = [
            (f"release-{number}", f"公開版 {number}（{moments.words(at)}）") for number, at in releases
        ]
        return render(request, "desk/preview/choose.html", {**self.site.each_context(request), **context})

    def order(self, request: HttpRequest, moment: str, page: str, codes: str) -> HttpResponse:
        """Why the results behind a link stand in their order."""
        return order(request, self.site, moment, page, codes)

    def page(self, request: HttpRequest, moment: str, path: str = "", number: int | None = None) -> HttpResponse:
        """The public page at `path`, with the draft or a past Release."""
        try:
            at = moments.read(moment, timezone.now())
        except ValueError:
            raise Http404 from None
        match = _resolve(path)
        if match and match.url_name in NOT_PREVIEWED:
            return redirect("admin:preview")
        content = "" if number is None else f"release-{number}"
        banner = _banner(content, number, moment, at, path, match)  # its links lead out of the preview
        try:
            directory = draft().directory if number is None else _release(number)
            with _standing_at(start_of(moment, content)), on_every_page(banner), serving.shown_instead(directory, at):
                response = _answer(match, request)
        except CannotShow as error:
            return self._trouble(request, error, number)
        except Http404:
            raise
        except Exception:  # a draft may be broken in any way that publishing would refuse
            log.exception("A preview could not be shown")
            return self._trouble(request, CannotShow(what_is_wrong(dump()) if number is None else []), number)
        response["X-Robots-Tag"] = NOT_INDEXED  # whatever the public view says
        return response

    def _trouble(self, request: HttpRequest, error: CannotShow, number: int | None) -> HttpResponse:
        title = (
            "この下書きは、まだ見られません" if number is None else f"公開版 {number}は、いまのしくみでは見られません"
        )
        context = {"title": title, "problems": error.problems, "is_draft": number is None}
        return render(request, "desk/preview/trouble.html", {**self.site.each_context(request), **context}, status=409)


def start_of(moment: str, content: str = "") -> str:
    """Where the previewed site begins, e.g. /desk/preview/release-3/20270101T0330/."""
    return reverse("admin:preview") + (f"{content}/" if content else "") + f"{moment}/"


def _resolve(path: str) -> ResolverMatch | None:
    try:
        return resolve(f"/{path}", urlconf=settings.PUBLIC_URLCONF)
    except Resolver404:
        return None


def _release(number: int) -> Directory:
    release = get_object_or_404(Release.objects.only("number", "sha256"), number=number)
    return of_release(number, release.sha256)


def _answer(match: ResolverMatch | None, request: HttpRequest) -> HttpResponse:
    """The public view's answer; the public site's own page for an address that leads nowhere."""
    response: HttpResponse
    try:
        if match is None:
            raise Http404
        response = match.func(request, *match.args, **match.kwargs)
    except Http404 as error:
        page_for_404: Any = get_resolver().resolve_error_handler(404)
        response = page_for_404(request, error)
    return response


@contextmanager
def _standing_at(prefix: str) -> Iterator[None]:
    """Every address that is made meanwhile is a public one, under this prefix."""
    usual_prefix, usual_urls = get_script_prefix(), get_urlconf()
    set_script_prefix(prefix)
    set_urlconf(settings.PUBLIC_URLCONF)
    try:
        yield
    finally:
        set_urlconf(usual_urls)
        set_script_prefix(usual_prefix)


def _banner(
    content: str, number: int | None, moment: str, at: datetime, path: str, match: ResolverMatch | None
) -> SafeString:
    """What the previewed page says of itself, with a form for another moment."""
    context = {
        "content": "下書き" if number is None else f"公開版 {number}",
        "content_code": content,
        "moment": ("いま " if moment == moments.NOW else "") + moments.words(at),
        "at": at.astimezone(JAPAN).strftime("%Y-%m-%dT%H:%M"),
        "page": path,
        "choose_url": reverse("admin:preview"),
        "now_url": start_of(moments.NOW, content) + path if moment != moments.NOW else "",
        "desk_url": reverse("admin:index"),
        "order_url": _order_url(moment, match) if number is None else "",
    }
    return render_to_string("desk/preview/banner.html", context)


def _order_url(moment: str, match: ResolverMatch | None) -> str:
    """Where it is said why the results behind a link stand in their order; "" for other pages."""
    page = next((page for page in (GENERAL, UNDER18) if match and match.url_name == page.shared), None)
    if match is None or page is None:
        return ""
    return reverse("admin:preview-order", args=[moment, page.flow, match.kwargs["codes"]])
