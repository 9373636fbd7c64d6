"""How much goes over the line to a person with a slow one and little left of the month's data."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from catalog.directory.directory import Directory
from chatbot.flow import Flow, flow_of
from chatbot.forms import write_pairs
from chatbot.replay import replay

from .browsing import Page, ways_to_danger, ways_to_questions

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

HOME_AT_MOST = 60 * 1024
STEP_AT_MOST = 8 * 1024


def over_the_line(response: Response) -> int:
    assert response.headers["Content-Encoding"] == "gzip"
    return len(response.content)


def packed(address: str) -> int:
    """A static file as it is served, gzipped beforehand."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix(settings.STATIC_URL))
    path = finders.find(name)
    assert isinstance(path, str), name
    return len(gzip.compress(Path(path).read_bytes(), compresslevel=9))


@pytest.mark.parametrize("front", ["/", "/under18/"])
def test_the_front_page_with_all_that_it_loads(web: Client, front: str) -> None:
    page = Page(web.get(front))
    files = [link["href"] for link in page.all("link")] + page.named("src")
    assert {Path(file).suffix for file in files} == {".css", ".js", ".svg"}
    html = over_the_line(web.get(front, headers={"accept-encoding": "gzip"}))
    assert html + sum(packed(file) for file in files) <= HOME_AT_MOST


def step(web: Client, fields: dict[str, object], address: str = "/chat/") -> Response:
    headers = {"HX-Request": "true", "accept-encoding": "gzip"}
    return web.post(address, fields, headers=headers)


@pytest.mark.parametrize(("key", "address"), [("general", "/chat/"), ("under18", "/under18/chat/")])
def test_each_question_of_the_conversation(web: Client, directory: Directory, key: str, address: str) -> None:
    flow = flow_of(directory, key)
    answered = {question: way.answers for question, way in ways_to_questions(flow).items() if way.turns}
    weights = {question: over_the_line(step(web, {"a": write_pairs(a)}, address)) for question, a in answered.items()}
    assert len(weights) == len(flow.questions) - 1
    assert {key: weight for key, weight in weights.items() if weight > STEP_AT_MOST} == {}


def results_weigh(web: Client, *answers: str) -> int:
    response = step(web, {"a": answers, "finish": "1"})
    assert "answers-title" in gzip.decompress(response.content).decode()
    return over_the_line(response)


def test_the_results_for_somebody_in_a_crisis(web: Client) -> None:
    assert results_weigh(web, "worry.suicidal") <= STEP_AT_MOST
    assert results_weigh(web, "worry.talk", "talk.lonely") <= STEP_AT_MOST


@pytest.mark.parametrize("band", ["g12", "g34", "g56", "jh", "hs"])
def test_the_results_for_a_child(web: Client, band: str) -> None:
    """With all readings, which is the most."""
    fields: dict[str, object] = {"a": [f"band.{band}", "teen.-", "area.-", "young.-"], "finish": "1", "ruby": "all"}
    assert over_the_line(step(web, fields, "/under18/chat/")) <= STEP_AT_MOST


def test_the_results_for_somebody_with_many_troubles(web: Client) -> None:
    assert results_weigh(web, "worry.money", "money.rent", "also.single", "also.heart") <= STEP_AT_MOST


def test_the_results_for_somebody_in_danger_with_the_question_below_them(web: Client, flow: Flow) -> None:
    """Before it is answered, and after."""
    said = [{**way.answers, question: (key,)} for (question, key), way in ways_to_danger(flow).items()]
    asked = [(answers, replay(flow, answers).question) for answers in said]
    said += [{**a, below.key: tuple(c.key for c in below.choices[: below.most])} for a, below in asked if below]
    weights = [(results_weigh(web, *write_pairs(answers)), answers) for answers in said]
    assert [row for row in weights if row[0] > STEP_AT_MOST] == []
