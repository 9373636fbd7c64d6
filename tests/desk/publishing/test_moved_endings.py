"""Which paths through the flows end differently: counted, and told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from catalog.directory.directory import DirectoryNow
from catalog.release.checks import check
from catalog.release.payload import draft
from catalog.release.problem import Problem
from catalog.release.publishing import load, publish
from catalog.release.sections import Section, sections
from catalog.release.upgrades import CannotLoad
from chatbot.checks import build_flows
from chatbot.diff import describe_flows
from chatbot.survey import Survey
from desk.publishing.moved_endings import Example, FlowMoves, Moves, moves
from tests.catalog.samples import Row, make_support, payload_of, support_row
from tests.chatbot.samples import choice, flow_data, question

from .conftest import Content
from .test_page import words

FLOW = flow_data(
    question(
        "worry", choice("talk", "worry:talk", label="｜話《はな》したい"), choice("work", "worry:work", label="仕事")
    )
)
PAYLOAD = payload_of(*(support_row(slug, f"{slug}電話") for slug in ("a", "b", "c"))) | {"sections": {"flows": [FLOW]}}


def surveyed(**endings: tuple[str, ...]) -> Survey:
    """surveyed(talk=("a", "b")): what the path through each answer shows."""
    return Survey({("small", (("worry", (key,)),)): slugs for key, slugs in endings.items()}, frozenset(), {})


def moved(before: Survey, after: Survey) -> Moves:
    return moves(PAYLOAD, PAYLOAD, before, after)


def test_the_same_ends_do_not_move() -> None:
    same = surveyed(talk=("a", "b"), work=("c",))
    assert moved(same, same) == Moves((FlowMoves("small", 2, 2, 0, 0),), (), 0)


def test_what_goes_and_what_comes_is_told_by_its_way() -> None:
    found = moved(surveyed(talk=("a", "b"), work=("c",)), surveyed(talk=("b", "c"), work=("c",)))
    assert found.flows == (FlowMoves("small", 2, 2, 1, 0),)
    assert found.examples == (Example("small", "話したい", ("a電話",), ("c電話",), 1),)


def test_ways_that_move_alike_are_one_example() -> None:
    (example,) = moved(surveyed(talk=("a",), work=("a", "b")), surveyed(talk=(), work=("b",))).examples
    assert (example.paths, example.go, example.come) == (2, ("a電話",), ())


def test_another_order_is_no_other_end() -> None:
    found = moved(surveyed(talk=("a", "b")), surveyed(talk=("b", "a")))
    assert found == Moves((FlowMoves("small", 1, 1, 0, 1),), (), 0)


def test_ways_that_come_and_go_are_counted() -> None:
    found = moved(surveyed(talk=("a",)), surveyed(talk=("a",), work=("b",)))
    assert found.flows == (FlowMoves("small", 1, 2, 0, 0),)


def test_no_more_than_twenty_examples() -> None:
    many = [(f"w{number}", (f"s{number}",)) for number in range(25)]
    flow = flow_data(question("worry", *(choice(key) for key, _ in many)))
    payload = payload_of(*(support_row(slugs[0], slugs[0]) for _, slugs in many)) | {"sections": {"flows": [flow]}}
    found = moves(payload, payload, surveyed(**dict(many)), surveyed(**{key: () for key, _ in many}))
    assert (len(found.examples), found.more) == (20, 5)


@pytest.fixture
def flows(content: Content, monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """The content with a small flow; both are public."""
    data: list[Row] = [FLOW]
    section = Section(lambda: data, lambda directory: [], label="質問の流れ", describe=describe_flows)
    monkeypatch.setitem(sections, "flows", section)
    publish(by="さくら", approved_by="つばき")
    return data


def test_the_page_tells_what_an_answer_shows_now(content: Content, flows: list[Row], viewer: Client) -> None:
    make_support("tsuki", "つき電話", contact={"value": "0120-000-444"})
    part = viewer.get(reverse("admin:publish-paths"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "話したい" in words(part)
    assert "見えるようになる: つき電話" in words(part)


def test_the_page_says_that_nothing_moves(content: Content, flows: list[Row], viewer: Client) -> None:
    assert "公開版と下書きは同じです" in viewer.get(reverse("admin:publish-paths")).content.decode()
    content.edit_text()
    assert "どの道でも、はじめに見えるものは同じです" in viewer.get(reverse("admin:publish-paths")).content.decode()


def test_a_flow_that_cannot_be_walked_is_said(content: Content, flows: list[Row], viewer: Client) -> None:
    flows[0] = flow_data(question("worry", next="nowhere"))
    assert "先に直してください" in viewer.get(reverse("admin:publish-paths")).content.decode()


def test_walking_is_remembered_by_the_content_and_until_new_year(
    content: Content, flows: list[Row], viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[DirectoryNow] = []

    def walk(now: DirectoryNow) -> list[Problem]:
        walked.append(now)
        return []

    monkeypatch.setitem(sections, "flows", replace(sections["flows"], check=walk))
    content.edit_text("一度だけ調べます。")
    for _ in range(2):
        viewer.get(reverse("admin:publish-check"))
    assert len(walked) == 1
    content.edit_text("もう一度調べます。")
    assert check(draft()) == ()
    assert len(walked) == 2
    with time_machine.travel(walked[-1].moment + timedelta(days=1)):  # the night looked at is past
        assert check(draft()) == ()
    assert len(walked) == 3
    assert walked[-1].moment.year == walked[0].moment.year + 1


@pytest.mark.parametrize("flow", [{}, {"key": "general", "start": "x", "questions": []}, FLOW | {"key": "general"}])
def test_flows_that_no_page_could_show_are_not_restored(
    content: Content, flows: list[Row], monkeypatch: pytest.MonkeyPatch, flow: Row
) -> None:
    flows[0] = flow
    monkeypatch.setitem(sections, "flows", replace(sections["flows"], load=build_flows, describe=None))
    release = publish(by="さくら", approved_by="つばき")
    with pytest.raises(CannotLoad):
        load(release)
