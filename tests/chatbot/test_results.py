"""What stands first, what behind もっと見る, and who is named when a line is busy."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.directory.directory import Directory
from chatbot.answering import needs_a_line_that_is_always_open
from chatbot.ranking import Match
from chatbot.replay import Person
from chatbot.results import (
    FIRST_SHOWN,
    MOST_GENERAL,
    Results,
)
from tests.catalog.samples import Row, contact_row
from tests.chatbot.samples import (
    DAY,
    NIGHT,
    entry,
    here,
    listener,
    need_of,
    office_hours,
    programme,
    shown,
    somebody,
    unconfirmed,
)
from tests.conftest import at

RENT = somebody("worry:rent")
DANGER = somebody("worry:dv", "danger:violence")


def slugs(found: Iterable[Match]) -> list[str]:
    return [match.support.slug for match in found]


def closed(name: str, *worries: str) -> Row:
    return entry(name, *worries, contacts=office_hours())


def test_three_to_talk_to_and_three_to_use_come_first_and_the_rest_behind() -> None:
    now = here(*(entry(f"line{n}", "rent") for n in range(5)), *(programme(f"money{n}", "rent") for n in range(4)))
    found = shown(now, RENT)
    assert slugs(found.talk) == ["line0", "line1", "line2"]
    assert slugs(found.talk_more) == ["line3", "line4"]
    assert slugs(found.use) == ["money0", "money1", "money2"]
    assert slugs(found.use_more) == ["money3"]
    assert found.crisis == ()
    assert slugs(found.shown) == [*slugs(found.talk), *slugs(found.use)]


def test_a_place_to_go_to_is_someone_to_talk_to() -> None:
    counter = entry("counter", "rent", kind="place", contacts=[], apply_at="市役所")
    assert slugs(shown(here(counter), RENT).talk) == ["counter"]


def test_only_a_few_of_the_lines_that_listen_to_anything_are_named() -> None:
    found = shown(here(*(listener(f"listener{n}") for n in range(9))), RENT)
    assert len(found.talk + found.talk_more) == MOST_GENERAL


def test_nothing_is_shown_twice() -> None:
    now = here(*(entry(f"dv{n}", "dv", crisis=True) for n in range(5)), listener("listens"))
    everything = slugs(shown(now, DANGER).everything)
    assert len(everything) == len(set(everything)) == 6


def test_the_crisis_card_holds_the_three_that_take_this_danger() -> None:
    now = here(*(entry(f"dv{n}", "dv", crisis=True) for n in range(4)), entry("rent", "rent"))
    found = shown(now, DANGER)
    assert slugs(found.crisis) == ["dv0", "dv1", "dv2"]
    assert slugs(found.talk) == ["dv3"]


def test_each_danger_that_was_named_has_its_own_line() -> None:
    now = here(*(entry(f"dv{n}", "dv", crisis=True) for n in range(4)), entry("zz", "suicidal", crisis=True))
    both = somebody("worry:dv", "worry:suicidal", "danger:violence", "danger:suicide")
    assert slugs(shown(now, both).crisis) == ["zz", "dv0", "dv1"]


def test_one_telephone_number_is_one_call_on_the_crisis_card_too() -> None:
    number = [contact_row("0120-000-001")]
    now = here(*(entry(f"dv{n}", "dv", crisis=True, contacts=number) for n in range(3)), entry("zz", "dv", crisis=True))
    assert slugs(shown(now, DANGER).crisis) == ["dv0", "zz"]


def test_beside_danger_what_was_named_first_comes_first() -> None:
    lines = [entry(f"dv{n}", "dv", crisis=True) for n in range(4)]
    shelter = entry("zz shelter", "dv", "rent", crisis=True, contacts=office_hours())
    person = somebody("worry:rent", "worry:dv", "danger:violence")
    assert slugs(shown(here(*lines, shelter), person).talk) == ["zz shelter", "dv3"]
    assert slugs(shown(here(*lines, shelter, moment=NIGHT), person).talk) == [
        "dv3",
        "zz shelter",
    ]  # nothing closed above


def test_what_only_a_named_group_can_use_stands_among_the_first() -> None:
    now = here(*(programme(f"money{n}", "rent") for n in range(4)), programme("zz single", "debt", only_for=["single"]))
    alone = somebody("worry:rent", "worry:debt", "tag:single")
    assert slugs(shown(now, alone).use) == ["money0", "money1", "zz single"]
    assert "zz single" not in slugs(shown(now, RENT).everything)


def test_of_the_lines_that_listen_one_comes_before_those_for_another_worry() -> None:
    now = here(listener("a"), listener("b"), entry("counter", "food", contacts=office_hours()), moment=NIGHT)
    found = shown(now, somebody("worry:rent", "worry:listen", "worry:food"))
    assert slugs(found.talk) == ["a", "counter", "b"]


def test_a_crisis_card_without_a_line_that_never_closes_gets_one() -> None:
    lines = [entry(f"dv{n}", "dv", crisis=True, contacts=office_hours()) for n in range(4)]
    assert slugs(shown(here(*lines, listener("always")), DANGER).crisis) == ["dv0", "dv1", "always"]


def test_at_night_who_is_closed_leaves_the_crisis_card() -> None:
    lines = [entry(f"dv{n}", "dv", crisis=True, contacts=office_hours()) for n in range(4)]
    found = shown(here(*lines, listener("always"), moment=NIGHT), DANGER)
    assert slugs(found.crisis) == ["always"]
    assert slugs(found.talk)[:2] == ["dv0", "dv1"]


def test_of_three_on_the_crisis_card_one_can_be_written_to() -> None:
    chat = entry("zz chat", "rent", "dv", crisis=True, contacts=[contact_row("https://akari.example/", via="chat")])
    found = shown(here(*(entry(f"dv{n}", "dv", crisis=True) for n in range(4)), chat), DANGER)
    assert slugs(found.crisis) == ["dv0", "dv1", "zz chat"]


def test_on_the_crisis_card_a_confirmed_line_that_never_closes_comes_before_an_unconfirmed_one() -> None:
    said = entry("a said", "dv", crisis=True, contacts=unconfirmed(), firsts=["dv 1"])
    found = shown(here(said, entry("b", "dv", crisis=True, firsts=["dv 2"])), DANGER)
    assert slugs(found.crisis) == ["b", "a said"]


def test_in_danger_that_no_line_is_made_for_there_is_still_a_crisis_card() -> None:
    found = shown(here(listener("always"), closed("office", "dv")), DANGER)
    assert slugs(found.crisis) == ["always"]
    assert slugs(found.talk) == ["office"]


def test_the_first_stay_and_who_answers_stands_on_top() -> None:
    entries = [*(closed(f"office{n}", "rent") for n in range(4)), listener("always")]
    for moment, answering in ((DAY, "office0"), (NIGHT, "always")):
        found = shown(here(*entries, moment=moment), RENT)
        assert slugs(found.talk) == ["office0", "office1", "office2"]
        assert who_answers(found) == answering


def test_who_has_nobody_to_talk_to_sees_a_line_that_never_closes_even_by_day() -> None:
    lonely = somebody("worry:lonely")
    now = here(*(closed(f"office{n}", "lonely") for n in range(4)), entry("always", "listen", "lonely"))
    assert slugs(shown(now, lonely).talk) == ["office0", "office1", "office2", "always"]


def test_a_line_only_for_others_does_not_stand_in_as_who_answers() -> None:
    now = here(
        *(closed(f"office{n}", "rent") for n in range(3)), entry("women", "rent", only_for=["single"]), moment=NIGHT
    )
    assert slugs(shown(now, RENT).talk) == ["office0", "office1", "office2"]


@pytest.mark.parametrize(
    ("facts", "needed"),
    [
        (["worry:suicidal"], True),
        (["worry:lonely"], True),
        (["worry:listen"], True),
        (["worry:rent", "worry:dv"], True),
        (["danger:violence"], True),
        (["worry:rent"], False),
        ([], False),
    ],
)
def test_who_needs_a_line_that_never_closes(facts: list[str], needed: bool) -> None:
    assert needs_a_line_that_is_always_open(need_of(somebody(*facts), here())) is needed


def busy(found: Results, slug: str) -> str:
    """Who is named when this one does not answer."""
    support = next(match.support for match in found.everything if match.support.slug == slug)
    following = found.next_answering(support)
    return following.slug if following else ""


def test_when_a_line_is_busy_the_next_one_that_answers_is_named() -> None:
    now = here(entry("a", "rent"), closed("b", "rent"), entry("c", "rent"), listener("d"), moment=NIGHT)
    found = shown(now, RENT)
    assert slugs(found.answering) == ["a", "c", "d"]
    assert [busy(found, slug) for slug in "abcd"] == ["c", "a", "d", "a"]


def test_a_busy_line_is_never_sent_back_to_itself() -> None:
    assert busy(shown(here(entry("alone", "rent")), RENT), "alone") == ""


def test_who_is_closed_is_not_named_as_answering() -> None:
    found = shown(here(closed("a", "rent"), closed("b", "rent"), moment=NIGHT), RENT)
    assert found.answering == ()
    assert busy(found, "a") == ""


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([("rent",), ("debt", "rent"), ("listen", "lonely"), ("listen", "lonely", "rent")]),
        st.sampled_from(["helpline", "place", "programme"]),
        st.sampled_from([[], ["single"]]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)
PEOPLE = st.sampled_from([RENT, DANGER, somebody("worry:debt", "via:text"), somebody("worry:lonely", "worry:rent")])


@settings(max_examples=200, deadline=None)
@given(rows=ENTRIES, person=PEOPLE)
def test_when_more_lines_open_nobody_is_left_without_one(
    rows: list[tuple[tuple[str, ...], str, list[str], bool]], person: Person
) -> None:
    """One that answers may push another out of the list, but never all: test_every_path.py rests on this."""
    entries = [
        entry(f"{n}", *worries, kind=kind, only_for=groups, **({} if always else {"contacts": office_hours()}))
        for n, (worries, kind, groups, always) in enumerate(rows)
    ]
    if shown(here(*entries, moment=NIGHT), person).answering:
        assert shown(here(*entries, moment=DAY), person).answering


def who_answers(found: Results) -> str:
    return found.now.match.support.slug if found.now else ""


def test_the_best_line_that_answers_stands_on_top() -> None:
    now = here(closed("office", "rent"), entry("line", "rent"), listener("listens"), moment=NIGHT)
    assert who_answers(shown(now, RENT)) == "line"


def test_no_place_and_no_line_for_others_stands_on_top() -> None:
    now = here(entry("place", "rent", kind="place"), entry("women", "rent", only_for=["single"]))
    assert who_answers(shown(now, RENT)) == ""


def test_the_first_are_never_more_than_a_screen_holds(directory: Directory) -> None:
    now = at(directory, NIGHT)
    for code in directory.worries:
        found = shown(now, somebody(f"worry:{code}", "danger:suicide"))
        assert len(found.crisis + found.talk) <= 2 * FIRST_SHOWN
        assert max(len(found.crisis), len(found.use)) <= FIRST_SHOWN
