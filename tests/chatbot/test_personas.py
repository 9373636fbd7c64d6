"""People made up for this (personas.yaml): what they tap, and the help that must be before them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.directory.directory import Directory
from chatbot.conversation import Step, next_step
from chatbot.flow import SKIPPED, Flow
from chatbot.matching import Match
from chatbot.results import Results
from tests.conftest import at

ORDINARY_MOMENT = "2026-09-02 14:00"  # a Wednesday
Persona = dict[str, Any]
PERSONAS: list[Persona] = yaml.safe_load((Path(__file__).parent / "personas.yaml").read_text())


def _gap(persona: Persona) -> list[pytest.MarkDecorator]:
    known = persona.get("known_gap")
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=known)] if known else []


each_persona = pytest.mark.parametrize("persona", [pytest.param(p, id=p["id"]) for p in PERSONAS])
each_persona_or_gap = pytest.mark.parametrize("persona", [pytest.param(p, id=p["id"], marks=_gap(p)) for p in PERSONAS])


def test_there_are_many_and_twice_as_many_hard_as_easy() -> None:
    hard = sum(persona["hard"] for persona in PERSONAS)
    assert len({persona["id"] for persona in PERSONAS}) == len(PERSONAS) >= 42
    assert hard >= 2 * (len(PERSONAS) - hard)


def test_the_entries_they_name_are_in_the_catalogue(directory: Directory) -> None:
    named = {slug for p in PERSONAS for slug in (*p["must_show"], p.get("first"), *p.get("must_not_show", ())) if slug}
    assert named <= directory.supports.keys()


def test_between_them_they_open_every_question(flow: Flow) -> None:
    assert {question for persona in PERSONAS for question in persona["answers"]} == flow.questions.keys()


@each_persona
def test_the_answers_lead_through_to_the_end(persona: Persona, flow: Flow, directory: Directory) -> None:
    conversation = talk(persona, flow, directory).conversation
    assert conversation.question is None
    assert not conversation.lost
    assert list(conversation.answers) == list(persona["answers"])  # no answer off the way


@each_persona_or_gap
def test_is_given_what_a_good_helper_would_give(persona: Persona, flow: Flow, directory: Directory) -> None:
    found = talk(persona, flow, directory).results
    shown = [match.support.slug for match in found.shown]
    missing = [slug for slug in persona["must_show"] if slug not in shown]
    wrong = [slug for slug in persona.get("must_not_show", ()) if slug in shown]
    first = persona.get("first")
    heads = _heads(found, in_danger=bool(first and directory.supports[first].crisis))
    assert (missing, wrong) == ([], []), shown
    assert first is None or first in heads, shown


def talk(persona: Persona, flow: Flow, directory: Directory) -> Step:
    now = at(directory, persona.get("moment", ORDINARY_MOMENT))
    tapped = {q: (given,) if isinstance(given, str) else tuple(given) for q, given in persona["answers"].items()}
    assert SKIPPED == "-"  # as it is written in personas.yaml
    return next_step(now, flow, tapped)


def _heads(found: Results, *, in_danger: bool) -> list[str]:
    """Who heads a card; where the crisis card is there, a line for people in danger has to head that one."""
    cards: tuple[tuple[Match, ...], ...] = (found.crisis, found.talk, found.use)
    if in_danger and found.crisis:
        cards = (found.crisis,)
    return [card[0].support.slug for card in cards if card]
