"""Entries in children's words: few, with readings."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.codes import Dialable, Via
from catalog.directory.directory import DirectoryNow
from catalog.directory.entries import AgeBand, ChildText, Support
from catalog.hours.child_wording import child_hours_words, child_state_words
from catalog.text.known_words import with_readings

from .contacts import ContactLine, ContactNow, Cost, contacts_now

_COST_WORDS = {
    Cost.UNSAID: "",
    Cost.FREE_CALL: "｜電話代《でんわだい》は かからないよ",
    Cost.PAID_CALL: "｜電話代《でんわだい》が かかるよ",
    Cost.UNKNOWN_CALL: "｜電話代《でんわだい》が かかるかも しれないよ",
    Cost.NAVI_DIAL: "｜電話代《でんわだい》が かかるよ",
    Cost.ONCE_ANSWERED: "｜電話代《でんわだい》が かかるよ",
    Cost.FREE_TALK: "お｜金《かね》は かからないよ",
    Cost.PAID_TALK: "お｜金《かね》が かかるよ",
}


_UNCONFIRMED_NUMBER = "この ｜番号《ばんごう》は、まだ たしかめて いないよ。"


@dataclass(frozen=True, slots=True)
class ChildCard:
    support: Support
    text: ChildText
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
    lines = [child_contact_line(now) for now in contacts_now(support, here) if now.contact.via.child_label]
    return ChildCard(support, support.child.text_for(band), lines)


def child_contact_line(now: ContactNow) -> ContactLine:
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
        how_to_dial=f"はじめに「#」、つぎに「{now.digits_to_press}」を おしてね" if now.digits_to_press else "",
        state_words=_state_words(now),
        charge_words=_COST_WORDS[now.cost],
        ip_phone_words="IP｜電話《でんわ》からは かからない ことが あるよ" if contact.ip_phone is Dialable.NO else "",
        hours_lines=[*child_hours_words(now.hours), *filter(None, [hours_text])],
        unconfirmed_words="" if contact.number_confirmed else _UNCONFIRMED_NUMBER,
        note=note,
        for_adults=[text for text in unread if text],
    )


def _hours_text(now: ContactNow) -> str:
    text = now.contact.hours_text
    return f"目安: {text}" if text and now.is_estimate else text


def _state_words(now: ContactNow) -> str:
    if now.shown_state is None:
        return ""
    is_place = now.contact.via is Via.VISIT
    return child_state_words(now.shown_state, now.moment, "｜開《あ》いて いるよ" if is_place else "｜話《はな》せるよ")
