"""What a form or a link brings is read as answers; anything odd is left out."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.flow import SKIPPED, Flow
from chatbot.forms import (
    LONGEST_KEY,
    MOST_ANSWERS,
    ChatPost,
    read_link,
    read_pairs,
    read_post,
    write_link,
    write_pairs,
)
from chatbot.replay import replay
from tests.chatbot.samples import choice, make_flow, question


def posted(**fields: str | list[str]) -> ChatPost:
    """posted(a=["worry.rent"], q="also", c="debt")"""
    post = QueryDict(mutable=True)
    for name, value in fields.items():
        post.setlist(name, [value] if isinstance(value, str) else value)
    return read_post(post)


def test_a_tapped_answer_joins_the_earlier_ones() -> None:
    step = posted(a=["worry.rent"], q="also", c=["debt", "food"])
    assert step.answers == {"worry": ("rent",), "also": ("debt", "food")}
    assert (step.edit, step.finish, step.want) == ("", False, "")


def test_an_empty_form_is_the_beginning() -> None:
    assert posted() == ChatPost({})


def test_answering_again_takes_the_place_of_the_earlier_answer() -> None:
    step = posted(a=["worry.rent", "also.debt"], q="worry", c="food")
    assert step.answers == {"worry": ("food",), "also": ("debt",)}
    assert list(step.answers) == ["worry", "also"]


def test_skipping_wins_over_boxes_that_were_ticked() -> None:
    assert posted(q="also", c=["debt"], skip="1").answers == {"also": (SKIPPED,)}


def test_going_on_without_a_tick_is_skipping() -> None:
    assert posted(q="also", next="1").answers == {"also": (SKIPPED,)}
    assert posted(q="also", next="1", c="debt").answers == {"also": ("debt",)}


def test_a_question_without_any_button_is_not_answered() -> None:
    assert posted(a=["worry.rent"], q="also").answers == {"worry": ("rent",)}


def test_an_answer_without_its_question_is_left_out() -> None:
    assert posted(c="debt", skip="1").answers == {}


def test_back_takes_away_that_answer_and_all_after_it() -> None:
    earlier = ["worry.rent", "also.debt", "also.food", "age.old"]
    assert posted(a=earlier, back="age").answers == {"worry": ("rent",), "also": ("debt", "food")}
    assert posted(a=earlier, back="also").answers == {"worry": ("rent",)}
    assert posted(a=earlier, back="worry").answers == {}


def test_back_to_nowhere_changes_nothing() -> None:
    assert posted(a=["worry.rent"], back="gone").answers == {"worry": ("rent",)}


def test_changing_an_answer_names_it_and_keeps_the_rest() -> None:
    step = posted(a=["worry.rent", "also.debt"], edit="worry")
    assert (step.edit, step.answers) == ("worry", {"worry": ("rent",), "also": ("debt",)})


def test_what_was_never_answered_cannot_be_changed() -> None:
    assert posted(a=["worry.rent"], edit="also").edit == ""


def test_results_a_sheet_or_a_link_can_be_wanted() -> None:
    assert posted(finish="1").finish
    assert posted(want="sheet").want == "sheet"


@pytest.mark.parametrize("odd", ["", ".", "worry", "worry.", ".rent", "x" * 5000 + ".y", "\x00", "." * 80])
def test_an_odd_pair_is_left_out_and_the_others_are_read(odd: str) -> None:
    assert read_pairs([odd, "worry.rent"]) == {"worry": ("rent",)}


def test_the_longest_keys_that_the_desk_allows_are_carried_along() -> None:
    answers = {"q" * LONGEST_KEY: ("c" * LONGEST_KEY,)}
    assert read_pairs(write_pairs(answers)) == answers


def test_a_huge_form_is_cut_short() -> None:
    step = posted(a=[f"q{n}.c" for n in range(10_000)], q="z" * 10_000, c=[f"c{n}" for n in range(10_000)])
    assert len(step.answers) <= MOST_ANSWERS + 1
    assert all(len(key) <= 2 * LONGEST_KEY for key in step.answers)
    assert max(len(keys) for keys in step.answers.values()) <= MOST_ANSWERS


def test_a_huge_link_is_cut_short(flow: Flow) -> None:
    one = next(iter(flow.link_keys))
    answers, lost = read_link(flow, "-".join([one] * 10_000))
    assert sum(len(keys) for keys in answers.values()) <= MOST_ANSWERS
    assert not lost


def test_an_unknown_code_is_told_and_the_others_are_read(flow: Flow) -> None:
    code, (question_key, choice_key) = next(iter(flow.link_keys.items()))
    answers, lost = read_link(flow, f"zzzzz-{code}")
    assert (answers, lost) == ({question_key: (choice_key,)}, True)


TEXT = st.text(max_size=30) | st.sampled_from(["worry", "also", "worry.rent", SKIPPED, "also.debt"])
FIELDS = ("a", "q", "c", "skip", "next", "back", "edit", "finish", "want")


@settings(max_examples=200, deadline=None)
@given(fields=st.dictionaries(st.sampled_from(FIELDS), st.lists(TEXT, max_size=5), max_size=len(FIELDS)))
def test_no_form_breaks_it(fields: dict[str, list[str]]) -> None:
    step = posted(**{name: values for name, values in fields.items() if values})
    assert step.edit == "" or step.edit in step.answers
    assert all(keys and all(keys) for keys in step.answers.values())


KEY = st.text(st.characters(blacklist_characters=".", blacklist_categories=["Cs"]), min_size=1, max_size=30)
ANSWERS = st.dictionaries(KEY, st.lists(KEY, min_size=1, max_size=3).map(tuple), max_size=10)


@settings(max_examples=200, deadline=None)
@given(answers=ANSWERS)
def test_answers_come_back_from_a_form_as_they_were(answers: dict[str, tuple[str, ...]]) -> None:
    assert read_pairs(write_pairs(answers)) == answers
    assert posted(a=write_pairs(answers)).answers == answers


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_answers_come_back_from_a_link_as_they_were(data: st.DataObject, flow: Flow) -> None:
    chosen: dict[str, tuple[str, ...]] = {}
    while (asked := replay(flow, chosen).question) is not None:
        keys = [SKIPPED, *(each.key for each in asked.choices)]
        several = st.lists(st.sampled_from(keys[1:]), min_size=1, max_size=asked.most, unique=True)
        chosen[asked.key] = tuple(data.draw(several)) if asked.multiple else (data.draw(st.sampled_from(keys)),)
    assert read_link(flow, write_link(flow, chosen)) == (chosen, False)


@settings(max_examples=100, deadline=None)
@given(codes=st.text(max_size=60))
def test_no_link_breaks_it(codes: str, flow: Flow) -> None:
    answers, _lost = read_link(flow, codes)
    assert answers.keys() <= flow.questions.keys()


def test_a_link_says_nothing_that_can_be_read() -> None:
    small = make_flow(question("worry", choice("suicidal", "worry:suicidal"), choice("rent", "worry:rent")))
    assert "suicidal" not in write_link(small, {"worry": ("suicidal",)})


def test_looking_at_the_results_while_changing_an_answer_keeps_the_answers(web: Client) -> None:
    """「変える」, then 「ここまでで結果を見る」 without having chosen anew."""
    changing = web.post("/chat/", {"a": ["worry.money", "money.rent", "also.single"], "edit": "money"}).content.decode()
    carried = re.findall(r'name="a" value="([^"]+)"', changing)
    page = web.post("/chat/", {"a": carried, "q": "money", "finish": "1"}).content.decode()
    assert re.findall(r'name="a" value="([^"]+)"', page) == ["worry.money", "money.rent", "also.single"]
