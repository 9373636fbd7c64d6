"""Who is asked and offered what: choices for some, the question below a danger answer, narrower questions, five at most."""

from __future__ import annotations

from chatbot.conversation import Step, next_step
from chatbot.replay import Conversation, replay
from tests.chatbot.samples import choice, entry, here, listener, make_flow, question, shown, somebody


def offered(conversation: Conversation) -> list[str]:
    assert conversation.question
    return [each.key for each in conversation.question.choices]


def test_a_choice_for_some_is_offered_only_to_those_of_whom_one_of_the_facts_is_known() -> None:
    flow = make_flow(
        question("worry", choice("rent", "worry:rent"), choice("food", "worry:food"), next="also"),
        question(
            "also",
            choice("debt", "worry:debt", offer_if=["worry:rent", "tag:parent"]),
            choice("dv", "worry:dv", offer_if=["worry:food"]),
            choice("listen", "worry:listen"),
            multiple=True,
        ),
    )
    assert offered(replay(flow, {"worry": ("rent",)})) == ["debt", "listen"]
    assert offered(replay(flow, {"worry": ("food",)})) == ["dv", "listen"]
    assert offered(replay(flow, {"worry": ("-",)})) == ["listen"]
    assert replay(flow, {"worry": ("food",), "also": ("debt",)}).lost  # it was not on the screen


def test_nine_are_offered_at_most_and_those_for_everybody_are_always_among_them() -> None:
    for_some = [choice(f"some{n}", "tag:parent", offer_if=["worry:rent"]) for n in range(10)]
    for_all = [choice(f"all{n}", "tag:single") for n in range(2)]
    flow = make_flow(
        question("worry", choice("rent", "worry:rent"), choice("food", "worry:food"), next="also"),
        question("also", *for_some, *for_all),
    )
    assert offered(replay(flow, {"worry": ("rent",)})) == [*(f"some{n}" for n in range(7)), "all0", "all1"]


def test_a_question_of_which_nobody_is_offered_anything_is_not_asked() -> None:
    flow = make_flow(
        question("worry", choice("rent", "worry:rent"), choice("food", "worry:food"), next="also"),
        question("also", *(choice(key, "tag:parent", offer_if=["worry:food"]) for key in "ab"), next="last"),
        question("last"),
    )
    assert [turn.question.key for turn in replay(flow, {"worry": ("rent",), "last": ("-",)}).turns] == ["worry", "last"]


def test_below_the_results_of_a_danger_answer_one_question_is_asked_whose_answer_changes_them() -> None:
    flow = make_flow(
        question("worry", choice("hit", "worry:dv", "danger:violence", next="also"), choice("rent", "worry:rent")),
        question("also", choice("debt", "worry:debt"), choice("food", "worry:food"), multiple=True, next="more"),
        question("more"),
    )
    entries = (
        entry("dv line", "dv", crisis=True, firsts=["dv 1"]),
        entry("debt desk", "debt", firsts=["debt 1"]),
        *(listener(f"l{n}") for n in range(4)),
    )
    now = here(*entries)

    def first(step: Step) -> set[str]:
        return {match.support.slug for match in step.results.shown}

    at_once = next_step(now, flow, {"worry": ("hit",)})
    assert at_once.question is None
    assert at_once.question_below
    assert at_once.question_below.key == "also"
    assert "debt desk" not in first(at_once)
    after = next_step(now, flow, {"worry": ("hit",), "also": ("debt",)})
    assert (after.question, after.question_below) == (None, None)  # and no other one after it
    assert {"dv line", "debt desk"} <= first(after)
    assert after.results.crisis[0].support.slug == "dv line"


def test_a_narrower_answer_takes_the_place_of_what_the_wider_one_told_and_skipping_it_does_not() -> None:
    flow = make_flow(
        question("worry", choice("money", "worry:rent", "tag:parent", next="money"), choice("talk", "worry:listen")),
        question("money", choice("debt", "worry:debt"), choice("food", "worry:food"), next="also"),
        question("also", choice("dv", "worry:dv"), choice("alone", "worry:lonely"), multiple=True),
    )
    narrower = replay(flow, {"worry": ("money",), "money": ("debt",), "also": ("dv",)})
    assert narrower.person.facts == ("worry:debt", "worry:dv")
    assert narrower.person.topics == (("debt",), ("dv",))
    skipped = replay(flow, {"worry": ("money",), "money": ("-",), "also": ("dv",)})
    assert skipped.person.facts == ("worry:rent", "tag:parent", "worry:dv")
    assert skipped.person.topics == (("rent",), ("dv",))


def test_a_sixth_question_is_never_asked() -> None:
    flow = make_flow(*(question(f"q{n}", next=f"q{n + 1}" if n < 6 else "") for n in range(7)))
    conversation = replay(flow, {f"q{n}": ("yes",) for n in range(7)})
    assert [turn.question.key for turn in conversation.turns] == [f"q{n}" for n in range(5)]
    assert conversation.question is None
    assert not conversation.lost
    assert replay(flow, {"q0": ("yes",)}).steps_left == 4


def test_an_age_closes_an_entry_to_that_person_and_not_to_who_asks_for_another() -> None:
    now = here(
        entry("for the young", "rent", age_max=30),
        entry("for parents of the young", "rent", age_max=30, tags=["parent"]),
        *(listener(f"l{n}") for n in range(3)),
    )

    def open_to(*facts: str) -> set[str]:
        found = shown(now, somebody("worry:rent", "age:a65", *facts)).everything
        return {match.support.slug for match in found} & {"for the young", "for parents of the young"}

    assert open_to() == set()
    assert open_to("tag:parent") == {"for parents of the young"}
    for other in ("who:family", "who:helper"):
        assert open_to(other) == {"for the young", "for parents of the young"}
