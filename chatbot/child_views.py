"""The pages for children around their conversation, and the one for the adults beside them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.directory.codes import ArticleKind, Level, TipPage
from catalog.directory.directory import Directory
from catalog.directory.entries import ChildArticle
from catalog.pages.child_cards import child_card
from catalog.pages.decorators import may_be_indexed, public_url, read_only, reads_a_form
from catalog.pages.structured_data import faq_page
from catalog.release import serving
from catalog.text.furigana import plain

from .child_reader import ChildReader, reader
from .flow import flow_of
from .forms import read_step, write_pairs
from .pages import UNDER18
from .replay import Person
from .results import child_results

ARTICLE_TITLES = {
    ArticleKind.QUESTION: "みなさんからの ｜質問《しつもん》",
    ArticleKind.HINT: "ヒント",
    ArticleKind.HISTORY: "｜見《み》た ページを ｜履歴《りれき》から けす",
}


@may_be_indexed
@reads_a_form
def front(request: HttpRequest) -> HttpResponse:
    """The message, the first question, and who answers now."""
    directory = serving.current()
    who, context = _reader_context(request, directory)
    here = serving.here()
    flow = flow_of(directory, UNDER18.flow)
    first = child_results(here, Person((f"age:{who.band.code}",)))[0]
    context |= {
        "question": flow.questions[flow.start],
        "message": _texts(directory, ArticleKind.MESSAGE, who)[0],
        "now": child_card(first.support, who.band, here),
    }
    return render(request, "under18/front.html", context)


@may_be_indexed
@reads_a_form
def articles(request: HttpRequest, kind: ArticleKind) -> HttpResponse:
    directory = serving.current()
    who, context = _reader_context(request, directory)
    context |= {"kind": kind, "title": ARTICLE_TITLES[kind], "rows": _texts(directory, kind, who)}
    if kind is ArticleKind.QUESTION and request.method != "POST":  # not for somebody who comes from a conversation
        asked = ((plain(row["title"]), plain("\n".join(row["paragraphs"]))) for row in context["rows"])
        context["structured_data"] = faq_page(asked, url=public_url("under18-questions"))
    return render(request, "under18/articles.html", context)


@may_be_indexed
@read_only
def adults(request: HttpRequest) -> HttpResponse:
    """For parents and teachers, in adults' words."""
    tips = [tip for tip in serving.current().tips if tip.page is TipPage.ADULTS]
    return render(request, "under18/adults.html", {"tips": tips})


def _reader_context(request: HttpRequest, directory: Directory) -> tuple[ChildReader, dict[str, Any]]:
    answers = read_step(request.POST).answers
    who = reader(request, directory, answers)
    return who, {**who.context, "page": UNDER18, "pairs": write_pairs(answers)}


def _texts(directory: Directory, kind: ArticleKind, who: ChildReader) -> list[dict[str, Any]]:
    level = who.band.level
    rows = [row for row in directory.child_articles if row.kind is kind]
    return [{"slug": row.slug, "title": row.titles[level], "paragraphs": _paragraphs(row, level)} for row in rows]


def _paragraphs(row: ChildArticle, level: Level) -> list[str]:
    return [paragraph.strip() for paragraph in row.bodies[level].split("\n\n") if paragraph.strip()]
