"""Who fits a person, in which order, and the one line that says why."""

from __future__ import annotations

import pytest

from catalog.directory.directory import DirectoryNow
from chatbot.ranking import RULES as ALL_RULES
from chatbot.ranking import Fit, Match, why_before
from chatbot.replay import Person
from tests.catalog.samples import Row, contact_row
from tests.chatbot.samples import (
    DAY,
    NIGHT,
    entry,
    here,
    listener,
    matched,
    office_hours,
    paid,
    programme,
    somebody,
    unconfirmed,
)

RENT = somebody("worry:rent")
IN_DANGER = ("worry:rent", "worry:dv", "danger:violence")
WEBSITE = [contact_row("https://akari.example/", via="web", always_open=False)]
# Of each rule: two entries of which it puts the first before the second, and for whom.
RULES: dict[str, tuple[Row, Row, tuple[str, ...]]] = {
    "named_first": (entry("z", "debt", firsts=["rent 1"]), entry("a", "rent"), ("worry:rent",)),
    "danger": (entry("z", "dv", crisis=True), entry("a", "rent"), IN_DANGER),
    "usable": (entry("z", "debt", "rent"), entry("a", "rent", only_for=["single"]), ("worry:rent",)),
    "wanted_way": (entry("z", "debt", "rent", contacts=[contact_row("a", via="chat")]), entry("a", "rent"), ("worry:rent", "via:text")),
    "fit": (entry("z", "rent"), entry("a", "debt", "rent"), ("worry:rent",)),
    "unnamed_worry": (entry("z", "food"), entry("a", "debt", "food"), ("worry:rent", "worry:food")),
    "language": (entry("z", "rent", languages=["ja", "en"]), entry("a", "rent"), ("worry:rent", "tag:foreigner")),
    "danger_named": (entry("z", "dv", crisis=True), entry("a", "rent", "dv", crisis=True), IN_DANGER),
    "group": (entry("z", "rent"), entry("a", "rent", only_for=["woman"]), ("worry:rent",)),
    "website": (entry("z", "rent", contacts=office_hours()), entry("a", "rent", contacts=WEBSITE), ("worry:rent",)),
    "listening": (listener("z"), entry("a", "debt", "listen", "lonely"), ("worry:rent",)),
    "several_worries": (entry("z", "rent", "debt"), entry("a", "rent"), ("worry:rent", "worry:debt")),
    "anywhere": (entry("z", "rent", contacts=office_hours()), entry("a", "rent", declines=["other_areas"]), ("worry:rent",)),
    "tags": (entry("z", "rent", tags=["parent"]), entry("a", "rent"), ("worry:rent", "tag:parent")),
    "confirmed": (entry("z", "rent", contacts=paid()), entry("a", "rent", contacts=unconfirmed()), ("worry:rent",)),
    "catalogue": (entry("z", "rent"), entry("a", "rent", contacts=paid()), ("worry:rent",)),
}  # fmt: skip


def order(now: DirectoryNow, person: Person) -> list[str]:
    return [match.support.slug for match in matched(now, person)]


def only(now: DirectoryNow, person: Person) -> Match:
    (match,) = matched(now, person)
    return match


def test_what_does_not_fit_is_left_out() -> None:
    assert order(here(entry("rent", "rent"), entry("food", "food")), RENT) == ["rent"]


def test_a_line_that_listens_to_anything_fits_anybody() -> None:
    now = here(listener("listener"))
    assert only(now, RENT).fit is Fit.ANY_WORRY
    assert only(now, somebody()).fit is Fit.ANY_WORRY


def test_a_programme_that_names_listening_is_no_line_to_call() -> None:
    assert order(here(programme("paper", "listen", "lonely")), RENT) == []


def test_what_has_ended_is_never_suggested() -> None:
    assert order(here(entry("gone", "rent", status="ended"), listener("gone too", status="ended")), RENT) == []


def test_danger_comes_before_everything_else() -> None:
    now = here(
        entry("made for it", "rent"),
        entry("safe place", "dv", crisis=True, contacts=office_hours()),
        moment=NIGHT,
    )
    person = somebody("worry:rent", "worry:dv", "danger:violence")
    assert order(now, person) == ["safe place", "made for it"]
    assert matched(now, person)[0].fit is Fit.DANGER


def test_a_crisis_line_is_for_its_own_kind_of_danger() -> None:
    now = here(entry("suicide line", "suicidal", crisis=True), entry("dv line", "dv", crisis=True))
    assert order(now, somebody("worry:dv", "danger:violence")) == ["dv line"]


