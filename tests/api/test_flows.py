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

from .conftest import UNLIMITED, Api, Paths

FLOWS = ("general", "under18")
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
            assert choice["offer_if"] == sorted(frozen_choice["offer_if"])
            assert choice["label"]["ruby"] == to_html(frozen_choice["label"], furigana.ALL)


class Program:
    """Somebody else's program, which knows of a flow what `/flows/` says and no more."""

    def __init__(self, flow: Mapping[str, Any]) -> None:
        self.start: str = flow["start"]
        self.questions = {question["key"]: question for question in flow["questions"]}

    def next_question(self, answers: Answers) -> tuple[str, list[str]]:
        """The keys of the question to ask, in danger below the results, and of the choices offered; none for the results alone."""
        facts: set[str] = set()
        wider: dict[str, set[str]] = {}
        key, asked, in_danger = self.start, 0, False
        while key and asked < 5:
            question = self.questions[key]
            offered = self.offered(question, facts)
            wanted = not question["ask_if"] or facts & set(question["ask_if"])
            if not offered or not wanted or facts & set(question["skip_if"]):
                key = question["next"]
                continue
            if key not in answers:
                return key, [choice["key"] for choice in offered]
            chosen = [choice for choice in offered if choice["key"] in answers[key]]
            told = {fact for choice in chosen for fact in choice["facts"]}
            replaced = set() if question["multiple"] else wider.pop(key, set())
            if any(fact.startswith("worry:") for fact in told):
                facts, replaced = facts - replaced, set()
            for choice in chosen:
                if choice["next"]:
                    narrowed = {fact for fact in choice["facts"] if fact.startswith(("worry:", "tag:"))}
                    wider[choice["next"]] = replaced | (narrowed - facts)
            facts |= told
            asked += 1
            danger = any(choice["is_danger"] for choice in chosen)
            leading = [choice["next"] for choice in chosen if choice["is_danger"] or not danger]
            named = [following for following in leading if following is not None]
            in_danger = in_danger or danger
            key = named[0] if named else "" if in_danger else question["next"]
        return "", []

    def offered(self, question: Mapping[str, Any], facts: set[str]) -> list[Any]:
        """For everybody or for this person; where several may be chosen, nothing that is known; nine at most."""
        fit = [
            choice
            for choice in question["choices"]
            if not choice["offer_if"] or facts & set(choice["offer_if"])
            if not (question["multiple"] and self.is_known(choice["facts"], facts))
        ]
        room = 9 - sum(not choice["offer_if"] for choice in fit)
        left_out = [choice for choice in fit if choice["offer_if"]][room:]
        return [choice for choice in fit if choice not in left_out]

    def is_known(self, told: list[str], facts: set[str]) -> bool:
        """Whom somebody asks for, and an age, are told once."""
        once = {fact.partition(":")[0] for fact in facts} & {"who", "age"}
        return all(fact in facts or fact.partition(":")[0] in once for fact in told)


@pytest.mark.parametrize("key", FLOWS)
def test_a_program_that_knows_the_data_alone_asks_the_same_questions(
    api: Api, directory: Directory, paths: Paths, key: str
) -> None:
    program, flow = Program(api.json(f"flows/{key}/")), flow_of(directory, key)
    asked: set[str] = set()
    for path in paths[key]:
        for done in range(len(path.turns) + 1):
            answers = {turn.question.key: turn.keys for turn in path.turns[:done]}
            stands = replay(flow, answers).question
            said = (stands.key, [choice.key for choice in stands.choices]) if stands else ("", [])
            assert program.next_question(answers) == said, answers
            asked.add(said[0])
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
        whole = next(q for q in api.json(f"flows/{key}/")["questions"] if q["key"] == question["key"])
        assert question == whole | {"choices": [choice for choice in whole["choices"] if choice in question["choices"]]}
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


def test_what_is_asked_below_the_results_in_danger_can_be_answered(api: Api) -> None:
    step = api.posted("conversation/", {"flow": "general", "answers": {"worry": ["suicidal"]}})
    below = step["question_below"]
    answers = {"worry": ["suicidal"], below["key"]: [below["choices"][0]["key"]]}
    after = api.posted("conversation/", {"flow": "general", "answers": answers})
    assert (after["question"], after["question_below"]) == (None, None)
    assert after["in_danger"] is True
    assert len(after["turns"]) == 2
    assert not after["was_lost"]


def test_the_order_of_the_answers_does_not_matter(api: Api) -> None:
    answers = {"worry": ["money"], "money": ["rent"], "also": ["single", "heart"]}
    turned = {question: list(reversed(answers[question])) for question in reversed(answers)}
    at = "2026-11-25T12:00"
    said = [api.posted("conversation/", {"flow": "general", "answers": each, "at": at}) for each in (answers, turned)]
    assert said[0] == said[1]
