"""死にたい and its like lead to the crisis card at once, or nothing is published."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.directory.codes import Page
from catalog.directory.directory import Directory
from chatbot.checks import check_flows
from chatbot.sentinels import SENTINELS
from tests.catalog.samples import Row
from tests.chatbot.samples import choice, entry, flow_data, for_children, listener, make_directory, question
from tests.conftest import at

HELP = (
    entry("line", "suicidal", crisis=True, firsts=["suicidal 1"]),
    listener("a", firsts=["rent 1"]),
    listener("b"),
    listener("c"),
)
NEW_YEAR = "2027-01-01 03:30"
DYING = choice("dying", "worry:suicidal", "danger:suicide", label="死にたい")
RENT = choice("rent", "worry:rent")
NO_CARD = "緊急の窓口が、いちばん上に出てきません"


def told(*asked: Row, entries: Any = HELP, key: str = "small") -> str:
    """What stops a flow in which the answer "dying" to the question "worry" must lead to help."""
    directory = make_directory(*entries, flows=[flow_data(*asked, key=key)])
    problems = check_flows(at(directory, NEW_YEAR), {key: {"worry": ("dying",)}})
    return "\n".join(str(problem) for problem in problems)


@pytest.mark.parametrize(
    "asked",
    [
        (question("worry", RENT, DYING),),
        (question("first", choice("x", next="worry"), choice("y")), question("worry", RENT, DYING)),
        (question("worry", RENT, DYING, multiple=True, most=2, next="more"), question("more")),
    ],
)
def test_an_answer_that_leads_to_the_crisis_card_stops_nothing(asked: tuple[Row, ...]) -> None:
    assert told(*asked) == ""


@pytest.mark.parametrize("then", ["", "more"])
def test_an_answer_that_lost_its_danger_is_named(then: str) -> None:
    """As somebody may import it."""
    problem = told(
        question("worry", RENT, DYING | {"facts": ["worry:suicidal"], "next": then}, next="more"), question("more")
    )
    assert problem.startswith("質問の流れ「small」の質問「worry?」の答え「死にたい」: 命や安全にかかわる答えです。")


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (question("worry", RENT, choice("food", "worry:food")), "の質問「worry?」の答え（記号 dying）: "),
        (question("other", RENT, DYING), "の質問（記号 worry）の答え（記号 dying）: "),
    ],
)
def test_an_answer_that_is_gone_is_named(asked: Row, where: str) -> None:
    assert where in told(asked)


def test_a_flow_that_is_gone_is_named() -> None:
    (problem,) = check_flows(at(make_directory(*HELP), NEW_YEAR), {"small": {"worry": ("dying",)}})
    assert str(problem) == "質問の流れ「small」: この質問の流れがありません。もどしてください。"


def test_an_answer_that_nobody_is_asked_for_is_named() -> None:
    first = question("first", choice("x"), choice("y"), next="worry")
    assert "だれにもたずねられません" in told(first, question("worry", RENT, DYING, ask_if=["worry:rent"]))


def test_an_answer_that_ends_without_the_crisis_card_is_named() -> None:
    """Lines for anybody, open day and night, are not enough."""
    others = tuple(entry(f"other{n}", "suicidal", "rent") for n in range(3))
    assert NO_CARD in told(question("worry", RENT, DYING), entries=others)


def test_a_child_in_danger_is_shown_a_line_that_never_closes() -> None:
    talk, dying = choice("talk", "worry:u18_talk"), DYING | {"facts": [*DYING["facts"], "age:any18"]}
    asked = question("worry", talk, dying)
    always = tuple(for_children(entry(f"kids{n}", "u18_talk", "suicidal")) for n in range(3))
    assert NO_CARD not in told(asked, entries=always, key="under18")
    nearly = [for_children(entry(f"nearly{n}", "suicidal", "u18_talk", crisis=True)) for n in range(3)]
    for each in nearly:
        each["contacts"][0]["closed_periods"] = "05-01/05-02"
    assert NO_CARD not in told(asked, entries=(*always, *nearly), key="under18")
    assert NO_CARD in told(asked, entries=nearly, key="under18")


@pytest.mark.parametrize("page", list(Page))
def test_every_answer_of_the_content_that_tells_of_danger_is_guarded(directory: Directory, page: Page) -> None:
    """That they lead to help is checked before every Release."""
    flow = next(flow for flow in directory.sections["flows"] if flow["key"] == page)
    dangers = {
        (question["key"], choice["key"])
        for question in flow["questions"]
        for choice in question["choices"]
        if any(fact.startswith("danger:") for fact in choice["facts"])
    }
    assert dangers == {(question, key) for question, keys in SENTINELS[page].items() for key in keys}