def test_without_danger_a_crisis_line_has_no_precedence() -> None:
    now = here(entry("dv line", "dv", crisis=True), entry("made for it", "rent"))
    assert order(now, somebody("worry:rent", "worry:dv")) == ["made for it", "dv line"]


def test_in_danger_a_telephone_that_never_closes_comes_first() -> None:
    now = here(
        entry("open by day", "dv", crisis=True, contacts=office_hours()),
        entry("zz always", "dv", "rent", crisis=True, contacts=paid()),
    )
    assert order(now, somebody("worry:dv", "danger:violence")) == ["zz always", "open by day"]


def test_in_danger_a_line_that_is_confirmed_never_to_close_comes_before_one_that_only_says_so() -> None:
    now = here(
        entry("a said", "dv", crisis=True, contacts=unconfirmed()),
        entry("zz confirmed", "dv", "rent", crisis=True, contacts=paid()),
        entry("b by day", "dv", crisis=True, contacts=office_hours()),
    )
    assert order(now, somebody("worry:dv", "danger:violence")) == ["zz confirmed", "a said", "b by day"]


def test_of_a_line_with_several_ways_one_confirmed_is_enough() -> None:
    some = [*unconfirmed(), contact_row("0120-000-009")]
    now = here(entry("zz some", "rent", contacts=some), entry("a none", "rent", contacts=unconfirmed()))
    assert order(now, RENT) == ["zz some", "a none"]


def test_the_specific_comes_before_the_general() -> None:
    now = here(
        listener("listens"),
        entry("another worry", "food"),
        entry("fits too", "debt", "rent"),
        entry("zz made for it", "rent", contacts=office_hours()),
        moment=NIGHT,
    )
    person = somebody("worry:rent", "worry:food")
    assert order(now, person) == ["zz made for it", "fits too", "another worry", "listens"]


def test_who_takes_more_of_the_worries_comes_first() -> None:
    now = here(entry("one", "rent"), entry("two", "rent", "debt"))
    assert order(now, somebody("worry:rent", "worry:debt")) == ["two", "one"]


def test_who_is_there_for_people_like_this_comes_first() -> None:
    now = here(entry("anyone", "rent"), entry("zz parents", "rent", tags=["parent"]))
    assert order(now, somebody("worry:rent", "tag:parent")) == ["zz parents", "anyone"]


def test_the_order_does_not_depend_on_the_hour() -> None:
    unknown = [contact_row(always_open=False, hours_text="地域でちがいます")]
    entries = (
        entry("a closed", "rent", contacts=office_hours()),
        entry("b unknown", "rent", contacts=unknown),
        entry("c open", "rent", contacts=paid()),
    )
    assert order(here(*entries, moment=NIGHT), RENT) == order(here(*entries, moment=DAY), RENT)


def test_the_free_come_before_the_paid() -> None:
    assert order(here(entry("a paid", "rent", contacts=paid()), entry("b free", "rent")), RENT) == ["b free", "a paid"]


def test_a_page_to_read_comes_after_a_line_that_is_closed_just_now() -> None:
    site = [contact_row("https://akari.example/", via="web", always_open=False)]
    now = here(entry("a site", "rent", contacts=site), entry("b line", "rent", contacts=office_hours()), moment=NIGHT)
    assert order(now, RENT) == ["b line", "a site"]


def test_of_the_lines_for_any_worry_those_made_for_listening_come_first() -> None:
    """よりそい before a line for people who want to die, for someone who said nothing of dying."""
    now = here(
        entry("a suicide line", "suicidal", "listen", "lonely"), entry("b listens", "listen", "lonely", "debt", "food")
    )
    assert order(now, RENT) == ["b listens", "a suicide line"]


@pytest.mark.parametrize(("wanted", "first"), [("text", "chat"), ("phone", "phone"), ("visit", "counter")])
def test_the_way_that_somebody_wants_comes_first(wanted: str, first: str) -> None:
    now = here(
        entry("phone", "rent"),
        entry("chat", "rent", contacts=[contact_row("https://akari.example/", via="chat")]),
        entry("counter", "rent", kind="place", reach="local", contacts=[], apply_at="市役所"),
    )
    assert order(now, somebody("worry:rent", f"via:{wanted}"))[0] == first


