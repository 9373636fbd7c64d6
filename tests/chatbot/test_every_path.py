"""Every way through the general flow, on the real content: nobody comes to a dead end, at any hour.

What is shown rests on a person's Need alone (results_for takes nothing else), so of those with the same need one is looked at. The
hours: what is shown depends on the hour only through who answers and what is out of season, and to answer only ever moves an entry
up among those that fit alike. So an entry that is pushed out of the list when more lines open is pushed out by one that answers
itself (test_results.py shows it on made-up catalogues; for those who need a line that never closes it has to be one that is not
there for any trouble, which is looked at here). Hence whoever is shown somebody answering when only those who never close answer is
shown somebody answering at every hour. All persons are looked at so, once for each season that occurs; those who never close are
seen to answer at every half-hour of both weeks; and all persons, dealt out over all the different sets of lines that ever answer
together, confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Contact, Support
from chatbot.facts import FactKind
from chatbot.flow import MOST_CHOICES, MOST_QUESTIONS, Flow, flow_of
from chatbot.matching import Fit, Match, Need
from chatbot.pages import UNDER18
from chatbot.replay import Conversation, replay
from chatbot.results import Results, child_results, results
from chatbot.walk import walk
from tests.conftest import at, japan

Found = list[tuple[Conversation, Results]]
Lines = frozenset[Support]

WEEK = 7 * 48  # in half-hours
ORDINARY_WEEK = [japan("2026-09-07 00:00") + timedelta(minutes=30 * n) for n in range(WEEK)]
NEW_YEAR = [japan("2026-12-28 00:00") + timedelta(minutes=30 * n) for n in range(WEEK + 48)]
NEED_A_LINE_THAT_NEVER_CLOSES = {
    "listen", "lonely", "suicidal", "dv", "sexual_violence", "child_abuse", "elder_abuse", "stalking", "yamibaito",
}  # fmt: skip


class OnlyWhoNeverCloses(DirectoryNow):
    """A moment at which everybody with hours has gone home."""

    def open_contact(self, support: Support) -> Contact | None:
        return super().open_contact(support) if support.is_always_open else None


@pytest.fixture(scope="module")
def conversations(flow: Flow) -> list[Conversation]:
    return list(walk(flow))


@pytest.fixture(scope="module")
def people(conversations: list[Conversation], directory: Directory) -> list[Conversation]:
    """One conversation for each need."""
    return list({Need.of(each.person, directory): each for each in conversations}.values())


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


@pytest.fixture(scope="module")
def at_the_worst(people: list[Conversation], directory: Directory) -> Found:
    """What everybody is shown on New Year's night, if only those who never close answer."""
    return _found(people, OnlyWhoNeverCloses(directory, japan("2027-01-01 03:30")))


@pytest.fixture(scope="module")
def by_day(people: list[Conversation], directory: Directory) -> Found:
    return _found(people, at(directory, "2026-09-09 11:00"))


def _found(people: list[Conversation], now: DirectoryNow) -> Found:
    return [(each, results(now, each.person)) for each in people]


def words(conversation: Conversation) -> str:
    return " → ".join(turn.words for turn in conversation.turns)


def those(found: Iterator[Conversation]) -> list[str]:
    """A few of them, to read in a failure."""
    return [words(conversation) for conversation, _ in zip(found, range(5), strict=False)]


def test_the_flow_is_walked_whole(conversations: list[Conversation], people: list[Conversation], flow: Flow) -> None:
    assert all(each.question is None and not each.lost for each in conversations)
    assert {turn.question.key for each in conversations for turn in each.turns} == flow.questions.keys()
    assert len(conversations) > len(people) > 10_000


def test_nobody_is_asked_more_than_five_questions(conversations: list[Conversation]) -> None:
    assert those(each for each in conversations if len(each.turns) > MOST_QUESTIONS) == []


