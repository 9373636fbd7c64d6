"""Pages for when something went wrong. They need nothing but the address: the numbers must stand there whatever broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from api.problems import problem_response
from catalog.pages.context_processors import crisis_strip
from catalog.text import furigana
from chatbot.pages import UNDER18


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Programs get a problem in their own shape. People get the always-open line, unless even that cannot be had: then
    110 and 119. In children's words where children are."""
    if request.path.startswith(reverse("api:entrance")):
        return problem_response(status)
    status = 400 if status in (411, 413) else status  # people are not told the difference
    try:
        context = crisis_strip(request)
    except Exception:  # noqa: BLE001 (this page must come, whatever broke)
        context = {}
    if request.path.startswith(reverse("under18")):
        for_children = {"page": UNDER18, "reading": furigana.ALL, "status": status}
        return HttpResponse(render_to_string("under18/trouble.html", context | for_children), status=status)
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
