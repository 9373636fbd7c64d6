"""What a person's facts mean for the choice of entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.directory.codes import ANY_WORRY, TEXT_WAYS, Declined, RuleBand, RuleTag, RuleWorry, Via
from catalog.directory.directory import Directory
from catalog.directory.entries import AgeBand, Support

from .facts import Danger, FactKind, WantedWay, Who, fact
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
FOR_ANOTHER = frozenset({RuleTag.PARENT, RuleTag.CARER})  # they ask for a child, or for whom they look after
LAST_AGE_OF_MINORS = 18  # the page and the bands of "18歳以下" take in few who are of age
_WAYS = {WantedWay.PHONE: frozenset({Via.PHONE}), WantedWay.TEXT: TEXT_WAYS, WantedWay.VISIT: frozenset({Via.VISIT})}


@dataclass(frozen=True, slots=True)
class Need:
    """What a person's facts mean for the choice of entries. People whose needs are equal are shown the same."""

    topics: tuple[tuple[str, ...], ...]  # the worries that each choice told, in the order of the choices
    worries: tuple[str, ...]  # in the order in which they were named
    any_of_worries: frozenset[str]
    facts: frozenset[str]  # those on which it depends whether and where some entry is shown
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
        topics, facts = person.topics, {*person.facts}
        if for_children:
            person = Person((*person.facts, *EVERY_CHILD))
            facts.update(
                fact(FactKind.TAG, tag) for tag in person.of(FactKind.TAG)
            )  # of the worries only what was told
        worries, wanted = person.of(FactKind.WORRY), person.of(FactKind.VIA)
        asks_for_somebody = not {Who.FAMILY, Who.HELPER}.isdisjoint(person.of(FactKind.WHO))
        band = child_band or (None if asks_for_somebody else directory.age_bands.get(person.age_band or ""))
        return cls(
            topics=topics,
            worries=worries,
            any_of_worries=frozenset(worries),
            facts=directory.facts_mentioned & facts,
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

    def admits(self, support: Support) -> bool:
        """Whether it is open to this person and has a place before them at all. Whose age it is closed by is another's, where it
        is for parents or carers as well, and the person is one."""
        return (
            (self.band is None or support.admits(self.band) or self.asks_for_another(support))
            and self.turned_away_as.isdisjoint(support.declines)
            and support.may_be_shown_to(self.facts)
        )

    def asks_for_another(self, support: Support) -> bool:
        return self.child_band is None and not FOR_ANOTHER.isdisjoint(self.tags & support.tags)

    def has_whom_it_is_for(self, support: Support) -> bool:
        """Nobody is asked for their sex, so what is for women is shown to whoever has not said that they are a man."""
        if not support.only_for or support.only_for & self.tags:
            return True
        return support.is_only_for_women and RuleTag.MAN not in self.tags

    def has_words_of(self, support: Support) -> bool:
        """Whether the page has words for it. A child is not shown what is only for women: nobody asked who they are."""
        if self.child_band is None:
            return True
        words = support.child is not None and self.child_band.code in support.child.bands
        return words and (not support.is_only_for_women or RuleTag.WOMAN in self.tags)

    @property
    def wants_to_write(self) -> bool:
        return bool(self.ways) and self.ways <= TEXT_WAYS

    def is_met_by_ways_of(self, support: Support) -> bool:
        """Whether it can be reached in the way that the person asked for. What is applied for is not talked to."""
        if not self.ways or not support.is_someone_to_talk_to:
            return True
        return bool(support.ways & self.ways) or (self.wants_visit and support.can_be_visited)


def _turned_away_as(person: Person, band: AgeBand | None) -> Iterator[Declined]:
    """What a desk may decline that is known of this person. Where somebody lives is not asked (see ranking)."""
    tags = person.of(FactKind.TAG)
    if RuleWorry.SUICIDAL in person.of(FactKind.WORRY) or Danger.SUICIDE in person.of(FactKind.DANGER):
        yield Declined.SELF_HARM
    if RuleTag.MAN in tags:
        yield Declined.MEN
    if RuleTag.WOMAN in tags:
        yield Declined.WOMEN
    if band and band.age_max is not None and band.age_max <= LAST_AGE_OF_MINORS:
        yield Declined.MINORS
