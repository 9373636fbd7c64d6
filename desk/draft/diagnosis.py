"""What is broken in a flow, named as its curator knows it: by the question and the answer, not by their codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from catalog.directory.directory import Directory
from catalog.release.problem import Problem
from catalog.text import furigana
from catalog.text.furigana import plain
from chatbot.flow import FlowError, build, is_for_children
from chatbot.rows import FlowRow

Data = Mapping[str, Any]  # one flow of chatbot.models.dump_flows


def what_is_broken(data: Data, vocabulary: Directory, *, archived: Mapping[str, str]) -> list[Problem]:
    """Why this flow cannot be published as it is. `archived`: the questions that were put away, key → prompt."""
    leads_nowhere = list(_leads_to_archived(data, archived))
    return [
        *leads_nowhere,
        *([] if leads_nowhere else refused(data, vocabulary)),
        *(_without_readings(data) if is_for_children(data["key"]) else ()),
    ]


def _leads_to_archived(data: Data, archived: Mapping[str, str]) -> Iterator[Problem]:
    def said(key: str) -> str:
        return f"しまってある質問「{plain(archived[key])}」につながっています。次の質問を選び直すか、その質問をもどしてください。"

    if data["start"] in archived:
        yield Problem("始まりの質問", said(data["start"]))
    for row in data["questions"]:
        if row["next"] in archived:
            yield Problem(_question(row), said(row["next"]))
        for choice in row["choices"]:
            if choice["next"] in archived:
                yield Problem(_choice(row, choice), said(choice["next"]))


def refused(data: Data, vocabulary: Directory) -> Iterator[Problem]:
    """What building refuses; one thing at a time, as it stops at the first."""
    try:
        build(cast(FlowRow, data), vocabulary)
    except FlowError as error:
        prompts = {row["key"]: f"「{plain(row['prompt'])}」（{row['key']}）" for row in data["questions"]}
        words = re.sub(r"「([a-z0-9_-]+)」", lambda match: prompts.get(match[1], match[0]), str(error))
        yield Problem("質問のつながり", words)


def _without_readings(data: Data) -> Iterator[Problem]:
    for row in data["questions"]:
        places = [(_question(row), row[name]) for name in ("prompt", "help", "skip_label")]
        places += [(_choice(row, choice), choice[name]) for choice in row["choices"] for name in ("label", "help")]
        for where, text in places:
            if missing := "".join(dict.fromkeys(furigana.unread_kanji(text))):
                yield Problem(where, f"「{missing}」によみがながありません。｜漢字《かんじ》のように書いてください。")
            elif furigana.broken_marks(text):
                yield Problem(where, "よみがなの記号がくずれています。｜漢字《かんじ》のように書いてください。")


def _question(row: Data) -> str:
    return f"質問「{plain(row['prompt'])}」"


def _choice(row: Data, choice: Data) -> str:
    return f"{_question(row)}の答え「{plain(choice['label'])}」"
