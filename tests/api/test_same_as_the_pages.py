"""The pages and the API give the same results, for every path of both flows.

What a page shows is taken where its view hands it to the template; what the API gives, where its view hands it to JSON. Both replay the
answers, and find results by the facts that these tell about a person, and by nothing else (the second test). So every path is posted to
the page and given to the API, and must come out with the same turns, the same facts and the same results; the results themselves are
worked out once a side for each different set of facts, and compared entry by entry. Time stands still meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from api.v1 import conversation as api_side
from catalog import store
from catalog.child_presenting import ChildCard
from catalog.directory import Contact, Directory, DirectoryNow
from catalog.presenting import Card
from catalog.timetable import OpenState
from chatbot import views as page_side
from chatbot.forms import write_pairs
from chatbot.pages import GENERAL, UNDER18, ChatPage
from chatbot.paths import walk
from chatbot.replay import Conversation
from chatbot.views import flow_of
from tests.conftest import japan

MOMENTS = {"general": "2026-11-25 12:00", "under18": "2026-09-02 16:30"}
PAGES = {page.flow: page for page in (GENERAL, UNDER18)}
PATHS = {"general": 27_062, "under18": 1_600}  # how many there are: not a fact to keep, but a fall would be noticed
Rows = tuple[tuple[Any, ...], ...]


class Moment(DirectoryNow):
    """One moment for all paths: how each contact stands is worked out once."""

    def __init__(self, directory: Directory, flow: str) -> None:
        super().__init__(directory, japan(MOMENTS[flow]))
        self._states: dict[Contact, OpenState] = {}

    def state(self, contact: Contact) -> OpenState:
        if contact not in self._states:
            self._states[contact] = super().state(contact)
        return self._states[contact]


def once_for_each_person(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function(now, conversation, …)`, worked out once for each set of facts."""
    known: dict[object, Any] = {}

    def remembering(now: DirectoryNow, conversation: Conversation, *args: Any, **kwargs: Any) -> Any:
        key = (now, conversation.person.facts, conversation.leads_to, *args, *kwargs.items())
        if key not in known:
            known[key] = function(now, conversation, *args, **kwargs)
        return known[key]

    return remembering


@contextmanager
def listening_in(now: DirectoryNow, *, at_every_path: bool) -> Iterator[list[dict[str, Any]]]:
    """What the page's view hands to its template. Else than `at_every_path`, results are found once for each person."""
    handed_over: list[dict[str, Any]] = []

    def render(request: object, template: str, context: dict[str, Any]) -> HttpResponse:
        handed_over.append(context)
        return HttpResponse()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_side, "render", render)
        patch.setattr(store, "here", lambda: now)
        if not at_every_path:
            for side, name in ((page_side, "shown"), (api_side, "found"), (api_side, "_answering_now")):
                patch.setattr(side, name, once_for_each_person(getattr(side, name)))
            patch.setattr(page_side, "child_shown", _once_for_each_child(page_side.child_shown))
        yield handed_over


def _once_for_each_child(function: Callable[..., Any]) -> Callable[..., Any]:
    remembering = once_for_each_person(lambda now, conversation, band, who: function(now, conversation, who))
    first: dict[object, Any] = {}  # the reader of a band: it is made anew for each request
    return lambda now, conversation, who: remembering(now, conversation, who.band, first.setdefault(who.band, who))


