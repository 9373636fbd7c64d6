"""One step of a conversation, on a small catalogue: what is asked, what is shown, and who answers at this moment."""

from __future__ import annotations

import pytest

from chatbot.conversation import Result, Step, every_ending, next_step
from chatbot.flow import SKIPPED, flow_of
from chatbot.replay import Answers
from tests.chatbot.small_catalogue import small_catalogue
from tests.conftest import at

from .samples import DAY, NIGHT

RENT = {"worry": ("rent",)}
CATALOGUE = small_catalogue()


def step(answers: Answers, *, flow: str = "general", moment: str = DAY, finish: bool = False) -> Step:
    return next_step(at(CATALOGUE, moment), flow_of(CATALOGUE, flow), answers, finish=finish)


def rows(found: Step) -> list[tuple[str, bool, str]]:
    return [(row.group, row.is_more, row.support.slug) for row in found.all_results]


def row(found: Step, slug: str) -> Result:
    return next(row for row in found.all_results if row.support.slug == slug)


def test_there_is_a_question_until_the_last_answer() -> None:
    asked = [step(answers).question for answers in ({}, RENT, {**RENT, "also": (SKIPPED,)})]
    assert [question and question.key for question in asked] == ["worry", "also", None]


def test_who_wants_the_results_now_is_asked_no_more() -> None:
    early = step(RENT, finish=True)
    assert early.question is None
    assert rows(early) == rows(step({**RENT, "also": (SKIPPED,)}))


def test_the_results_come_in_groups_with_the_rest_behind() -> None:
    assert rows(step(RENT, finish=True)) == [
        ("talk", False, "rent-day"), ("talk", False, "rent-paid"), ("talk", False, "rent-office"),
        ("talk", True, "listener-a"), ("talk", True, "listener-b"),
        ("use", False, "money0"), ("use", False, "money1"), ("use", False, "money2"),
        ("use", True, "money3"),
    ]  # fmt: skip


def test_danger_has_its_own_group_before_all_others() -> None:
    found = step({"worry": ("dv",)})
    assert found.question is None
    assert rows(found)[:3] == [
        ("crisis", False, "dv-always"),
        ("crisis", False, "dv-day"),
        ("talk", False, "listener-a"),
    ]


def test_each_row_says_why_it_is_there_and_whom_to_try_next() -> None:
    found = step(RENT, finish=True)
    assert row(found, "rent-day").reason == "「rentのこと」に合うため"
    assert row(found, "rent-day").next_if_busy is row(found, "rent-paid").support
    assert row(found, "listener-b").next_if_busy is row(found, "rent-day").support
    assert row(found, "money0").next_if_busy is None  # nobody is called there


@pytest.mark.parametrize(("moment", "slug"), [(DAY, "rent-day"), (NIGHT, "rent-paid")])
def test_on_the_way_the_best_line_at_this_hour_is_named(moment: str, slug: str) -> None:
    answering = step(RENT, moment=moment).answers_now
    assert answering
    assert answering.match.support is CATALOGUE.supports[slug]


def test_a_child_is_shown_one_group_of_what_has_words_for_them() -> None:
    found = step({"band": ("g12",), "trouble": (SKIPPED,)}, flow="under18")
    assert rows(found) == [("child", False, "kids-always"), ("child", False, "kids-day"), ("child", False, "dv-always")]
    assert {(row.reason, row.next_if_busy) for row in found.all_results} == {("", None)}


def test_every_path_has_its_end() -> None:
    ends = list(every_ending(at(CATALOGUE, DAY), flow_of(CATALOGUE, "general")))
    assert all(end.question is None for end in ends)
    paths = [tuple(turn.keys for turn in end.conversation.turns) for end in ends]
    also = [(SKIPPED,), ("food",), ("debt",), ("food", "debt")]
    assert sorted(paths) == sorted(((first,), second) for first in (SKIPPED, "rent", "dv") for second in also)
