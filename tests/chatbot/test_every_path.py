"""Every path through the general flow, on the real content: nobody comes to a dead end, at any hour.

What is shown rests on a person's Need alone, so of those with the same need one is looked at. What is shown first does not depend on
the hour (test_firsts.py); only the row on top does, and who answers. Whoever is shown somebody answering when only those who never
close answer is shown somebody answering at every hour. Everybody is looked at so; those who never close are seen to answer at every
half-hour of both weeks. Those who say one more thing at most, a quarter of all, confirm it by day, in each season that occurs, and
dealt out over all the different sets of lines that ever answer together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from catalog.directory.codes import Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Contact, Support
from chatbot.checks import path_words
from chatbot.conversation import Step, every_ending
from chatbot.facts import FactKind
from chatbot.flow import MOST_CHOICES, MOST_QUESTIONS, SKIPPED, Flow, flow_of
from chatbot.pages import UNDER18
from chatbot.ranking import Match
from chatbot.replay import Conversation, replay
from tests.conftest import at, japan

Lines = frozenset[Support]

WEEK = 7 * 48  # in half-hours
ORDINARY_WEEK = [japan("2026-09-07 00:00") + timedelta(minutes=30 * n) for n in range(WEEK)]
NEW_YEAR = [japan("2026-12-28 00:00") + timedelta(minutes=30 * n) for n in range(WEEK + 48)]
DAY = "2026-09-09 11:00"
NEED_A_LINE_THAT_NEVER_CLOSES = {
    "listen", "lonely", "suicidal", "dv", "sexual_violence", "child_abuse", "elder_abuse", "stalking", "yamibaito",
}  # fmt: skip


class OnlyWhoNeverCloses(DirectoryNow):
    """A moment at which everybody with hours has gone home."""

    def open_contact(self, support: Support) -> Contact | None:
        return super().open_contact(support) if support.is_always_open else None

    def open_by(self, support: Support, ways: frozenset[Via]) -> Contact | None:
        contact = super().open_by(support, ways)
        return contact if contact and contact.timetable.never_closes else None


@pytest.fixture(scope="module")
def worst(directory: Directory) -> DirectoryNow:
    """New Year's night, if only those who never close answer."""
    return OnlyWhoNeverCloses(directory, japan("2027-01-01 03:30"))


@pytest.fixture(scope="module")
def endings(flow: Flow, worst: DirectoryNow) -> list[Step]:
    return list(every_ending(worst, flow))


@pytest.fixture(scope="module")
def conversations(endings: list[Step]) -> list[Conversation]:
    return [each.conversation for each in endings]


@pytest.fixture(scope="module")
def at_the_worst(endings: list[Step]) -> list[Step]:
    """One of each need."""
    return list({each.need: each for each in endings}.values())


@pytest.fixture(scope="module")
def people(at_the_worst: list[Step]) -> list[Conversation]:
    """Those of them who say one more thing at most."""
    found = (each.conversation for each in at_the_worst)
    return [each for each in found if all(len(turn.choices) < 2 for turn in each.turns)]


@pytest.fixture(scope="module")
def by_day(people: list[Conversation], flow: Flow, directory: Directory) -> list[Step]:
    now = at(directory, DAY)
    return [Step(now, flow, each) for each in people]


@pytest.fixture(scope="module")
def hours(directory: Directory) -> dict[tuple[Lines, Lines], datetime]:
    """Who answers together and what is out of season, with one moment at which it is so."""
    different: dict[tuple[Lines, Lines], datetime] = {}
    for moment in [*ORDINARY_WEEK, *NEW_YEAR]:
        now = DirectoryNow(directory, moment)
        answering = frozenset(s for s in directory.available if now.open_contact(s))
        out_of_season = frozenset(s for s in directory.available if now.is_out_of_season(s))
        different.setdefault((answering, out_of_season), moment)
    return different


