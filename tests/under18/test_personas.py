"""Children and teens made up for this (personas.yaml): what they tap, and the help that must be before them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.directory.directory import Directory
from chatbot.conversation import Step, next_step
from chatbot.flow import Flow
from tests.conftest import at

from .conftest import AFTER_SCHOOL

Persona = dict[str, Any]
PERSONAS: list[Persona] = yaml.safe_load((Path(__file__).parent / "personas.yaml").read_text(encoding="utf-8"))

each_persona = pytest.mark.parametrize("persona", [pytest.param(p, id=p["id"]) for p in PERSONAS])
each_persona_or_gap = pytest.mark.parametrize(
    "persona",
    [
        pytest.param(p, id=p["id"], marks=pytest.mark.xfail(strict=True, reason=gap) if (gap := p.get("known_gap")) else ())
        for p in PERSONAS
    ],
)  # fmt: skip


def test_there_are_many_in_every_band() -> None:
    assert len({persona["id"] for persona in PERSONAS}) == len(PERSONAS) >= 26
    bands = Counter(persona["answers"]["band"] for persona in PERSONAS)
    assert all(bands[band] >= 5 for band in ("g12", "g34", "g56", "jh", "hs"))


def test_the_entries_they_name_are_in_the_catalogue(directory: Directory) -> None:
    named = {slug for p in PERSONAS for slug in (*p["must_show"], p.get("first"), *p.get("must_not_show", ())) if slug}
    assert named <= directory.supports.keys()


def test_between_them_they_open_every_question(child_flow: Flow) -> None:
    assert {question for persona in PERSONAS for question in persona["answers"]} == child_flow.questions.keys()


@each_persona
def test_the_answers_lead_through_to_the_end(persona: Persona, child_flow: Flow, directory: Directory) -> None:
    conversation = talk(persona, child_flow, directory).conversation
    assert conversation.question is None
    assert not conversation.lost
    assert list(conversation.answers) == list(persona["answers"])  # no answer off the way


@each_persona_or_gap
def test_is_given_what_a_good_counsellor_would_give(persona: Persona, child_flow: Flow, directory: Directory) -> None:
    shown = [match.support.slug for match in talk(persona, child_flow, directory).results.child]
    missing = [slug for slug in persona["must_show"] if slug not in shown]
    wrong = [slug for slug in persona.get("must_not_show", ()) if slug in shown]
    assert (missing, wrong) == ([], []), shown
    assert persona.get("first", shown[0]) == shown[0], shown


def talk(persona: Persona, flow: Flow, directory: Directory) -> Step:
    now = at(directory, persona.get("moment", AFTER_SCHOOL))
    return next_step(now, flow, {question: (key,) for question, key in persona["answers"].items()})
