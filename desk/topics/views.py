"""はじめに見せるもの: what each answer of a flow brings up first, in the draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.directory.codes import Page
from catalog.models import Support
from chatbot.flow import Flow as FrozenFlow
from chatbot.flow import FlowError, flow_of
from chatbot.models import Flow, Question
from chatbot.topics import Topic
from chatbot.warnings import is_of_earlier_design
from desk.dashboard.views import refuse_strangers
from desk.draft.directory import CannotShow, draft

from .listing import anchor_of, listing, where_told

View = Callable[..., HttpResponse]


def topics(site: AdminSite) -> View:
    @require_safe
    def view(request: HttpRequest, key: str = Page.GENERAL, question: str = "") -> HttpResponse:
        """All questions of a flow, or one with what its answers bring up. ?worry=rent leads to the first answer that tells it."""
        refuse_strangers(request)
        titles = dict(Flow.objects.order_by("pk").values_list("key", "title"))
        if key not in titles:
            raise Http404
        context: dict[str, Any] = {"title": "はじめに見せるもの", "flows": titles, "key": key}
        try:
            directory = draft().directory
            flow = flow_of(directory, key)
            if worry := request.GET.get("worry", ""):
                if found := where_told(worry, (flow_of(directory, other) for other in titles), directory):
                    return redirect(_address(*found))
                context["untold"] = directory.worries[worry].label if worry in directory.worries else worry
        except CannotShow as error:
            context["problems"] = error.problems
        except FlowError as error:
            context["refused"] = str(error)
        else:
            asked = listing(flow, directory, _entries())
            one = next((each for each in asked if each.key == question), None)
            if question and one is None:
                raise Http404
            context |= {"asked": asked, "one": one, "is_earlier": is_of_earlier_design(flow)}
            if one:
                context |= {"title": one.prompt, "edit": Question.objects.filter(flow__key=key, key=question).first()}
        return render(request, "desk/topics/topics.html", {**site.each_context(request), **context})

    return view


def _entries() -> dict[str, str]:
    """The page on which each entry is edited, by slug."""
    rows = Support.objects.values_list("slug", "pk")
    return {slug: reverse("admin:catalog_support_change", args=[pk]) for slug, pk in rows}


def _address(flow: FrozenFlow, topic: Topic) -> str:
    key = topic.question.key
    return f"{reverse('admin:topics', args=[flow.key, key])}#{anchor_of(key, topic.choice.key)}"
