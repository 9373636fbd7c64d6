"""Which entries fit a person, how well, in which order, and why. Rules only, each one readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from catalog.directory.codes import ANY_WORRY, TEXT_WAYS, Declined, RuleBand, RuleTag, RuleWorry, Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import AgeBand, Support

from .facts import Danger, FactKind, WantedWay, fact
from .replay import Person

# Whom a line for people in danger is for, by the kind of danger.
DANGER_WORRIES = {
    Danger.SUICIDE: frozenset({RuleWorry.SUICIDAL}),
    Danger.VIOLENCE: frozenset(
        {
            RuleWorry.DV,
            RuleWorry.SEXUAL_VIOLENCE,
            RuleWorry.CHILD_ABUSE,
            RuleWorry.ELDER_ABUSE,
            RuleWorry.STALKING,
            RuleWorry.YAMIBAITO,
        }
    ),
}
# What holds of everybody on the page for children.
EVERY_CHILD = (
    *(fact(FactKind.TAG, tag) for tag in (RuleTag.CHILD, RuleTag.YOUTH, RuleTag.STUDENT)),
    *(fact(FactKind.WORRY, worry) for worry in (RuleWorry.CHILD_YOUTH, RuleWorry.CHILD_TALK)),
)
LAST_AGE_OF_MINORS = 18  # the page and the bands of "18歳以下" take in few who are of age
_WAYS = {WantedWay.PHONE: frozenset({Via.PHONE}), WantedWay.TEXT: TEXT_WAYS, WantedWay.VISIT: frozenset({Via.VISIT})}


class Fit(IntEnum):
    """How closely an entry fits; smaller is closer."""

    DANGER = 0  # takes people in exactly this danger
    MADE_FOR_IT = 1  # the first worry is what the entry is made for
    MADE_FOR_ANOTHER = 2  # fits the first worry, and is made for another of the worries
    MAIN_WORRY = 3  # fits the first worry
    OTHER_WORRY = 4  # fits another of the worries
    ANY_WORRY = 5  # listens to anything
    ONLY_FOR_OTHERS = 6  # fits, but only for a group that the person has not named
    OUT_OF_SEASON = 7  # fits, but does not answer at this time of the year


# Within these, who is made for a worry that was not named comes last.
_WIDE = (Fit.OTHER_WORRY, Fit.ONLY_FOR_OTHERS)


@dataclass(frozen=True, slots=True)
class Need:
    """What a person's facts mean for the choice of entries. People whose needs are equal are shown the same."""

    worries: tuple[str, ...]  # in the order in which they were named
    any_of_worries: frozenset[str]
    tags: frozenset[str]
    danger_worries: frozenset[str]
    ways: frozenset[Via]
    wants_visit: bool
    wants_to_be_heard: bool  # nothing has to be wrong: who listens to anything comes first
    turned_away_as: frozenset[Declined]  # a desk that declines one of these is not shown
    band: AgeBand | None  # whose ages an entry must admit
    child_band: AgeBand | None  # on the page for children: for whom an entry must have words; None on the general page

    @classmethod
    def of(cls, person: Person, directory: Directory, *, for_children: bool) -> Need:
        """Raises KeyError where a child's age is not known and the vocabulary has no band for any child."""
        child_band = directory.age_bands[person.age_band or RuleBand.ANY_CHILD] if for_children else None
        if for_children:
            person = Person((*person.facts, *EVERY_CHILD))
        worries, wanted = person.of(FactKind.WORRY), person.of(FactKind.VIA)
        band = child_band or directory.age_bands.get(person.age_band or "")
        return cls(
            worries=worries,
            any_of_worries=frozenset(worries),
            tags=frozenset(person.of(FactKind.TAG)),
            danger_worries=frozenset().union(
                *(DANGER_WORRIES[Danger(danger)] for danger in person.of(FactKind.DANGER))
            ),
            ways=frozenset().union(*(_WAYS[WantedWay(way)] for way in wanted)),
            wants_visit=WantedWay.VISIT in wanted,
            wants_to_be_heard=ANY_WORRY.issubset(worries),
            turned_away_as=frozenset(_turned_away_as(person, band)),
            band=band,
            child_band=child_band,
        )

    def is_met_by_ways_of(self, support: Support) -> bool:
        """Whether it can be reached in the way that the person asked for. What is applied for is not talked to."""
        if not self.ways or not support.is_someone_to_talk_to:
            return True
        return bool(support.ways & self.ways) or (self.wants_visit and support.can_be_visited)


def _turned_away_as(person: Person, band: AgeBand | None) -> Iterator[Declined]:
    """What a desk may decline that is known of this person. Where somebody lives is not asked (see Rank.other_areas)."""
    tags = person.of(FactKind.TAG)
    if RuleWorry.SUICIDAL in person.of(FactKind.WORRY) or Danger.SUICIDE in person.of(FactKind.DANGER):
        yield Declined.SELF_HARM
    if RuleTag.MAN in tags:
        yield Declined.MEN
    if RuleTag.WOMAN in tags:
        yield Declined.WOMEN
    if band and band.age_max is not None and band.age_max <= LAST_AGE_OF_MINORS:
        yield Declined.MINORS


