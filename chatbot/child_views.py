"""The pages for children around their conversation, and the one for the adults beside them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from catalog.directory.codes import ArticleKind, Level, TipPage
from catalog.directory.directory import Directory
from catalog.directory.entries import ChildArticle
from catalog.pages.decorators import accepts_form, may_be_indexed, public_url, read_only
from catalog.pages.structured_data import faq_page
from catalog.release import serving
from catalog.text.furigana import plain

from .cards import now_card
from .child_reader import ChildReader, child_reader
from .conversation import next_step
from .facts import RuleQuestion
from .flow import flow_of
from .forms import read_post, write_pairs
from .pages import UNDER18
from .replay import Answers

ARTICLE_TITLES = {
    ArticleKind.QUESTION: "みなさんからの ｜質問《しつもん》",
    ArticleKind.HINT: "ヒント",
    ArticleKind.HISTORY: "｜見《み》た ページを ｜履歴《りれき》から けす",
}


@may_be_indexed
@accepts_form
def front(request: HttpRequest) -> HttpResponse:
    """The message, the first question, and who answers now."""
    now = serving.directory_now()
    answers, reader, context = _read(request, now.directory)
    flow = flow_of(now.directory, UNDER18.flow)
    grade = {question: keys for question, keys in answers.items() if question == RuleQuestion.BAND}
    context |= {
        "question": next_step(now, flow, {}).question,
        "message": _texts(now.directory, ArticleKind.MESSAGE, reader)[0],
        "quick": now_card(next_step(now, flow, grade)),
    }
    return render(request, "under18/front.html", context)


@may_be_indexed
@accepts_form
def articles(request: HttpRequest, kind: ArticleKind) -> HttpResponse:
    directory = serving.current()
    _, reader, context = _read(request, directory)
    context |= {"kind": kind, "title": ARTICLE_TITLES[kind], "rows": _texts(directory, kind, reader)}
    if kind is ArticleKind.QUESTION and request.method != "POST":  # not for somebody who comes from a conversation
        asked = ((plain(row["title"]), plain("\n".join(row["paragraphs"]))) for row in context["rows"])
        context["structured_data"] = faq_page(asked, url=public_url("under18-questions"))
    return render(request, "under18/articles.html", context)


@may_be_indexed
@never_cache
@read_only
def adults(request: HttpRequest) -> HttpResponse:
    """For parents and teachers, in adults' words."""
    here = serving.directory_now()
    tips = [tip for tip in here.directory.tips if tip.page is TipPage.ADULTS]
    return render(request, "under18/adults.html", {"tips": tips, "here": here})


def _read(request: HttpRequest, directory: Directory) -> tuple[Answers, ChildReader, dict[str, Any]]:
    """The answers that came along, who reads, and what the templates need of both."""
    answers = read_post(request.POST).answers
    reader = child_reader(request, directory, answers)
    return answers, reader, {**reader.context, "page": UNDER18, "pairs": write_pairs(answers)}


def _texts(directory: Directory, kind: ArticleKind, reader: ChildReader) -> list[dict[str, Any]]:
    level = reader.band.level
    rows = [row for row in directory.child_articles if row.kind is kind]
    return [{"slug": row.slug, "title": row.titles[level], "paragraphs": _paragraphs(row, level)} for row in rows]


def _paragraphs(row: ChildArticle, level: Level) -> list[str]:
    return [paragraph.strip() for paragraph in row.bodies[level].split("\n\n") if paragraph.strip()]
