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
from chatbot.conversation import Step, every_ending, next_step
from chatbot.flow import SKIPPED, flow_of
from chatbot.forms import write_pairs
from chatbot.pages import GENERAL, UNDER18
from chatbot.replay import Answers
from tests.chatbot.samples import DAY, NIGHT
from tests.chatbot.small_catalogue import small_catalogue
from tests.conftest import at, japan
from tests.site.browsing import Element, Page

from .conftest import Api, Paths, served

CHAT = {str(page.flow): reverse(page.chat) for page in (GENERAL, UNDER18)}
SOME = {"general": 20, "under18": 10}  # paths through the real flows
GROUPS = {"crisis-title": "crisis", "talk-title": "talk", "use-title": "use"}
SMALL = small_catalogue()  # where an entry's name is its slug
# (group, behind もっと見る, slug, reason, whom to try next, how its contacts stand)
Result = tuple[str, bool, str, str, str, list[str]]


def steps(flow_key: str, moment: str) -> Iterator[Step]:
    """Where every path ends, half-way, and ended early."""
    now, flow = at(SMALL, moment), flow_of(SMALL, flow_key)
    for ending in every_ending(now, flow):
        answers = dict(list(ending.conversation.answers.items())[:-1])
        yield from (ending, next_step(now, flow, answers), next_step(now, flow, answers, finish=True))


def page_of(flow_key: str, answers: Answers, **more: str) -> Page:
    return Page(Client().post(CHAT[flow_key], {"a": write_pairs(answers), **more}))


def given(api: Api, flow_key: str, answers: Answers, **more: Any) -> Any:
    sent = {question: list(keys) for question, keys in answers.items()}
    return api.posted("conversation/", {"flow": flow_key, "answers": sent, **more})


def results_of(step: Step) -> list[Result]:
    return [
        (r.group, r.is_more, r.support.slug, r.reason, slug_of(r.next_if_busy), states(r.support, step.now))
        for r in step.all_results
    ]


def answering(step: Step) -> Support | None:
    return step.answers_now.match.support if step.answers_now else None


def slug_of(support: Support | None) -> str:
    return support.slug if support else ""


def states(support: Support, now: DirectoryNow) -> list[str]:
    """Of the contacts to which one can go, or where somebody answers while one waits."""
    return sorted(now.state(c).openness.value for c in support.contacts if c.is_live or c.via is Via.VISIT)


@pytest.mark.parametrize("moment", [DAY, NIGHT])
@pytest.mark.parametrize("flow_key", CHAT)
def test_the_api_gives_each_step_wholly(flow_key: str, moment: str) -> None:
    with served(SMALL), time_machine.travel(japan(moment), tick=False):
        for step in steps(flow_key, moment):
            conversation = step.conversation
            data = given(Api(), flow_key, conversation.answers, finish=step.finish)
            assert (data["question"] or {}).get("key") == (step.question.key if step.question else None)
            below = step.question_below
            assert (data["question_below"] or {}).get("key") == (below.key if below else None)
            assert data["steps_left"] == (conversation.steps_left if step.question else 0)
            turns = {turn["question"]: tuple(choice["key"] for choice in turn["choices"]) for turn in data["turns"]}
            assert turns == {turn.question.key: tuple(c.key for c in turn.choices) for turn in conversation.turns}
            assert data["in_danger"] == bool(step.need.danger_worries)
            assert (data["answering_now"] or {"name": ""})["name"] == slug_of(answering(step))
            assert data["results"] is None if step.question else list(in_json(data["results"])) == results_of(step)


def in_json(rows: Iterable[Any]) -> Iterator[Result]:
    for row in rows:
        support, following = row["support"], (row["next_if_busy"] or {"name": ""})["name"]
        stand = sorted(contact["state"]["openness"] for contact in support["contacts"] if contact["state"])
        yield row["group"], row["is_more"], support["name"], row["reason"], following, stand


