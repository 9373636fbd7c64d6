"""The catalogue's public pages. They read the Directory in memory and nothing else."""

from __future__ import annotations

from collections.abc import Container
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from catalog.directory.codes import Kind, Page, TipPage, Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Tip
from catalog.directory.search import LONGEST_SEARCH, Wanted, search
from catalog.hours.timetable import JAPAN
from catalog.release import serving
from catalog.text import markdown

from . import structured_data
from .cards import card
from .decorators import NOT_INDEXED, HtmxRequest, accepts_form, may_be_indexed, public_url, read_only

VIA_FILTERS = (Via.PHONE, Via.CHAT, Via.LINE, Via.EMAIL, Via.FORM, Via.VISIT)


@may_be_indexed
@accepts_form
def listing(request: HtmxRequest) -> HttpResponse:
    """The whole catalogue. The filters are posted: what one looks for stands in no address."""
    here = serving.directory_now()
    wanted = _wanted(request.POST, here)
    found = search(here, wanted)
    return render(
        request,
        "catalog/_found.html" if request.htmx else "catalog/list.html",
        {
            "wanted": wanted,
            "cards": [card(support, here) for support in found],
            "areas": here.directory.areas,
            "kinds": Kind.labels(),
            "ways": {via.value: via.label for via in VIA_FILTERS},
            "ages": list(here.directory.age_bands_of(Page.GENERAL)),
            "is_filtered": wanted != Wanted(),
        },
    )


def _wanted(post: QueryDict, here: DirectoryNow) -> Wanted:
    """The filters that make sense; others are left out."""

    def one_of(name: str, known: Container[str]) -> str:
        value = post.get(name, "")
        return value if value in known else ""

    return Wanted(
        text=post.get("text", "")[:LONGEST_SEARCH].strip(),
        area=one_of("area", {area.code for area in here.directory.areas}),
        kind=one_of("kind", Kind.labels()),
        via=one_of("via", Via.labels()),
        age=one_of("age", {band.code for band in here.directory.age_bands_of(Page.GENERAL)}),
        open_now="open" in post,
    )


@may_be_indexed
@never_cache
@read_only
def entry(request: HttpRequest, code: str) -> HttpResponse:
    here = serving.directory_now()
    support = here.directory.by_public_id.get(code)
    if support is None:
        raise Http404
    instead = [here.directory.supports[slug] for slug in support.replaced_by if slug in here.directory.supports]
    url = public_url("entry", code)
    today = here.moment.astimezone(JAPAN).date()
    response = render(
        request,
        "catalog/entry.html",
        {
            "card": card(support, here),
            "instead": [card(other, here) for other in instead],
            "structured_data": structured_data.service(support, here.directory, url=url, today=today),
        },
    )
    if not support.is_available:  # who has its link is told so; nobody is led to it
        response["X-Robots-Tag"] = NOT_INDEXED
    return response


@may_be_indexed
@never_cache
@read_only
def faq(request: HttpRequest) -> HttpResponse:
    here = serving.directory_now()
    faqs = here.directory.faqs
    groups = [(label, list(rows)) for label, rows in groupby(faqs, key=lambda row: row.group_label)]
    asked = ((row.question, markdown.to_text(row.answer)) for row in faqs)
    context = {
        "groups": groups,
        "here": here,
        "structured_data": structured_data.faq_page(asked, url=public_url("faq")),
    }
    return render(request, "catalog/faq.html", context)


@may_be_indexed
@read_only
def tips(request: HttpRequest) -> HttpResponse:
    return render(request, "catalog/tips.html", {"tips": _general_tips(serving.current())})


@may_be_indexed
@never_cache
@read_only
def tip(request: HttpRequest, slug: str) -> HttpResponse:
    here = serving.directory_now()
    rows = _general_tips(here.directory)
    index = next((i for i, row in enumerate(rows) if row.slug == slug), None)
    if index is None:
        raise Http404
    context = {"tip": rows[index], "next_tip": rows[(index + 1) % len(rows)], "here": here}
    return render(request, "catalog/tip.html", context)


def _general_tips(directory: Directory) -> list[Tip]:
    return [tip for tip in directory.tips if tip.page is TipPage.GENERAL]
