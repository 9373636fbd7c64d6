"""The pages of an entry's history. Each is a view of a ContentAdmin, so that its permissions hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from catalog.comparison.changes import RowChange

from .describing import StateDescriber
from .locking import EditConflict, seen_version
from .restoring import CannotRestore, restore
from .states import PastEdit, past_edits, same_state, state_now

A_PAGE = 30  # edits
NOW = "now"


@dataclass(frozen=True)
class Line:
    edit: PastEdit
    changes: tuple[RowChange, ...]


def history_page(admin: ModelAdmin[Any], request: HttpRequest, object_id: str) -> HttpResponse:
    entry = _entry(admin, request, object_id)
    edits = past_edits(entry)
    page = Paginator(list(reversed(edits)), A_PAGE).get_page(request.GET.get("p"))
    describer = StateDescriber(entry)
    lines = [Line(edit, describer.changes(edit.before, edit.after)) for edit in page]
    return _page(admin, request, entry, "history", title="これまでの変更", lines=lines, shown=page, last=len(edits))


def version_page(admin: ModelAdmin[Any], request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """One version whole, what differs from another one (?with=), and the button that brings it back."""
    entry = _entry(admin, request, object_id)
    edits = past_edits(entry)
    edit = _numbered(edits, number)
    now = state_now(entry)
    other = request.GET.get("with", NOW)
    if other != NOW and not other.isdecimal():
        raise Http404
    beside = now if other == NOW else _numbered(edits, int(other)).after
    describer = StateDescriber(entry)
    return _page(
        admin,
        request,
        entry,
        "version",
        title=f"{number}番の版",
        edit=edit,
        edits=list(reversed(edits)),
        other=other,
        differences=describer.changes(beside, edit.after),
        undoes=describer.changes(now, edit.after),
        whole=describer.changes({}, edit.after),
        may_restore=admin.has_change_permission(request, entry),
    )


def restore_page(admin: ModelAdmin[Any], request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """GET asks, POST does it."""
    entry = _entry(admin, request, object_id)
    if not admin.has_change_permission(request, entry):
        raise PermissionDenied
    edits = past_edits(entry)
    edit = _numbered(edits, number)
    if request.method == "POST":
        return _restored(admin, request, entry, edit)
    now = state_now(entry)
    undoes = StateDescriber(entry).changes(now, edit.after)
    return _page(admin, request, entry, "restore", title=f"{number}番の版にもどしますか", edit=edit, undoes=undoes)


def _restored(admin: ModelAdmin[Any], request: HttpRequest, entry: Any, edit: PastEdit) -> HttpResponse:
    if same_state(state_now(entry), edit.after):
        messages.info(request, "いまの内容と同じです。何も変えていません。")
        return HttpResponseRedirect(_url(admin, "history", entry.pk))
    moment = date_format(timezone.localtime(edit.moment), "Y年n月j日 H:i")
    try:
        restore(
            entry,
            edit.after,
            seen=seen_version(request),
            reason=f"{edit.number}番の版（{moment}）にもどした",
        )
    except EditConflict:
        messages.warning(
            request,
            "開いているあいだに、ほかの人がこの内容を変えました。まだもどしていません。違いをもう一度見てください。",
        )
        return HttpResponseRedirect(request.path)
    except CannotRestore as error:
        messages.error(request, f"もどせませんでした。何も変えていません。{error}")
        return HttpResponseRedirect(request.path)
    messages.success(request, f"{edit.number}番の版にもどしました。もどす前の内容も、これまでの変更に残っています。")
    return HttpResponseRedirect(_url(admin, "history", entry.pk))


def _entry(admin: ModelAdmin[Any], request: HttpRequest, object_id: str) -> Any:
    entry = admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    if not admin.has_view_or_change_permission(request, entry):
        raise PermissionDenied
    return entry


def _numbered(edits: list[PastEdit], number: int) -> PastEdit:
    """A version to look at: one in which the entry was there."""
    if not 1 <= number <= len(edits) or not edits[number - 1].after:
        raise Http404
    return edits[number - 1]


def _url(admin: ModelAdmin[Any], page: str, pk: object) -> str:
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_{page}", args=[pk])


def _page(admin: ModelAdmin[Any], request: HttpRequest, entry: Any, page: str, **context: Any) -> HttpResponse:
    request.current_app = admin.admin_site.name
    return TemplateResponse(
        request,
        f"desk/history/{page}.html",
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "original": entry,
            "subtitle": str(entry),
            "change_url": _url(admin, "change", entry.pk),
            "history_url": _url(admin, "history", entry.pk),
            **context,
        },
    )
