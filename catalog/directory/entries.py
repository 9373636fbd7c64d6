"""What a Directory holds, as frozen values: the entries, what belongs to them, and the texts beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog.hours.timetable import Timetable
from catalog.text import phone
from catalog.text.furigana import Mode, Reading

from .codes import (
    LIVE_WAYS,
    NUMBER_WAYS,
    TEXT_WAYS,
    ArticleKind,
    Charge,
    Declined,
    Dialable,
    FAQGroup,
    Kind,
    Known,
    Language,
    Level,
    Page,
    Publisher,
    Reach,
    RuleTag,
    RuleWorry,
    Standpoint,
    Status,
    TipPage,
    Via,
)
from .evidence import Citation, Evidence, Source, verified_on
from .firsts import First, Joint, any_known


@dataclass(frozen=True, slots=True)
class Worry:
    code: str
    label: str
    area: str  # its own code for an area

    @property
    def is_area(self) -> bool:
        return self.code == self.area

    @property
    def is_for_children(self) -> bool:
        """A worry in children's words."""
        return self.area == RuleWorry.UNDER18 and not self.is_area


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Whole years, both ends included; None is open."""

    code: str
    label: str
    page: Page
    age_min: int | None
    age_max: int | None
    kanji_taught: int
    in_kana: bool
    level: Level

    @property
    def reading(self) -> Reading:
        """How texts are shown to this band, as its grade reads."""
        return Reading(Mode.KANA) if self.in_kana else Reading(Mode.RUBY, self.kanji_taught)


@dataclass(frozen=True, slots=True)
class ChildText:
    """Texts with readings."""

    name: str
    free: Known
    name_needed: Known
    secret: Known
    what: str
    who: str
    say: str
    if_busy: str


@dataclass(frozen=True, slots=True)
class ChildWords:
    """An entry's own words for children: which bands are shown it, and the text of each level."""

    bands: frozenset[str]
    texts: Mapping[Level, ChildText]

    def text_for(self, band: AgeBand) -> ChildText:
        return self.texts[band.level]

    @property
    def at_any_level(self) -> ChildText:
        """For what is the same at all of them: the name, the cost, whether it is secret."""
        return next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    via: Via
    label: str
    value: str
    charge: Charge
    ip_phone: Dialable
    note: str
    timetable: Timetable
    hours_text: str
    number_evidence: Evidence
    hours_evidence: Evidence
    is_emergency: bool = False  # 110, 118 or 119

    @property
    def tel_uri(self) -> str:
        """The tel: address to tap, or "" where the number must be pressed by hand or this is no telephone."""
        return phone.tel_uri(self.value) if self.via is Via.PHONE else ""

    @property
    def url(self) -> str:
        return self.value if self.value.startswith(("http://", "https://")) else ""

    @property
    def number_confirmed(self) -> bool:
        """A cited page shows the number. An address proves itself: whoever follows it sees where it leads."""
        return self.is_emergency or self.via not in NUMBER_WAYS or self.number_evidence.is_firm

    @property
    def hours_confirmed(self) -> bool:
        """A cited page shows the hours; those of a number that none shows are no surer than the number."""
        return self.is_emergency or (self.hours_evidence.is_firm and self.number_confirmed)

    @property
    def is_confirmed(self) -> bool:
        """Cited pages firmly show its number and, where any are given, its hours."""
        return self.number_confirmed and (self.hours_confirmed or not self.timetable.is_known)

    @property
    def is_live(self) -> bool:
        """Somebody to talk to answers while one waits. An emergency number is not for that."""
        return self.via in LIVE_WAYS and not self.is_emergency

    @property
    def opens_and_closes(self) -> bool:
        """It answers, or can be gone to, at some hours: a website or an address to write to does neither."""
        return self.via in LIVE_WAYS or self.via is Via.VISIT