@pytest.mark.parametrize("moment", [DAY, NIGHT])
@pytest.mark.parametrize("flow_key", CHAT)
def test_the_page_shows_each_step_wholly(flow_key: str, moment: str) -> None:
    with served(SMALL), time_machine.travel(japan(moment), tick=False):
        for step in steps(flow_key, moment):
            page = page_of(flow_key, step.conversation.answers, **({"finish": "1"} if step.finish else {}))
            assert page.question == (step.question.key if step.question else "")
            if step.question:
                quick = [answering(step)] if step.conversation.turns else []  # at first the strip on top is enough
                assert [slug for each in page.all(class_="quick") for slug in slugs(each)] == [*map(slug_of, quick)]
                assert str(step.conversation.steps_left) in page.one(class_="steps-left").text
            else:
                assert [*map(as_shown, page.main.all("article"))] == [*map(on_a_card, results_of(step))]
                assert bool(page.all(has="data-crisis")) == bool(step.need.danger_worries)
                below = [step.question_below.key] if step.question_below else []
                assert [asked["data-question"] for asked in page.all(class_="question-below")] == below


def slugs(element: Element) -> list[str]:
    """Of the entries that are shown in it, or that it is."""
    return [slug for slug in (element["data-support"], *element.named("data-support")) if slug]


def on_a_card(result: Result) -> Result:
    """Behind もっと見る a card says only whom there is; a child reads whether somebody answers, and no more."""
    group, is_more, slug, reason, following, stand = result
    if is_more:
        return group, is_more, slug, "", "", []
    return group, is_more, slug, reason, following, [s for s in stand if s == "open"] if group == "child" else stand


def as_shown(card: Element) -> Result:
    around = [*card.around, card]
    group = next((GROUPS[e["aria-labelledby"]] for e in around if e["aria-labelledby"] in GROUPS), "child")
    reason = "".join(p.text for p in card.all("p", class_="reason"))
    following = [str(link.parts[0]).strip() for p in card.all(class_="next-one") for link in p.all("a")]
    stand = [p["class"].removeprefix("state").strip() for p in card.all("p", class_="state")]
    is_more = any("more" in e["class"].split() for e in around)
    return group, is_more, card["data-support"], reason, "".join(following), sorted(filter(None, stand))


@pytest.mark.parametrize("moment", ["2026-09-05 19:30", "2027-01-01 03:30"])
@pytest.mark.parametrize("flow_key", CHAT)
def test_some_paths_through_the_real_content_end_alike(
    api: Api, directory: Directory, paths: Paths, flow_key: str, moment: str
) -> None:
    some = paths[flow_key]
    for path in some[:: len(some) // SOME[flow_key]]:
        data = given(api, flow_key, path.answers, at=moment.replace(" ", "T"), fields=["name"])
        with time_machine.travel(japan(moment), tick=False):
            main = page_of(flow_key, path.answers).main
        shown = [card["data-support"] for card in main.all("article")]
        assert shown == [directory.by_public_id[row["support"]["id"]].slug for row in data["results"]] != [], (
            path.answers
        )
        assert main.one(class_="now")["data-now"] == directory.by_public_id[data["answering_now"]["id"]].slug


@pytest.mark.parametrize(
    ("flow_key", "answers"),
    [
        ("general", {"worry": ("gone",)}),
        ("general", {"nowhere": ("money",)}),
        ("general", {"worry": ("money", "work")}),
        ("general", {"worry": (SKIPPED,)}),
        (
            "general",
            {"worry": ("money",), "money": ("rent",), "also": ("job", "unable", "own", "single", "heart")},
        ),
        ("under18", {"band": ("g99",)}),
        ("under18", {"band": ("jh",), "teen": ("gone",)}),
    ],
)
def test_odd_answers_are_taken_alike(api: Api, flow_key: str, answers: Answers) -> None:
    page, data = page_of(flow_key, answers), given(api, flow_key, answers)
    assert page.question == data["question"]["key"]
    assert bool(page.all("p", class_="notice", role="status")) == data["was_lost"]
    marked = [choice["value"] for choice in [*page.all("input", has="checked"), *page.all("button", class_="marked")]]
    assert marked == data["too_many"]
    assert len(page.all(class_="turn")) == len(data["turns"])
