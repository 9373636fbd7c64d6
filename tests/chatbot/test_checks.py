"""Every path through a flow is found, and what is wrong with one stops the Release, in words that a curator can act on."""

from __future__ import annotations

import pytest

from chatbot.checks import check_flows
from chatbot.flow import SKIPPED
from chatbot.replay import Answers
from chatbot.walk import walk
from tests.catalog.samples import Row
from tests.chatbot.samples import (
    choice,
    entry,
    flow_data,
    for_children,
    listener,
    make_directory,
    make_flow,
    office_hours,
    programme,
    question,
)
from tests.conftest import at

RENT = question("worry", choice("rent", "worry:rent"), choice("food", "worry:food"))
HELP = (
    entry("rent", "rent", firsts=["rent 1"]),
    programme("money", "rent"),
    entry("food", "food", firsts=["food 1"]),
    programme("meal", "food"),
    listener("always"),
)


FOR_CHILDREN = tuple(for_children(entry(f"kids{n}", "u18_talk")) for n in range(3))
NEW_YEAR = "2027-01-01 03:30"


def problems(*entries: Row, asked: tuple[Row, ...] = (RENT,), start: str = "", key: str = "small") -> list[str]:
    directory = make_directory(*entries, flows=[flow_data(*asked, start=start, key=key)])
    return [str(problem) for problem in check_flows(at(directory, NEW_YEAR), sentinels={})]


SECOND = (("c", "worry:rent"), ("d", "worry:food"), ("e", "worry:debt"))


def test_every_answer_is_walked_skipping_and_several_at_once_too() -> None:
    flow = make_flow(
        question("first", choice("a"), choice("b", "danger:suicide"), next="second"),
        question("second", *(choice(key, fact) for key, fact in SECOND), multiple=True, most=2),
    )
    walked = [each.answers for each in walk(flow)]
    seconds = [(SKIPPED,), ("c",), ("d",), ("e",), ("c", "d"), ("c", "e"), ("d", "e")]
    expected: list[Answers] = [{"first": (first,), "second": keys} for first in (SKIPPED, "a") for keys in seconds]
    expected.append({"first": ("b",)})
    assert sorted(map(str, walked)) == sorted(map(str, expected))
    of_one = [each for each in expected if len(each.get("second", ())) < 2]
    assert sorted(str(each.answers) for each in walk(flow, several=False)) == sorted(map(str, of_one))


def test_who_is_found_only_by_saying_two_things_more_is_not_called_unreached() -> None:
    asked = question("also", choice("rent", "worry:rent"), choice("single", "tag:single"), multiple=True, most=2)
    rare = entry("rare", "rent", needs=["worry:rent+tag:single"])
    told = problems(*HELP, listener("too"), listener("three"), rare, asked=(asked,))
    assert not [each for each in told if "rare" in each]


def test_a_flow_that_helps_everybody_stops_nothing() -> None:
    assert problems(*HELP, listener("too"), listener("three")) == []


def test_a_flow_that_makes_no_sense_is_named() -> None:
    (told,) = problems(*HELP, start="gone")
    assert told == "質問の流れ「small」: 始まりの質問「gone」がありません。"


def test_a_way_that_finds_too_little_is_named_by_its_answers() -> None:
    told = problems(HELP[0], HELP[2], listener("a"), listener("b"))
    assert any("「こたえたくない」: 見つかるものが2つだけです" in each for each in told)


def test_a_way_on_which_nobody_answers_at_new_year_is_refused() -> None:
    by_day = [entry(f"office{n}", "rent", "food", "listen", "lonely", contacts=office_hours()) for n in range(3)]
    assert any("答えてくれる窓口が1つもありません" in told for told in problems(*by_day))


def test_a_way_that_ends_in_papers_only_is_refused() -> None:
    papers = [programme(f"paper{n}", "rent", "food") for n in range(3)]
    assert any("話せる窓口が1つもありません" in told for told in problems(*papers, asked=(RENT,)))


def test_a_dangerous_way_without_a_line_that_never_closes_is_refused() -> None:
    dying = question("worry", choice("dying", "worry:suicidal", "danger:suicide"), choice("rent", "worry:rent"))
    not_always = [listener(f"nearly{n}") for n in range(4)]
    for line in not_always:
        line["contacts"][0]["closed_periods"] = "05-01/05-02"
    assert any("24時間つながる窓口" in told for told in problems(*not_always, asked=(dying,)))


def test_a_topic_without_somebody_to_talk_to_among_its_firsts_is_named() -> None:
    nobody = (
        programme("only money", "debt", firsts=["debt 1"]),
        entry("others", "debt", firsts=["debt 2 if tag:single"]),
    )
    asked = question("worry", choice("rent", "worry:rent"), choice("debt", "worry:debt"))
    told = "".join(problems(*HELP, listener("too"), listener("three"), *nobody, asked=(asked,)))
    assert "「rentのこと」に、" not in told
    assert "「debtのこと」に、はじめに見せる相談先が1つもありません" in told


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"firsts": ["gone 1"]}, "「gone」という悩みはありません"),
        ({"firsts": ["rent 2 if tag:gone"]}, "「tag:gone」の記号は"),
        ({"firsts": ["rent 2 unless via:pigeon"]}, "「via:pigeon」の記号は"),
        ({"never_with": ["worry:food+age:gone"]}, "「age:gone」の記号は"),
    ],
)
def test_a_place_or_a_condition_in_an_unknown_code_is_named(changes: Row, named: str) -> None:
    (told,) = problems(*HELP, listener("too"), listener("three"), entry("odd", "rent", **changes))
    assert "「odd」" in told
    assert named in told


@pytest.mark.parametrize("season", ["", "07-01/07-31"])
def test_an_entry_that_nobody_is_led_to_is_named_unless_it_has_its_season(season: str) -> None:
    lost = entry("lost", "debt", contacts=[{**HELP[0]["contacts"][0], "open_periods": season}])
    told = problems(*HELP, listener("too"), listener("three"), lost)
    assert told == (
        [] if season else ["「lost」: どの質問の流れからも、ここにたどりつきません。「合う悩み」を見直してください。"]
    )


def test_a_flow_for_children_that_asks_for_the_grade_stops_nothing() -> None:
    asked = question("band", choice("g12", "age:g12"), choice("any", "age:any18"))
    assert problems(*FOR_CHILDREN, asked=(asked,), key="under18") == []


def test_another_question_for_the_grade_is_refused() -> None:
    asked = question("grade", choice("g12", "age:g12"), choice("any", "age:any18"))
    (told,) = problems(*FOR_CHILDREN, asked=(asked,), key="under18")
    assert told.startswith("質問の流れ「under18」: 学年をたずねる質問（記号 band）がありません。")


def test_a_grade_that_is_not_named_after_its_band_is_refused() -> None:
    asked = question(
        "band", choice("first", "age:g12", label="｜小学《しょうがく》1｜年《ねん》"), choice("any", "age:any18")
    )
    (told,) = problems(*FOR_CHILDREN, asked=(asked,), key="under18")
    assert told.startswith("質問「band?」の答え「小学1年」: 答えの記号「first」と、わかることの年代が合っていません。")
    assert "（g12、any18）" in told


def test_an_entry_without_words_for_children_helps_no_child() -> None:
    asked = question("band", choice("g12", "age:g12"), choice("any", "age:any18"))
    told = problems(*FOR_CHILDREN[:2], entry("adults", "u18_talk"), asked=(asked,), key="under18")
    assert any("見つかる子どものことばがあるものが2つだけです" in each for each in told)