@dataclass(frozen=True, eq=False)
class Support:
    slug: str
    public_id: str  # what its address shows: says nothing about the worry
    name: str
    also_known_as: tuple[str, ...]
    kana: str
    kind: Kind
    operator: str
    reach: Reach
    when_to_use: str
    summary: str
    what_happens: str
    conditions: tuple[str, ...]
    apply_at: str
    bring_or_say: str
    languages: tuple[Language, ...]
    main_worry: str
    worries: frozenset[str]
    areas: frozenset[str]  # the areas that its worries lie in
    tags: frozenset[str]
    only_for: frozenset[str]
    declines: tuple[Declined, ...]
    firsts: tuple[First, ...]
    needs: Joint  # shown only where one of these holds; empty: to anybody
    never_with: Joint  # not shown where one of these holds
    age_min: int | None
    age_max: int | None
    crisis: bool
    on_crisis_strip: bool
    status: Status
    replaced_by: tuple[str, ...]
    replaced_note: str
    child: ChildWords | None
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]

    @cached_property
    def verified_on(self) -> str:
        """The date of its evidence, as exact as it is known; "" without."""
        return verified_on([c.value for c in self.contacts if c.via in NUMBER_WAYS], self.sources)

    @property
    def is_verified(self) -> bool:
        """Whether a cited page shows its first number; without numbers, whether it cites a page at all."""
        number = next((contact for contact in self.contacts if contact.via in NUMBER_WAYS), None)
        return number.number_confirmed if number else bool(self.sources)

    @property
    def has_official_source(self) -> bool:
        """A page of whoever runs it, of a ministry or of a municipality stands behind it."""
        return any(source.publisher in {Publisher.OFFICIAL, Publisher.MUNICIPALITY} for source in self.sources)

    @property
    def is_available(self) -> bool:
        """Ended services are looked up by name, never suggested."""
        return self.status is not Status.ENDED

    @property
    def is_seasonal(self) -> bool:
        return self.status is Status.SEASONAL

    @property
    def is_helpline(self) -> bool:
        return self.kind is Kind.HELPLINE

    @cached_property
    def is_someone_to_talk_to(self) -> bool:
        return self.kind in {Kind.HELPLINE, Kind.PLACE}

    @cached_property
    def can_be_visited(self) -> bool:
        """There is a counter or a house to go to."""
        return self.reach is Reach.LOCAL or (self.kind is Kind.PLACE and not self.is_only_a_website)

    @cached_property
    def is_only_in_japanese(self) -> bool:
        return self.languages == (Language.JA,)

    @cached_property
    def is_only_for_women(self) -> bool:
        return self.only_for == {RuleTag.WOMAN}

    def admits(self, band: AgeBand) -> bool:
        """Whether some age of the band is within this entry's limits."""
        too_old = self.age_max is not None and band.age_min is not None and band.age_min > self.age_max
        too_young = self.age_min is not None and band.age_max is not None and band.age_max < self.age_min
        return not (too_old or too_young)

    def admits_age(self, years: int) -> bool:
        return (self.age_min is None or years >= self.age_min) and (self.age_max is None or years <= self.age_max)

    def may_be_shown_to(self, facts: frozenset[str]) -> bool:
        """Whether it can be of use to somebody of whom this is known."""
        return (not self.needs or any_known(self.needs, facts)) and not (
            self.never_with and any_known(self.never_with, facts)
        )

    @cached_property
    def facts_mentioned(self) -> frozenset[str]:
        """The facts on which it depends whether and where it is shown."""
        return frozenset().union(*(first.mentioned for first in self.firsts), *self.needs, *self.never_with)

    @cached_property
    def ways(self) -> frozenset[Via]:
        return frozenset(contact.via for contact in self.contacts)

    @cached_property
    def live_contacts(self) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.contacts if contact.is_live)

    @cached_property
    def is_always_open(self) -> bool:
        return any(contact.timetable.never_closes for contact in self.live_contacts)

    @cached_property
    def order(self) -> tuple[bool, bool, bool, int, str]:
        """Between entries that fit alike: free first, then a telephone that never closes, then national, then the more specific."""
        return (
            not self.is_free_to_reach,
            not self.answers_by_phone_always,
            self.reach is not Reach.NATIONAL,
            len(self.worries),
            self.slug,
        )

    @cached_property
    def main_number(self) -> str:
        """The digits of its first telephone number, of a line that one calls to talk; "" without."""
        if not self.is_helpline:
            return ""
        return next((phone.digits(contact.value) for contact in self.contacts if contact.via is Via.PHONE), "")

    @cached_property
    def has_season(self) -> bool:
        """It opens only at some time of the year."""
        return bool(self.live_contacts) and all(contact.timetable.open_periods for contact in self.live_contacts)

    @cached_property
    def answers_by_phone_always(self) -> bool:
        return any(contact.via is Via.PHONE and contact.timetable.never_closes for contact in self.live_contacts)

    @cached_property
    def phone_at_any_hour(self) -> int:
        """0: a telephone that is confirmed never to close, 1: one that is said never to, 2: none."""
        if not self.answers_by_phone_always:
            return 2
        always = (c for c in self.live_contacts if c.via is Via.PHONE and c.timetable.never_closes)
        return 0 if any(contact.is_confirmed for contact in always) else 1

    @cached_property
    def writes_at_any_hour(self) -> bool:
        return any(contact.via in TEXT_WAYS and contact.timetable.never_closes for contact in self.live_contacts)

    @cached_property
    def is_confirmed_at_any_hour(self) -> bool:
        """Whether a way to talk to it is confirmed and never closes."""
        return any(contact.timetable.never_closes and contact.is_confirmed for contact in self.live_contacts)

    @cached_property
    def can_be_relied_on(self) -> bool:
        """Whether some way to talk to it is confirmed, or there is none to confirm."""
        return not self.live_contacts or any(contact.is_confirmed for contact in self.live_contacts)

    @cached_property
    def is_only_a_website(self) -> bool:
        """A national entry that is read, not talked to."""
        return self.reach is Reach.NATIONAL and self.ways == {Via.WEB}

    @cached_property
    def is_free_to_reach(self) -> bool:
        return any(contact.charge is Charge.FREE for contact in self.live_contacts)


@dataclass(frozen=True, slots=True)
class FAQ:
    slug: str
    group: FAQGroup
    question: str
    answer: str  # Markdown

    @property
    def group_label(self) -> str:
        return self.group.label


@dataclass(frozen=True, slots=True)
class ChildArticle:
    """`titles` and `bodies` by level, with readings."""

    slug: str
    kind: ArticleKind
    titles: Mapping[Level, str]
    bodies: Mapping[Level, str]


@dataclass(frozen=True, slots=True)
class Tip:
    slug: str
    page: TipPage
    standpoint: Standpoint | None
    title: str
    summary: str
    body: str  # Markdown
    sources: tuple[Citation, ...]

    @property
    def standpoint_label(self) -> str:
        return self.standpoint.label if self.standpoint else ""

    @property
    def rests_on(self) -> list[str]:
        """Whose published guidance it was edited from: each body once, in the order of the sources."""
        return list(dict.fromkeys(source.publisher_name or source.title for source in self.sources))
