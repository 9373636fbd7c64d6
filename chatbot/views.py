"""The conversation. One neutral address; the answers come and go in the form, and nothing is kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from catalog import store
from catalog.directory import Directory, DirectoryNow
from catalog.presenting import Card, card
from catalog.qr import qr_svg

from . import flow as flow_module
from .flow import Flow
from .forms import Step, read_codes, read_step, write_codes, write_pairs
from .matching import Match
from .replay import Conversation, replay
from .results import Results, answers_now, results

GENERAL = "general"


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


@lru_cache(maxsize=8)
def flow_of(directory: Directory, key: str) -> Flow:
    """The flow of a Release, built once."""
    data = next(flow for flow in directory.sections["flows"] if flow["key"] == key)
    return flow_module.build(data, directory)


@csrf_exempt  # a post changes nothing, and a token would need a cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HtmxRequest) -> HttpResponse:
    here = DirectoryNow(store.current(), timezone.now())
    flow = flow_of(here.directory, GENERAL)
    step = read_step(request.POST) if request.method == "POST" else Step({})
    conversation = replay(flow, step.answers)
    if step.edit:
        conversation = replay(flow, {key: keys for key, keys in step.answers.items() if key != step.edit})
    context = _context(here, conversation, finish=step.finish)
    if step.edit:  # asked again: what was answered stays marked, and the later answers are carried along
        later = {key: keys for key, keys in step.answers.items() if key not in (step.edit, *conversation.answers)}
        context |= {"marked": step.answers[step.edit], "pairs": context["pairs"] + write_pairs(later)}
    if step.want == "sheet":
        return render(request, "chatbot/sheet.html", context)
    if step.want == "link":
        context |= _link(flow, conversation)
    return render(request, "chatbot/_chat.html" if request.htmx else "chatbot/chat.html", context)


@never_cache
@require_safe
def shared(request: HttpRequest, codes: str) -> HttpResponse:
    """The results behind a link that somebody asked for."""
    here = DirectoryNow(store.current(), timezone.now())
    flow = flow_of(here.directory, GENERAL)
    answers, lost = read_codes(flow, codes)
    context = _context(here, replay(flow, answers), finish=True)
    return render(request, "chatbot/chat.html", {**context, "is_shared": True, "lost": context["lost"] or lost})


def _context(here: DirectoryNow, conversation: Conversation, *, finish: bool) -> dict[str, Any]:
    """What the templates need."""
    context: dict[str, Any] = {
        "conversation": conversation,
        "turns": conversation.turns,
        "question": None if finish else conversation.question,
        "pairs": write_pairs(conversation.answers),
        "state": " ".join(write_pairs(conversation.answers)) + (" finish" if finish and conversation.question else ""),
        "lost": conversation.lost,
        "last": conversation.turns[-1].question.key if conversation.turns else "",
    }
    if context["question"] is not None:
        return context | _on_the_way(here, conversation)
    return context | {"found": shown(here, conversation)}


def _on_the_way(here: DirectoryNow, conversation: Conversation) -> dict[str, Any]:
    """すぐ話したいときは: from the first answer on, one line that answers now."""
    quick = answers_now(here, conversation.person) if conversation.turns else None
    return {"quick": card(quick[0], here) if quick else None, "steps_left": conversation.steps_left}


def shown(here: DirectoryNow, conversation: Conversation) -> dict[str, Any]:
    """The results as cards."""
    found = results(here, conversation.person)

    def cards(matches: tuple[Match, ...]) -> list[Card]:
        return [_result_card(match, found, here) for match in matches]

    return {
        "crisis": cards(found.crisis),
        "talk": cards(found.talk),
        "talk_more": cards(found.talk_more),
        "use": cards(found.use),
        "use_more": cards(found.use_more),
        "danger": conversation.person.of("danger"),
        "languages": "foreigner" in conversation.person.of("tag"),
        "leads_to_under18": conversation.leads_to == "under18",
    }


def _result_card(match: Match, found: Results, here: DirectoryNow) -> Card:
    next_one = found.next_answering(match.support) if match.support.live_contacts else None
    return card(match.support, here, reason=match.reason(here.directory), next_one=next_one)


def _link(flow: Flow, conversation: Conversation) -> dict[str, str]:
    if not conversation.turns:
        return {}
    url = settings.SITE_URL + reverse("shared", args=[write_codes(flow, conversation.answers)])
    return {"link": url, "link_qr": qr_svg(url)}
