"""連絡先 as HSDS phones, as contact points of the profile, and as cost options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers

from api.identifiers import stable_uuid
from catalog.directory.codes import Charge, Dialable, Via
from catalog.directory.entries import Contact, Support
from catalog.hours.wording import timetable_words
from catalog.pages.cards import UNCONFIRMED_NUMBER, charge_words, how_to_dial

from .profile import PHONE_TYPES
from .schedules import attending
from .shapes import Sparse


class PhoneData(Sparse):
    """電話番号。HSDS の phone。"""

    of = "phone"

    id = serializers.UUIDField(help_text="変わらない UUID。")
    number = serializers.CharField(help_text="公式に書かれているとおりの番号。# で始まるものも。")
    type = serializers.ChoiceField(
        choices=[("voice", "電話"), ("text", "SMS"), ("fax", "ファクス")], required=False, help_text="種類。"
    )
    description = serializers.CharField(required=False, help_text="かける前に知っておくこと: 料金、かけ方、受付時間。")


class CostOptionData(Sparse):
    """連絡にかかるお金。HSDS の cost_option。"""

    id = serializers.UUIDField(help_text="変わらない UUID。")
    option = serializers.CharField(required=False, help_text="どの連絡先か。")
    currency = serializers.CharField(required=False, help_text="通貨。無料のときの JPY だけ。")
    amount = serializers.IntegerField(required=False, help_text="金額。無料のときの 0 だけ。")
    amount_description = serializers.CharField(required=False, help_text="料金の説明。")


def contacts_of(support: Support) -> tuple[tuple[int, Contact], ...]:
    """(position, contact). What has ended has none: nobody is to call it."""
    return tuple(enumerate(support.contacts)) if support.is_available else ()


def is_phone(contact: Contact) -> bool:
    return contact.via in PHONE_TYPES


def contact_id(support: Support, position: int, contact: Contact) -> str:
    return stable_uuid("phone" if is_phone(contact) else "contact-point", support.slug, position)


def phones(support: Support) -> Iterator[dict[str, Any]]:
    for position, contact in contacts_of(support):
        if is_phone(contact):
            yield {
                "id": contact_id(support, position, contact),
                "number": contact.value,
                "type": PHONE_TYPES[contact.via],
                "description": "\n".join(_before_dialling(contact)),
                "charge": contact.charge,
                "ip_phone": contact.ip_phone,
                "number_confirmed": contact.number_confirmed,
                "tel_uri": contact.tel_uri,
            }


def _before_dialling(contact: Contact) -> Iterator[str]:
    if contact.label:
        yield contact.label
    yield charge_words(contact)
    if not contact.number_confirmed:
        yield UNCONFIRMED_NUMBER
    if dialling := how_to_dial(contact):
        yield dialling
    if contact.ip_phone is Dialable.NO:
        yield "IP電話からはかけられません"
    if contact.note:
        yield contact.note
    if hours := [*timetable_words(contact.timetable), *filter(None, [contact.hours_text])]:
        estimate = "" if contact.hours_confirmed else "（目安）"
        yield f"受付時間{estimate}: {'。'.join(hours)}"


def contact_points(support: Support) -> list[dict[str, Any]]:
    """The profile's: what is no telephone."""
    rows = (
        {
            "id": contact_id(support, position, contact),
            "via": contact.via,
            "label": contact.label,
            "value": contact.value,
            "url": contact.url,
            "charge": contact.charge,
            "note": contact.note,
        }
        for position, contact in contacts_of(support)
        if not is_phone(contact)
    )
    return [{name: value for name, value in row.items() if value} for row in rows]


def contact_point_lines(support: Support) -> list[str]:
    """The same in words, for programs that do not know the profile."""
    shown = (contact for _, contact in contacts_of(support) if not is_phone(contact) and contact.value)
    return [attending(contact) for contact in shown]


def cost_options(support: Support) -> Iterator[dict[str, Any]]:
    """What it costs to reach them, as far as known; what a programme itself costs or pays is not known as a number."""
    for position, contact in contacts_of(support):
        words = charge_words(contact)
        if words and contact.charge is not Charge.UNKNOWN:
            free = (
                {"currency": "JPY", "amount": 0}
                if contact.charge is Charge.FREE
                else {"currency": None, "amount": None}
            )
            yield {
                "id": stable_uuid("cost-option", support.slug, position),
                "option": attending(contact),
                "amount_description": words,
                **free,
            }


def fees(support: Support) -> str:
    lines = ((attending(contact), charge_words(contact)) for _, contact in contacts_of(support))
    return "\n".join(f"{name}: {words}" for name, words in lines if words)


def first_url(support: Support) -> str:
    """Its website, or else its form, its chat, its LINE."""
    found = {contact.via: contact.url for _, contact in reversed(contacts_of(support)) if contact.url}
    return next((found[via] for via in (Via.WEB, Via.FORM, Via.CHAT, Via.LINE) if via in found), "")


def first_email(support: Support) -> str:
    addresses = (c.value for _, c in contacts_of(support) if c.via is Via.EMAIL and "@" in c.value and not c.url)
    return next(addresses, "")