def test_what_is_said_to_be_left_is_never_too_little(conversations: list[Conversation], flow: Flow) -> None:
    said: dict[tuple[str, ...], int] = {}
    for each in conversations:
        for done in range(len(each.turns)):
            so_far = each.turns[:done]
            key = tuple(f"{turn.question.key}={turn.keys}" for turn in so_far)
            if key not in said:
                said[key] = replay(flow, {turn.question.key: turn.keys for turn in so_far}).steps_left
            assert len(each.turns) - done <= said[key], words(each)


def test_no_screen_has_more_than_nine_choices(flow: Flow) -> None:
    assert max(len(question.choices) for question in flow.questions.values()) <= MOST_CHOICES == 9


def test_danger_is_never_asked_about_further(conversations: list[Conversation]) -> None:
    dangerous = (each for each in conversations if each.person.of(FactKind.DANGER))
    assert those(each for each in dangerous if not any(c.is_danger for c in each.turns[-1].choices)) == []


@pytest.mark.parametrize("when", ["at_the_worst", "by_day"])
def test_everybody_is_shown_three_and_one_of_them_to_talk_to(when: str, request: pytest.FixtureRequest) -> None:
    found: Found = request.getfixturevalue(when)
    assert those(who for who, shown in found if len(shown.shown) < 3) == []
    assert those(who for who, shown in found if not any(m.support.is_someone_to_talk_to for m in shown.shown)) == []


@pytest.mark.parametrize("when", ["at_the_worst", "by_day"])
def test_nobody_is_shown_what_is_closed_to_their_age_or_has_ended(when: str, request: pytest.FixtureRequest) -> None:
    found: Found = request.getfixturevalue(when)
    assert those(who for who, shown in found if any(m.support.status == "ended" for m in shown.everything)) == []
    assert those(who for who, shown in found if any(_turned_away(m) for m in shown.everything)) == []


def _turned_away(match: Match) -> bool:
    band, support = match.need.band, match.support
    if band is None:
        return False
    youngest, oldest = band.age_min or 0, 200 if band.age_max is None else band.age_max
    first, last = support.age_min or 0, 200 if support.age_max is None else support.age_max
    return not set(range(youngest, oldest + 1)) & set(range(first, last + 1))


@pytest.mark.parametrize("when", ["at_the_worst", "by_day"])
def test_in_danger_or_with_nobody_to_talk_to_a_line_that_never_closes_is_among_the_first(
    when: str, request: pytest.FixtureRequest
) -> None:
    found: Found = request.getfixturevalue(when)
    needing = [
        (who, shown)
        for who, shown in found
        if who.person.of(FactKind.DANGER) or NEED_A_LINE_THAT_NEVER_CLOSES.intersection(who.person.of(FactKind.WORRY))
    ]
    assert len(needing) > 1000
    missing = (who for who, shown in needing if not any(m.support.is_always_open for m in shown.crisis + shown.talk))
    assert those(missing) == []
    loose = (
        who for who, shown in needing if not who.person.of(FactKind.DANGER) and not any(map(_stays, shown.everything))
    )
    assert those(loose) == []


def _stays(match: Match) -> bool:
    """Whatever else opens: only the lines that are there for any trouble are ever pushed out."""
    support = match.support
    return support.is_always_open and support.is_someone_to_talk_to and match.fit < Fit.ANY_TROUBLE


def test_in_danger_the_crisis_card_itself_has_a_line_that_never_closes(at_the_worst: Found) -> None:
    in_danger = [(who, shown) for who, shown in at_the_worst if who.person.of(FactKind.DANGER)]
    assert those(who for who, shown in in_danger if not any(m.support.is_always_open for m in shown.crisis)) == []


def reached_by_children(directory: Directory) -> set[str]:
    now = at(directory, "2026-11-25 14:00")
    ways = walk(flow_of(directory, UNDER18.flow))
    return {match.support.slug for way in ways for match in child_results(now, way.person)}


def test_every_published_entry_is_reached_by_somebody(by_day: Found, directory: Directory) -> None:
    reached = {match.support.slug for _, shown in by_day for match in shown.everything} | reached_by_children(directory)
    assert {s.slug for s in directory.available if not s.has_season} - reached == set()