def those(found: Iterable[Conversation | Step]) -> list[str]:
    """The answers of a few of them, to read in a failure."""
    few = (each.conversation if isinstance(each, Step) else each for each, _ in zip(found, range(5), strict=False))
    return [path_words(each) for each in few]


def test_the_flow_is_walked_whole(conversations: list[Conversation], at_the_worst: list[Step], flow: Flow) -> None:
    assert all(each.question is None and not each.lost for each in conversations)
    assert {turn.question.key for each in conversations for turn in each.turns} == flow.questions.keys()
    assert len(conversations) > len(at_the_worst) > 10_000


def test_nobody_is_asked_more_than_five_questions(conversations: list[Conversation]) -> None:
    assert those(each for each in conversations if len(each.turns) > MOST_QUESTIONS) == []


def test_what_is_said_to_be_left_is_never_too_little(people: list[Conversation], flow: Flow) -> None:
    said: dict[tuple[str, ...], int] = {}
    for each in people:
        for done in range(len(each.turns)):
            so_far = each.turns[:done]
            key = tuple(f"{turn.question.key}={turn.keys}" for turn in so_far)
            if key not in said:
                said[key] = replay(flow, {turn.question.key: turn.keys for turn in so_far}).steps_left
            assert len(each.turns) - done <= said[key], those([each])


def test_no_screen_has_more_than_nine_choices(conversations: list[Conversation]) -> None:
    assert MOST_CHOICES == 9
    assert (
        those(each for each in conversations if any(len(t.question.choices) > MOST_CHOICES for t in each.turns)) == []
    )


def test_in_danger_one_more_question_is_asked_at_most(conversations: list[Conversation]) -> None:
    dangerous = [each for each in conversations if each.person.of(FactKind.DANGER)]
    assert dangerous
    assert (
        those(each for each in dangerous if not any(c.is_danger for turn in each.turns[-2:] for c in turn.choices))
        == []
    )


@pytest.mark.parametrize("when", ["at_the_worst", "by_day"])
def test_everybody_is_shown_three_and_one_of_them_to_talk_to(when: str, request: pytest.FixtureRequest) -> None:
    found: list[Step] = request.getfixturevalue(when)
    assert those(each for each in found if len(each.results.shown) < 3) == []
    assert those(each for each in found if not any(m.support.is_someone_to_talk_to for m in each.results.shown)) == []


@pytest.mark.parametrize("when", ["at_the_worst", "by_day"])
def test_nobody_is_shown_what_is_closed_to_their_age_or_has_ended(when: str, request: pytest.FixtureRequest) -> None:
    found: list[Step] = request.getfixturevalue(when)
    assert those(each for each in found if any(m.support.status == "ended" for m in each.results.everything)) == []
    assert those(each for each in found if any(_turned_away(m) for m in each.results.everything)) == []


def _turned_away(match: Match) -> bool:
    band, support = match.need.band, match.support
    if band is None or match.need.asks_for_another(support):
        return False
    youngest, oldest = band.age_min or 0, 200 if band.age_max is None else band.age_max
    first, last = support.age_min or 0, 200 if support.age_max is None else support.age_max
    return not set(range(youngest, oldest + 1)) & set(range(first, last + 1))


@pytest.mark.parametrize("when", ["at_the_worst", "by_day"])
def test_in_danger_or_with_nobody_to_talk_to_a_line_that_never_closes_is_among_the_first(
    when: str, request: pytest.FixtureRequest
) -> None:
    found: list[Step] = request.getfixturevalue(when)
    needing = [
        each
        for each in found
        if _in_danger(each) or NEED_A_LINE_THAT_NEVER_CLOSES & set(each.conversation.person.of(FactKind.WORRY))
    ]
    assert len(needing) > 500
    first = ((each, each.results.crisis + each.results.talk) for each in needing)
    assert those(each for each, matches in first if not any(m.support.is_always_open for m in matches)) == []


def _in_danger(step: Step) -> bool:
    return bool(step.conversation.person.of(FactKind.DANGER))


