"""なぜこの順番か: the results behind a link of the previewed draft, each with the rule that put it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from catalog.directory.codes import Page
from catalog.directory.directory import DirectoryNow
from catalog.models import Support
from chatbot.checks import path_words
from chatbot.conversation import Step, next_step
from chatbot.explaining import Explained, explain
from chatbot.flow import FlowError, flow_of
from chatbot.forms import read_link
from chatbot.ranking import RULES
from desk.draft.directory import CannotShow, draft
from desk.flow_map.words import fact_words

from . import moments


@dataclass(frozen=True, slots=True)
class Row:
    """One entry with the page on which it is edited, and the place that it has among the shown."""

    place: int
    url: str
    explained: Explained

    @property
    def heading(self) -> str:
        return f"{self.explained.group.label}{'（もっと見る）' if self.explained.is_more else ''}"


def order(request: HttpRequest, site: AdminSite, moment: str, page: str, codes: str) -> HttpResponse:
    """`codes`: the answers, as in the address of a link. Raises Http404 for a moment or page that does not exist."""
    try:
        at = moments.read(moment, timezone.now())
    except ValueError:
        raise Http404 from None
    if page not in Page.values():
        raise Http404
    context: dict[str, Any] = {"title": "なぜこの順番か", "moment": moments.words(at)}
    try:
        now = DirectoryNow(draft().directory, at)
        flow = flow_of(now.directory, page)
    except CannotShow as error:
        context["problems"] = error.problems
    except FlowError:
        context["problems"] = []
    else:
        step = next_step(now, flow, read_link(flow, codes)[0], finish=True)
        best = step.answers_now
        words = fact_words()
        context |= {
            "path": path_words(step.conversation),
            "known": [words.get(fact, fact) for fact in step.conversation.person.facts],
            "groups": [(label, [*rows]) for label, rows in groupby(_rows(step), lambda row: row.heading)],
            "best": best and best.match.support,
            "rules": [rule.words for rule in RULES],
        }
    return render(request, "desk/preview/order.html", {**site.each_context(request), **context})


def _rows(step: Step) -> Iterator[Row]:
    ids = dict(Support.objects.values_list("slug", "pk"))
    for place, explained in enumerate(explain(step), start=1):
        pk = ids.get(explained.support.slug)
        yield Row(place, reverse("admin:catalog_support_change", args=[pk]) if pk else "", explained)
