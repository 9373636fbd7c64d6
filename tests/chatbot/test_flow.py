"""A flow that makes no sense is refused when it is built, in words that a curator can act on."""

from __future__ import annotations

import re

import pytest

from chatbot import flow as flow_module
from chatbot.flow import MOST_CHOICES, SKIPPED, Flow, FlowError
from tests.catalog.samples import Row
from tests.chatbot.samples import choice, make_flow, question


def refusal(*questions: Row, start: str = "") -> str:
    """What a curator reads."""
    with pytest.raises(FlowError) as refused:
        make_flow(*questions, start=start)
    message = str(refused.value)
    assert re.search(r"[ぁ-ん]", message)
    return message


def test_a_flow_that_makes_sense_is_built() -> None:
    flow = make_flow(question("first", next="second"), question("second"))
    assert flow.start == "first"
    assert list(flow.questions) == ["first", "second"]


def test_a_question_that_is_not_there_cannot_come_next() -> None:
    assert "次の質問「gone」がありません" in refusal(question("first", next="gone"))
    message = refusal(question("first", choice("yes"), choice("no", next="gone")))
    assert "質問「first」" in message
    assert "「gone」" in message


def test_the_flow_cannot_start_at_a_question_that_is_not_there() -> None:
    assert "始まりの質問「gone」がありません" in refusal(question("first"), start="gone")


def test_two_questions_cannot_have_one_key() -> None:
    assert "質問「first」が2つあります" in refusal(question("first"), question("first"))


def test_two_answers_of_a_question_cannot_have_one_key() -> None:
    message = refusal(question("first", choice("yes"), choice("yes")))
    assert "質問「first」に、同じ key の答えが2つ" in message


@pytest.mark.parametrize("key", [SKIPPED, "a.b", "a/b"])
def test_a_key_that_a_form_or_a_link_could_misread_is_refused(key: str) -> None:
    assert "使えません" in refusal(question("first", choice("yes"), choice(key)))


def test_questions_in_a_circle_are_refused_and_named_in_order() -> None:
    message = refusal(
        question("first", next="second"),
        question("second", choice("yes"), choice("no", next="third")),
        question("third", next="first"),
    )
    assert "輪になっています: first → second → third → first" in message


def test_a_question_that_follows_itself_is_a_circle() -> None:
    assert "輪" in refusal(question("first", next="first"))


def test_a_question_that_nobody_can_reach_is_refused() -> None:
    message = refusal(question("first"), question("island", next="beach"), question("beach"))
    assert "どこからも来られない質問があります: beach、island" in message


def test_what_is_asked_below_the_results_of_a_danger_answer_is_named_by_it() -> None:
    """The question's own next is not asked in danger."""
    below = question("below")
    named, unnamed = choice("dying", "danger:suicide", next="below"), choice("dying", "danger:suicide")
    assert make_flow(question("first", choice("yes"), named), below)
    assert "below" in refusal(question("first", choice("yes"), unnamed), below)


@pytest.mark.parametrize(
    "fact", ["worry:gone", "tag:gone", "age:gone", "who:gone", "via:gone", "danger:gone", "mood:low", "rent", ""]
)
def test_a_fact_that_nothing_knows_is_refused(fact: str) -> None:
    expected = f"質問「first」の「{fact}」は使えません"
    assert expected in refusal(question("first", choice("yes", fact), choice("no")))
    assert expected in refusal(question("first", ask_if=[fact]))
    assert expected in refusal(question("first", skip_if=[fact]))


def test_more_choices_than_a_screen_can_hold_are_refused() -> None:
    answers = [choice(f"c{n}") for n in range(MOST_CHOICES + 1)]
    assert "だれにでも出す答えは9つまで" in refusal(question("first", *answers))
    assert make_flow(question("first", *answers[:-1]))


def test_a_question_with_one_answer_is_no_question() -> None:
    assert "2つから" in refusal(question("first", choice("yes")))


def test_two_answers_whose_link_codes_collide_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_module, "link_key", lambda _flow, _question, choice_key: choice_key[:1])
    message = refusal(question("first", choice("yes"), choice("yet")))
    assert "短い記号が同じ" in message
    assert "key を変えてください" in message


def test_what_is_left_to_ask_is_the_longest_way() -> None:
    flow = make_flow(
        question("first", choice("short", next=""), choice("long"), next="second"),
        question("second", next="third"),
        question("third"),
    )
    assert dict(flow.longest_path_from) == {"": 0, "third": 1, "second": 2, "first": 3}


def test_every_answer_has_a_short_code_that_does_not_tell_it(flow: Flow) -> None:
    answers = sum(len(each.choices) + 1 for each in flow.questions.values())
    assert len(flow.link_keys) == answers
    assert all(re.fullmatch(r"[0-9a-f]{5}", code) for code in flow.link_keys)


def test_the_codes_of_links_already_given_out_stay_the_same() -> None:
    """A printed QR has to work after the next Release too."""
    assert flow_module.link_key("general", "worry", "suicidal") == "ae8d8"


def test_whoever_is_led_to_the_page_for_under_18_is_known_to_be_that_young(flow: Flow) -> None:
    leading = [each for asked in flow.questions.values() for each in asked.choices if each.leads_to]
    assert leading
    assert all(each.leads_to == "under18" and "age:u18" in each.facts for each in leading)
