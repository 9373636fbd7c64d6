"""Frozen flows as entries that can be compared: each question with its choices, by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Model

from catalog.comparison.changes import Entry, Field, Row
from catalog.comparison.describing import NameOf, fields_of, name_of_row, numbers_in
from catalog.directory.codes import Page
from catalog.models import AgeBand, AudienceTag, Worry
from catalog.text import furigana

from .facts import SETTLED_VALUES, FactKind, split
from .models import Choice, Flow, Question

VOCABULARY: Mapping[str, type[Model]] = {FactKind.WORRY: Worry, FactKind.TAG: AudienceTag, FactKind.AGE: AgeBand}
GUARD = "危険につながる質問"
FACTS = ("ask_if", "skip_if", "facts", "offer_if")
# Where nothing further is asked.
NO_QUESTION: Mapping[type[Model], Mapping[str | None, str]] = {
    Question: {"": "結果へ"},
    Choice: {"": "ここで結果へ", None: "質問の「次の質問」へ"},
}


def describe_flows(flows: Any, name_of: NameOf) -> Iterator[Entry]:
    """The data of chatbot.models.dump_flows. The key of a question's entry is "flow/question"."""
    for flow in flows:
        prompts = {question["key"]: _prompt(question) for question in flow["questions"]}
        guarded = _on_the_way_to_help(flow)
        named = _with_prompts(prompts, name_of)
        name = f"「{Page.labels().get(flow['key'], flow['key'])}」の流れ"
        yield Entry(flow["key"], name, fields_of(Flow, flow, named, leave_out=["questions"]), guard=GUARD)
        for question in flow["questions"]:
            fields = _fields(Question, question, named)
            choices = [
                Row(name_of_row(Choice, choice), _fields(Choice, choice, named), (choice["key"],), listed="答え")
                for choice in question.get("choices", ())
            ]
            words = (field.words for of in (fields, *(row.fields for row in choices)) for field in of.values())
            key = f"{flow['key']}/{question['key']}"
            fields |= numbers_in(words)
            guard = GUARD if question["key"] in guarded else ""
            yield Entry(key, prompts[question["key"]], fields, choices, guard)


def _on_the_way_to_help(flow: Mapping[str, Any]) -> set[str]:
    """The questions where everybody begins, where somebody in danger says so, and those that lead straight to one of them."""
    said_here = {
        question["key"]
        for question in flow["questions"]
        for choice in question.get("choices", ())
        if any(split(fact)[0] == FactKind.DANGER for fact in choice.get("facts", ()))
    }
    before = {
        question["key"]
        for question in flow["questions"]
        if not said_here.isdisjoint(step.get("next") for step in (question, *question.get("choices", ())))
    }
    return {str(flow.get("start")), *said_here, *before}


def _prompt(question: Mapping[str, Any]) -> str:
    return furigana.plain(question.get("prompt", "")) or str(question["key"])


def _with_prompts(prompts: Mapping[str, str], name_of: NameOf) -> NameOf:
    """Knows the questions of a flow by their keys, too."""
    return lambda model, ref: prompts.get(ref, str(ref)) if model is Question else name_of(model, ref)


def _fields(model: type[Model], values: Mapping[str, Any], name_of: NameOf) -> dict[str, Field]:
    fields = fields_of(model, values, name_of, leave_out=["choices"])
    for name, field in fields.items():
        if name in FACTS:
            fields[name] = replace(field, words="\n".join(fact_words(fact, name_of) for fact in field.raw))
        elif name == "next" and field.raw in NO_QUESTION[model]:
            fields[name] = replace(field, words=NO_QUESTION[model][field.raw])
    return fields


def fact_words(text: str, name_of: NameOf) -> str:
    """worry:rent as 悩み: 家賃が払えない"""
    kind, value = split(text)
    if kind not in FactKind.values():
        return f"{kind}: {value}"
    known = FactKind(kind)
    settled = SETTLED_VALUES.get(known)
    name = settled.labels().get(value, value) if settled else name_of(VOCABULARY[known], value)
    return f"{known.label}: {name}"
