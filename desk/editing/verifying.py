"""確認しました: somebody compared an entry with a source today. One click, from the entry's page or from a list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from catalog.hours.wording import timetable_words
from catalog.models import Source, Support
from desk.accounts.signed_in import staff
from desk.editing.verifying_form import VerifyForm
from desk.editing.week import stored_timetable
from desk.history.locking import VERSION_FIELD, EditConflict, locked_for_edit, seen_version
from desk.models import Verification
from desk.site import desk

LATEST = 5  # verifications shown


def verify(request: HttpRequest, pk: int) -> HttpResponse:
    support = get_object_or_404(Support.objects.prefetch_related("sources", "contacts__hours"), pk=pk)
    if not request.user.has_perm("catalog.change_support"):
        raise PermissionDenied
    form = VerifyForm(support, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _verified(request, support, form.seen())
    return TemplateResponse(request, "desk/verifying/verify.html", {**_context(request, support), "form": form})


def _verified(request: HttpRequest, support: Support, source: Source) -> HttpResponse:
    """The page vouches from today for what it shows."""
    name = source.url or source.title
    try:
        with locked_for_edit(support, seen=seen_version(request), reason=f"確認した：{name}") as fresh:
            source.seen_on = timezone.localdate().isoformat()
            source.save()
            Verification.objects.create(support=fresh, source_seen=name, verified_by=staff(request))
    except EditConflict:
        messages.warning(
            request,
            "開いているあいだに、ほかの人がこの内容を変えました。まだ記録していません。もう一度見くらべてください。",
        )
        return HttpResponseRedirect(request.get_full_path())
    messages.success(request, f"「{support}」を、きょう確認したと記録しました。")
    return HttpResponseRedirect(_back(request) or reverse("admin:catalog_support_change", args=[support.pk]))


def _back(request: HttpRequest) -> str:
    """Where the person came from, if it is a page of ours."""
    back = request.POST.get("next") or request.GET.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else ""


def _context(request: HttpRequest, support: Support) -> dict[str, Any]:
    return {
        **desk.each_context(request),
        "title": "確認しました",
        "subtitle": str(support),
        "support": support,
        "contacts": [(contact, timetable_words(stored_timetable(contact))) for contact in support.contacts.all()],
        "seen_field": VERSION_FIELD,
        "next": _back(request),
        "latest": support.verifications.select_related("verified_by")[:LATEST],
    }


def urls(site: AdminSite) -> list[URLPattern]:
    return [path("verify/<int:pk>/", site.admin_view(verify), name="verify")]
