"""The conversation. One neutral address per page; the answers come and go in the form, and nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from catalog.directory.codes import Page, RuleTag
from catalog.pages.decorators import HtmxRequest, accepts_form, public_url, read_only
from catalog.pages.qr import qr_svg
from catalog.release import serving

from .cards import now_card, result_cards
from .child_reader import ChildReader, child_reader
from .conversation import Step, next_step
from .facts import FactKind
from .flow import flow_of
from .forms import ChatPost, read_link, read_post, write_link, write_pairs
from .pages import ChatPage


@accepts_form
def chat(request: HtmxRequest, page: ChatPage) -> HttpResponse:
    now = serving.directory_now()
    post = read_post(request.POST) if request.method == "POST" else ChatPost({})
    answers = {question: keys for question, keys in post.answers.items() if question != post.edit}
    step = next_step(now, flow_of(now.directory, page.flow), answers, finish=post.finish or post.want == "sheet")
    reader = child_reader(request, now.directory, post.answers) if page.is_for_children else None
    context = _context(page, step, reader)
    if post.edit:
        # Asked again: what was answered stays marked and, until it is changed, valid; so do the later answers.
        pairs = write_pairs(post.answers)
        context |= {"marked": post.answers[post.edit], "pairs": pairs, "state": " ".join(pairs)}
    if step.conversation.too_many:
        context |= {"marked": step.conversation.too_many}
    if post.want == "sheet" and page.sheet:
        return render(request, "chatbot/_sheet.html" if request.htmx else page.sheet, context)
    if post.want == "link":
        context |= _link(page, step)
    return render(request, page.step if request.htmx else "chatbot/chat.html", context)


@never_cache
@read_only
def shared(request: HttpRequest, codes: str, page: ChatPage) -> HttpResponse:
    """The results behind a link that somebody asked for."""
    now = serving.directory_now()
    flow = flow_of(now.directory, page.flow)
    answers, lost = read_link(flow, codes)
    reader = child_reader(request, now.directory, answers) if page.is_for_children else None
    context = _context(page, next_step(now, flow, answers, finish=True), reader)
    return render(request, "chatbot/chat.html", {**context, "is_shared": True, "lost": context["lost"] or lost})


def _context(page: ChatPage, step: Step, reader: ChildReader | None) -> dict[str, Any]:
    """What the templates need."""
    conversation, pairs = step.conversation, write_pairs(step.conversation.answers)
    ends_early = not step.question and conversation.question
    state = [*pairs, *(["finish"] if ends_early else []), *([f"ruby:{reader.wish}"] if reader and reader.wish else [])]
    context: dict[str, Any] = {
        "page": page,
        "conversation": conversation,
        "turns": conversation.turns,
        "question": step.question,
        "pairs": pairs,
        "state": " ".join(state),
        "lost": conversation.lost,
        "last": conversation.turns[-1].question.key if conversation.turns else "",
        "steps_left": conversation.steps_left,
        **(reader.context if reader else {}),
    }
    if step.question:
        return context | {"quick": now_card(step) if conversation.turns else None}
    person = conversation.person
    found = {
        **result_cards(step),
        "now": now_card(step),
        "danger": person.of(FactKind.DANGER),
        "question_below": step.question_below,
        "languages": RuleTag.FOREIGNER in person.of(FactKind.TAG),
        "leads_to_under18": conversation.leads_to == Page.UNDER18,
    }
    return context | {"found": found}


def _link(page: ChatPage, step: Step) -> dict[str, str]:
    if not step.conversation.turns:
        return {}
    url = public_url(page.shared, write_link(step.flow, step.conversation.answers))
    return {"link": url, "link_qr": qr_svg(url)}
