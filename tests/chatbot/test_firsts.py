"""Who is named first for a worry heads the results, at every hour; whom an entry is not for is not shown it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.directory.directory import Directory
from chatbot.conversation import every_ending
from chatbot.flow import flow_of
from chatbot.need import Need
from chatbot.ranking import Match
from chatbot.replay import Person
from chatbot.results import results
from tests.catalog.samples import Row, contact_row
from tests.chatbot.samples import (
    DAY,
    NIGHT,
    choice,
    entry,
    flow_data,
    for_children,
    here,
    listener,
    make_directory,
    matched,
    office_hours,
    programme,
    question,
    shown,
    somebody,
    unconfirmed,
)
from tests.conftest import at

MOMENTS = (DAY, "2026-09-06 14:00", "2026-09-02 22:00", "2027-01-01 02:00")
RENT = somebody("worry:rent")
CLOSED = {"contacts": office_hours()}


def slugs(found: Iterable[Match]) -> list[str]:
    return [match.support.slug for match in found]


def test_they_come_in_their_order_before_whoever_else_fits_better_or_answers_now() -> None:
    entries = (
        entry("made for it", "rent"),
        entry("second", "food", firsts=["rent 2"], contacts=office_hours()),
        entry("first", "debt", firsts=["rent 1"], contacts=office_hours()),
        programme("money", "rent"),
        programme("zz first money", "food", firsts=["rent 3"]),
    )
    found = shown(here(*entries, moment=NIGHT), RENT)
    assert slugs(found.talk) == ["first", "second", "made for it"]
    assert slugs(found.use) == ["zz first money", "money"]
    assert found.talk[0].reason(here()) == "「rentのこと」に合うため"


def test_four_are_named_and_no_more() -> None:
    found = shown(here(*(entry(f"{n}", "rent", firsts=[f"rent {n}"]) for n in range(1, 7))), RENT)
    assert slugs(found.talk) == ["1", "2", "3", "4"]
    assert slugs(found.talk_more) == ["5", "6"]


def test_what_was_chosen_second_has_its_first_beside_that_of_the_first() -> None:
    now = here(*(entry(f"{worry}{n}", worry, firsts=[f"{worry} {n}"]) for worry in ("rent", "debt") for n in (1, 2, 3)))
    assert slugs(shown(now, somebody("worry:debt", "worry:rent")).talk) == ["debt1", "rent1", "debt2", "rent2"]


def test_of_a_choice_that_tells_several_worries_the_first_leads() -> None:
    now = here(*(entry(f"{worry}{n}", worry, firsts=[f"{worry} {n}"]) for worry in ("rent", "debt") for n in (1, 2, 3)))
    told_together = Person(("worry:debt", "worry:rent"), (("debt", "rent"),))
    assert slugs(shown(now, told_together).talk) == ["debt1", "debt2", "debt3", "rent1"]


def test_below_the_crisis_card_whom_it_took_does_not_count_as_the_turn_of_a_worry() -> None:
    lines = [entry(f"dv{n}", "dv", crisis=True, firsts=[f"dv {n}"]) for n in range(1, 5)]
    rents = [entry(f"rent{n}", "rent", firsts=[f"rent {n}"]) for n in (1, 2, 3)]
    found = shown(here(*lines, *rents), somebody("worry:dv", "danger:violence", "worry:rent"))
    assert slugs(found.crisis) == ["dv1", "dv2", "dv3"]
    assert slugs(found.talk) == ["dv4", "rent1", "rent2", "rent3"]


@pytest.mark.parametrize(("wanted", "head"), [("phone", "zz telephone"), ("text", "chat")])
def test_where_somebody_may_want_to_die_a_confirmed_telephone_heads_the_card_or_who_can_be_written_to(
    wanted: str, head: str
) -> None:
    now = here(
        entry("abuse", "dv", crisis=True, firsts=["dv 1"], contacts=office_hours()),
        entry("a said", "suicidal", crisis=True, firsts=["suicidal 1"], contacts=unconfirmed()),
        entry("chat", "suicidal", crisis=True, contacts=[contact_row("https://akari.example/", via="chat")]),
        entry("zz telephone", "suicidal", crisis=True),
    )
    person = somebody("worry:dv", "danger:violence", "worry:suicidal", "danger:suicide", f"via:{wanted}")
    assert slugs(shown(now, person).crisis)[0] == head


@pytest.mark.parametrize(
    ("told", "used"),
    [(("worry:dv",), ["use1", "use2"]), (("worry:dv", "worry:rent"), ["use1", "rent1", "use2", "rent2"])],
)
def test_beside_a_crisis_card_fewer_are_shown_only_if_nothing_else_was_told(
    told: tuple[str, ...], used: list[str]
) -> None:
    money = [programme(f"use{n}", "dv", firsts=[f"dv {n}"]) for n in (1, 2, 3)]
    rent = [programme(f"rent{n}", "rent", firsts=[f"rent {n}"]) for n in (1, 2, 3)]
    now = here(entry("line", "dv", crisis=True), *money, *rent)
    assert slugs(shown(now, somebody("danger:violence", *told)).use) == used


@pytest.mark.parametrize(
    "closed",
    [
        {"age_max": 18},
        {"only_for": ["single"]},
        {"declines": ["men"]},
        {"status": "ended"},
        {"needs": ["worry:debt"]},
        {"never_with": ["tag:man+age:a19"]},
        {"contacts": [contact_row(open_periods="07-01/08-31")]},
    ],
)
def test_who_is_closed_to_the_person_is_passed_over(closed: Row) -> None:
    now = here(entry("closed", "food", firsts=["rent 1"], **closed), entry("open", "food", firsts=["rent 2"]))
    assert slugs(shown(now, somebody("worry:rent", "age:a19", "tag:man")).shown) == ["open"]


def test_a_line_counts_only_where_its_condition_holds() -> None:
    now = here(entry("parents", "food", firsts=["rent 1 if tag:parent"]), entry("made for it", "rent"))
    assert slugs(shown(now, RENT).shown) == ["made for it"]
    assert slugs(shown(now, somebody("worry:rent", "tag:parent")).shown) == ["parents", "made for it"]


def test_what_is_not_for_somebody_is_no_match_at_all() -> None:
    now = here(entry("pension", "rent", needs=["tag:illness", "worry:debt"], never_with=["age:a65"]))
    assert slugs(matched(now, RENT)) == []
    assert slugs(matched(now, somebody("worry:rent", "worry:debt"))) == ["pension"]
    assert slugs(matched(now, somebody("worry:rent", "worry:debt", "age:a65"))) == []


def test_one_number_is_named_once() -> None:
    number = [contact_row("0120-000-001")]
    now = here(
        entry("first", "rent", firsts=["rent 1"], contacts=number),
        entry("second", "rent", firsts=["rent 2"], contacts=number),
    )
    assert slugs(shown(now, RENT).everything) == ["first"]


def test_a_child_is_first_shown_who_is_named_for_children_and_nothing_for_what_nobody_told() -> None:
    now = here(
        for_children(entry("untold", "u18_talk", firsts=["u18_talk 1"], only_for=["child"], contacts=office_hours())),
        for_children(entry("adults", "food", firsts=["rent 1 unless tag:child"])),
        for_children(entry("zz children", "food", firsts=["rent 2 if tag:child"])),
        entry("no words", "rent", firsts=["rent 1"]),
    )
    need = Need.of(somebody("worry:rent", "age:g12"), now.directory, for_children=True)
    assert slugs(results(now, need).child) == ["zz children", "untold"]


@pytest.mark.parametrize(("wanted", "answering"), [("phone", "b phone"), ("text", "c chat")])
def test_on_top_stands_who_answers_now_in_the_way_that_somebody_wants(wanted: str, answering: str) -> None:
    now = here(
        entry("a closed", "rent", firsts=["rent 1"], contacts=office_hours()),
        entry("b phone", "rent", firsts=["rent 2"]),
        listener("c chat", contacts=[contact_row("https://akari.example/", via="chat")]),
        moment=NIGHT,
    )
    best = shown(now, somebody("worry:rent", f"via:{wanted}")).now
    assert best
    assert best.match.support.slug == answering


def test_nobody_who_is_closed_is_said_to_be_there_at_once() -> None:
    closed = entry("dv", "dv", crisis=True, contacts=office_hours())
    for moment, at_once in ((DAY, True), (NIGHT, False)):
        now = here(closed, moment=moment)
        (match,) = matched(now, somebody("worry:dv", "danger:violence"))
        assert ("すぐに" in match.reason(now)) is at_once


ENTRIES: st.SearchStrategy[list[Row]] = st.lists(
    st.builds(
        dict,
        worries=st.sampled_from([("rent",), ("debt", "rent"), ("dv",), ("listen", "lonely"), ("u18_talk", "dv")]),
        kind=st.sampled_from(["helpline", "place", "programme"]),
        firsts=st.sampled_from([[], ["rent 1"], ["dv 1"], ["debt 2 if worry:rent"]]),
        contacts=st.sampled_from(["always", "office", "unconfirmed", "summer"]),
        crisis=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)
CONTACTS: dict[str, Callable[[], list[Row]]] = {
    "always": lambda: [contact_row()],
    "office": office_hours,
    "unconfirmed": unconfirmed,
    "summer": lambda: [contact_row(open_periods="09-01/09-30")],
}
FLOWS = [
    flow_data(
        question("worry", choice("rent", "worry:rent", "worry:debt"), choice("dv", "worry:dv", "danger:violence"), next="also"),
        question("also", choice("debt", "worry:debt"), choice("scared", "worry:dv", "danger:violence"), multiple=True, most=2),
        key="general",
    ),
    flow_data(
        question("band", choice("g12", "age:g12"), choice("any", "age:any18"), next="trouble"),
        question("trouble", choice("hit", "worry:dv", "danger:violence"), choice("rent", "worry:rent")),
        key="under18",
    ),
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(rows=ENTRIES)
def test_the_first_are_the_same_at_every_hour_and_in_danger_nothing_closed_stands_above_what_is_open(
    rows: list[Row],
) -> None:
    entries = []
    for n, row in enumerate(rows):
        changes = {"kind": row["kind"], "firsts": row["firsts"], "crisis": row["crisis"]}
        entries.append(for_children(entry(f"{n}", *row["worries"], contacts=CONTACTS[row["contacts"]](), **changes)))
    always = for_children(listener("always", tags=["child"]))  # as publishing demands
    directory = make_directory(always, *entries, flows=FLOWS)
    for key in ("general", "under18"):
        endings = [list(every_ending(at(directory, moment), flow_of(directory, key))) for moment in MOMENTS]
        for same_person in zip(*endings, strict=True):
            found = [end.results for end in same_person]
            assert len({frozenset(slugs(each.shown)) for each in found}) == 1
            if same_person[0].need.danger_worries:
                for end in same_person:
                    ranks = [
                        end.now.openness_rank(m.support) == 2
                        for m in end.results.crisis + end.results.talk + end.results.child
                    ]
                    assert ranks == sorted(ranks)
            else:
                assert len({tuple(slugs(each.shown)) for each in found}) == 1


def test_the_real_catalogue_names_somebody_to_talk_to(directory: Directory) -> None:
    assert len(directory.firsts_by_worry) > 100
