"""A desk that says whom it does not take is not offered to them."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.pages.child_cards import child_card
from catalog.text import furigana
from chatbot.conversation import every_ending
from chatbot.facts import Danger, FactKind
from chatbot.flow import flow_of
from chatbot.matching import matches
from chatbot.need import Need
from chatbot.pages import UNDER18
from chatbot.replay import Person
from chatbot.results import Results
from tests.chatbot.samples import entry, for_children, here, listener, matched, office_hours, shown, somebody
from tests.conftest import at


@pytest.mark.parametrize(
    ("declined", "facts"),
    [
        ("self_harm", ("worry:suicidal",)),
        ("self_harm", ("worry:rent", "danger:suicide")),
        ("men", ("worry:rent", "tag:man")),
        ("women", ("worry:rent", "tag:woman")),
        ("minors", ("worry:rent", "age:u18")),
    ],
)
def test_whom_a_desk_does_not_take_is_not_shown_it(declined: str, facts: tuple[str, ...]) -> None:
    now = here(listener("a declines", declines=[declined]), listener("b takes all"))
    person = somebody(*facts)
    assert [match.support.slug for match in matched(now, person)] == ["b takes all"]
    assert [match.support.slug for match in shown(now, person).everything] == ["b takes all"]
    best = shown(now, person).now
    assert best
    assert best.match.support.slug == "b takes all"


@pytest.mark.parametrize("declined", ["self_harm", "men", "women", "minors", "other_areas"])
def test_others_are_shown_it(declined: str) -> None:
    now = here(entry("desk", "rent", declines=[declined]))
    person = somebody("worry:rent", "age:a19")
    assert [match.support.slug for match in matched(now, person)] == ["desk"]


def test_what_does_not_take_minors_is_on_no_page_for_children() -> None:
    now = here(for_children(entry("adults", "u18_talk", declines=["minors"])), for_children(entry("all", "u18_talk")))
    need = Need.of(somebody("worry:u18_talk", "age:g12"), now.directory, for_children=True)
    assert [match.support.slug for match in matches(now, need)] == ["all"]


def test_a_desk_for_one_area_comes_after_a_national_one_that_fits_alike() -> None:
    now = here(
        entry("a one area", "rent", declines=["other_areas"]),
        entry("b national", "rent", contacts=office_hours()),
        entry("c fits less", "debt", "rent"),
        moment="2026-09-02 23:00",
    )
    found = [match.support.slug for match in matched(now, somebody("worry:rent"))]
    assert found == ["b national", "a one area", "c fits less"]


@pytest.mark.parametrize("declined", ["self_harm", "men", "women", "other_areas"])
def test_children_read_whom_it_does_not_take_in_their_own_words(declined: str) -> None:
    now = here(for_children(entry("desk", "u18_talk", declines=[declined])))
    card = child_card(now.directory.supports["desk"], now.directory.age_bands["g12"], now)
    (words,) = card.declines
    assert furigana.unread_kanji(words) == []
    assert furigana.plain(words) in render_to_string("under18/_card.html", {"card": card})


@pytest.mark.parametrize("page", ["general", UNDER18.flow])
def test_nobody_who_wants_to_die_is_offered_a_desk_that_does_not_take_it(page: str, directory: Directory) -> None:
    declining = {s for s in directory.available if "self_harm" in s.declines}
    assert "kokoro-hot-chat" in {support.slug for support in declining}
    flow = flow_of(directory, page)
    now = at(directory, "2026-09-02 20:00")
    ends = {end.need: end for end in every_ending(now, flow) if _wants_to_die(end.conversation.person)}.values()
    assert ends
    for end in ends:
        offered = {match.support for match in end.results.everything} | _named_when_busy(end.results)
        assert not declining & offered


def _wants_to_die(person: Person) -> bool:
    return "suicidal" in person.of(FactKind.WORRY) or Danger.SUICIDE in person.of(FactKind.DANGER)


def _named_when_busy(results: Results) -> set[Support]:
    named = (results.next_answering(match.support) for match in results.everything)
    return {support for support in named if support}
