"""The HTML of the pages and the JSON of the API, asked over HTTP: at the end of some paths at different hours, and half-way."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from catalog.directory.directory import Directory
from chatbot.flow import SKIPPED, flow_of
from chatbot.forms import write_pairs
from chatbot.pages import GENERAL, UNDER18
from chatbot.replay import Answers, Conversation
from chatbot.walk import walk
from tests.conftest import japan
from tests.site.browsing import Page

from .conftest import Api

PAGES = {str(page.flow): page for page in (GENERAL, UNDER18)}
SOME = {"general": 45, "under18": 15}  # paths
MOMENTS = ("2026-11-25 12:00", "2026-09-05 19:30", "2027-01-01 03:30")


@lru_cache
def some_paths(directory: Directory, flow_key: str) -> list[Conversation]:
    """Evenly out of all."""
    paths = list(walk(flow_of(directory, flow_key)))
    return paths[:: len(paths) // SOME[flow_key]]


def page_at(flow_key: str, answers: Answers, **more: str) -> Page:
    return Page(Client().post(reverse(PAGES[flow_key].chat), {"a": write_pairs(answers), **more}))


def step(api: Api, flow_key: str, answers: Answers, **more: Any) -> Any:
    sent = {question: list(keys) for question, keys in answers.items()}
    return api.posted("conversation/", {"flow": flow_key, "answers": sent, **more})


def slugs(directory: Directory, rows: Any) -> list[str]:
    return [directory.by_code[row["support"]["id"]].slug for row in rows]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("flow_key", PAGES)
def test_the_page_shows_what_the_api_gives_in_its_order(
    api: Api, directory: Directory, flow_key: str, moment: str
) -> None:
    with time_machine.travel(japan(moment), tick=False):
        for path in some_paths(directory, flow_key):
            page = page_at(flow_key, path.answers)
            data = step(api, flow_key, path.answers, fields=["name", "answers"])
            assert page.main.named("data-support") == slugs(directory, data["results"]), path.answers
            assert bool(page.main.all(has="data-crisis")) == any(
                row["group"] == "crisis" or (row["group"] == "child" and data["in_danger"]) for row in data["results"]
            )


@pytest.mark.parametrize("flow_key", PAGES)
def test_the_api_answers_for_another_moment_what_the_page_shows_then(
    api: Api, directory: Directory, flow_key: str
) -> None:
    for path in some_paths(directory, flow_key)[::4]:
        asked = step(api, flow_key, path.answers, at=MOMENTS[2].replace(" ", "T"))
        with time_machine.travel(japan(MOMENTS[2]), tick=False):
            assert page_at(flow_key, path.answers).main.named("data-support") == slugs(directory, asked["results"])


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("flow_key", PAGES)
def test_half_way_the_same_is_asked_and_the_same_line_answers_now(
    api: Api, directory: Directory, flow_key: str, moment: str
) -> None:
    asked: set[str] = set()
    with time_machine.travel(japan(moment), tick=False):
        for path in some_paths(directory, flow_key)[::3]:
            for done in range(len(path.turns)):
                answers = {turn.question.key: turn.keys for turn in path.turns[:done]}
                page, data = page_at(flow_key, answers), step(api, flow_key, answers)
                assert page.question == data["question"]["key"]
                assert data["results"] is None
                assert str(data["steps_left"]) in page.one(class_="steps-left").text
                asked.add(page.question)
                if done:  # before the first answer the page leaves it to the strip on top
                    shown = [each.named("data-support") or [each["data-support"]] for each in page.all(class_="quick")]
                    now = data["answering_now"]
                    assert [slug for found in shown for slug in found] == (
                        [directory.by_code[now["id"]].slug] if now else []
                    ), answers
    assert len(asked) > 3


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
def test_odd_answers_are_taken_alike(web: Client, api: Api, flow_key: str, answers: dict[str, list[str]]) -> None:
    response = web.post(reverse(PAGES[flow_key].chat), {"a": write_pairs({q: tuple(k) for q, k in answers.items()})})
    shown = response.context
    data = api.posted("conversation/", {"flow": flow_key, "answers": answers})
    assert data["was_lost"] == shown["lost"]
    assert data["too_many"] == list(shown["conversation"].too_many)
    assert (data["question"] and data["question"]["key"]) == (shown["question"] and shown["question"].key)
    assert [turn["question"] for turn in data["turns"]] == [turn.question.key for turn in shown["turns"]]


@pytest.mark.parametrize("flow_key", PAGES)
def test_finishing_early_gives_what_the_page_gives(api: Api, directory: Directory, flow_key: str) -> None:
    with time_machine.travel(japan(MOMENTS[0]), tick=False):
        for path in some_paths(directory, flow_key)[::3]:
            answers = {turn.question.key: turn.keys for turn in path.turns[:1]}
            data = step(api, flow_key, answers, finish=True)
            assert data["question"] is None
            shown = page_at(flow_key, answers, finish="1").main.named("data-support")
            assert shown == slugs(directory, data["results"]) != []