def test_an_entry_with_a_season_is_reached_in_its_season(people: list[Conversation], directory: Directory) -> None:
    for support in directory.available:
        if support.has_season:
            year = (DirectoryNow(directory, japan("2026-09-01 12:00") + timedelta(days=n)) for n in range(366))
            in_season = next(now for now in year if not now.is_out_of_season(support))
            concerned = (each.person for each in people if support.worries.intersection(each.person.of(FactKind.WORRY)))
            assert any(support in [m.support for m in results(in_season, who).everything] for who in concerned)


def test_those_who_never_close_answer_at_every_hour(
    hours: dict[tuple[Lines, Lines], datetime], directory: Directory
) -> None:
    never_closing = frozenset(s for s in directory.available if s.is_always_open)
    assert never_closing
    assert all(never_closing <= answering for answering, _ in hours)
    assert len(hours) > 50  # the weeks do differ


def test_everybody_is_shown_somebody_who_answers_when_only_those_do(
    at_the_worst: Found, people: list[Conversation], hours: dict[tuple[Lines, Lines], datetime], directory: Directory
) -> None:
    assert those(who for who, shown in at_the_worst if not shown.answering) == []
    new_year = OnlyWhoNeverCloses(directory, japan("2027-01-01 03:30"))
    looked_at = frozenset(s for s in directory.available if new_year.is_out_of_season(s))
    other_seasons = {season: moment for (_, season), moment in hours.items() if season != looked_at}
    for moment in other_seasons.values():
        found = _found(people, OnlyWhoNeverCloses(directory, moment))
        assert those(who for who, shown in found if not shown.answering) == []


def test_at_each_different_hour_some_of_everybody_are_shown_somebody_who_answers(
    people: list[Conversation], hours: dict[tuple[Lines, Lines], datetime], directory: Directory
) -> None:
    """Among the first three of the crisis card or of 話せる窓口, without もっと見る."""
    moments = [DirectoryNow(directory, moment) for moment in hours.values()]
    dealt_out = (
        (who, results(now, who.person), now) for n, who in enumerate(people) if (now := moments[n % len(moments)])
    )
    unheard = (who for who, shown, now in dealt_out if not any(now.open_contact(m.support) for m in shown.shown))
    assert those(unheard) == []


def test_when_the_line_that_answers_is_busy_another_one_is_named(at_the_worst: Found) -> None:
    """The lines that listen to anything never close, so there always is another one."""
    alone = (who for who, shown in at_the_worst if shown.next_answering(shown.answering[0].support) is None)
    assert those(alone) == []


def test_a_busy_number_is_not_named_again_as_the_next_to_try(at_the_worst: Found, directory: Directory) -> None:
    now = OnlyWhoNeverCloses(directory, japan("2027-01-01 03:30"))
    again: set[tuple[str, str]] = set()
    for _, shown in at_the_worst:
        for match in shown.crisis + shown.talk:
            following = shown.next_answering(match.support)
            busy, other = now.open_contact(match.support), following and now.open_contact(following)
            if busy and other and following and busy.value == other.value:
                again.add((match.support.slug, following.slug))
    assert again == set()


def test_who_helps_by_profession_is_not_taken_for_the_family(conversations: list[Conversation]) -> None:
    helpers = (each for each in conversations if "helper" in each.person.of(FactKind.WHO))
    assert those(each for each in helpers if "family" in each.person.of(FactKind.WHO)) == []


def test_every_reason_is_one_line(by_day: Found, directory: Directory) -> None:
    reasons = {match.reason(directory) for _, shown in by_day for match in shown.shown}
    assert all(reason and "\n" not in reason for reason in reasons)


def test_no_reason_is_longer_than_a_sentence_may_be(by_day: Found, directory: Directory) -> None:
    reasons = {match.reason(directory) for _, shown in by_day for match in shown.shown}
    assert [reason for reason in reasons if len(reason) > 45] == []
