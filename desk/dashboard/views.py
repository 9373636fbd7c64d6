"""The front page of the desk, and the parts of it that have an address of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.hours.timetable import JAPAN
from catalog.models import Support
from desk.walk_lock import refuse_while_walking

from ..accounts.invitations import already_opened, waiting
from ..accounts.signed_in import staff
from ..links.addresses import broken, unsure
from . import findings, served
from .counting import Moment, moments

View = Callable[[HttpRequest], HttpResponse]
MOST_GAPS = 8
LINKS_A_PAGE = 50
# Public holidays are not settled further ahead, and nothing that is past is of use.
FARTHEST = timedelta(days=400)


def views(site: AdminSite) -> dict[str, View]:
    """By name. All are for whoever may see the entries; the front page shows others only the list of what they may edit."""

    def front(request: HttpRequest) -> HttpResponse:
        own_invitations = {"opened_invitations": already_opened(waiting().filter(invited_by=staff(request)))}
        if not may_look(request):
            return site.index(request, own_invitations)
        now = served.current()
        return site.index(
            request,
            {
                **own_invitations,
                "dashboard": {
                    **findings.staleness(today()),
                    **findings.seasons(today()),
                    **findings.concerns_of_draft(today()),
                    **findings.links(),
                    **findings.reports(),
                    **findings.unpublished(now.since if now else None),
                    "release": now.directory.number if now else None,
                },
                "coverage": coverage_of(request, now),
            },
        )

    @refuse_while_walking(site)
    def unreached(request: HttpRequest) -> HttpResponse:
        refuse_strangers(request)
        now = served.current()
        entries = served.unreached(now, today()) if now else []
        ids = dict(Support.objects.filter(slug__in=[entry.slug for entry in entries]).values_list("slug", "pk"))
        context = {
            "title": "どの質問の流れからも届かないもの",
            "release": now.directory.number if now else None,
            "entries": [(entry, ids.get(entry.slug)) for entry in entries],
        }
        return page(request, "unreached", context)

    def coverage(request: HttpRequest) -> HttpResponse:
        refuse_strangers(request)
        return page(request, "coverage", {"title": "届く窓口の数", "coverage": coverage_of(request, served.current())})

    def links(request: HttpRequest) -> HttpResponse:
        refuse_strangers(request)
        to_look_at = Paginator((broken() | unsure()).order_by("-failures", "failing_since", "url"), LINKS_A_PAGE)
        shown = to_look_at.get_page(request.GET.get("p"))
        context = {"title": "開けないリンク", "page": shown, "links": findings.with_places(shown.object_list)}
        return page(request, "links", context)

    def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """The whole page, or the part that htmx swaps in."""
        template = f"desk/dashboard/{'_' if 'HX-Request' in request.headers else ''}{name}.html"
        return TemplateResponse(request, template, {**site.each_context(request), **context})

    found = {"index": front, "unreached": unreached, "coverage": coverage, "links": links}
    return {name: require_safe(view) for name, view in found.items()}


def may_look(request: HttpRequest) -> bool:
    return request.user.has_perm("catalog.view_support")


def refuse_strangers(request: HttpRequest) -> None:
    if not may_look(request):
        raise PermissionDenied


def today() -> date:
    return timezone.localdate(timezone=JAPAN)


def coverage_of(request: HttpRequest, now: served.Public | None) -> dict[str, Any]:
    """The table for the asked moment (?moment=night or ?at=2026-12-31T23:30; the night unless asked), and the worst gaps."""
    presets = moments(today())
    asked, problem = _asked(request, presets)
    if now is None:
        return {"moments": presets, "asked": asked, "problem": problem}
    gaps = served.gaps(now, today())
    return {
        "moments": presets,
        "asked": asked,
        "problem": problem,
        "table": served.coverage(now, asked.at),
        "gaps": gaps[:MOST_GAPS],
        "more_gaps": max(len(gaps) - MOST_GAPS, 0),
    }


def _asked(request: HttpRequest, presets: tuple[Moment, ...]) -> tuple[Moment, str]:
    """The moment to look at, and what was wrong with the wish for another."""
    night = next(moment for moment in presets if moment.key == "night")
    text = request.GET.get("at", "")
    if not text:
        return next((m for m in presets if m.key == request.GET.get("moment")), night), ""
    try:
        at = datetime.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=JAPAN)
    except ValueError:
        return night, "日付と時刻を、2026-12-31 23:30 のように入れてください。"
    if abs(at.date() - today()) > FARTHEST:
        return night, "きょうの前後1年くらいの日を入れてください。"
    return Moment("own", "選んだ時", at), ""
