"""What is named before publishing and does not stop it: flows of an earlier design, topics that lack what should come first."""

from __future__ import annotations

import pytest

from catalog.directory.directory import Directory
from catalog.release.concern import ConcernKind
from chatbot import sentinels
from chatbot.checks import check_flows
from chatbot.warnings import concerns_of_flows
from tests.catalog.samples import Row
from tests.chatbot.samples import choice, entry, flow_data, for_children, listener, make_directory, programme, question
from tests.conftest import at

NEW_YEAR = "2027-01-01 03:30"
TODAY: sentinels.Sentinels = {"general": {"worry": ("dying",), "whose": ("parent",)}}
BEFORE: sentinels.Sentinels = {"general": {"worry": ("dying", "hurt")}}
DYING, HURT = choice("dying", "worry:suicidal", "danger:suicide"), choice("hurt", "worry:suicidal", "danger:suicide")
RENT = choice("rent", "worry:rent")


def site(*choices: Row) -> Directory:
    """Where nobody is named first for the rent."""
    line = entry("line", "suicidal", crisis=True, firsts=["suicidal 1"])
    asked = flow_data(question("worry", *choices), key="general")
    return make_directory(line, *(listener(name) for name in "abc"), entry("office", "rent"), flows=[asked])


@pytest.fixture
def earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentinels, "EARLIER", (BEFORE,))


@pytest.mark.usefixtures("earlier")
def test_a_flow_of_an_earlier_design_may_be_published_without_firsts() -> None:
    assert [*check_flows(at(site(DYING, HURT, RENT), NEW_YEAR), TODAY)] == []


@pytest.mark.usefixtures("earlier")
def test_what_guarded_a_flow_of_an_earlier_design_guards_it_still() -> None:
    (problem,) = check_flows(at(site(DYING, HURT | {"facts": []}, choice("food", "worry:food")), NEW_YEAR), BEFORE)
    assert "答え「hurt」: 命や安全にかかわる答えです。" in str(problem)


def test_the_present_flow_that_lost_an_answer_is_not_taken_for_an_earlier_one(directory: Directory) -> None:
    answers = {(key, each) for key, keys in sentinels.SENTINELS["general"].items() for each in keys}
    due, is_earlier = sentinels.due("general", answers - {("worry", "suicidal")})
    assert due == answers
    assert not is_earlier


@pytest.mark.usefixtures("earlier")
def test_the_flow_that_staff_kept_from_before_is_named() -> None:
    of_flow, of_rent = concerns_of_flows(site(DYING, HURT, RENT))
    assert of_flow.kind is ConcernKind.EARLIER_FLOW
    assert "adopt_content --flow general" in of_flow.what
    assert (of_rent.kind, of_rent.key) == (ConcernKind.FIRSTS, "rent")


@pytest.mark.parametrize(
    ("key", "entries", "lacking"),
    [
        ("small", [listener("talk", firsts=["rent 1"])], []),
        ("small", [programme("money", "rent", firsts=["rent 1"])], ["話せる相談先"]),
        ("small", [listener("talk", firsts=["rent 1"]), programme("money", "rent")], ["申しこむもの（money など）"]),
        ("small", [listener("talk", firsts=["rent 1"]), programme("other", "food", "rent")], []),
        ("under18", [for_children(listener("talk", firsts=["rent 1"])), programme("adults", "rent")], []),
        ("under18", [listener("adults", firsts=["rent 1"])], ["話せる相談先"]),
    ],
)
def test_a_topic_that_lacks_what_should_come_first_is_named(key: str, entries: list[Row], lacking: list[str]) -> None:
    asked = question("worry", RENT, choice("also", "worry:rent"))
    found = concerns_of_flows(make_directory(*entries, flows=[flow_data(asked, key=key)]))
    assert [(each.kind, each.key, each.what) for each in found] == [
        (ConcernKind.FIRSTS, "rent", what) for what in lacking
    ]


def test_no_topic_of_the_content_lacks_anything(directory: Directory) -> None:
    assert [*concerns_of_flows(directory)] == []
