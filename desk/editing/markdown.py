"""Markdown as it will look, beside where it is written. Without a script the look is that of the last save."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from catalog.pages.guidance import prose
from catalog.release import serving
from catalog.text.markdown import LONGEST, to_html


class MarkdownTextarea(AdminTextareaWidget):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        area = super().render(name, value, {**(attrs or {}), "data-markdown": reverse("admin:markdown")}, renderer)
        context = {"area": area, "html": _look(value or ""), "name": name}
        return SafeString(render_to_string("desk/guidance/markdown.html", context))

    class Media:
        js = [Script("desk/markdown.js", defer=True)]


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The posted text as HTML. It is staff's own, raw HTML is off, and nothing is kept."""
    return HttpResponse(_look(request.POST.get("text", "")))


def _look(text: str) -> SafeString:
    """As the page would show it now, with the entries that are public now."""
    try:
        return prose(text[:LONGEST], serving.directory_now())
    except serving.NothingPublished:
        return SafeString(to_html(text[:LONGEST]))


def urls(site: AdminSite) -> list[URLPattern]:
    return [path("markdown/", site.admin_view(preview), name="markdown")]
