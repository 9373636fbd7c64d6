"""まちがいを知らせる: a form for each entry, on the pages for everyone and on those for children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import Support
from catalog.pages.cards import card
from catalog.pages.child_cards import child_card
from catalog.pages.contacts import ContactLine
from catalog.pages.decorators import HtmxRequest, accepts_form
from catalog.release import serving
from chatbot.child_reader import child_reader
from chatbot.facts import RuleQuestion
from chatbot.forms import read_post as read_chat
from chatbot.forms import write_pairs
from chatbot.pages import UNDER18, ChatPage

from .forms import contacts_of, read_post
from .keeping import keep
from .models import LONGEST_TEXT, Wrong


@dataclass(frozen=True, slots=True)
class ReportPages:
    """`form` and `thanks` name addresses."""

    chat: ChatPage
    form: str
    thanks: str

    @property
    def folder(self) -> str:
        return "reports/under18" if self.chat.is_for_children else "reports"


@accepts_form
def form(request: HtmxRequest, code: str, pages: ReportPages) -> HttpResponse:
    """Sent where it was asked to be and nothing stands in the way: then on to the thanks, so that a reload sends nothing. Else the
    form, with all that was typed."""
    here = serving.directory_now()
    support = _support(here, code, pages)
    post, problem = read_post(request.POST, support), None
    if "send" in request.POST:
        problem = post.problem or keep(post.report_on(support), request)
        if problem is None:
            response = HttpResponseRedirect(reverse(pages.thanks, args=[code]))
            response.status_code = 303
            return response
    context = _context(request, here, support, pages) | {
        "post": post,
        "problem": problem,
        "wrongs": list(Wrong),
        "longest": LONGEST_TEXT,
        "address": reverse(pages.form, args=[code]),
    }
    return render(request, f"{pages.folder}/form.html", context, status=problem.status if problem else 200)


@accepts_form
def thanks(request: HtmxRequest, code: str, pages: ReportPages) -> HttpResponse:
    here = serving.directory_now()
    context = _context(request, here, _support(here, code, pages), pages)
    return render(request, f"{pages.folder}/thanks.html", context)


def _support(here: DirectoryNow, code: str, pages: ReportPages) -> Support:
    """The entry; children are asked only about what has words for them."""
    support = here.directory.by_public_id.get(code)
    if support is None or (pages.chat.is_for_children and support.child is None):
        raise Http404
    return support


def _context(request: HtmxRequest, here: DirectoryNow, support: Support, pages: ReportPages) -> dict[str, Any]:
    """What the templates need of the entry and of the person. Of a child's answers only the grade goes along."""
    if not pages.chat.is_for_children:
        shown = card(support, here)
        return {"card": shown, "contacts": _several(support, shown.contacts)}
    answers = read_chat(request.POST).answers
    grade = {question: keys for question, keys in answers.items() if question == RuleQuestion.BAND}
    reader = child_reader(request, here.directory, grade)
    child = child_card(support, reader.band, here)
    return {
        **reader.context,
        "card": child,
        "contacts": _several(support, child.contacts),
        "page": UNDER18,
        "pairs": write_pairs(grade),
        "asks_again": request.method == "GET" or request.htmx,  # see under18.js: what was typed would be lost
    }


def _several(support: Support, lines: list[ContactLine]) -> list[ContactLine]:
    """The contacts to choose from; none where there is only one."""
    known = contacts_of(support)
    shown = [line for line in lines if any(line.contact is contact for contact in known)]
    return shown if len(known) > 1 else []
