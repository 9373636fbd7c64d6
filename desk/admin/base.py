"""What all content at the desk shares: two people at one entry, a history, archiving instead of deleting.

For an admin built on this one: every save of an entry with its rows is one edit and moves `version` by one. Rows that are saved
outside Django's formsets are announced by overriding `anything_changed`. A change form that is posted by hand needs the hidden field
VERSION_FIELD with the entry's version, or it is answered as if somebody else had been faster.
"""

from __future__ import annotations

from copy import copy
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path

from catalog.models.base import Versioned
from desk.editing.forms import ContentForm
from desk.history import pages
from desk.history.conflicts import fill_in
from desk.history.edits import one_edit
from desk.history.locking import lock_version, seen_version
from desk.history.outside_changes import record_outside_changes

from .publication import PublicationFilter, archive, back_to_draft


class ContentAdmin(admin.ModelAdmin[Any]):
    """For a model that is Versioned."""

    form = ContentForm

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Archived entries are out of the way unless asked for."""
        filters = super().get_list_filter(request)
        return [PublicationFilter, *filters] if _is_published(self.model) else filters

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if _is_published(self.model) and self.has_change_permission(request):
            for name, action in (("archive", archive), ("back_to_draft", back_to_draft)):
                actions[name] = (action, name, getattr(action, "short_description"))  # noqa: B009 (set by @admin.action)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Content is archived, never deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """What is under an entry's history, in front of Django's own (which answers to everything)."""
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        version = "<path:object_id>/history/<int:number>/"
        view = self.admin_site.admin_view
        return [
            path(version, view(self.version_view), name=f"{info}_version"),
            path(f"{version}restore/", view(self.restore_view), name=f"{info}_restore"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return pages.history_page(self, request, object_id)

    def version_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        return pages.version_page(self, request, object_id, number)

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        return pages.restore_page(self, request, object_id, number)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method == "POST":
            request.POST = _plain_line_ends(request.POST)  # type: ignore[assignment]
        with one_edit(), transaction.atomic():
            saving = request.method == "POST" and object_id is not None
            if saving and not lock_version(self.model, unquote(cast(str, object_id)), seen_version(request)):
                return self.conflict_view(request, cast(str, object_id), form_url, extra_context)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Versioned, form: ModelForm[Any], change: bool) -> None:
        if change and form.has_changed():
            self._count_edit(obj)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm[Any], formsets: list[BaseFormSet[Any]], change: bool
    ) -> None:
        if change and not form.has_changed() and self.anything_changed(request, form, formsets):
            self._count_edit(form.instance)
            form.instance.save()
        super().save_related(request, form, formsets, change)

    def anything_changed(self, request: HttpRequest, form: ModelForm[Any], formsets: list[BaseFormSet[Any]]) -> bool:
        """Whether the rows of the entry are to be saved."""
        return any(formset.has_changed() for formset in formsets)

    def _count_edit(self, entry: Versioned) -> None:
        """One edit further. Nothing of it is written yet, so that the state it starts from can be kept."""
        record_outside_changes(entry)
        entry.version += 1

    def conflict_view(
        self, request: HttpRequest, object_id: str, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Somebody else was faster: the form anew, with what was typed, and what happened meanwhile beside it."""
        reading = copy(request)
        reading.method = "GET"
        response: Any = super().changeform_view(reading, object_id, form_url, extra_context)
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            return cast(HttpResponse, response)
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        response.context_data["conflict"] = fill_in(response, request.POST, entry, seen_version(request))
        return cast(HttpResponse, response)


def _plain_line_ends(posted: QueryDict) -> QueryDict:
    """Browsers end lines with CR LF: an untouched text would look changed, and get into the fixtures that way."""
    plain = posted.copy()
    for name, values in plain.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return plain


def _is_published(model: type[Model]) -> bool:
    return any(field.name == "publication" for field in model._meta.fields)


class RowsInline(admin.StackedInline[Any, Any]):
    """Rows that belong to an entry and are edited with it (contacts, hours, sources). Taking one away is an edit of the entry, and
    stays in its history: everybody who may change rows may do it."""

    form = ContentForm
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)
