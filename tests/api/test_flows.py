"""The flows as data: whole, and enough for a program to lead the conversation on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from catalog.directory.directory import Directory
from catalog.pages.ruby import to_html
from catalog.text import furigana
from chatbot.flow import SKIPPED, flow_of
from chatbot.replay import replay
from chatbot.walk import walk

from .conftest import UNLIMITED, Api

FLOWS = {"general": 7, "under18": 1}  # every how many paths are led by the data alone
Answers = Mapping[str, Sequence[str]]


@pytest.fixture(autouse=True)
def nobody_is_slowed_down(settings: Any) -> None:
    settings.API_RATE = UNLIMITED


def test_all_flows_are_given_out(api: Api, directory: Directory) -> None:
    flows = api.json("flows/")["results"]
    assert [flow["key"] for flow in flows] == [flow["key"] for flow in directory.sections["flows"]]
    assert all(api.json(f"flows/{flow['key']}/") == flow for flow in flows)


@pytest.mark.parametrize("key", FLOWS)
def test_a_flow_as_data_is_the_flow_of_the_release(api: Api, directory: Directory, key: str) -> None:
    data, frozen = api.json(f"flows/{key}/"), next(f for f in directory.sections["flows"] if f["key"] == key)
    assert data["start"] == frozen["start"]
    for question, row in zip(data["questions"], frozen["questions"], strict=True):
        assert {name: question[name] for name in ("key", "multiple", "most", "next")} == {
            name: row[name] for name in ("key", "multiple", "most", "next")
        }
        assert sorted(row["ask_if"]) == question["ask_if"]
        assert sorted(row["skip_if"]) == question["skip_if"]
        for name in ("prompt", "help", "skip_label"):
            assert question[name]["plain"] == furigana.plain(row[name])
        for choice, frozen_choice in zip(question["choices"], row["choices"], strict=True):
            for name in ("key", "facts", "next", "leads_to", "icon"):
                assert choice[name] == frozen_choice[name]
            assert choice["label"]["ruby"] == to_html(frozen_choice["label"], furigana.ALL)


class Program:
    """Somebody else's program, which knows of a flow what `/flows/` says and no more."""

    def __init__(self, flow: Mapping[str, Any]) -> None:
        self.start: str = flow["start"]
        self.questions = {question["key"]: question for question in flow["questions"]}

    def next_question(self, answers: Answers) -> str:
        """The key of the question to ask; "" for the results."""
        facts: set[str] = set()
        key = self.start
        while key:
            question = self.questions[key]
            wanted = not question["ask_if"] or facts & set(question["ask_if"])
            if not wanted or facts & set(question["skip_if"]):
                key = question["next"]
                continue
            if key not in answers:
                return key
            chosen = [choice for choice in question["choices"] if choice["key"] in answers[key]]
            facts |= {fact for choice in chosen for fact in choice["facts"]}
            if any(choice["is_danger"] for choice in chosen):
                return ""
            key = next((choice["next"] for choice in chosen if choice["next"] is not None), question["next"])
        return ""


@pytest.mark.parametrize("key", FLOWS)
def test_a_program_that_knows_the_data_alone_asks_the_same_questions(api: Api, directory: Directory, key: str) -> None:
    program, flow = Program(api.json(f"flows/{key}/")), flow_of(directory, key)
    asked: set[str] = set()
    for path in list(walk(flow))[:: FLOWS[key]]:
        for done in range(len(path.turns) + 1):
            answers = {turn.question.key: turn.keys for turn in path.turns[:done]}
            stands = replay(flow, answers).question
            assert program.next_question(answers) == (stands.key if stands else ""), answers
            asked.add(stands.key if stands else "")
    assert asked == {*program.questions, ""}


@pytest.mark.parametrize("key", FLOWS)
def test_a_conversation_can_be_led_by_the_step_alone(api: Api, directory: Directory, key: str) -> None:
    """Always the last answer; and nothing but what the steps said is sent back."""
    answers: dict[str, list[str]] = {}
    step = api.posted("conversation/", {"flow": key})
    lefts = []
    while step["question"]:
        lefts.append(step["steps_left"])
        question = step["question"]
        assert question == next(q for q in api.json(f"flows/{key}/")["questions"] if q["key"] == question["key"])
        answers[question["key"]] = [question["choices"][-1]["key"]]
        step = api.posted("conversation/", {"flow": key, "answers": answers})
    assert {turn["question"]: [choice["key"] for choice in turn["choices"]] for turn in step["turns"]} == answers
    assert lefts == sorted(lefts, reverse=True)
    assert step["steps_left"] == 0
    assert len([row for row in step["results"] if not row["is_more"]]) >= 3


@pytest.mark.parametrize("key", FLOWS)
def test_who_answers_nothing_is_given_results_all_the_same(api: Api, key: str) -> None:
    answers: dict[str, list[str]] = {}
    step = api.posted("conversation/", {"flow": key})
    while step["question"]:
        answers[step["question"]["key"]] = [SKIPPED]
        step = api.posted("conversation/", {"flow": key, "answers": answers})
    assert step["results"]
    assert all(turn["choices"] == [] for turn in step["turns"])
    assert api.posted("conversation/", {"flow": key, "finish": True})["results"]


def test_danger_ends_the_questions_at_once_with_a_line_that_never_closes(api: Api) -> None:
    step = api.posted("conversation/", {"flow": "general", "answers": {"worry": ["suicidal"]}})
    assert step["question"] is None
    assert step["in_danger"] is True
    assert step["results"][0]["group"] == "crisis"
    crisis = [row["support"] for row in step["results"] if row["group"] == "crisis"]
    assert any(support["is_always_open"] and support["answers"] for support in crisis)


def test_the_order_of_the_answers_does_not_matter(api: Api) -> None:
    answers = {"worry": ["money"], "money": ["rent"], "also": ["illness", "heart"]}
    turned = {question: list(reversed(answers[question])) for question in reversed(answers)}
    at = "2026-11-25T12:00"
    said = [api.posted("conversation/", {"flow": "general", "answers": each, "at": at}) for each in (answers, turned)]
    assert said[0] == said[1]
