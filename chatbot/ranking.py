"""In which order entries that fit a person are shown: rules with names, the weightiest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from catalog.directory.codes import ANY_WORRY, Declined, RuleTag, RuleWorry
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support

from .need import Need


class Fit(IntEnum):
    """How closely an entry fits; smaller is closer."""

    DANGER = 0  # takes people in exactly this danger
    NAMED_FIRST = 1  # is named among the first for one of the worries
    MADE_FOR_IT = 2  # the first worry is what the entry is made for
    MADE_FOR_ANOTHER = 3  # fits the first worry, and is made for another of the worries
    MAIN_WORRY = 4  # fits the first worry
    OTHER_WORRY = 5  # fits another of the worries
    ANY_WORRY = 6  # listens to anything
    ONLY_FOR_OTHERS = 7  # fits, but only for a group that the person has not named
    OUT_OF_SEASON = 8  # fits, but does not answer at this time of the year


FIT_WORDS = {
    Fit.DANGER: "いまの危険を受けとめる",
    Fit.NAMED_FIRST: "悩みのはじめに置いてある",
    Fit.MADE_FOR_IT: "はじめの悩みのためのもの",
    Fit.MADE_FOR_ANOTHER: "はじめの悩みに合い、ほかに聞いた悩みのためのもの",
    Fit.MAIN_WORRY: "はじめの悩みに合う",
    Fit.OTHER_WORRY: "ほかに聞いた悩みに合う",
    Fit.ANY_WORRY: "どんな悩みでも聞く",
    Fit.ONLY_FOR_OTHERS: "聞いていない人たちだけのもの",
    Fit.OUT_OF_SEASON: "いまは期間外",
}
# Within these, who is made for a worry that was not named comes last.
_WIDE = (Fit.OTHER_WORRY, Fit.ONLY_FOR_OTHERS)


class NamedFirst(NamedTuple):
    """That an entry was named among the first: for which worry, at which place, and where that puts it among all of them."""

    worry: str
    place: int
    order: int


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    support: Support
    fit: Fit
    need: Need
    named_first: NamedFirst | None = None

    @property
    def is_made_for_what_was_named(self) -> bool:
        if self.fit is Fit.OTHER_WORRY:
            return self.support.main_worry in self.need.any_of_worries
        return self.fit < Fit.OTHER_WORRY

    def reason(self, now: DirectoryNow) -> str:
        """Why this entry is here, in one line; "" for children, whose cards say for whom an entry is in their own words."""
        if self.need.child_band:
            return ""
        if self.fit is Fit.DANGER:
            answers = now.open_contact(self.support) is not None
            return f"いまのつらさや危険を、{'すぐに' if answers else ''}話せる窓口です"
        if self.fit is Fit.ANY_WORRY:
            return "どんな悩みでも話せる窓口です"
        if self.fit is Fit.ONLY_FOR_OTHERS:
            return f"{_group(self.support.only_for, now.directory)}が使えます"
        if self.fit is Fit.OUT_OF_SEASON:
            return "期間をかぎって開く窓口です（いまは期間外）"
        words = f"「{now.directory.worries[self._worry].label}」に合うため"
        group = self.support.only_for & self.need.tags or (self.support.only_for & {RuleTag.WOMAN})
        return f"{words}（{_group(group, now.directory)}が使えます）" if group else words

    @property
    def _worry(self) -> str:
        """The worry for which it is here."""
        if self.named_first:
            return self.named_first.worry
        return next(code for code in self.need.worries if code in self.support.worries)

    def put_here_by(self, directory: Directory) -> str:
        """What brought it into the results, for the desk."""
        if self.named_first:
            label = directory.worries[self.named_first.worry].label
            return f"「{label}」のはじめの{self.named_first.place}番目に置いてある"
        return FIT_WORDS[self.fit]


class Rule(NamedTuple):
    """`words`: what it prefers, for the desk. `of`: of two entries the one with the smaller value comes first."""

    code: str
    words: str
    of: Callable[[Match], int | tuple[object, ...]]


_NOT_NAMED_FIRST = 1000


def _named_first(match: Match) -> int:
    return match.named_first.order if match.named_first else _NOT_NAMED_FIRST


def _danger(match: Match) -> int:
    """0 a telephone that is confirmed never to close, 1 one that is said not to, 2 none; 3 does not take people in this danger."""
    return match.support.phone_at_any_hour if match.fit is Fit.DANGER else 3


def _made_for_this_danger(match: Match) -> bool:
    return match.fit is Fit.DANGER and match.support.main_worry not in match.need.danger_worries


def _usable(match: Match) -> int:
    """0 by this person, 1 only at some times of the year, 2 only by a group that was not named, or not at this time."""
    return 2 if match.fit >= Fit.ONLY_FOR_OTHERS else int(match.support.has_season)


def _wanted_way(match: Match) -> bool:
    return not match.need.is_met_by_ways_of(match.support)


def _fit(match: Match) -> int:
    return match.fit


def _made_for_what_was_named(match: Match) -> bool:
    return match.fit in _WIDE and match.support.main_worry not in match.need.any_of_worries


def _language(match: Match) -> bool:
    return match.support.is_only_in_japanese and RuleTag.FOREIGNER in match.need.tags


def _group_named(match: Match) -> int:
    """0 there only for a group that was named, 1 for anybody, 2 only for women where nobody said that they are one."""
    if match.support.is_only_for_women and RuleTag.WOMAN not in match.need.tags:
        return 2
    return int(not match.support.only_for & match.need.tags)


def _website(match: Match) -> bool:
    return match.support.is_only_a_website


def _listening(match: Match) -> int:
    """Of who listens to anything: 0 made for listening, 1 for something else, 2 for those who want to die, where nobody said so.
    Where to be heard is all that is wanted, who does not listen to anything comes after them."""
    support, need = match.support, match.need
    if support.main_worry == RuleWorry.SUICIDAL and RuleWorry.SUICIDAL not in need.any_of_worries:
        return 2
    if need.wants_to_be_heard and not (support.is_helpline and support.worries >= ANY_WORRY):
        return 1
    return int(match.fit is Fit.ANY_WORRY and support.main_worry not in ANY_WORRY)


def _several_worries(match: Match) -> bool:
    return len(match.support.worries & match.need.any_of_worries) < 2


def _anywhere(match: Match) -> bool:
    return Declined.OTHER_AREAS in match.support.declines


def _tags(match: Match) -> int:
    return -len(match.support.tags & match.need.tags)


def _confirmed(match: Match) -> bool:
    return not match.support.can_be_relied_on


def _catalogue(match: Match) -> tuple[object, ...]:
    return match.support.order


RULES = (
    Rule("named_first", "悩みのはじめに置いてあるものを、その順に", _named_first),
    Rule("danger", "いまの危険を受けとめるもの。確かめた24時間の電話から", _danger),
    Rule("usable", "この人が、一年じゅう使えるもの", _usable),
    Rule("wanted_way", "のぞむ話しかたができるもの", _wanted_way),
    Rule("fit", "悩みにより近く合うもの", _fit),
    Rule("unnamed_worry", "聞いた悩みのためのもの", _made_for_what_was_named),
    Rule("language", "その人のことばが通じるもの", _language),
    Rule("danger_named", "聞いた危険のためのもの", _made_for_this_danger),
    Rule("group", "その人たちだけのためのもの。女性だけのものは、聞いていなければ後に", _group_named),
    Rule("website", "話せるもの。読むだけのサイトは後に", _website),
    Rule("listening", "話を聞くためのもの", _listening),
    Rule("several_worries", "2つ以上の悩みに合うもの", _several_worries),
    Rule("anywhere", "どこに住んでいても使えるもの", _anywhere),
    Rule("tags", "その人に向いているもの", _tags),
    Rule("confirmed", "番号と時間を確かめたもの", _confirmed),
    Rule("catalogue", "無料、24時間の電話、全国、くわしいものから", _catalogue),
)
_MEASURES = [rule.of for rule in RULES]


def rank(match: Match) -> tuple[int | tuple[object, ...], ...]:
    """The values of all rules: the match with the smaller rank comes first. They do not depend on the hour. Where the first rule
    decides, as no two are named first in the same place, the others are left out."""
    if match.named_first:
        return (match.named_first.order,)
    return tuple([of(match) for of in _MEASURES])


def why_before(one: Match, other: Match) -> Rule | None:
    """The rule that puts one match of a person before another: the first in which they differ. None for the same entry."""
    return next((rule for rule in RULES if rule.of(one) != rule.of(other)), None)


def _group(tags: frozenset[str], directory: Directory) -> str:
    """ひとり親の方 / 妊娠中・出産後の方など: one group stands for several, so that a reason stays one line."""
    labels = [label for code, label in directory.tags.items() if code in tags]
    return labels[0] if len(labels) == 1 else f"{labels[0]}など"
