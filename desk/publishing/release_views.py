"""公開版: the list, one, any two compared, and going back to an older one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from catalog.directory.rows import empty_payload
from catalog.models import Release
from catalog.release import publishing, serving
from catalog.release.diff import compare, needs_second_person
from catalog.release.publishing import ContentChanged, NeedsSecondPerson
from catalog.release.upgrades import CannotLoad, payload_of
from desk.accounts.signed_in import staff
from desk.site import desk

from . import requests
from .audit_log import latest_records, record
from .rights import ASK, LOOK, PUBLISH, for_any_of
from .views import current_release, shown_changes

RELEASES_A_PAGE = 50
CHANGED = "この画面を開いたあとに、公開版が変わりました。もう一度見てから、もどしてください。"


@require_safe
@for_any_of(LOOK, ASK, PUBLISH)
def release_list(request: HttpRequest) -> HttpResponse:
    releases = Release.objects.defer("payload")
    context = {
        **desk.each_context(request),
        "title": "公開版",
        "releases": Paginator(releases, RELEASES_A_PAGE).get_page(request.GET.get("page")),
        "current": current_release(),
        "records": latest_records(),
    }
    return TemplateResponse(request, "desk/publishing/releases.html", context)


@require_safe
@for_any_of(LOOK, ASK, PUBLISH)
def release_page(request: HttpRequest, number: int) -> HttpResponse:
    """One Release, and what it changed against the one before."""
    release = get_object_or_404(Release, number=number)
    before = Release.objects.filter(number__lt=number).first()
    current = current_release()
    context = {
        **desk.each_context(request),
        "title": str(release),
        "release": release,
        "before": before,
        "is_current": release == current,
        "may_publish": request.user.has_perm(PUBLISH),
        **_compared(request, before, release),
    }
    return TemplateResponse(request, "desk/publishing/release.html", context)


@require_safe
@for_any_of(LOOK, ASK, PUBLISH)
def compare_two(request: HttpRequest) -> HttpResponse:
    """?old=3&new=5"""
    old, new = _named(request.GET.get("old", "")), _named(request.GET.get("new", ""))
    if old is None or new is None:
        messages.error(request, "比べる公開版を、「前」と「後」で1つずつ選んでください。")
        return redirect("admin:releases")
    context = {
        **desk.each_context(request),
        "title": f"{old} と {new} を比べる",
        "old": old,
        "new": new,
        **_compared(request, old, new),
    }
    return TemplateResponse(request, "desk/publishing/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_any_of(PUBLISH)
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Shows what going back would change, then does it, or asks a second person where it needs one."""
    release, current = get_object_or_404(Release, number=number), current_release()
    if current is None or release == current:
        messages.info(request, f"{release} は、もう公開されています。")
        return redirect("admin:release", number=number)
    if request.method == "POST":
        return _restore(request, release)
    waiting = [
        each for each in requests.waiting_to_restore(current, staff(request)) if each.request.restores == release
    ]
    compared = _compared(request, current, release)
    weighty = "changes" in compared and needs_second_person(compared["changes"])
    context = {
        **desk.each_context(request),
        "title": f"{release} にもどす",
        "release": release,
        "current": current,
        "refused": _why_not(release),
        "may_publish": True,
        "needs_second_person": weighty,
        "single_handed": settings.ONE_CURATOR,
        "asks": weighty and not settings.ONE_CURATOR,
        "waiting": waiting,
        "asked_already": any(each.fits for each in waiting),
        **compared,
    }
    return TemplateResponse(request, "desk/publishing/restore.html", context)


def _restore(request: HttpRequest, release: Release) -> HttpResponse:
    instead_of, user = _named(request.POST.get("current", "")), staff(request)
    try:
        with transaction.atomic():
            alone = publishing.restore(release, by=user.get_username(), instead_of=instead_of)
            record(user, release, f"{instead_of}から、{release}に{'1人で' if alone else ''}もどしました。")
    except NeedsSecondPerson:
        return _ask(request, release, instead_of)
    except ContentChanged:
        messages.error(request, CHANGED)
        return redirect("admin:release-restore", number=release.number)
    except CannotLoad as error:
        messages.error(request, str(error))
        return redirect("admin:release", number=release.number)
    serving.refresh()  # this worker at once; the others notice within a second
    messages.success(request, f"{release} にもどしました。")
    return redirect("admin:release", number=release.number)


def _ask(request: HttpRequest, release: Release, instead_of: Release | None) -> HttpResponse:
    note = request.POST.get("note", "").strip()
    try:
        requests.ask_to_restore(staff(request), release, instead_of=instead_of, note=note)
    except ContentChanged:
        messages.error(request, CHANGED)
    except requests.AlreadyAsked:
        messages.info(request, "この版にもどすことは、もうたのまれています。承認を待っています。")
    else:
        messages.success(request, f"{release} にもどすことをたのみました。承認できるほかの人が見て、もどします。")
    return redirect("admin:release-restore", number=release.number)


def _compared(request: HttpRequest, old: Release | None, new: Release) -> dict[str, Any]:
    """What differs between two Releases, for _changes.html; why nobody can say, where one of them cannot be read."""
    try:
        before = payload_of(old) if old else empty_payload()
        return shown_changes(request, compare(before, payload_of(new)))
    except CannotLoad as error:
        return {"unreadable": str(error)}


def _named(number: str) -> Release | None:
    """The Release of a number that came with a form."""
    plain = number.isascii() and number.isdigit() and len(number) < 10
    return Release.objects.filter(number=int(number)).first() if plain else None


def _why_not(release: Release) -> str:
    """What a curator is told where this code cannot show the Release any more."""
    try:
        publishing.load(release)
    except CannotLoad as error:
        return str(error)
    return ""
