"""The pages and the API give the same results, for every path of both flows.

What a page shows is taken where its view hands it to the template; what the API gives, where its view hands it to JSON. Every path is
posted to the one and given to the other, and both replay it, judge it and sort it on their own. Time stands still meanwhile, so three
things that depend on nothing else are worked out once: how an entry stands on a card, the same in the API, and what fits a person at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from api.v1 import conversation as api_side
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Contact, Support
from catalog.hours.timetable import OpenState
from catalog.pages.cards import Card
from catalog.pages.child_cards import ChildCard
from catalog.release import serving
from chatbot import matching
from chatbot import results as engine
from chatbot import views as page_side
from chatbot.facts import FactKind
from chatbot.flow import flow_of
from chatbot.forms import write_pairs
from chatbot.matching import Match
from chatbot.pages import GENERAL, UNDER18, ChatPage
from chatbot.replay import Conversation
from chatbot.walk import walk
from tests.conftest import japan

PAGES = {str(page.flow): page for page in (GENERAL, UNDER18)}
MOMENTS = {"general": "2026-11-25 12:00", "under18": "2026-09-02 16:30"}
AT_LEAST = {"general": 20_000, "under18": 1_000}  # paths: fewer would mean that not all are walked
Context = dict[str, Any]
Row = tuple[object, ...]
GROUPS = [("crisis", "crisis"), ("talk", "talk"), ("talk", "talk_more"), ("use", "use"), ("use", "use_more")]


class Moment(DirectoryNow):
    """One moment for all paths: how each contact stands is worked out once."""

    def __init__(self, directory: Directory, text: str) -> None:
        super().__init__(directory, japan(text))
        self._states: dict[Contact, OpenState] = {}

    def state(self, contact: Contact) -> OpenState:
        if contact not in self._states:
            self._states[contact] = super().state(contact)
        return self._states[contact]


def matching_once_for_both(function: Callable[..., list[Match]]) -> Callable[..., list[Match]]:
    remembering = lru_cache(maxsize=64)(lambda now, person: tuple(function(now, person)))
    return lambda now, person: list(remembering(now, person))


@contextmanager
def listening_in(now: DirectoryNow) -> Iterator[list[Context]]:
    """What the page's view hands to its template."""
    handed_over: list[Context] = []

    def render(request: object, template: str, context: Context) -> HttpResponse:
        handed_over.append(context)
        return HttpResponse()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_side, "render", render)
        patch.setattr(serving, "here", lambda: now)
        patch.setattr(engine, "matches", matching_once_for_both(matching.matches))
        for side, name in ((page_side, "card"), (page_side, "child_card"), (api_side, "support_data")):
            patch.setattr(side, name, lru_cache(maxsize=None)(getattr(side, name)))
        yield handed_over


def posted(handed_over: list[Context], page: ChatPage, conversation: Conversation) -> Context:
    body = urlencode({"a": write_pairs(conversation.answers)}, doseq=True)
    request: Any = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")
    request.htmx = False
    page_side.chat(request, page=page)
    return handed_over.pop()


def how_the_page_ends(context: Context) -> Context:
    conversation: Conversation = context["conversation"]
    return {
        "turns": [(turn.question.key, [choice.key for choice in turn.choices]) for turn in context["turns"]],
        "question": context["question"],
        "steps_left": context["steps_left"],
        "lost": context["lost"],
        "danger": bool(conversation.person.of(FactKind.DANGER)),
        "leads_to": conversation.leads_to,
    }


def how_the_api_ends(data: Context) -> Context:
    return {
        "turns": [(turn["question"], [choice["key"] for choice in turn["choices"]]) for turn in data["turns"]],
        "question": data["question"],
        "steps_left": data["steps_left"],
        "lost": data["was_lost"],
        "danger": data["in_danger"],
        "leads_to": data["leads_to"],
    }


def cards_of(context: Context) -> list[tuple[str, bool, Card | ChildCard]]:
    """(group, behind もっと見る, card), in the order of the page."""
    if "cards" in context:
        return [("child", False, card) for card in context["cards"]]
    found = context["found"]
    return [(group, part.endswith("_more"), card) for group, part in GROUPS for card in found[part]]


def rows_of_the_page(context: Context) -> list[Row]:
    return [
        (group, more, card.support.code, getattr(card, "reason", ""), _code(getattr(card, "next_one", None)))
        for group, more, card in cards_of(context)
    ]


def _code(support: Support | None) -> str | None:
    return support.code if support else None


def rows_of_the_api(data: Context) -> list[Row]:
    return [
        (row["group"], row["is_more"], row["support"]["id"], row["reason"], row["next_if_busy"] and row["next_if_busy"]["id"])
        for row in data["results"]
    ]  # fmt: skip


def states_of(card: Card | ChildCard) -> list[Row]:
    """How each contact stands. A child is told no more than whether somebody answers."""
    if isinstance(card, ChildCard):
        return sorted((c.contact.via, c.contact.value) for c in card.contacts if c.is_open and c.contact.is_live)
    return sorted(
        (c.via, c.value, c.label, line.state.value if c.is_live or c.via == "visit" else "")
        for line in card.contacts
        for c in (line.contact,)
    )


def states_in(support: Mapping[str, Any], *, for_children: bool) -> list[Row]:
    contacts = [(c["via"], c["value"], c["label"], c["state"]["openness"] if c["state"] else "") for c in support["contacts"]]  # fmt: skip
    if for_children:
        return sorted((via, value) for via, value, _, state in contacts if state == "open")
    return sorted(contacts)


@pytest.mark.parametrize("flow_key", PAGES)
def test_every_path_ends_alike(directory: Directory, flow_key: str) -> None:
    now = Moment(directory, MOMENTS[flow_key])
    entries: dict[tuple[int, int], tuple[Any, Any]] = {}  # a card and the API's data, each pair once
    walked = 0
    with listening_in(now) as handed_over:
        for path in walk(flow_of(directory, flow_key)):
            walked += 1
            context = posted(handed_over, PAGES[flow_key], path)
            data = api_side.conversation_data(now, flow_key, path.answers, finish=False)
            assert how_the_page_ends(context) == how_the_api_ends(data), path.answers
            assert rows_of_the_page(context) == rows_of_the_api(data) != [], path.answers
            for (_, _, card), row in zip(cards_of(context), data["results"], strict=True):
                entries[id(card), id(row["support"])] = (card, row["support"])
    for card, support in entries.values():
        assert states_of(card) == states_in(support, for_children=flow_key == UNDER18.flow), card.support.slug
    assert walked > AT_LEAST[flow_key]
    assert len(entries) > 50
