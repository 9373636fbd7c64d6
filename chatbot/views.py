"""The conversation. One neutral address a page; the answers come and go in the form, and nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from catalog.directory.codes import Page, RuleTag
from catalog.directory.directory import DirectoryNow
from catalog.pages.cards import Card, card
from catalog.pages.child_cards import child_card
from catalog.pages.decorators import HtmxRequest, public_url, read_only, reads_a_form
from catalog.pages.qr import qr_svg
from catalog.release import serving

from .child_reader import ChildReader, reader
from .facts import FactKind
from .flow import Flow, flow_of
from .forms import Step, read_codes, read_step, write_codes, write_pairs
from .matching import Match
from .pages import ChatPage
from .replay import Conversation, replay
from .results import Results, answers_now, child_results, results


@reads_a_form
def chat(request: HtmxRequest, page: ChatPage) -> HttpResponse:
    here = serving.here()
    flow = flow_of(here.directory, page.flow)
    step = read_step(request.POST) if request.method == "POST" else Step({})
    conversation = replay(flow, step.answers)
    if step.edit:
        conversation = replay(flow, {key: keys for key, keys in step.answers.items() if key != step.edit})
    who = reader(request, here.directory, step.answers) if page.is_for_children else None
    context = _context(page, here, conversation, who, finish=step.finish or step.want == "sheet")
    if (
        step.edit
    ):  # asked again: what was answered stays marked and, until it is changed, valid; so do the later answers
        pairs = write_pairs(step.answers)
        context |= {"marked": step.answers[step.edit], "pairs": pairs, "state": " ".join(pairs)}
    if conversation.too_many:
        context |= {"marked": conversation.too_many}
    if step.want == "sheet" and "found" in context:
        return render(request, "chatbot/_sheet.html" if request.htmx else "chatbot/sheet.html", context)
    if step.want == "link":
        context |= _link(page, flow, conversation)
    return render(request, page.step if request.htmx else "chatbot/chat.html", context)


@never_cache
@read_only
def shared(request: HttpRequest, codes: str, page: ChatPage) -> HttpResponse:
    """The results behind a link that somebody asked for."""
    here = serving.here()
    flow = flow_of(here.directory, page.flow)
    answers, lost = read_codes(flow, codes)
    who = reader(request, here.directory, answers) if page.is_for_children else None
    context = _context(page, here, replay(flow, answers), who, finish=True)
    return render(request, "chatbot/chat.html", {**context, "is_shared": True, "lost": context["lost"] or lost})


def _context(
    page: ChatPage, here: DirectoryNow, conversation: Conversation, who: ChildReader | None, *, finish: bool
) -> dict[str, Any]:
    """What the templates need."""
    question = None if finish else conversation.question
    words = [*write_pairs(conversation.answers), "finish" if finish and conversation.question else "", _wish_word(who)]
    context: dict[str, Any] = {
        "page": page,
        "conversation": conversation,
        "turns": conversation.turns,
        "question": question,
        "pairs": write_pairs(conversation.answers),
        "state": " ".join(word for word in words if word),
        "lost": conversation.lost,
        "last": conversation.turns[-1].question.key if conversation.turns else "",
        "steps_left": conversation.steps_left,
    }
    if who:
        return context | who.context | child_shown(here, conversation, who)
    if question is None:
        return context | {"found": shown(here, conversation)}
    quick = answers_now(here, conversation.person) if conversation.turns else None
    return context | {"quick": card(quick[0], here) if quick else None}


def _wish_word(who: ChildReader | None) -> str:
    return f"ruby:{who.wish}" if who and who.wish else ""


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
        "danger": conversation.person.of(FactKind.DANGER),
        "languages": RuleTag.FOREIGNER in conversation.person.of(FactKind.TAG),
        "leads_to_under18": conversation.leads_to == Page.UNDER18,
    }


def _result_card(match: Match, found: Results, here: DirectoryNow) -> Card:
    return card(match.support, here, reason=match.reason(here.directory), next_one=found.next_answering(match.support))


def child_shown(here: DirectoryNow, conversation: Conversation, who: ChildReader) -> dict[str, Any]:
    """Three to five cards in the child's words; on the way, the first of them (from the first worry on)."""
    found = child_results(here, conversation.person)
    return {
        "cards": [child_card(match.support, who.band, here) for match in found],
        "danger": conversation.person.of(FactKind.DANGER),
    }


def _link(page: ChatPage, flow: Flow, conversation: Conversation) -> dict[str, str]:
    if not conversation.turns:
        return {}
    url = public_url(page.shared, write_codes(flow, conversation.answers))
    return {"link": url, "link_qr": qr_svg(url)}
