"""Entries in children's words: few, with readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.directory.codes import Declined, Dialable, Known, Level, Via
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, ChildText, Support
from catalog.hours.child_wording import child_hours_words, child_state_words
from catalog.text.child_phrases import EASY, TEEN, Phrases
from catalog.text.known_words import with_readings

from .contacts import ContactLine, ContactNow, Cost, contacts_now

PHRASES = {Level.EASY: EASY, Level.TEEN: TEEN}


@dataclass(frozen=True, slots=True)
class ChildCard:
    support: Support
    text: ChildText
    declines: list[str]
    promises: list[str]
    contacts: list[ContactLine]

    @property
    def first(self) -> ContactLine | None:
        return self.contacts[0] if self.contacts else None

    @property
    def others(self) -> list[ContactLine]:
        return self.contacts[1:]


def child_card(support: Support, band: AgeBand, here: DirectoryNow) -> ChildCard:
    """The entry must be one that is shown to this band. Raises ValueError where it has no words for children."""
    if support.child is None:
        raise ValueError(f"{support.slug} has no words for children")
    text, say = support.child.text_for(band), PHRASES[band.level]
    lines = [_contact_line(now, say) for now in contacts_now(support, here) if now.contact.via.child_label]
    return ChildCard(support, text, declined_words(support.declines, say), _promises(text, say), lines)


def declined_words(declines: Iterable[Declined], say: Phrases) -> list[str]:
    """What the desk does not take; "minors" is never shown to a child."""
    words = {
        Declined.SELF_HARM: say.declines_self_harm,
        Declined.MEN: say.declines_men,
        Declined.WOMEN: say.declines_women,
        Declined.OTHER_AREAS: say.declines_other_areas,
    }
    return [words[declined] for declined in declines if declined in words]


def _promises(text: ChildText, say: Phrases) -> list[str]:
    """What is known of the cost, the name and the secret."""
    promises = (
        {Known.YES: say.free, Known.NO: say.paid}.get(text.free),
        say.no_name if text.name_needed is Known.NO else None,
        {Known.YES: say.secrecy, Known.NO: say.told_to_others}.get(text.secret),
    )
    return [words for words in promises if words]


def _contact_line(now: ContactNow, say: Phrases) -> ContactLine:
    """Label, value, note and hours in words were written for adults: what has no reading is set apart for an adult to read."""
    contact = now.contact
    label, value, note, hours_text = map(
        with_readings, (contact.label, contact.value, contact.note, contact.hours_text)
    )
    unread = (
        "" if value else contact.value,
        "" if hours_text else _hours_text(now),
        "" if note else contact.note,
    )
    return ContactLine(
        contact=contact,
        state=now.state.openness,
        is_estimate=now.is_estimate,
        via_words=contact.via.child_label,
        label=label,
        value=value,
        how_to_dial=say.press_by_hand.format(now.digits_to_press) if now.digits_to_press else "",
        state_words=_state_words(now, say),
        charge_words=_charge_words(now.cost, say),
        ip_phone_words=say.ip_phone if contact.ip_phone is Dialable.NO else "",
        hours_lines=_with_doubt([*child_hours_words(now.hours, say), *filter(None, [hours_text])], now, say),
        unconfirmed_words="" if contact.number_confirmed else say.unconfirmed_number,
        note=note,
        for_adults=[text for text in unread if text],
    )


def _hours_text(now: ContactNow) -> str:
    text = now.contact.hours_text
    return f"目安: {text}" if text and now.is_estimate else text


def _with_doubt(hours_lines: list[str], now: ContactNow, say: Phrases) -> list[str]:
    return [*hours_lines, say.estimate] if hours_lines and now.is_estimate else hours_lines


def _state_words(now: ContactNow, say: Phrases) -> str:
    if now.shown_state is None:
        return ""
    return child_state_words(now.shown_state, now.moment, say, say.open_now if now.contact.via is Via.VISIT else "")


def _charge_words(cost: Cost, say: Phrases) -> str:
    return {
        Cost.UNSAID: "",
        Cost.FREE_CALL: say.free_call,
        Cost.PAID_CALL: say.paid_call,
        Cost.UNKNOWN_CALL: say.unknown_call,
        Cost.NAVI_DIAL: say.paid_call,
        Cost.ONCE_ANSWERED: say.paid_call,
        Cost.FREE_TALK: say.free,
        Cost.PAID_TALK: say.paid,
    }[cost]
