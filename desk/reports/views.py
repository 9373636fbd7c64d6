"""The queue of reports, and the buttons that close them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reports.models import CLOSED_ARE_KEPT, Outcome, Report

from ..accounts.signed_in import staff
from ..publishing.rights import View, for_any_of
from .queue import close, with_entries

LOOK, CLOSE = "reports.view_report", "reports.change_report"
REPORTS_A_PAGE = 50


def views(site: AdminSite) -> dict[str, View]:
    """By name."""

    def queue(request: HttpRequest) -> HttpResponse:
        """The open ones, the oldest first, a page at a time; below them those that were closed last."""
        page = Paginator(Report.objects.still_open(), REPORTS_A_PAGE).get_page(request.GET.get("p"))
        closed = Report.objects.closed().select_related("closed_by")[:REPORTS_A_PAGE]
        context = {
            "title": "まちがいの知らせ",
            "page": page,
            "open_ones": with_entries(page.object_list),
            "closed": with_entries(closed),
            "outcomes": list(Outcome),
            "may_close": request.user.has_perm(CLOSE),
            "kept_days": CLOSED_ARE_KEPT.days,
        }
        return TemplateResponse(request, "desk/reports/queue.html", {**site.each_context(request), **context})

    def closing(request: HttpRequest) -> HttpResponseBase:
        """`outcome`; `report`: the ticked ones, or, with `all`, `shown`: those that the page showed."""
        wish = request.POST.get("outcome", "")
        ticked = request.POST.getlist("shown" if "all" in request.POST else "report")[:REPORTS_A_PAGE]
        pks = [int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 19]
        if wish not in Outcome.values() or not pks:
            messages.warning(request, "閉じる知らせにしるしをつけてから、ボタンを押してください。")
        else:
            count = close(pks, Outcome(wish), staff(request))
            messages.success(request, f"{count}件を「{Outcome(wish).label}」として閉じました。")
        return HttpResponseRedirect(reverse("admin:reports"))

    return {
        "reports": require_safe(for_any_of(LOOK)(queue)),
        "reports-close": require_POST(for_any_of(CLOSE)(closing)),
    }
