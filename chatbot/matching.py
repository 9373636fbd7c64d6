"""Which entries fit a person, how well, and why. Rules only, each one readable. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from operator import itemgetter

from catalog.directory.codes import ANY_TROUBLE, TEXT_WAYS, RuleTag, RuleWorry, Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import AgeBand, Support

from .facts import Danger, FactKind, WantedWay
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
_WAYS = {WantedWay.PHONE: frozenset({Via.PHONE}), WantedWay.TEXT: TEXT_WAYS, WantedWay.VISIT: frozenset({Via.VISIT})}


class Fit(IntEnum):
    """How closely an entry fits; smaller is closer."""

    DANGER = 0  # takes people in exactly this danger
    MADE_FOR_IT = 1  # the first worry is what the entry is made for
    MADE_FOR_ANOTHER = 2  # fits the first worry, and is made for another of the worries
    MAIN_WORRY = 3  # fits the first worry
    OTHER_WORRY = 4  # fits another of the worries
    ANY_TROUBLE = 5  # listens to anything
    ONLY_FOR_OTHERS = 6  # fits, but only for a group that the person has not named
    OUT_OF_SEASON = 7  # fits, but does not answer at this time of the year


# Within these, who is made for a trouble that was not named comes last.
_WIDE = (Fit.OTHER_WORRY, Fit.ONLY_FOR_OTHERS)


@dataclass(frozen=True, slots=True)
class Need:
    """What a person's facts mean for the choice of entries; worked out once for a person. Whose needs are equal are shown the same."""

    worries: tuple[str, ...]
    any_of_worries: frozenset[str]
    tags: frozenset[str]
    danger_worries: frozenset[str]
    ways: frozenset[Via]
    wants_visit: bool
    wants_to_be_heard: bool  # nothing has to be wrong: who listens to anything comes first
    band: AgeBand | None

    @classmethod
    def of(cls, person: Person, directory: Directory) -> Need:
        worries, via = person.of(FactKind.WORRY), person.of(FactKind.VIA)
        return cls(
            worries=worries,
            any_of_worries=frozenset(worries),
            tags=frozenset(person.of(FactKind.TAG)),
            danger_worries=frozenset().union(
                *(DANGER_WORRIES[Danger(danger)] for danger in person.of(FactKind.DANGER))
            ),
            ways=frozenset().union(*(_WAYS[WantedWay(wanted)] for wanted in via)),
            wants_visit=WantedWay.VISIT in via,
            wants_to_be_heard=ANY_TROUBLE.issubset(worries),
            band=directory.age_bands.get(person.age_band or ""),
        )

    def is_met_by_ways_of(self, support: Support) -> bool:
        """Whether it can be reached in the way that the person asked for. What is applied for is not talked to."""
        if not self.ways or not support.is_someone_to_talk_to:
            return True
        return bool(support.ways & self.ways) or (self.wants_visit and support.is_gone_to)


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    support: Support
    fit: Fit
    need: Need

    def reason(self, directory: Directory) -> str:
        """Why this entry is here, in one line."""
        if self.fit is Fit.DANGER:
            return "いまのつらさや危険を、すぐに話せる窓口です"
        if self.fit is Fit.ANY_TROUBLE:
            return "どんな悩みでも話せる窓口です"
        if self.fit is Fit.ONLY_FOR_OTHERS:
            return f"{_group(self.support.only_for, directory)}が使えます"
        if self.fit is Fit.OUT_OF_SEASON:
            return "期間をかぎって開く窓口です（いまは期間外）"
        shared = next(code for code in self.need.worries if code in self.support.worries)
        words = f"「{directory.worries[shared].label}」に合うため"
        group = self.support.only_for & self.need.tags or (self.support.only_for & {RuleTag.WOMAN})
        return f"{words}（{_group(group, directory)}が使えます）" if group else words


def matches(here: DirectoryNow, person: Person) -> list[Match]:
    """Every entry that may help, best first: danger, then the most specific, then open now, then free."""
    return matches_for(here, Need.of(person, here.directory))


def matches_for(here: DirectoryNow, need: Need) -> list[Match]:
    """The same for whoever has this need."""
    found = []
    candidates = here.directory.listening.union(
        *(here.directory.available_by_worry.get(code, ()) for code in need.worries)
    )
    for support in candidates:
        if need.band is None or support.admits(need.band):
            shared = support.worries & need.any_of_worries
            fit = _fit(support, shared, need, here)
            if fit is not None:
                found.append((_rank(support, fit, shared, need, here), Match(support, fit, need)))
    found.sort(key=itemgetter(0))
    return [match for _, match in found]


def _fit(support: Support, shared: frozenset[str], need: Need, here: DirectoryNow) -> Fit | None:
    """`shared`: the worries that the entry and the person have in common."""
    if not _is_for(support, need):
        return Fit.ONLY_FOR_OTHERS if shared else None
    if support.has_season and here.is_out_of_season(support):
        return Fit.OUT_OF_SEASON if shared else None
    if support.crisis and shared & need.danger_worries:
        return Fit.DANGER
    if not shared:
        return Fit.ANY_TROUBLE
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


def _rank(support: Support, fit: Fit, shared: frozenset[str], need: Need, here: DirectoryNow) -> tuple[object, ...]:
    """Smaller comes first: danger, the wanted way, the closest fit, the person's language, who is there only for people like
    this, more than one worry shared, who answers now; then Support.order. Lines for those who want to die come first only for
    those who say so."""
    in_danger = fit is Fit.DANGER
    main = support.main_worry
    return (
        not in_danger,
        fit >= Fit.ONLY_FOR_OTHERS,
        not need.is_met_by_ways_of(support),
        fit,
        main not in need.any_of_worries and fit in _WIDE,
        support.is_only_in_japanese and RuleTag.FOREIGNER in need.tags,
        in_danger and not support.answers_by_phone_always,
        in_danger and main not in need.danger_worries,
        support.is_only_for_women and RuleTag.WOMAN not in need.tags,
        support.is_only_a_website,
        need.wants_to_be_heard and support not in here.directory.listening,
        len(shared) < 2,
        not support.only_for & need.tags,
        main == RuleWorry.SUICIDAL and RuleWorry.SUICIDAL not in need.any_of_worries,
        here.openness_rank(support),
        -len(support.tags & need.tags),
        fit is Fit.ANY_TROUBLE and main not in ANY_TROUBLE,
        support.order,
    )


def _group(tags: frozenset[str], directory: Directory) -> str:
    """ひとり親の方 / 妊娠中・出産後の方など: one group stands for several, so that a reason stays one line."""
    labels = [label for code, label in directory.tags.items() if code in tags]
    return labels[0] if len(labels) == 1 else f"{labels[0]}など"
