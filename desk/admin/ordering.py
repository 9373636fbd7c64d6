"""上へ・下へ: the order of a list without typing numbers. Buttons of the list's own form, so no script is needed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from catalog.models.base import Publication
from desk.history.edits import one_edit
from desk.history.locking import locked_for_edit

from .base import ContentAdmin

MOVES = {"up": -1, "down": 1}


class OrderedAdmin(ContentAdmin):
    """For a model with `position`. Its neighbours have the same values of `order_within`."""

    order_within: tuple[str, ...] = ()
    sortable_by = ()  # shown in its one order, which the buttons change

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["desk/history.css"]})

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        view = self.admin_site.admin_view(require_POST(self.move_view))
        return [path("<int:pk>/move/<slug:direction>/", view, name=name), *super().get_urls()]

    @admin.display(description="並べかえ")
    def order_buttons(self, entry: Any) -> SafeString:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_move"
        return format_html(
            '<span class="desk-order"><button type="submit" formaction="{}" aria-label="「{}」を上へ">↑</button>'
            '<button type="submit" formaction="{}" aria-label="「{}」を下へ">↓</button></span>',
            reverse(name, args=[entry.pk, "up"]),
            entry,
            reverse(name, args=[entry.pk, "down"]),
            entry,
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return [*shown, "order_buttons"] if self.has_change_permission(request) else shown

    def move_view(self, request: HttpRequest, pk: int, direction: str) -> HttpResponse:
        entry = self.get_object(request, str(pk))
        if entry is None or direction not in MOVES:
            raise Http404
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        with one_edit("並べかえ"), transaction.atomic():
            self._move(entry, MOVES[direction])
        back = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
            back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return HttpResponseRedirect(back)

    def _move(self, entry: Any, step: int) -> None:
        beside = {name: getattr(entry, name) for name in self.order_within}
        rows = self.model._default_manager.filter(**beside)
        if hasattr(self.model, "publication"):
            rows = rows.exclude(publication=Publication.ARCHIVED)  # not in the list, so not in the way
        order = list(rows)
        here = order.index(entry) if entry in order else -1
        if not (here >= 0 and 0 <= here + step < len(order)):
            return
        order[here], order[here + step] = order[here + step], order[here]
        last = -1
        for row, position in zip(order, sorted(row.position for row in order), strict=True):
            last = max(last + 1, position)
            if row.position != last:
                with locked_for_edit(row, reason="並べかえ") as fresh:
                    fresh.position = last