class Rank(NamedTuple):
    """The rules of order, the weightiest first. Of two entries the first rule in which they differ decides: False before True,
    and the smaller number first."""

    danger: bool  # does not take people in exactly this danger
    availability: bool  # only for a group that was not named, or out of season
    wanted_way: bool  # cannot be reached in the way that was asked for
    fit: Fit
    unnamed_worry: bool  # fits widely, and is made for a worry that was not named
    language: bool  # only in Japanese, for somebody of another language
    danger_by_phone: int  # in danger: 0 a telephone that is confirmed never to close, 1 one that is said not to, 2 none
    danger_named: bool  # in danger: is made for another one
    women: bool  # only for women, and nobody said that they are one
    website: bool  # only to be read
    listening: bool  # does not listen to anything, when that is what was asked for
    worries_shared: bool  # takes only one of the worries
    named_group: bool  # is not there only for a group that was named
    suicide: bool  # is made for those who want to die, and nobody said so
    other_areas: bool  # does not take people of other areas, and nobody was asked where they live
    openness: int  # 0 answers now, 1 not known, 2 closed
    tags_shared: int  # as a negative number
    made_for_listening: bool  # listens to anything, and is made for something else
    unconfirmed: bool  # no cited page firmly shows a number with its hours
    catalogue: tuple[object, ...]  # Support.order: free, by phone at any hour, national, specific


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    support: Support
    fit: Fit
    need: Need
    rank: Rank

    def reason(self, directory: Directory) -> str:
        """Why this entry is here, in one line; "" for children, whose cards say for whom an entry is in their own words."""
        if self.need.child_band:
            return ""
        if self.fit is Fit.DANGER:
            return "いまのつらさや危険を、すぐに話せる窓口です"
        if self.fit is Fit.ANY_WORRY:
            return "どんな悩みでも話せる窓口です"
        if self.fit is Fit.ONLY_FOR_OTHERS:
            return f"{_group(self.support.only_for, directory)}が使えます"
        if self.fit is Fit.OUT_OF_SEASON:
            return "期間をかぎって開く窓口です（いまは期間外）"
        shared = next(code for code in self.need.worries if code in self.support.worries)
        words = f"「{directory.worries[shared].label}」に合うため"
        group = self.support.only_for & self.need.tags or (self.support.only_for & {RuleTag.WOMAN})
        return f"{words}（{_group(group, directory)}が使えます）" if group else words


def matches(now: DirectoryNow, need: Need) -> list[Match]:
    """Every entry that may help somebody with this need, best first (see Rank)."""
    found = []
    directory = now.directory
    candidates = directory.listening.union(*(directory.available_by_worry.get(code, ()) for code in need.worries))
    for support in candidates:
        if (need.band is None or support.admits(need.band)) and need.turned_away_as.isdisjoint(support.declines):
            shared = support.worries & need.any_of_worries
            fit = _fit(support, shared, need, now)
            if fit is not None:
                found.append(Match(support, fit, need, _rank(support, fit, shared, need, now)))
    found.sort(key=attrgetter("rank"))
    return found


def why_before(one: Match, other: Match) -> str:
    """The name of the rule that puts one match of a person before another: the first in which they differ. "" for the same entry."""
    rules = zip(Rank._fields, one.rank, other.rank, strict=True)
    return next((rule for rule, mine, theirs in rules if mine != theirs), "")


def _fit(support: Support, shared: frozenset[str], need: Need, now: DirectoryNow) -> Fit | None:
    """`shared`: the worries that the entry and the person have in common."""
    if not _is_for(support, need):
        return Fit.ONLY_FOR_OTHERS if shared else None
    if support.has_season and now.is_out_of_season(support):
        return Fit.OUT_OF_SEASON if shared else None
    if support.crisis and shared & need.danger_worries:
        return Fit.DANGER
    if not shared:
        return Fit.ANY_WORRY
    first = need.worries[0]
    if support.main_worry == first:
        return Fit.MADE_FOR_IT
    if first in shared:
        return Fit.MADE_FOR_ANOTHER if support.main_worry in shared else Fit.MAIN_WORRY
    return Fit.OTHER_WORRY


def _is_for(support: Support, need: Need) -> bool:
    """Nobody is asked for their sex, so what is for women is shown to whoever has not said that they are a man."""
    if not support.only_for or support.only_for & need.tags:
        return True
    return support.is_only_for_women and RuleTag.MAN not in need.tags


def _rank(support: Support, fit: Fit, shared: frozenset[str], need: Need, now: DirectoryNow) -> Rank:
    """The values in the order of the rules: by name it would take twice as long, and this is done for each entry."""
    in_danger = fit is Fit.DANGER
    main = support.main_worry
    return Rank._make(
        (
            not in_danger,
            fit >= Fit.ONLY_FOR_OTHERS,
            not need.is_met_by_ways_of(support),
            fit,
            main not in need.any_of_worries and fit in _WIDE,
            support.is_only_in_japanese and RuleTag.FOREIGNER in need.tags,
            support.phone_at_any_hour if in_danger else 0,
            in_danger and main not in need.danger_worries,
            support.is_only_for_women and RuleTag.WOMAN not in need.tags,
            support.is_only_a_website,
            need.wants_to_be_heard and support not in now.directory.listening,
            len(shared) < 2,
            not support.only_for & need.tags,
            main == RuleWorry.SUICIDAL and RuleWorry.SUICIDAL not in need.any_of_worries,
            Declined.OTHER_AREAS in support.declines,
            now.openness_rank(support),
            -len(support.tags & need.tags),
            fit is Fit.ANY_WORRY and main not in ANY_WORRY,
            not support.can_be_relied_on,
            support.order,
        )
    )


def _group(tags: frozenset[str], directory: Directory) -> str:
    """ひとり親の方 / 妊娠中・出産後の方など: one group stands for several, so that a reason stays one line."""
    labels = [label for code, label in directory.tags.items() if code in tags]
    return labels[0] if len(labels) == 1 else f"{labels[0]}など"
