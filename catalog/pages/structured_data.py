"""The catalogue in the words of schema.org, for programs that read the pages (JSON-LD).

It says what the page says and no more: nothing of a service that has ended, no hours that the page calls an estimate (schema.org
knows no estimates; the words about them stand in the description).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from catalog.directory.codes import Charge, RuleTag, Via
from catalog.directory.directory import Directory
from catalog.directory.entries import Contact, Support
from catalog.hours.schema_org import SCHEMA, opening_hours
from catalog.hours.wording import timetable_words
from catalog.text import phone

from .cards import UNCONFIRMED_NUMBER, charge_words, how_to_dial

Node = dict[str, Any]

# How the names of ministries, agencies, local governments, courts and their offices end; by name, public corporations founded by a law.
_PUBLIC_BODY = re.compile(
    r".*(?:省|庁|府|(?<!薬)局|委員会|裁判所|警察|税務署|監督署|保健所|児童相談所|福祉事務所|自治体"
    r"|都道府県|市区町村|市町村|町村|市|区)\Z|国\Z|独立行政法人.+|日本年金機構\Z|日本司法支援センター\Z"
)


def service(support: Support, directory: Directory, *, url: str, today: date) -> Node | None:
    """An entry, whose page stands at `url`; None for one that has ended.

    A GovernmentService is one whose operator names public bodies alone: neither the kind nor the reach tells (among the
    programmes are discounts of railways, among the helplines lines of ministries). Everything else, and whatever the state
    leaves to others, is a Service, which a GovernmentService is too: so the rule may miss one, and says nothing false.
    """
    if not support.is_available:
        return None
    is_public = _is_public(support.operator)
    return _filled(
        {
            "@context": SCHEMA,
            "@type": "GovernmentService" if is_public else "Service",
            "name": support.name,
            "alternateName": list(support.also_known_as),
            "url": url,
            "description": support.summary,
            "serviceType": support.kind.label,
            "category": directory.worries[support.main_worry].label,
            "provider": {
                "@type": "GovernmentOrganization" if is_public else "Organization",
                "name": support.operator,
            },
            "areaServed": {} if RuleTag.ABROAD in support.only_for else {"@type": "Country", "name": "JP"},
            "audience": _audience(support, directory),
            "availableChannel": [_channel(contact, support, today) for contact in support.contacts],
            "subjectOf": [
                _filled({"@type": "WebPage", "url": source.url, "name": source.title})
                for source in support.sources
                if source.url
            ],
        }
    )


def faq_page(rows: Iterable[tuple[str, str]], *, url: str) -> Node:
    """Questions and their answers, in plain text (half the weight of HTML), as the page at `url` shows them."""
    return {
        "@context": SCHEMA,
        "@type": "FAQPage",
        "url": url,
        "inLanguage": "ja",
        "mainEntity": [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for question, answer in rows
        ],
    }


def _is_public(operator: str) -> bool:
    """Whether every body that is named outside the brackets is a public one."""
    names = re.split("[・、や]", re.sub(r"（[^）]*）|など\Z", "", operator))
    return all(_PUBLIC_BODY.match(name.strip()) for name in names)


def _audience(support: Support, directory: Directory) -> Node:
    labels = [label for code, label in directory.tags.items() if code in (support.only_for or support.tags)]
    who = {
        "audienceType": "、".join(labels),
        "suggestedMinAge": support.age_min,
        "suggestedMaxAge": support.age_max,
    }
    found = _filled(who)
    return {"@type": "PeopleAudience", **found} if found else {}


def _channel(contact: Contact, support: Support, today: date) -> Node:
    """One way to reach it. What has no property of its own (an address to write to, a name to search for) stands in the words."""
    languages = list(support.languages)
    address: Node = {}
    if contact.via in {Via.PHONE, Via.SMS}:
        point = {
            "@type": "ContactPoint",
            "telephone": phone.international(contact.value),
            "contactOption": f"{SCHEMA}/TollFree" if contact.via is Via.PHONE and contact.charge is Charge.FREE else "",
            "availableLanguage": languages,
            "hoursAvailable": _hours(contact, support, today),
        }
        address = {"servicePhone" if contact.via is Via.PHONE else "serviceSmsNumber": _filled(point)}
    elif contact.url:
        address = {"serviceUrl": contact.url}
    elif contact.via is Via.VISIT and contact.value:
        address = {"serviceLocation": {"@type": "Place", "name": contact.value}}
    return _filled(
        {
            "@type": "ServiceChannel",
            "name": contact.label or contact.via.label,
            "description": "\n".join(_words(contact, "" if address else contact.value, today)),
            "availableLanguage": languages,
            **address,
        }
    )


def _hours(contact: Contact, support: Support, today: date) -> list[Node]:
    """None of an estimate, and none of what opens when something has happened."""
    opens_at_times = support.is_seasonal and not contact.timetable.open_periods
    return [] if opens_at_times or not contact.hours_confirmed else opening_hours(contact.timetable, today)


def _words(contact: Contact, value: str, today: date) -> list[str]:
    """What a caller must know, line by line as on the page."""
    hours = [*timetable_words(contact.timetable, today), contact.hours_text]
    unconfirmed = "" if contact.number_confirmed else UNCONFIRMED_NUMBER
    title = "受付時間" if contact.hours_confirmed else "受付時間の目安"
    lines = [
        value,
        how_to_dial(contact),
        charge_words(contact),
        unconfirmed,
        title if any(hours) else "",
        *hours,
        contact.note,
    ]
    return [line for line in lines if line]


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
