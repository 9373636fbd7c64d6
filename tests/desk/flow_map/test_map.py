"""The map of a flow: what is drawn, what is said, what is broken. No database, no pages."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from catalog.directory.directory import Directory
from chatbot.flow import Flow
from desk.draft.diagnosis import Data, what_is_broken
from desk.flow_map.drawing import WIDTH, Box, Drawing, draw, shorten, wrap
from desk.flow_map.outline import QuestionOutline, outline
from tests.chatbot.samples import choice, flow_data, make_directory, question

FACTS = {"worry:rent": "悩み：家賃", "tag:parent": "対象：子どもを育てている方"}


def steps_of(data: Data, **more: Any) -> dict[str, QuestionOutline]:
    return {step.key: step for step in outline(data, facts=FACTS, urls={}, **more)}


def drawn(data: Data) -> tuple[Drawing, dict[str, Box]]:
    drawing = draw(list(steps_of(data).values()))
    return drawing, {box.step.key: box for box in drawing.boxes}


def small() -> Any:
    """start → money → who, start → who (over money's column), a rule at who; lost is reached by nothing."""
    return flow_data(
        question(
            "start",
            choice("money", next="money"),
            choice("end", next=""),
            choice("other"),
            choice("dying", "danger:suicide", next="money"),
            next="who",
        ),
        question("money", next="who"),
        question("who", ask_if=["worry:rent"], skip_if=["tag:parent"], next="last"),
        question("last"),
        question("lost", next="last"),
    )


def broken(data: Data, archived: dict[str, str] | None = None) -> list[str]:
    found = what_is_broken(data, make_directory(), archived=archived or {})
    return [str(problem) for problem in found]


def test_each_answer_says_where_it_leads() -> None:
    branches = {branch.key: branch for branch in steps_of(small())["start"].branches}
    assert (branches["money"].target, branches["money"].target_words) == ("money", "money?（money）")
    assert (branches["end"].target, branches["end"].target_words) == ("", "結果へ")
    assert (branches["other"].target, branches["other"].follows_question) == ("who", True)
    assert (branches["dying"].target, branches["dying"].is_danger) == ("money", True)  # asked below the help


def test_conditions_are_said_in_words() -> None:
    assert steps_of(small())["who"].conditions == (
        "悩み：家賃の人にだけ聞く",
        "対象：子どもを育てている方の人には聞かない",
    )


def test_the_entries_of_each_answer_are_counted() -> None:
    steps = steps_of(small(), counts={("small", "start", "money"): 12})
    assert [branch.count for branch in steps["start"].branches] == [12, None, None, None]
    assert "12件" in [row.count for row in draw(list(steps.values())).boxes[0].rows]


def test_readings_are_left_out_of_the_words() -> None:
    steps = steps_of(flow_data(question("q", prompt="｜学校《がっこう》の ことですか。")))
    assert steps["q"].prompt == "学校のことですか。"


def test_questions_stand_in_columns_from_left_to_right() -> None:
    _, boxes = drawn(small())
    assert boxes["start"].x < boxes["money"].x < boxes["who"].x < boxes["last"].x


def test_what_nothing_leads_to_stands_apart_below() -> None:
    drawing, boxes = drawn(small())
    assert not boxes["lost"].step.is_reached
    others = [box for key, box in boxes.items() if key != "lost"]
    assert max(box.y + box.height for box in others) < drawing.apart_y < boxes["lost"].y
    assert drawn(flow_data(question("q")))[0].apart_y == 0


def points(path: str) -> list[tuple[int, int]]:
    """The first and the last point of a path."""
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    return [(numbers[0], numbers[1]), (numbers[-2], numbers[-1])]


def test_arrows_lead_from_an_answer_to_the_next_question() -> None:
    drawing, boxes = drawn(small())
    ends = {tuple(points(arrow.path)) for arrow in drawing.arrows if not arrow.is_rule}
    start, money = boxes["start"], boxes["money"]
    assert ((start.right, start.ports["money"]), (money.x, money.middle)) in ends
    assert ((start.right, start.ports["dying"]), (money.x, money.middle)) in ends  # asked below the help


def test_who_is_not_asked_goes_by_a_dashed_arrow() -> None:
    drawing, boxes = drawn(small())
    (rule,) = (arrow for arrow in drawing.arrows if arrow.is_rule)
    assert points(rule.path)[1] == (boxes["last"].x, boxes["last"].middle)


def test_an_arrow_over_a_column_passes_beside_its_boxes() -> None:
    drawing, boxes = drawn(small())
    (lane,) = (arrow for arrow in drawing.arrows if f"h{WIDTH}" in arrow.path)
    _, y = points(lane.path)[0]
    assert not boxes["money"].y <= y <= boxes["money"].y + boxes["money"].height


def test_a_circle_is_drawn_and_not_followed_for_ever() -> None:
    data = flow_data(question("a", next="b"), question("b", next="a"))
    drawing, boxes = drawn(data)
    assert [arrow.is_circle for arrow in drawing.arrows].count(True) == 1
    assert boxes["a"].x < boxes["b"].x


def test_an_answer_that_leads_nowhere_is_marked() -> None:
    data = flow_data(question("a", choice("x", next="gone"), choice("y"), next=""))
    _, boxes = drawn(data)
    row = next(row for row in boxes["a"].rows if row.words == "x")
    assert (row.end, row.is_broken) == ("行き先なし", True)


def overlap(one: Box, other: Box) -> bool:
    beside = one.right < other.x or other.right < one.x
    return not (beside or one.y + one.height < other.y or other.y + other.height < one.y)


@pytest.mark.parametrize("key", ["general", "under18"])
def test_the_real_flows_are_drawn_with_no_box_over_another(directory: Directory, key: str) -> None:
    data = next(flow for flow in directory.sections["flows"] if flow["key"] == key)
    drawing, boxes = drawn(data)
    assert set(boxes) == {row["key"] for row in data["questions"]}
    assert not [pair for pair in combinations(drawing.boxes, 2) if overlap(*pair)]
    assert all(box.x >= 0 and box.right <= drawing.width for box in drawing.boxes)
    assert all(box.y >= 0 and box.y + box.height <= drawing.height for box in drawing.boxes)
    assert all(box.y < row.y < box.y + box.height for box in drawing.boxes for row in box.rows)


def test_an_arrow_is_drawn_to_every_question_of_the_real_flow(directory: Directory, flow: Flow) -> None:
    data = next(flow for flow in directory.sections["flows"] if flow["key"] == "general")
    drawing, boxes = drawn(data)
    arrived = {points(arrow.path)[1] for arrow in drawing.arrows if arrow.has_head}
    assert {key for key, box in boxes.items() if (box.x, box.middle) not in arrived} == {flow.start}


def test_long_words_are_wrapped_and_shortened() -> None:
    assert wrap("あ" * 45) == ["あ" * 20, "あ" * 20, "あ" * 5]
    assert shorten("あいうえお", 4) == "あいう…"
    assert shorten("abcde", 4) == "abcde"


def test_a_sound_flow_has_nothing_broken(directory: Directory) -> None:
    assert broken(flow_data(question("a", next="b"), question("b"))) == []
    for data in directory.sections["flows"]:
        assert what_is_broken(data, directory, archived={}) == []


def test_what_leads_to_a_question_that_was_put_away_is_named_by_its_answer() -> None:
    data = flow_data(
        question("a", choice("x", label="家賃", next="gone"), choice("y"), prompt="何ですか。", next="gone")
    )
    said = broken(data, archived={"gone": "しまった質問"})
    assert [line.split(":")[0] for line in said] == ["質問「何ですか。」", "質問「何ですか。」の答え「家賃」"]
    assert all("しまってある質問「しまった質問」につながっています" in line for line in said)
    assert "始まりの質問" in broken({**data, "start": "gone"}, archived={"gone": "しまった質問"})[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (flow_data(question("a", next="b"), question("b", next="a")), "輪になっています"),
        (flow_data(question("a"), question("b", prompt="どこ。")), "どこからも来られない"),
        (
            flow_data(question("a", choice("x"), prompt="何ですか。")),
            "質問「何ですか。」（a）の、だれにでも出す答えは9つまで、答えは2つから",
        ),
        (flow_data(question("a", choice("x", "worry:gone"), choice("y"))), "worry:gone"),
        (flow_data(question("a", choice("x", icon="dragon"), choice("y"))), "絵「dragon」がありません"),
    ],
)
def test_what_is_broken_is_named(data: Data, said: str) -> None:
    (line,) = broken(data)
    assert said in line


def test_kanji_without_a_reading_is_named_in_the_flow_for_children() -> None:
    data = {
        **flow_data(question("a", choice("x", label="学校"), choice("y"), prompt="｜何《なに》《")),
        "key": "under18",
    }
    said = broken({**data, "questions": [{**data["questions"][0], "skip_label": "わからない"}]})
    assert said == [
        "質問「何《」: よみがなの記号がくずれています。｜漢字《かんじ》のように書いてください。",
        "質問「何《」の答え「学校」: 「学校」によみがながありません。｜漢字《かんじ》のように書いてください。",
    ]
