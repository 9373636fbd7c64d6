"""What must be so of every way through every flow before a Release may be published. Pure Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from catalog.directory.directory import Directory, DirectoryNow
from catalog.hours.timetable import JAPAN
from catalog.release.problem import Problem
from catalog.text import furigana

from .flow import MOST_QUESTIONS, Flow, FlowError, build
from .matching import Match, Need
from .pages import GENERAL, UNDER18
from .replay import Conversation
from .results import Results, child_results, needs_a_line_that_is_always_open, results
from .walk import walk

FEWEST_RESULTS = 3
# The hour at which the fewest answer: New Year's night.
HARDEST_MOMENT = datetime(2027, 1, 1, 3, 30, tzinfo=JAPAN)


def build_flows(directory: Directory) -> None:
    """Build every flow that a page needs. Raises FlowError, KeyError or TypeError where a Release's flows are of another shape."""
    flows = {data["key"]: build(data, directory) for data in directory.sections["flows"]}
    for page in (GENERAL, UNDER18):
        flows[page.flow]


def check_flows(directory: Directory) -> Iterator[Problem]:
    reached: set[str] = set()
    flows_hold = True
    for data in directory.sections["flows"]:
        try:
            flow = build(data, directory)
        except FlowError as error:
            flows_hold = False
            yield Problem(f"質問の流れ「{data['key']}」", str(error))
            continue
        if flow.key == UNDER18.flow:
            yield from _check_readings(flow)
        yield from _check_paths(flow, directory, reached)
    if flows_hold:
        for support in directory.available:
            if support.slug not in reached and not support.has_season:
                yield Problem(
                    f"「{support.name}」",
                    "どの質問の流れからも、ここにたどりつきません。「合う悩み」を見直してください。",
                )


def _check_paths(flow: Flow, directory: Directory, reached: set[str]) -> Iterator[Problem]:
    """Walk all paths once, at the hardest moment; persons who are shown the same are looked at once."""
    here = DirectoryNow(directory, HARDEST_MOMENT)
    for_children_only = flow.key == UNDER18.flow
    seen: set[object] = set()
    told: set[str] = set()
    for conversation in walk(flow):
        person = conversation.person
        shown_by = person.facts if for_children_only else Need.of(person, directory)
        alike = (shown_by, len(conversation.turns) > MOST_QUESTIONS)
        if alike in seen:
            continue
        seen.add(alike)
        if for_children_only:
            for_children = child_results(here, person)
            reached.update(match.support.slug for match in for_children)
            message = _what_is_wrong_for_children(conversation, for_children, here)
        else:
            found = results(here, person)
            reached.update(match.support.slug for match in found.everything)
            message = _what_is_wrong(conversation, found)
        if message and message not in told:
            told.add(message)
            yield Problem(f"質問の流れ「{flow.key}」の「{path_words(conversation)}」", message)


def _what_is_wrong(conversation: Conversation, found: Results) -> str:
    if len(conversation.turns) > MOST_QUESTIONS:
        return f"質問が{len(conversation.turns)}つになります。{MOST_QUESTIONS}つまでにしてください。"
    if len(found.shown) < FEWEST_RESULTS:
        return f"見つかるものが{len(found.shown)}つだけです。{FEWEST_RESULTS}つより少なくなっています。"
    if not found.crisis and not found.talk:
        return "話せる窓口が1つもありません。"
    if not found.answering:
        return "真夜中や年末年始に、答えてくれる窓口が1つもありません。"
    first = (*found.crisis, *found.talk)
    if needs_a_line_that_is_always_open(conversation.person) and not any(m.support.is_always_open for m in first):
        return "24時間つながる窓口が、はじめに出てきません。"
    return ""


def _what_is_wrong_for_children(conversation: Conversation, found: tuple[Match, ...], here: DirectoryNow) -> str:
    if len(conversation.turns) > MOST_QUESTIONS:
        return f"質問が{len(conversation.turns)}つになります。{MOST_QUESTIONS}つまでにしてください。"
    if len(found) < FEWEST_RESULTS:
        return f"子どものことばがある窓口が、{len(found)}つしか見つかりません。"
    if here.open_contact(found[0].support) is None:
        return "真夜中や年末年始に、答えてくれる窓口が1つもありません。"
    if needs_a_line_that_is_always_open(conversation.person) and not any(m.support.is_always_open for m in found):
        return "24時間つながる窓口が出てきません。"
    return ""


def _check_readings(flow: Flow) -> Iterator[Problem]:
    """Every kanji of a children's flow has its reading."""
    for question in flow.questions.values():
        texts = [question.prompt, question.help, question.skip_label]
        texts += [text for choice in question.choices for text in (choice.label, choice.help)]
        for text in texts:
            if furigana.unread_kanji(text) or furigana.broken_marks(text):
                yield Problem(f"質問「{question.key}」", f"「{text}」の漢字によみがなをつけてください。")


def path_words(conversation: Conversation) -> str:
    """The answers of a way, as a curator would name it."""
    return furigana.plain(" → ".join(turn.words for turn in conversation.turns))
