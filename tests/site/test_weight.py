"""How much goes over the line to a person with a slow one and little left of the month's data."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from chatbot.flow import Flow
from chatbot.forms import write_pairs

from .browsing import Page, ways_to_questions

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


def test_the_front_page_with_all_that_it_loads(web: Client) -> None:
    page = Page(web.get("/"))
    files = [link["href"] for link in page.all("link")] + page.named("src")
    assert {Path(file).suffix for file in files} == {".css", ".js", ".svg"}
    html = over_the_line(web.get("/", headers={"accept-encoding": "gzip"}))
    assert html + sum(packed(file) for file in files) <= HOME_AT_MOST


def step(web: Client, fields: dict[str, object]) -> Response:
    headers = {"HX-Request": "true", "accept-encoding": "gzip"}
    return web.post("/chat/", fields, headers=headers)


def test_each_question_of_the_conversation(web: Client, flow: Flow) -> None:
    ways = ways_to_questions(flow)
    weights = {key: over_the_line(step(web, {"a": write_pairs(answers)})) for key, answers in ways.items() if answers}
    assert len(weights) == len(flow.questions) - 1
    assert {key: weight for key, weight in weights.items() if weight > STEP_AT_MOST} == {}


def results_weigh(web: Client, *answers: str) -> int:
    response = step(web, {"a": answers})
    assert "answers-title" in gzip.decompress(response.content).decode()
    return over_the_line(response)


def test_the_results_for_somebody_in_a_crisis(web: Client) -> None:
    assert results_weigh(web, "worry.suicidal") <= STEP_AT_MOST
    assert results_weigh(web, "worry.talk", "talk.lonely", "way.-") <= STEP_AT_MOST


def test_the_results_for_somebody_with_many_troubles(web: Client) -> None:
    troubles = ("also.heart", "also.foreigner", "also.scared")
    assert results_weigh(web, "worry.life", "life.other", "standpoint.close", "other.scam", *troubles) <= STEP_AT_MOST
