"""Frozen flows as entries that can be compared: each question with its choices, by their keys. Pure Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.directory.codes import Page
from catalog.release.diff_wording import Entry, Field, Names, in_words
from catalog.text import furigana

from .facts import SETTLED_VALUES, VOCABULARY, FactKind, split

QUESTION_LABELS = {
    "key": "記号",
    "prompt": "質問",
    "help": "ひとこと",
    "multiple": "いくつか選べる",
    "most": "いくつまで",
    "ask_if": "聞く条件",
    "skip_if": "聞かない条件",
    "skip_label": "答えないボタン",
    "next": "次の質問",
}
CHOICE_LABELS = {
    "key": "記号",
    "label": "ことば",
    "help": "ひとこと",
    "icon": "絵",
    "facts": "わかること",
    "next": "次の質問",
    "leads_to": "ほかのページへ",
}
FACTS = ("facts", "ask_if", "skip_if")


def describe_flows(flows: Any, names: Names) -> Iterator[Entry]:
    """The data of chatbot.models.dump_flows. The key of a question's entry is "flow/question"."""
    for flow in flows:
        prompts = {question["key"]: _prompt(question) for question in flow["questions"]}
        other = {key: value for key, value in flow.items() if key not in {"key", "start", "questions"}}
        yield Entry(
            key=flow["key"],
            name=f"「{Page.labels().get(flow['key'], flow['key'])}」の流れ",
            fields={
                "start": Field("始まりの質問", flow.get("start"), prompts.get(flow.get("start"), "")),
                "order": Field("質問の並び", list(prompts), "\n".join(prompts.values())),
                **{key: Field(key, value, in_words(value)) for key, value in other.items()},
            },
        )
        for question in flow["questions"]:
            fields = _question_fields(question, prompts, names)
            yield Entry(
                key=f"{flow['key']}/{question['key']}",
                name=prompts[question["key"]],
                fields=fields,
                texts="\n".join(field.words for field in fields.values()),
            )


def _prompt(question: Mapping[str, Any]) -> str:
    return furigana.plain(question.get("prompt", "")) or str(question["key"])


def _question_fields(question: Mapping[str, Any], prompts: Mapping[str, str], names: Names) -> dict[str, Field]:
    fields = {
        key: Field(QUESTION_LABELS.get(key, key), value, _words(key, value, prompts, names, default="結果へ"))
        for key, value in question.items()
        if key != "choices"
    }
    choices = question.get("choices", ())
    labels = {choice["key"]: furigana.plain(choice.get("label", "")) for choice in choices}
    fields["choices"] = Field("答えの並び", list(labels), "\n".join(labels.values()))
    for choice in choices:
        for key, value in choice.items():
            label = f"答え「{labels[choice['key']]}」の{CHOICE_LABELS.get(key, key)}"
            words = _words(key, value, prompts, names, default="ここで結果へ")
            fields[f"{choice['key']}.{key}"] = Field(label, value, words)
    return fields


def _words(key: str, value: Any, prompts: Mapping[str, str], names: Names, *, default: str) -> str:
    if key == "next":
        return "質問の「次の質問」へ" if value is None else prompts.get(value, str(value)) or default
    if key in FACTS:
        return "\n".join(fact_words(fact, names) for fact in value)
    return in_words(value)


def fact_words(text: str, names: Names) -> str:
    """worry:rent as 悩み: 家賃が払えない"""
    kind, value = split(text)
    if kind not in FactKind.values():
        return f"{kind}: {value}"
    known = FactKind(kind)
    words = SETTLED_VALUES[known].labels() if known in SETTLED_VALUES else names.get(VOCABULARY[known], {})
    return f"{known.label}: {words.get(value) or value}"
