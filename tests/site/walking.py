"""Every page of the site, opened once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from api.open_data import files
from api.openapi import DOCUMENTS
from catalog.directory.directory import Directory
from catalog.release import serving
from chatbot.flow import SKIPPED, Flow
from chatbot.forms import write_link, write_pairs

from .browsing import Page, ways_to_questions

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PLAIN = (
    "home",
    "chat",
    "list",
    "faq",
    "tips",
    "about",
    "privacy",
    "safety",
    "banners",
    "open-data",
    "open-data-dictionary",
    "under18-adults",
)
FOR_CHILDREN = ("under18", "under18-chat", "under18-questions", "under18-hints", "under18-history")
NOT_PAGES = {
    "exit",
    "banner-file",
    "robots",
    "sitemap",
    "health",
    "health-details",
    *(f"open-data-{name}" for name in files.NAMES),
}  # each has a test of its own
# What a person reaches by posting: the ends of the conversation, its odd turns, and the list's filters.
POSTED: dict[str, dict[str, object]] = {
    "chat: crisis": {"a": ["worry.suicidal"]},
    "chat: violence": {"a": ["worry.fear", "fear.dv"]},
    "chat: violence, and more": {"a": ["worry.fear", "fear.dv", "also.home"]},
    "chat: violence, the question below again": {"a": ["worry.fear", "fear.dv", "also.home"], "edit": "also"},
    "chat: results": {"a": ["worry.money", "money.rent", "also.-"], "finish": "1"},
    "chat: results for a child": {"a": ["worry.life", "life.under18", "way.text"], "finish": "1"},
    "chat: in a foreign language": {"a": ["worry.language", "language.foreign", "foreign.work"], "finish": "1"},
    "chat: finished early": {"a": ["worry.work"], "finish": "1"},
    "chat: finished with no answer": {"finish": "1"},
    "chat: lost": {"a": ["worry.gone"]},
    "chat: edit": {"a": ["worry.money", "money.rent"], "edit": "worry"},
    "chat: several ticked": {"a": ["worry.money", "money.rent", "also.single", "also.heart"], "edit": "also"},
    "chat: sheet": {"a": ["worry.suicidal"], "want": "sheet"},
    "chat: link": {"a": ["worry.suicidal"], "want": "link"},
    "under18-chat: crisis": {"a": ["band.jh", "teen.heart", "heart.dying"]},
    "under18-chat: results": {"a": ["band.g12", "young.talk"], "finish": "1"},
    "under18-chat: no readings": {"a": ["band.g34"], "ruby": "none"},
    "under18-questions: by grade": {"a": ["band.g56"]},
    "list: open now": {"area": "money", "open": "1"},
    "list: nothing found": {"text": "どこにもないことば"},
}


def addresses(directory: Directory, flow: Flow) -> Iterator[str]:
    """Every address that answers a plain visit with a page."""
    yield from (reverse(name) for name in (*PLAIN, *FOR_CHILDREN))
    yield from (reverse(f"open-data-api-{of}") for of in DOCUMENTS)
    yield from (reverse("entry", args=[support.public_id]) for support in directory.supports.values())
    yield from (reverse("tip", args=[tip.slug]) for tip in directory.tips if tip.page == "general")
    answers = {"worry": ("money",), "money": ("rent",), "also": (SKIPPED,)}
    yield reverse("shared", args=[write_link(flow, answers)])
    yield reverse("shared", args=["zzzzz"])
    with_many_ways = next(s for s in directory.available if len(s.contacts) > 2)
    is_over = next(s for s in directory.supports.values() if not s.is_available)
    reported = (with_many_ways, is_over)
    yield from (reverse(name, args=[s.public_id]) for s in reported for name in ("report", "report-thanks"))
    for_children = next(s for s in directory.available if s.child and len(s.contacts) > 1)
    yield from (reverse(name, args=[for_children.public_id]) for name in ("under18-report", "under18-report-thanks"))
    yield reverse("under18-shared", args=["zzzzz"])


def named_addresses(patterns: list[URLPattern | URLResolver] | None = None) -> set[str]:
    """The name of every public address. The desk's and the API's are walked with their own tests."""
    names: set[str] = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace in {"admin", "api"}:
            continue
        if isinstance(pattern, URLResolver):
            names |= named_addresses(pattern.url_patterns)
        else:
            names.add(str(pattern.name))
    return names


def walk(directory: Directory, flow: Flow) -> Iterator[tuple[str, Response]]:
    """Every page with a name for it. The database is out of reach meanwhile."""
    client = Client(raise_request_exception=False)
    for address in addresses(directory, flow):
        yield address, client.get(address)
    for question, way in ways_to_questions(flow).items():
        yield f"chat: {question}", client.post(reverse("chat"), {"a": write_pairs(way.answers)})
    for name, fields in POSTED.items():
        yield name, client.post(reverse(name.partition(":")[0]), fields)
    yield "error 400", client.get("/", headers={"host": "not a host"})
    yield "error 404", client.get("/nowhere/")
    yield "error 405", client.delete(reverse("chat"))
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(serving, "current", lambda: 1 / 0)
        yield "error 500", client.get("/")


def all_pages(directory: Directory, flow: Flow) -> list[Page]:
    serving.use(directory)
    try:
        return [Page(response, name) for name, response in walk(directory, flow)]
    finally:
        serving.use(None)