def test_in_danger_the_crisis_card_itself_has_a_line_that_never_closes(at_the_worst: list[Step]) -> None:
    in_danger = [each for each in at_the_worst if _in_danger(each)]
    assert in_danger
    assert those(each for each in in_danger if not any(m.support.is_always_open for m in each.results.crisis)) == []


def test_every_published_entry_is_reached_by_somebody(by_day: list[Step], directory: Directory) -> None:
    to_children = every_ending(at(directory, DAY), flow_of(directory, UNDER18.flow), several=False)
    children = {each.need: each for each in to_children}.values()
    reached = {match.support.slug for each in (*by_day, *children) for match in each.results.everything}
    assert {s.slug for s in directory.available if not s.has_season} - reached == set()


def test_an_entry_with_a_season_is_reached_in_its_season(
    people: list[Conversation], flow: Flow, directory: Directory
) -> None:
    for support in directory.available:
        if support.has_season:
            year = (DirectoryNow(directory, japan("2026-09-01 12:00") + timedelta(days=n)) for n in range(366))
            in_season = next(now for now in year if not now.is_out_of_season(support))
            concerned = (each for each in people if support.worries.intersection(each.person.of(FactKind.WORRY)))
            found = (Step(in_season, flow, each).results.everything for each in concerned)
            assert any(match.support is support for matches in found for match in matches)


def test_those_who_never_close_answer_at_every_hour(
    hours: dict[tuple[Lines, Lines], datetime], directory: Directory
) -> None:
    never_closing = frozenset(s for s in directory.available if s.is_always_open)
    assert never_closing
    assert all(never_closing <= answering for answering, _ in hours)
    assert len(hours) > 50  # the weeks do differ


def test_everybody_is_shown_somebody_who_answers_when_only_those_do(
    at_the_worst: list[Step],
    people: list[Conversation],
    worst: DirectoryNow,
    hours: dict[tuple[Lines, Lines], datetime],
    flow: Flow,
    directory: Directory,
) -> None:
    assert those(each for each in at_the_worst if not each.results.answering) == []
    looked_at = frozenset(s for s in directory.available if worst.is_out_of_season(s))
    other_seasons = {season: moment for (_, season), moment in hours.items() if season != looked_at}
    for moment in other_seasons.values():
        now = OnlyWhoNeverCloses(directory, moment)
        steps = (Step(now, flow, each) for each in people)
        assert those(each for each in steps if not each.results.answering) == []


def test_at_each_different_hour_some_of_everybody_are_shown_somebody_who_answers(
    people: list[Conversation], hours: dict[tuple[Lines, Lines], datetime], flow: Flow, directory: Directory
) -> None:
    """In the row on top, without もっと見る."""
    moments = [DirectoryNow(directory, moment) for moment in hours.values()]
    dealt_out = (Step(moments[n % len(moments)], flow, each) for n, each in enumerate(people))
    unheard = (each for each in dealt_out if each.results.now is None)
    assert those(unheard) == []


def test_when_the_line_that_answers_is_busy_another_one_is_named(at_the_worst: list[Step]) -> None:
    """The lines that listen to anything never close, so there always is another one."""
    found = ((each, each.results) for each in at_the_worst)
    assert those(each for each, shown in found if shown.next_answering(shown.answering[0].support) is None) == []


def test_a_busy_number_is_not_named_again_as_the_next_to_try(at_the_worst: list[Step]) -> None:
    pairs = {
        (match.support, following)
        for each in at_the_worst
        for match in each.results.crisis + each.results.talk
        if (following := each.results.next_answering(match.support))
    }
    now = at_the_worst[0].now
    called = [(now.open_contact(busy), now.open_contact(following)) for busy, following in pairs]
    assert [busy.value for busy, other in called if busy and other and busy.value == other.value] == []


def test_who_helps_by_profession_is_not_taken_for_the_family(conversations: list[Conversation]) -> None:
    helpers = (each for each in conversations if "helper" in each.person.of(FactKind.WHO))
    assert those(each for each in helpers if "family" in each.person.of(FactKind.WHO)) == []


