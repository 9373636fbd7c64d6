"""公開する: what would change, what stops it, and the buttons of those who may."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from catalog.directory.loading import from_payload
from catalog.hours.moments import ordinary_afternoon
from catalog.models import CurrentRelease, Release
from catalog.release import serving
from catalog.release.checks import check
from catalog.release.diff import Changes, needs_second_person
from catalog.release.payload import Draft, draft
from catalog.release.problem import Problem
from catalog.release.publishing import CannotPublish, ContentChanged, NeedsSecondPerson, changes_since, is_public
from catalog.release.upgrades import CannotLoad, payload_of
from chatbot.survey import survey
from desk.accounts.signed_in import staff
from desk.models import PublishRequest
from desk.site import desk
from desk.walk_lock import refuse_while_walking

from . import requests
from .concerns import named
from .editors import editors_since
from .moved_endings import Moves, moves
from .rights import ASK, LOOK, PUBLISH, for_any_of

ENTRIES_A_PAGE = 50


@require_safe
@for_any_of(LOOK, ASK, PUBLISH)
def publish_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, stopped_by: list[Problem] | None = None, note: str = "") -> HttpResponse:
    current, content = current_release(), draft()
    changes = changes_since(current, content.payload)
    weighty = current is not None and needs_second_person(changes)
    waiting = requests.waiting(content, staff(request))
    may_publish, may_ask = request.user.has_perm(PUBLISH), request.user.has_perm(ASK)
    directly = bool(changes) and may_publish and (not weighty or settings.ONE_CURATOR)
    asked_already = any(each.fits for each in waiting)
    context = {
        **desk.each_context(request),
        "title": "公開する",
        "current": current,
        "content": content,
        "waiting": waiting,
        "waiting_to_restore": requests.waiting_to_restore(current, staff(request)),
        "needs_second_person": weighty,
        "may_publish": may_publish,
        "single_handed": weighty and directly,
        "offer_publishing": directly,
        "offer_asking": bool(changes) and (may_ask or may_publish) and not directly and not asked_already,
        "stopped_by": stopped_by,
        "note": note,
        "concerns": named(content.payload, changes, timezone.localdate()),
        "page_address": reverse("admin:publish"),  # this page may be the answer to a post
        **shown_changes(request, changes, since=current),
    }
    return TemplateResponse(
        request, "desk/publishing/publish.html", context, status=422 if stopped_by is not None else 200
    )


def shown_changes(request: HttpRequest, changes: Changes, *, since: Release | None = None) -> dict[str, Any]:
    """What templates/desk/publishing/_changes.html shows: addresses and guarded entries whole, entries a page at a time."""
    editors = editors_since(since.published_at) if since else {}
    weighty_first = sorted(changes.entries, key=lambda entry: not entry.guards)
    page = Paginator(weighty_first, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "changes": changes,
        "entries": page,
        "entries_with_editors": [(entry, editors.get((entry.part, entry.key), ())) for entry in page],
    }


def current_release() -> Release | None:
    pointer = CurrentRelease.objects.select_related("release").first()
    return pointer.release if pointer else None


@require_POST
@for_any_of(PUBLISH)
def publish_now(request: HttpRequest) -> HttpResponse:
    note = request.POST.get("note", "").strip()
    try:
        release = requests.publish_directly(staff(request), sha256=_seen(request), note=note)
    except CannotPublish as error:
        return _page(request, stopped_by=error.problems, note=note)
    except (ContentChanged, NeedsSecondPerson) as error:
        messages.error(request, str(error))
        return redirect("admin:publish")
    return _published(request, release)


@require_POST
@for_any_of(ASK, PUBLISH)
def ask(request: HttpRequest) -> HttpResponse:
    try:
        requests.ask(staff(request), sha256=_seen(request), note=request.POST.get("note", "").strip())
    except ContentChanged:
        messages.error(
            request, "この画面を開いたあとに、内容が変わりました。変わったところを見てから、もう一度たのんでください。"
        )
    except requests.AlreadyAsked:
        messages.info(request, "この内容の公開は、もうたのまれています。承認を待っています。")
    else:
        messages.success(request, "公開をたのみました。承認できる人がこの画面を見て、公開します。")
    return redirect("admin:publish")


@require_POST
@for_any_of(PUBLISH)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    rows = PublishRequest.objects.select_related("requested_by", "release", "restores", "instead_of")
    asked = get_object_or_404(rows, pk=pk)
    if asked.requested_by_id == staff(request).pk:
        raise PermissionDenied
    if asked.release:
        return _published(request, asked.release)
    try:
        release = requests.approve(asked, staff(request))
    except CannotPublish as error:
        return _page(request, stopped_by=error.problems)
    except ContentChanged:
        messages.error(
            request, "この申しこみのあとに内容が変わったため、承認できません。もう一度たのんでもらってください。"
        )
    except (CannotLoad, NeedsSecondPerson) as error:
        messages.error(request, str(error))
    except requests.NoLongerOpen:
        messages.info(request, "この申しこみは、もう終わっています（取り下げられたか、公開されました）。")
    else:
        return _published(request, release)
    return redirect("admin:publish")


@require_POST
@for_any_of(ASK, PUBLISH)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """For the one who asked; those who may publish can tidy up what is out of date."""
    asked = get_object_or_404(PublishRequest, pk=pk)
    if asked.requested_by_id != staff(request).pk and not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    try:
        requests.withdraw(asked)
    except requests.NoLongerOpen:
        messages.info(request, "この申しこみは、もう終わっています（取り下げられたか、公開されました）。")
    else:
        messages.success(request, "申しこみを取り下げました。")
    return redirect("admin:publish")


def _seen(request: HttpRequest) -> str:
    """The fingerprint of what the page showed; without one, nothing was seen."""
    return request.POST.get("sha256") or "-"


def _published(request: HttpRequest, release: Release) -> HttpResponse:
    serving.refresh()  # this worker at once; the others notice within a second
    messages.success(request, f"{release} を公開しています。")
    return redirect("admin:release", number=release.number)


@require_GET
@for_any_of(LOOK, ASK, PUBLISH)
@refuse_while_walking(desk)
def problems(request: HttpRequest) -> HttpResponse:
    """What stops publishing. Walks the flows the first time: some seconds."""
    return _slow_part(request, "desk/publishing/_problems.html", "公開を止めているもの", {"problems": check(draft())})


@require_GET
@for_any_of(LOOK, ASK, PUBLISH)
@refuse_while_walking(desk)
def paths(request: HttpRequest) -> HttpResponse:
    """Which paths through the flows end differently. Walks the flows of both the first time."""
    current = current_release()
    found: Moves | None = None
    unclear = False
    if current:
        try:
            found = _moves(current, draft())
        except (
            CannotLoad,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ):  # a draft or an old Release that cannot be walked
            unclear = True
    context = {"current": current, "moves": found, "unclear": unclear}
    return _slow_part(request, "desk/publishing/_paths.html", "質問の流れで変わること", context)


def _moves(current: Release, content: Draft) -> Moves | None:
    """None where nothing is to be published."""
    if is_public(content, current):
        return None
    at = ordinary_afternoon(timezone.localdate())
    before = survey(from_payload(payload_of(current), number=current.number), fingerprint=current.sha256, at=at)
    after = survey(from_payload(content.payload, number=0), fingerprint=content.sha256, at=at)
    return moves(payload_of(current), content.payload, before, after)


def _slow_part(request: HttpRequest, part: str, title: str, context: dict[str, Any]) -> HttpResponse:
    """A part that the page fetches afterwards; without a script, a page of its own."""
    if request.headers.get("HX-Request"):
        return TemplateResponse(request, part, context)
    around = {**desk.each_context(request), "title": title, "part": part}
    return TemplateResponse(request, "desk/publishing/part.html", {**around, **context})