def test_what_is_applied_for_is_not_asked_for_a_way_of_talking() -> None:
    now = here(programme("zz money", "rent"), entry("phone", "rent", "debt"))
    assert order(now, somebody("worry:rent", "via:text")) == ["zz money", "phone"]


def test_a_national_office_can_be_gone_to_and_a_website_cannot() -> None:
    office = entry("zz office", "rent", kind="place", contacts=[], apply_at="ハローワーク")
    website = entry("a site", "rent", kind="place", contacts=[contact_row("https://akari.example/", via="web")])
    assert order(here(office, website), somebody("worry:rent", "via:visit")) == ["zz office", "a site"]


def test_who_is_made_for_a_worry_that_nobody_named_comes_after_the_others() -> None:
    """A line about debt also takes food; who lists hunger as the second worry is sent to a line for food first."""
    now = here(entry("a about debt", "debt", "food"), entry("b about food", "food"))
    assert order(now, somebody("worry:rent", "worry:food")) == ["b about food", "a about debt"]


def test_who_wants_to_be_heard_comes_first_to_those_who_listen_to_anything() -> None:
    now = here(entry("a crisis line", "suicidal", "listen"), listener("b listens"))
    assert order(now, somebody("worry:listen", "worry:lonely"))[0] == "b listens"


def test_of_equals_who_is_only_for_a_named_group_comes_first() -> None:
    now = here(entry("anyone", "rent"), entry("zz single", "rent", only_for=["single"]))
    assert order(now, somebody("worry:rent", "tag:single")) == ["zz single", "anyone"]


def test_who_is_only_for_others_comes_after_everyone_who_is_for_this_person() -> None:
    now = here(entry("women", "rent", only_for=["single"]), listener("listens"), entry("fits", "rent"))
    assert order(now, RENT) == ["fits", "listens", "women"]
    assert matched(now, RENT)[-1].reason(now) == "ひとり親の方が使えます"


def test_a_listening_line_only_for_others_is_not_suggested_to_everyone() -> None:
    assert order(here(listener("women", only_for=["single"])), RENT) == []


def test_one_of_the_groups_is_enough() -> None:
    match = only(here(entry("for some", "rent", only_for=["woman", "parent"])), somebody("worry:rent", "tag:parent"))
    assert match.fit is Fit.MADE_FOR_IT


@pytest.mark.parametrize(
    ("band", "limits", "fits"),
    [
        ("u18", {"age_min": 19}, False),
        ("u18", {"age_min": 18}, True),
        ("u18", {"age_max": 18}, True),
        ("a19", {"age_max": 18}, False),
        ("a65", {"age_max": 64}, False),
        ("a65", {"age_min": 80}, True),
        ("a19", {}, True),
    ],
)
def test_nobody_is_sent_where_their_age_is_turned_away(band: str, limits: dict[str, int], fits: bool) -> None:
    now = here(entry("limited", "rent", **limits))
    assert order(now, somebody("worry:rent", f"age:{band}")) == (["limited"] if fits else [])
    assert order(now, RENT) == ["limited"]  # whose age is not known may try


def test_what_opens_only_at_some_time_of_the_year_comes_after_the_others_and_says_so_out_of_it() -> None:
    summer = [contact_row(open_periods="07-01/08-31")]
    entries = (
        entry("summer", "rent", contacts=summer),
        listener("listens"),
        entry("women", "rent", only_for=["single"]),
    )
    september = here(*entries)
    assert order(september, RENT) == ["listens", "women", "summer"]
    assert "いまは期間外" in matched(september, RENT)[-1].reason(september)
    assert order(here(*entries, moment="2026-08-01 02:00"), RENT) == ["listens", "summer", "women"]


def test_the_reason_names_the_first_worry_that_fits_and_the_group() -> None:
    now = here(entry("parents", "debt", only_for=["parent"]))
    reason = only(now, somebody("worry:rent", "worry:debt", "tag:parent")).reason(now)
    assert reason == "「debtのこと」に合うため（子どもを育てている方が使えます）"


def test_every_rule_of_order_has_its_example_in_order() -> None:
    assert tuple(RULES) == tuple(rule.code for rule in ALL_RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_first_rule_that_differs_says_why_one_comes_before_another(rule: str) -> None:
    *entries, facts = RULES[rule]
    first, second = matched(here(*entries, moment=NIGHT), somebody(*facts))
    assert (first.support.slug, second.support.slug) == ("z", "a")
    for why in (why_before(first, second), why_before(second, first)):
        assert why
        assert why.code == rule