def test_every_reason_is_one_line_and_no_longer_than_a_sentence_may_be(
    by_day: list[Step], directory: Directory
) -> None:
    reasons = {match.reason(each.now) for each in by_day for match in each.results.shown}
    assert [reason for reason in reasons if not 0 < len(reason) <= 45 or "\n" in reason] == []


# What hurts where it does not fit, whatever else is said: who is shown it has said one of these …
ONLY_WITH = {
    "shogai-nenkin": {
        "tag:disability", "tag:illness", "worry:disability", "worry:illness", "worry:intractable", "worry:cancer", "worry:covid",
        "worry:brain_injury", "worry:early_dementia", "worry:work_illness", "worry:work_injury", "worry:mental",
    },
    "funin-chiryo-hoken": {"worry:infertility"},
}  # fmt: skip
# … and none of these.
NEVER_WITH = {
    "funin-chiryo-hoken": {"tag:bereaved", "tag:lost_child", "worry:bereavement"},
    "shinki-shuno-sodan": {"tag:freelance"},
}


def test_what_needs_something_known_is_shown_only_then(at_the_worst: list[Step]) -> None:
    """By what the entries say of themselves, and of some by what is known of them."""
    misplaced = (
        each
        for each in at_the_worst
        if not all(
            m.support.may_be_shown_to(frozenset(each.conversation.person.facts)) for m in each.results.everything
        )
    )
    assert those(misplaced) == []
    shown = [
        (each, m.support.slug, set(each.conversation.person.facts)) for each in at_the_worst for m in each.results.shown
    ]
    out_of_place = (each for each, slug, facts in shown if slug in ONLY_WITH and ONLY_WITH[slug].isdisjoint(facts))
    assert those(out_of_place) == []
    assert those(each for each, slug, facts in shown if facts.intersection(NEVER_WITH.get(slug, ()))) == []


def test_what_is_made_for_debt_is_shown_only_to_who_spoke_of_money(
    at_the_worst: list[Step], directory: Directory
) -> None:
    for_debt = {s for s in directory.available if s.main_worry == "debt"}
    assert for_debt
    speak_of_it = {"worry:debt", "tag:debt", "worry:disaster"}  # a house that a disaster broke may have a loan on it
    shown = ((each, m.support, each.conversation.person.facts) for each in at_the_worst for m in each.results.shown)
    assert those(each for each, s, facts in shown if s in for_debt and speak_of_it.isdisjoint(facts)) == []


def test_a_man_is_shown_nothing_that_is_only_for_women(at_the_worst: list[Step]) -> None:
    men = [each for each in at_the_worst if "tag:man" in each.conversation.person.facts]
    assert men
    assert those(each for each in men if any(m.support.is_only_for_women for m in each.results.shown)) == []


def test_nothing_stands_twice_nor_do_two_entries_behind_one_number(at_the_worst: list[Step]) -> None:
    slugs = ((each, [m.support.slug for m in each.results.everything]) for each in at_the_worst)
    assert those(each for each, found in slugs if len(set(found)) < len(found)) == []
    calls = (
        (each, [m.support.main_number for m in each.results.shown if m.support.main_number]) for each in at_the_worst
    )
    assert those(each for each, numbers in calls if len(set(numbers)) < len(numbers)) == []


def test_who_skips_all_after_the_first_answer_is_first_shown_help_for_it(flow: Flow, worst: DirectoryNow) -> None:
    first = flow.questions[flow.start]
    for choice in first.choices:
        step = Step(worst, flow, _skipping_all_after(flow, {first.key: (choice.key,)}))
        for topic in step.need.topics[:1]:
            named = [m.named_first.worry for m in step.results.shown if m.named_first]
            assert set(named) & set(topic), (choice.label, named)


def _skipping_all_after(flow: Flow, answers: dict[str, tuple[str, ...]]) -> Conversation:
    while (conversation := replay(flow, answers)).question:
        answers = {**answers, conversation.question.key: (SKIPPED,)}
    return conversation
