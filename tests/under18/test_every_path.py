"""Every path through the children's questions, on the real content and at every hour: help that is meant for them, and never a dead end.

What is shown depends on the hour only through which of the entries that have words for the band are open, and which are out of
season. So hours that are alike in this are looked at once: those of an ordinary week, and those from 12/28 to 1/4.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from catalog.directory.codes import RuleBand
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import AgeBand, Support
from chatbot.cards import result_cards
from chatbot.checks import path_words
from chatbot.conversation import Step
from chatbot.facts import FactKind
from chatbot.flow import MOST_CHOICES, MOST_QUESTIONS, Flow
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
def everything(
    people: list[Conversation], hours: dict[str, list[datetime]], child_flow: Flow, directory: Directory
) -> list[Step]:
    """What everybody is shown, at each hour at which it can differ for their band."""
    moments = {band: [DirectoryNow(directory, moment) for moment in moments] for band, moments in hours.items()}
    return [Step(now, child_flow, who) for who in people for now in moments[who.person.age_band or RuleBand.ANY_CHILD]]


def shown_to(bands: Iterable[str], everything: list[Step]) -> set[Support]:
    return {support for each in everything if band_of(each).code in bands for support in shown(each)}


def test_the_flow_is_walked_whole(conversations: list[Conversation], child_flow: Flow) -> None:
    assert all(each.question is None and not each.lost for each in conversations)
    assert {turn.question.key for each in conversations for turn in each.turns} == child_flow.questions.keys()
    assert {each.person.age_band for each in conversations} == {*BANDS, None}


def test_nobody_is_asked_more_than_five_questions(conversations: list[Conversation]) -> None:
    assert those(each for each in conversations if len(each.turns) > MOST_QUESTIONS) == []


def test_no_screen_has_more_than_nine_choices_and_the_youngest_have_fewer(
    conversations: list[Conversation], child_flow: Flow
) -> None:
    assert max(len(question.choices) for question in child_flow.questions.values()) <= MOST_CHOICES == 9
    asked = {turn.question for each in conversations if each.person.age_band == "g12" for turn in each.turns[1:]}
    assert max(len(question.choices) for question in asked) <= 6


def test_every_choice_has_a_picture(child_flow: Flow) -> None:
    choices = [(question.key, c) for question in child_flow.questions.values() for c in question.choices]
    assert [f"{question}.{choice.key}" for question, choice in choices if not choice.icon] == []


def test_danger_is_never_asked_about_further(conversations: list[Conversation]) -> None:
    dangerous = (each for each in conversations if each.person.of(FactKind.DANGER))
    assert those(each for each in dangerous if not any(c.is_danger for c in each.turns[-1].choices)) == []


def test_the_hours_do_differ(hours: dict[str, list[datetime]]) -> None:
    assert len(hours["g12"]) > 2
    assert len(hours["hs"]) > 20


def test_three_to_five_are_shown_and_three_to_the_youngest(everything: list[Step]) -> None:
    most = {"easy": 3, "teen": 5}
    assert those(each for each in everything if not 3 <= len(shown(each)) <= most[band_of(each).level]) == []
    assert those(each for each in everything if len(set(shown(each))) < len(shown(each))) == []


def test_the_first_answers_now_at_every_hour(everything: list[Step]) -> None:
    assert those(each for each in everything if each.now.open_contact(shown(each)[0]) is None) == []


@pytest.mark.parametrize("moment", [AFTER_SCHOOL, HARDEST])
def test_the_first_way_on_the_first_card_is_one_that_answers(
    people: list[Conversation], child_flow: Flow, directory: Directory, moment: str
) -> None:
    now = at(directory, moment)
    for who in people:
        first = result_cards(Step(now, child_flow, who))["child"][0].first
        assert first, those([who])
        assert first.is_open, those([who])
        assert first.contact.is_live, those([who])


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


def test_whatever_has_words_for_children_is_shown_to_some_child(everything: list[Step], directory: Directory) -> None:
    offered = shown_to(BANDS, everything)
    assert [s.slug for s in directory.available if s.child and s not in offered] == []


def test_who_would_rather_write_is_first_shown_somebody_to_write_to(
    people: list[Conversation], child_flow: Flow, directory: Directory
) -> None:
    """At any hour there is a chat that never closes for all but the youngest."""
    now = at(directory, HARDEST)
    writing = [who for who in people if "text" in who.person.of(FactKind.VIA) and who.person.age_band != "g12"]
    first = [(who, shown(Step(now, child_flow, who))[0]) for who in writing]
    assert those(who for who, support in first if not support.ways & {"chat", "line", "sms"}) == []
