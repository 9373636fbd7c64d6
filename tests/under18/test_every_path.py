"""Every path through the children's questions, on the real content and at every hour: help that is meant for them, and never a dead end.

What is shown rests on a child's Need alone, and is the same at every hour; only the row on top, and the order in danger, depend on
who answers. So everybody is looked at once, in the hardest hour; those who say one more thing at most, a quarter of all, also at the
other hours, dealt out over all that differ for their band: those of an ordinary week, and those from 12/28 to 1/4.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from catalog.directory.codes import RuleBand
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import AgeBand, Support
from chatbot.cards import now_card
from chatbot.checks import path_words
from chatbot.conversation import Step
from chatbot.facts import FactKind
from chatbot.flow import MOST_CHOICES, MOST_QUESTIONS, Flow
from chatbot.need import Need
from chatbot.replay import Conversation
from tests.conftest import at, japan

from .conftest import AFTER_SCHOOL, HARDEST

ORDINARY_WEEK = [japan("2026-09-07 00:00") + timedelta(minutes=30 * n) for n in range(7 * 48)]
NEW_YEAR = [japan("2026-12-28 00:00") + timedelta(minutes=30 * n) for n in range(8 * 48)]
BANDS = ("g12", "g34", "g56", "jh", "hs", "any18")
PRIMARY = ("g12", "g34", "g56", "any18")  # whose age is not known may be seven
# What a child can be; whoever is only one of the others (親, ひとり親, 働く人, …) is an adult.
CHILDREN_ARE = {
    "child", "youth", "student", "lgbtq", "crime_victim", "bereaved", "foreigner", "disability", "pregnant", "woman", "man", "addiction",
    "care_leaver",
}  # fmt: skip
# Money, schemes and work: for 中学生 and up.
NOT_YET = {"u18_money_future", "tuition", "working_conditions", "job_search", "reskilling", "unplanned_pregnancy"}


def band_of(step: Step) -> AgeBand:
    assert step.need.child_band
    return step.need.child_band


def shown(step: Step) -> list[Support]:
    return [match.support for match in step.results.child]


def those(found: Iterable[Conversation | Step]) -> list[str]:
    """The answers of a few of them, to read in a failure."""
    few = (each.conversation if isinstance(each, Step) else each for each, _ in zip(found, range(5), strict=False))
    return [path_words(each) for each in few]


@pytest.fixture(scope="module")
def hours(directory: Directory) -> dict[str, list[datetime]]:
    """For each band, one moment of every kind."""
    ours = [support for support in directory.available if support.child]
    different: dict[str, dict[object, datetime]] = {band: {} for band in BANDS}
    for moment in (*ORDINARY_WEEK, *NEW_YEAR):
        now = DirectoryNow(directory, moment)
        states = {s: (now.open_contact(s) is not None, now.is_out_of_season(s)) for s in ours}
        for band, moments in different.items():
            kind = tuple(state for s, state in states.items() if s.child and band in s.child.bands)
            moments.setdefault(kind, moment)
    return {band: list(moments.values()) for band, moments in different.items()}


@pytest.fixture(scope="module")
def everybody(conversations: list[Conversation], child_flow: Flow, directory: Directory) -> list[Step]:
    """One of each need, in the hardest hour."""
    now = at(directory, HARDEST)
    return list({step.need: step for step in (Step(now, child_flow, each) for each in conversations)}.values())


@pytest.fixture(scope="module")
def dealt_out(
    people: list[Conversation], hours: dict[str, list[datetime]], child_flow: Flow, directory: Directory
) -> list[Step]:
    """What those who say one more thing at most are shown, each of them at another of the hours at which it can differ."""
    moments = {band: [DirectoryNow(directory, moment) for moment in moments] for band, moments in hours.items()}
    of_band = [(who, moments[who.person.age_band or RuleBand.ANY_CHILD]) for who in people]
    return [Step(at_hours[n % len(at_hours)], child_flow, who) for n, (who, at_hours) in enumerate(of_band)]


@pytest.fixture(scope="module")
def everything(everybody: list[Step], dealt_out: list[Step]) -> list[Step]:
    return [*everybody, *dealt_out]


def shown_to(bands: Iterable[str], everything: list[Step]) -> set[Support]:
    return {support for each in everything if band_of(each).code in bands for support in shown(each)}


def test_the_flow_is_walked_whole(conversations: list[Conversation], child_flow: Flow) -> None:
    assert all(each.question is None and not each.lost for each in conversations)
    assert {turn.question.key for each in conversations for turn in each.turns} == child_flow.questions.keys()
    assert {each.person.age_band for each in conversations} == {*BANDS, None}


def test_nobody_is_asked_more_than_five_questions(conversations: list[Conversation]) -> None:
    assert those(each for each in conversations if len(each.turns) > MOST_QUESTIONS) == []


def test_no_screen_has_more_than_nine_choices_and_the_youngest_have_fewer(
    conversations: list[Conversation],
) -> None:
    assert MOST_CHOICES == 9
    assert max(len(turn.question.choices) for each in conversations for turn in each.turns) <= MOST_CHOICES
    asked = {turn.question for each in conversations if each.person.age_band == "g12" for turn in each.turns[1:]}
    assert max(len(question.choices) for question in asked) <= 6


def test_every_choice_has_a_picture(child_flow: Flow) -> None:
    choices = [(question.key, c) for question in child_flow.questions.values() for c in question.choices]
    assert [f"{question}.{choice.key}" for question, choice in choices if not choice.icon] == []


def test_in_danger_one_more_question_is_asked_at_most(conversations: list[Conversation]) -> None:
    dangerous = [each for each in conversations if each.person.of(FactKind.DANGER)]
    assert dangerous
    assert (
        those(each for each in dangerous if not any(c.is_danger for turn in each.turns[-2:] for c in turn.choices))
        == []
    )


def test_the_hours_do_differ(hours: dict[str, list[datetime]]) -> None:
    assert len(hours["g12"]) > 2
    assert len(hours["hs"]) > 20


def test_three_to_five_are_shown_and_three_to_the_youngest(everything: list[Step]) -> None:
    most = {"easy": 3, "teen": 5}
    assert those(each for each in everything if not 3 <= len(shown(each)) <= most[band_of(each).level]) == []
    assert those(each for each in everything if len(set(shown(each))) < len(shown(each))) == []


def test_on_top_stands_somebody_who_answers_now_at_every_hour(everything: list[Step]) -> None:
    assert those(each for each in everything if each.results.now is None) == []


def test_the_same_are_shown_at_every_hour(everything: list[Step]) -> None:
    by_need: dict[Need, set[frozenset[Support]]] = {}
    for each in everything:
        by_need.setdefault(each.need, set()).add(frozenset(shown(each)))
    assert those(each for each in everything if len(by_need[each.need]) > 1) == []


@pytest.mark.parametrize("moment", [AFTER_SCHOOL, HARDEST])
def test_the_first_way_on_the_row_on_top_is_one_that_answers(
    people: list[Conversation], child_flow: Flow, directory: Directory, moment: str
) -> None:
    now = at(directory, moment)
    for who in people[::4]:
        card = now_card(Step(now, child_flow, who))
        assert card, those([who])
        assert card.first, those([who])
        assert card.first.is_open, those([who])


def test_in_danger_a_line_that_never_closes_is_there(everything: list[Step]) -> None:
    in_danger = [each for each in everything if each.conversation.person.of(FactKind.DANGER)]
    assert {band_of(each).code for each in in_danger} == set(BANDS)
    assert those(each for each in in_danger if not any(support.is_always_open for support in shown(each))) == []


def test_every_entry_has_words_at_the_level_of_the_band(everything: list[Step]) -> None:
    for band, support in {(band_of(each), support) for each in everything for support in shown(each)}:
        words = support.child
        assert words, support.slug
        assert band.code in words.bands, (support.slug, band.code)
        text = words.texts[band.level]
        assert all((text.name, text.what, text.say, text.if_busy)), (support.slug, band.level)


def test_none_is_closed_to_the_age(everything: list[Step]) -> None:
    offered = {(band_of(each), support) for each in everything for support in shown(each)}
    assert [(band.code, support.slug) for band, support in offered if not _ages(band) & _ages(support)] == []


def _ages(limits: AgeBand | Support) -> set[int]:
    return set(range(limits.age_min or 0, 120 if limits.age_max is None else limits.age_max + 1))


def test_nothing_has_ended_or_is_out_of_season(everything: list[Step]) -> None:
    offered = {(each.now, support) for each in everything for support in shown(each)}
    assert [s.slug for now, s in offered if not s.is_available or now.is_out_of_season(s)] == []


def test_what_is_only_for_adults_never_appears(everything: list[Step]) -> None:
    for_others = [s.slug for s in shown_to(BANDS, everything) if s.only_for and not s.only_for & CHILDREN_ARE]
    assert for_others == []
    not_for_them = [s.slug for s in shown_to(PRIMARY, everything) if not any(w.startswith("u18_") for w in s.worries)]
    assert not_for_them == []


def test_money_work_and_pregnancy_schemes_are_for_secondary_school_and_up(everything: list[Step]) -> None:
    too_early = shown_to(PRIMARY, everything)
    assert [s.slug for s in too_early if s.kind == "programme" and s.worries & NOT_YET] == []
    assert [s.slug for s in too_early if s.main_worry in NOT_YET] == []
    for band in ("jh", "hs"):
        assert [s.slug for s in shown_to([band], everything) if s.kind == "programme" and "tuition" in s.worries]


def test_whatever_is_made_for_children_is_shown_to_some_child(everything: list[Step], directory: Directory) -> None:
    """What is for anybody may have words for them too, and stands back for what is made for children."""
    offered = shown_to(BANDS, everything)
    made_for_them = [
        support for support in directory.available if support.child and support.tags & {"child", "student"}
    ]
    assert len(made_for_them) > 40
    assert [support.slug for support in made_for_them if support not in offered] == []


def test_who_would_rather_write_is_offered_somebody_to_write_to_before_all_others(
    people: list[Conversation], child_flow: Flow, directory: Directory
) -> None:
    """In danger too. At any hour there is a chat that never closes for all but the youngest; who has another language is answered
    in it first."""
    now = at(directory, HARDEST)
    steps = [Step(now, child_flow, who) for who in people if "text" in who.person.of(FactKind.VIA)]
    assert any(step.conversation.is_in_danger for step in steps)
    live = {"chat", "line", "sms"}
    assert those(step for step in steps if not any(s.ways & live for s in shown(step))) == []
    able = [step for step in steps if band_of(step).code != "g12"]
    assert those(step for step in able if not shown(step)[0].ways & live) == []
    japanese = ((step, step.results.now) for step in able if "foreigner" not in step.need.tags)
    assert those(step for step, best in japanese if best is None or best.contact.via not in live) == []
