"""Where a person stands follows from the flow and their answers, whatever the answers are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.facts import FactKind
from chatbot.flow import SKIPPED, Flow
from chatbot.replay import Conversation, replay
from tests.chatbot.samples import choice, make_flow, question

SMALL = make_flow(
    question(
        "worry",
        choice("rent", "worry:rent"),
        choice("talk", "worry:listen", next="way"),
        choice("dying", "worry:suicidal", "danger:suicide"),
        choice("child", "age:u18", leads_to="under18"),
        next="also",
    ),
    question("way", choice("phone", "via:phone"), choice("text", "via:text"), next="also"),
    question(
        "also",
        choice("debt", "worry:debt"),
        choice("food", "worry:food"),
        choice("parent", "tag:parent"),
        choice("alone", "worry:debt", "tag:parent"),
        choice("violence", "worry:dv", "danger:violence"),
        multiple=True,
        most=2,
        next="home",
    ),
    question("home", ask_if=["worry:rent", "worry:debt"], next="age"),
    question("age", choice("young", "age:a19"), choice("old", "age:a65"), skip_if=["age:u18"]),
)


def stand(**answers: str) -> Conversation:
    """stand(worry="rent", also="debt food"): several answers are written with a blank between."""
    return replay(SMALL, {key: tuple(given.split()) for key, given in answers.items()})


def asked(conversation: Conversation) -> str:
    return conversation.question.key if conversation.question else ""


def way(conversation: Conversation) -> list[str]:
    return [turn.question.key for turn in conversation.turns]


def test_it_begins_with_the_first_question() -> None:
    beginning = stand()
    assert (asked(beginning), beginning.turns, beginning.person.facts, beginning.lost) == ("worry", (), (), False)


def test_an_answer_tells_something_and_leads_on() -> None:
    after = stand(worry="rent")
    assert asked(after) == "also"
    assert after.person.of(FactKind.WORRY) == ("rent",)
    assert after.turns[0].words == "rent"


def test_an_answer_may_name_the_next_question_itself() -> None:
    assert asked(stand(worry="talk")) == "way"


def test_the_end_is_reached_when_nothing_is_left_to_ask() -> None:
    end = stand(worry="rent", also=SKIPPED, home="yes", age="old")
    assert (end.question, end.steps_left, end.person.age_band) == (None, 0, "a65")


def test_several_answers_count_in_the_order_of_the_screen() -> None:
    tapped_otherwise_round = stand(worry="rent", also="food debt")
    assert tapped_otherwise_round.person.of(FactKind.WORRY) == ("rent", "debt", "food")
    assert tapped_otherwise_round.turns[1].words == "debt、food"


def test_two_answers_that_tell_the_same_tell_it_once() -> None:
    assert stand(worry="rent", also="parent alone").person.facts == ("worry:rent", "tag:parent", "worry:debt")


def test_what_a_narrower_question_says_again_takes_its_new_place() -> None:
    """Somebody who cannot stop, and then says that it is debt: the debt comes first, and a skipped question loses nothing."""
    flow = make_flow(
        question("wide", choice("stuck", "worry:rent"), choice("no"), next="narrow"),
        question("narrow", choice("debt", "worry:debt", "worry:rent"), choice("no")),
    )
    assert replay(flow, {"wide": ("stuck",), "narrow": ("debt",)}).person.facts == ("worry:debt", "worry:rent")
    assert replay(flow, {"wide": ("stuck",), "narrow": ("-",)}).person.facts == ("worry:rent",)


def test_the_same_answer_twice_counts_once() -> None:
    assert stand(worry="rent", also="food food food").person.of(FactKind.WORRY) == ("rent", "food")


@pytest.mark.parametrize(("question_key", "answers"), [("also", "debt food parent"), ("worry", "rent talk")])
def test_more_answers_than_asked_for_are_not_understood_and_asked_again(question_key: str, answers: str) -> None:
    after = stand(**{"worry": "rent", question_key: answers})
    assert asked(after) == question_key
    assert after.too_many == tuple(answers.split())
    assert not after.lost


def test_skipping_tells_nothing_and_leads_on() -> None:
    after = stand(worry=SKIPPED)
    assert (asked(after), after.person.facts, after.lost) == ("also", (), False)
    assert after.turns[0].words == "こたえたくない"


def test_skipping_and_answering_at_once_is_not_understood() -> None:
    assert stand(worry=f"{SKIPPED} rent").lost


def test_everything_can_be_skipped() -> None:
    end = stand(worry=SKIPPED, also=SKIPPED, age=SKIPPED)
    assert (end.question, end.lost) == (None, False)


def test_a_question_for_some_is_asked_only_of_them() -> None:
    assert asked(stand(worry="rent", also="food")) == "home"
    assert asked(stand(worry="talk", way="phone", also="debt")) == "home"
    assert asked(stand(worry="talk", way="phone", also="food")) == "age"


def test_what_is_known_already_is_not_asked() -> None:
    assert stand(worry="child", also=SKIPPED).question is None
    assert stand(worry="child", also=SKIPPED, age="old").person.age_band == "u18"


def test_danger_ends_at_once_wherever_it_is_said() -> None:
    at_first = stand(worry="dying")
    assert (at_first.question, at_first.steps_left) == (None, 0)
    among_others = stand(worry="rent", also="food violence", home="yes")
    assert among_others.question is None
    assert among_others.person.of(FactKind.DANGER) == ("violence",)
    assert way(among_others) == ["worry", "also"]


def test_changing_an_earlier_answer_keeps_the_later_ones_on_the_way() -> None:
    changed = stand(worry="talk", way="text", also="debt", home="yes", age="young")
    assert way(changed) == ["worry", "way", "also", "home", "age"]
    back_again = stand(worry="rent", way="text", also="debt", home="yes", age="young")
    assert back_again.question is None
    assert way(back_again) == ["worry", "also", "home", "age"]


def test_answers_off_the_way_are_left_aside_without_a_word() -> None:
    changed = stand(worry="rent", way="text", also="food")
    assert "way" not in changed.answers
    assert changed.person.of(FactKind.VIA) == ()
    assert not changed.lost


def test_a_later_answer_waits_until_the_missing_one_is_given() -> None:
    assert asked(stand(worry="rent", age="old")) == "also"
    assert stand(worry="rent", age="old").person.age_band is None


def test_an_answer_of_another_release_is_lost_and_asked_again() -> None:
    after = stand(worry="gone", also="debt")
    assert (asked(after), after.lost, after.turns) == ("worry", True, ())


def test_a_question_of_another_release_is_lost_and_the_conversation_goes_on() -> None:
    after = stand(gone="yes", worry="rent")
    assert (asked(after), after.lost) == ("also", True)


def test_no_answer_at_all_to_a_question_is_not_skipping() -> None:
    assert replay(SMALL, {"worry": ()}).lost


def test_a_choice_may_lead_to_another_page() -> None:
    assert stand(worry="child").leads_to == "under18"
    assert stand(worry="rent").leads_to == ""


def test_what_is_left_counts_down() -> None:
    left = [stand(), stand(worry="talk"), stand(worry="talk", way="text"), stand(worry="talk", way="text", also="food")]
    assert [each.steps_left for each in left] == [5, 4, 3, 1]


KEYS = st.text(max_size=8) | st.sampled_from([*SMALL.questions, "unknown"])
CHOICES = st.text(max_size=8) | st.sampled_from(sorted({key for _, key in SMALL.link_keys.values()}))
ANY_ANSWERS = st.dictionaries(KEYS, st.lists(CHOICES, max_size=4).map(tuple), max_size=8)


@settings(max_examples=300, deadline=None)
@given(answers=ANY_ANSWERS)
def test_no_answers_break_it_and_what_it_understood_means_the_same_again(answers: dict[str, tuple[str, ...]]) -> None:
    once = replay(SMALL, answers)
    again = replay(SMALL, once.answers)
    assert (again.turns, again.question, again.person, again.leads_to) == (
        once.turns,
        once.question,
        once.person,
        once.leads_to,
    )
    assert not again.lost


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_on_the_real_flow_any_answers_stay_within_the_promise(data: st.DataObject, flow: Flow) -> None:
    pairs = st.sampled_from(sorted(flow.link_keys.values())).map(lambda pair: (pair[0], (pair[1],)))
    answers = dict(data.draw(st.lists(pairs | st.tuples(st.text(max_size=5), st.just(("x",))), max_size=12)))
    conversation = replay(flow, answers)
    assert replay(flow, conversation.answers).turns == conversation.turns
    assert len(conversation.turns) + conversation.steps_left <= 5
    assert bool(conversation.steps_left) == (conversation.question is not None)


def test_in_danger_a_question_is_asked_only_where_an_answer_names_it() -> None:
    flow = make_flow(
        question("worry", choice("hurt", "worry:dv", "danger:violence", next="whose"), choice("none"), next="rest"),
        question("whose", choice("partner", "worry:dv", next="also"), choice("other"), next="rest"),
        question("also", choice("deaf", "tag:parent"), choice("man", "tag:single"), multiple=True, next="rest"),
        question("rest"),
    )
    partner = {"worry": ("hurt",), "whose": ("partner",)}
    asked = [
        replay(flow, answers).question for answers in ({"worry": ("hurt",)}, partner, partner | {"also": ("deaf",)})
    ]
    assert [each and each.key for each in asked] == ["whose", "also", None]
    assert replay(flow, {"worry": ("hurt",), "whose": ("other",)}).question is None
