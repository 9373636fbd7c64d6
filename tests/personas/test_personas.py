"""People made up for this, written before anybody looked at what the site answers: on every honest path, at any hour, they are shown
what a caseworker would put before them.

topics.yaml: one or more for each topic; hard.yaml: two or three worries at once, helpers, unusual people; earlier.yaml: the first ones.

    who, says   who they are, and what weighs on them in their own words
    paths       the ways that they may take; question: the answer, a list of them, or "-" (こたえたくない)
    first       of each list one stands among what is shown at first, without もっと見る
    use         the same, of what can be applied for
    head        one of these heads a card
    use_head    one of these heads what can be applied for
    never       would be wrong or hurtful for them, and is not shown at first
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.directory.codes import Page
from catalog.directory.directory import Directory, DirectoryNow
from chatbot.flow import Flow, flow_of
from chatbot.need import Need
from chatbot.ranking import Match
from chatbot.replay import Answers, replay
from chatbot.results import Results, results
from tests.conftest import at

MOMENTS = ("2026-09-02 11:00", "2026-09-06 14:00", "2026-09-02 22:00", "2027-01-01 02:00")
Persona = dict[str, Any]


def _of_file(name: str) -> list[Persona]:
    loaded: list[Persona] = yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


TOPICS, HARD, EARLIER = (_of_file(name) for name in ("topics.yaml", "hard.yaml", "earlier.yaml"))
PERSONAS = TOPICS + HARD + EARLIER
CASES = [pytest.param(persona, id=persona["id"]) for persona in PERSONAS]


@cache
def _flow(directory: Directory, page: str) -> Flow:
    return flow_of(directory, page)


@pytest.fixture(scope="module")
def moments(directory: Directory) -> list[DirectoryNow]:
    return [at(directory, moment) for moment in MOMENTS]


@cache
def _results(now: DirectoryNow, need: Need) -> Results:
    """Once for each need and moment: many of them come to the same."""
    return results(now, need)


def _paths(persona: Persona) -> Iterator[Answers]:
    for path in persona["paths"]:
        yield {question: (given,) if isinstance(given, str) else tuple(given) for question, given in path.items()}


def _slugs(persona: Persona) -> set[str]:
    groups = [
        *persona.get("first", ()),
        *persona.get("use", ()),
        *(persona.get(k, ()) for k in ("head", "use_head", "never")),
    ]
    return {slug for group in groups for slug in group}


def test_there_are_many() -> None:
    assert len({persona["id"] for persona in PERSONAS}) == len(PERSONAS)
    assert len(TOPICS) >= 160
    assert len(HARD) >= 100


def test_the_entries_they_name_are_in_the_catalogue(directory: Directory) -> None:
    assert set().union(*map(_slugs, PERSONAS)) <= directory.supports.keys()


def test_between_them_they_open_every_question(directory: Directory) -> None:
    for page in Page:
        opened = {question for p in PERSONAS if p["page"] == page for path in p["paths"] for question in path}
        assert opened == _flow(directory, page).questions.keys()


@pytest.mark.parametrize("persona", CASES)
def test_the_answers_lead_through_to_the_end(persona: Persona, directory: Directory) -> None:
    for answers in _paths(persona):
        conversation = replay(_flow(directory, persona["page"]), answers)
        assert (conversation.lost, conversation.question) == (False, None), answers
        assert list(conversation.answers) == list(answers)  # no answer off the way


@pytest.mark.parametrize("persona", CASES)
def test_is_shown_what_a_caseworker_would_put_before_them(persona: Persona, moments: list[DirectoryNow]) -> None:
    flow = _flow(moments[0].directory, persona["page"])
    for answers in _paths(persona):
        need = Need.of(replay(flow, answers).person, moments[0].directory, for_children=flow.is_for_children)
        at_moments = [_results(now, need) for now in moments]
        for found in at_moments:
            shown = [match.support.slug for match in found.shown]
            assert len(set(shown)) == len(shown), (answers, shown)
            wanted = [*persona.get("first", ()), *persona.get("use", ())]
            missing = [group for group in wanted if not set(group) & set(shown)]
            wrong = set(persona.get("never", ())) & set(shown)
            assert (missing, wrong) == ([], set()), (answers, shown)
            cards = (found.crisis or found.talk, found.use, found.child)
            assert _heads(persona.get("head"), cards), (answers, shown)
            assert _heads(persona.get("use_head"), (found.use or _to_apply_for(found.child),)), (answers, shown)
        assert len({frozenset(match.support for match in found.shown) for found in at_moments}) == 1, answers


def _heads(wanted: list[str] | None, cards: Iterable[Sequence[Match]]) -> bool:
    """Whether one of the wanted entries heads one of the cards; where none is wanted, it is well."""
    return wanted is None or any(card[0].support.slug in wanted for card in cards if card)


def _to_apply_for(found: Iterable[Match]) -> list[Match]:
    return [match for match in found if not match.support.is_someone_to_talk_to]
