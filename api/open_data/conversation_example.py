"""The conversation in three steps, as the page shows it: requests that can be copied, and what the API really answers to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from api.v1.conversation import conversation_data
from catalog.directory.directory import Directory, DirectoryNow
from catalog.hours.timetable import JAPAN
from catalog.pages.decorators import public_url
from chatbot.conversation import next_step
from chatbot.flow import flow_of
from chatbot.pages import GENERAL

AT = "2026-12-01T10:00:00+09:00"
SHOWN_CHOICES = 2
SHOWN_RESULTS = 1


@dataclass(frozen=True, slots=True)
class Example:
    """One request and what comes of it. `answer` is an excerpt of what comes back."""

    title: str
    about: str
    body: Mapping[str, Any]
    answer: Mapping[str, Any]

    @property
    def request(self) -> str:
        body = json.dumps(self.body, ensure_ascii=False)
        return (
            f"curl -X POST {public_url('api:conversation')} \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"
        )

    @property
    def shown_answer(self) -> str:
        return json.dumps(self.answer, ensure_ascii=False, indent=2)


@lru_cache(maxsize=2)
def three_steps(directory: Directory) -> tuple[Example, ...]:
    """Begin, answer, end early."""
    begin: dict[str, Any] = {"flow": GENERAL.flow, "answers": {}}
    asked = _answer(directory, begin)
    first = asked["question"]
    calm = next(choice for choice in first["choices"] if not choice["is_danger"])
    answered = {first["key"]: [calm["key"]]}
    go_on = {**begin, "answers": answered}
    end = {**go_on, "finish": True, "at": AT}
    return (
        Example("始める", "答えを空で送ると、はじめの質問が返ります。", begin, _question(asked)),
        Example(
            "答える",
            "選んだ答えの key を、質問の key につけて送ります。次の質問が返るので、答えをふやして、また全部送ります。"
            "いのちや安全にかかわる答えなら、in_danger が true になり、もう何も聞かずに結果が返ります。",
            go_on,
            _question(_answer(directory, go_on)),
        ),
        Example(
            "結果を受けとる",
            "質問がなくなると結果が返ります。finish を true にすると、そこまでの答えで結果になります。"
            "at を書かなければ、いまのようすです。",
            end,
            _results(_answer(directory, end)),
        ),
    )


def _answer(directory: Directory, body: Mapping[str, Any]) -> Any:
    now = DirectoryNow(directory, datetime.fromisoformat(body.get("at", AT)).astimezone(JAPAN))
    answers = {question: tuple(keys) for question, keys in body["answers"].items()}
    step = next_step(now, flow_of(directory, body["flow"]), answers, finish=body.get("finish", False))
    return json.loads(json.dumps(conversation_data(step)))


def _question(answer: Mapping[str, Any]) -> dict[str, Any]:
    question = answer["question"]
    choices = [
        {"key": choice["key"], "label": {"plain": choice["label"]["plain"]}}
        for choice in question["choices"][:SHOWN_CHOICES]
    ]
    return {
        "question": {"key": question["key"], "prompt": {"plain": question["prompt"]["plain"]}, "choices": choices},
        "steps_left": answer["steps_left"],
        "in_danger": answer["in_danger"],
        "results": None,
    }


def _results(answer: Mapping[str, Any]) -> dict[str, Any]:
    def contact(row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: row[name] for name in ("via", "value", "tel", "charge_words", "hours_words", "state")}

    def support(row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **{name: row[name] for name in ("id", "name", "url", "answers")},
            "contacts": [contact(row["contacts"][0])],
        }

    rows = [
        {"group": row["group"], "reason": row["reason"], "support": support(row["support"])}
        for row in answer["results"][:SHOWN_RESULTS]
    ]
    return {"question": None, "in_danger": answer["in_danger"], "results": rows}