def page_of(handed_over: list[dict[str, Any]], page: ChatPage, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the template gets for a posted form."""
    request: Any = RequestFactory().post(
        "/", urlencode(fields, doseq=True), content_type="application/x-www-form-urlencoded"
    )
    request.htmx = False
    page_side.chat(request, page=page)
    return handed_over.pop()


def contacts_on_a_card(card: Card) -> list[tuple[str, str, str | None]]:
    return sorted(
        (line.contact.value, line.contact.via, line.state.value if line.contact.is_live or line.contact.via == "visit" else None)
        for line in card.contacts
    )  # fmt: skip


def contacts_of_the_api(support: Mapping[str, Any]) -> list[tuple[str, str, str | None]]:
    return sorted((c["value"], c["via"], c["state"] and c["state"]["openness"]) for c in support["contacts"])


def page_rows(context: Mapping[str, Any]) -> Rows:
    """(group, behind もっと見る, entry, reason, whom to try next, how its contacts stand), in the order of the page."""
    if "cards" in context:
        return tuple(("child", False, card.support.code, "", None, answering(card)) for card in context["cards"])
    groups = [("crisis", "crisis"), ("talk", "talk"), ("talk", "talk_more"), ("use", "use"), ("use", "use_more")]
    return tuple(
        (
            group, part.endswith("_more"), card.support.code, card.reason,
            card.next_one and (card.next_one.code, card.next_one.name), contacts_on_a_card(card),
        )
        for group, part in groups
        for card in context["found"][part]
    )  # fmt: skip


def answering(card: ChildCard) -> list[tuple[str, str]]:
    return sorted((c.contact.value, c.contact.via) for c in card.contacts if c.is_open and c.contact.is_live)


def api_rows(data: Mapping[str, Any]) -> Rows:
    return tuple(
        (
            row["group"], row["is_more"], row["support"]["id"], row["reason"],
            row["next_if_busy"] and (row["next_if_busy"]["id"], row["next_if_busy"]["name"]),
            contacts_of_the_api(row["support"]) if row["group"] != "child"
            else [(value, via) for value, via, state in contacts_of_the_api(row["support"]) if state == "open"],
        )
        for row in data["results"]
    )  # fmt: skip


def is_visit_only(rows: Rows) -> bool:
    return not rows


def turns_of_the_page(context: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return [(turn.question.key, [choice.key for choice in turn.choices]) for turn in context["turns"]]


def turns_of_the_api(data: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return [(turn["question"], [choice["key"] for choice in turn["choices"]]) for turn in data["turns"]]


def end_of_the_page(context: Mapping[str, Any]) -> dict[str, Any]:
    conversation: Conversation = context["conversation"]
    return {
        "turns": turns_of_the_page(context),
        "question": context["question"],
        "steps_left": context["steps_left"],
        "lost": context["lost"],
        "danger": bool(conversation.person.of("danger")),
        "leads_to": conversation.leads_to,
    }


def end_of_the_api(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "turns": turns_of_the_api(data),
        "question": data["question"],
        "steps_left": data["steps_left"],
        "lost": data["was_lost"],
        "danger": data["in_danger"],
        "leads_to": data["leads_to"],
    }


@pytest.fixture(scope="module", params=PAGES)
def flow_key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def paths(directory: Directory, flow_key: str) -> list[Conversation]:
    return list(walk(flow_of(directory, flow_key)))


def test_every_path_ends_alike(directory: Directory, flow_key: str, paths: list[Conversation]) -> None:
    now = Moment(directory, flow_key)
    compared: set[tuple[int, int]] = set()
    with listening_in(now, at_every_path=False) as handed_over:
        posted = partial(page_of, handed_over, PAGES[flow_key])
        for path in paths:
            context = posted({"a": write_pairs(path.answers)})
            data = api_side.conversation_data(now, flow_key, path.answers, finish=False)
            assert end_of_the_page(context) == end_of_the_api(data), path.answers
            # The same two answers need to be compared but once.
            both = (id(context.get("found") or context["cards"]), id(data["results"]))
            if both not in compared:
                assert page_rows(context) == api_rows(data) != (), path.answers
                compared.add(both)
    assert len(paths) == PATHS[flow_key]
    assert len(compared) >= len({path.person.facts for path in paths}) > PATHS[flow_key] / 3


def test_results_depend_on_nothing_but_the_facts(
    directory: Directory, flow_key: str, paths: list[Conversation]
) -> None:
    """On different ways to the same facts both sides come to the same, with nothing remembered in between."""
    ways: dict[tuple[str, ...], list[Conversation]] = defaultdict(list)
    for path in paths:
        ways[path.person.facts].append(path)
    alike = [found for found in ways.values() if len(found) > 1]
    now = Moment(directory, flow_key)
    with listening_in(now, at_every_path=True) as handed_over:
        for several in alike[:: max(len(alike) // 40, 1)]:
            contexts = [page_of(handed_over, PAGES[flow_key], {"a": write_pairs(path.answers)}) for path in several]
            data = [api_side.conversation_data(now, flow_key, path.answers, finish=False) for path in several]
            shown = [page_rows(context) for context in contexts] + [api_rows(each) for each in data]
            assert all(rows == shown[0] for rows in shown), several[0].answers
    assert len(alike) > 20
