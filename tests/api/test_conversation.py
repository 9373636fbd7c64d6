"""The pages and the API write down the same steps of a conversation, each of them wholly: on a small catalogue for every path, and
on the real content for some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from catalog.directory.codes import Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from chatbot.conversation import Result, Step, every_ending, next_step
from chatbot.flow import SKIPPED, flow_of
from chatbot.forms import write_pairs
from chatbot.pages import GENERAL, UNDER18
from chatbot.replay import Answers
from chatbot.walk import walk
from tests.chatbot.samples import DAY, NIGHT
from tests.chatbot.small_catalogue import small_catalogue
from tests.conftest import at, japan
from tests.site.browsing import Element, Page

from .conftest import Api, served

PAGES = {str(page.flow): page for page in (GENERAL, UNDER18)}
SOME = {"general": 20, "under18": 10}  # paths through the real flows
GROUPS = {"crisis-title": "crisis", "talk-title": "talk", "use-title": "use"}
Row = tuple[object, ...]


@pytest.fixture(scope="module")
def small() -> Directory:
    return small_catalogue()


@pytest.fixture
def small_site(small: Directory) -> Iterator[Api]:
    with served(small):
        yield Api()


def steps(now: DirectoryNow, flow_key: str) -> Iterator[Step]:
    """Where every path ends, and early, and half-way."""
    flow = flow_of(now.directory, flow_key)
    for ending in every_ending(now, flow):
        yield ending
        answers = dict(list(ending.conversation.answers.items())[:-1])
        yield next_step(now, flow, answers)
        yield next_step(now, flow, answers, finish=True)


def page_of(step: Step) -> Page:
    fields: dict[str, Any] = {"a": write_pairs(step.conversation.answers)} | ({"finish": "1"} if step.finish else {})
    return Page(Client().post(reverse(PAGES[step.flow.key].chat), fields))


def answer_of(api: Api, step: Step) -> Any:
    sent = {question: list(keys) for question, keys in step.conversation.answers.items()}
    return api.posted("conversation/", {"flow": step.flow.key, "answers": sent, "finish": step.finish})


def openness(support: Support, now: DirectoryNow) -> list[str]:
    """How each contact stands to which one can go, or where somebody answers while one waits."""
    return sorted(now.state(c).openness.value for c in support.contacts if c.is_live or c.via is Via.VISIT)


# ---- What the API gives ----


@pytest.mark.parametrize("moment", [DAY, NIGHT])
@pytest.mark.parametrize("flow_key", PAGES)
def test_the_api_gives_each_step_wholly(small: Directory, small_site: Api, flow_key: str, moment: str) -> None:
    with time_machine.travel(japan(moment), tick=False):
        for step in steps(at(small, moment), flow_key):
            data, conversation = answer_of(small_site, step), step.conversation
            assert (data["question"] and data["question"]["key"]) == (step.question and step.question.key)
            assert data["steps_left"] == (conversation.steps_left if step.question else 0)
            turns = {turn["question"]: tuple(choice["key"] for choice in turn["choices"]) for turn in data["turns"]}
            assert turns == {turn.question.key: tuple(c.key for c in turn.choices) for turn in conversation.turns}
            assert data["in_danger"] == bool(step.need.danger_worries)
            assert (data["answering_now"] and data["answering_now"]["id"]) == code(step.answers_now)
            if step.question:
                assert data["results"] is None
            else:
                assert [in_the_api(row) for row in data["results"]] == [
                    (row.group, row.is_more, row.reason, row.support.code, code(row.next_if_busy), openness(row.support, step.now))
                    for row in step.all_results
                ]  # fmt: skip


def code(support: Support | None) -> str | None:
    return support.code if support else None


def in_the_api(row: Any) -> Row:
    following, contacts = row["next_if_busy"], row["support"]["contacts"]
    states = sorted(contact["state"]["openness"] for contact in contacts if contact["state"])
    return row["group"], row["is_more"], row["reason"], row["support"]["id"], following and following["id"], states


# ---- What the pages show ----


@pytest.mark.parametrize("moment", [DAY, NIGHT])
@pytest.mark.parametrize("flow_key", PAGES)
def test_the_page_shows_each_step_wholly(small: Directory, small_site: Api, flow_key: str, moment: str) -> None:
    with time_machine.travel(japan(moment), tick=False):
        for step in steps(at(small, moment), flow_key):
            page = page_of(step)
            assert page.question == (step.question.key if step.question else "")
            if step.question:
                assert str(step.conversation.steps_left) in page.one(class_="steps-left").text
                quick = step.answers_now if step.conversation.turns else None  # at first the strip on top is enough
                assert slugs(page.all(class_="quick")) == [support.slug for support in (quick,) if support]
            else:
                assert [on_the_page(card) for card in page.main.all("article")] == [
                    expected(step, row) for row in step.all_results
                ]
                assert bool(page.all(has="data-crisis")) == bool(step.need.danger_worries)


def slugs(elements: Iterable[Element]) -> list[str]:
    """Of the entries that these elements are or hold."""
    return [
        slug
        for element in elements
        for slug in [*filter(None, [element["data-support"]]), *element.named("data-support")]
    ]


def expected(step: Step, row: Result) -> Row:
    """As a card. Behind もっと見る it says neither why nor whom to try next; a child reads only whether somebody answers."""
    following = "" if row.is_more or not row.next_if_busy else row.next_if_busy.name
    states = openness(row.support, step.now)
    if row.group == "child":
        states = sorted("open" if state == "open" else "" for state in states)
    return (
        row.group,
        row.is_more,
        "" if row.is_more else row.reason,
        row.support.slug,
        following,
        [] if row.is_more else states,
    )


def on_the_page(card: Element) -> Row:
    behind = any("more" in element["class"].split() for element in card.around)
    titles = [element["aria-labelledby"] for element in card.around if element["aria-labelledby"] in GROUPS]
    group = GROUPS[titles[0]] if titles else "child"
    reason = "".join(element.text for element in card.all("p", class_="reason"))
    next_one = "".join(link.parts[0].strip() for element in card.all(class_="next-one") for link in element.all("a"))  # type: ignore[union-attr]
    states = [element["class"].removeprefix("state").strip() for element in card.all("p", class_="state")]
    return group, behind, reason, card["data-support"], next_one, sorted(states)


# ---- The real content ----


@pytest.mark.parametrize("moment", ["2026-09-05 19:30", "2027-01-01 03:30"])
@pytest.mark.parametrize("flow_key", PAGES)
def test_some_paths_through_the_real_content_end_alike(
    api: Api, directory: Directory, flow_key: str, moment: str
) -> None:
    paths = list(walk(flow_of(directory, flow_key)))
    some: list[Answers] = [path.answers for path in paths[:: len(paths) // SOME[flow_key]]]
    for answers in some:
        sent = {question: list(keys) for question, keys in answers.items()}
        asked = {"flow": flow_key, "answers": sent, "at": moment.replace(" ", "T"), "fields": ["name"]}
        given = [directory.by_code[row["support"]["id"]].slug for row in api.posted("conversation/", asked)["results"]]
        with time_machine.travel(japan(moment), tick=False):
            page = Page(Client().post(reverse(PAGES[flow_key].chat), {"a": write_pairs(answers)}))
        assert slugs([page.main]) == given != [], answers


@pytest.mark.parametrize(
    ("flow_key", "answers"),
    [
        ("general", {"worry": ["gone"]}),
        ("general", {"nowhere": ["money"]}),
        ("general", {"worry": ["money", "work"]}),
        ("general", {"worry": [SKIPPED]}),
        ("general", {"worry": ["money"], "money": ["rent"], "also": ["heart", "illness", "parent", "family", "work"]}),
        ("under18", {"band": ["g99"]}),
        ("under18", {"band": ["jh"], "teen": ["gone"]}),
    ],
)
def test_odd_answers_are_taken_alike(api: Api, flow_key: str, answers: dict[str, list[str]]) -> None:
    data = api.posted("conversation/", {"flow": flow_key, "answers": answers})
    page = Page(
        Client().post(reverse(PAGES[flow_key].chat), {"a": write_pairs({q: tuple(k) for q, k in answers.items()})})
    )
    assert page.question == data["question"]["key"]
    assert bool(page.all("p", class_="notice", role="status")) == data["was_lost"]
    marked = [choice["value"] for choice in [*page.all("input", has="checked"), *page.all("button", class_="marked")]]
    assert marked == data["too_many"]
    assert len(page.all(class_="turn")) == len(data["turns"])
