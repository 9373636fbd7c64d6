"""All that is to be public, as the plain values that a Release freezes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .models import FAQ, AgeBand, AudienceTag, ChildArticle, ChildWords, Contact, Support, Tip, Worry
from .models.base import Publication
from .models.child_words import LEVELS, PARTS
from .sections import sections

Payload = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """The content as it would be frozen now. Two with the same fingerprint count as the same."""

    payload: Payload = field(repr=False, compare=False)
    text: str = field(repr=False, compare=False)
    sha256: str

    @classmethod
    def of(cls, payload: Payload) -> Draft:
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return cls(payload, text, hashlib.sha256(text.encode()).hexdigest())


def draft() -> Draft:
    return Draft.of(dump())


def dump() -> Payload:
    """All that is to be public, as plain values in a settled order."""
    groups = FAQ.Group.values
    faqs = sorted(
        FAQ.objects.filter(publication=Publication.PUBLISHED), key=lambda faq: (groups.index(faq.group), faq.position)
    )
    tips = Tip.objects.filter(publication=Publication.PUBLISHED).prefetch_related("sources")
    return {
        "worries": [_worry(worry) for worry in Worry.objects.select_related("parent")],
        "age_bands": [_fields(band, *_BAND_FIELDS) for band in AgeBand.objects.all()],
        "tags": [_fields(tag, "code", "label") for tag in AudienceTag.objects.all()],
        "supports": [_support(support) for support in published_supports()],
        "faqs": [
            {**_fields(faq, "slug", "group", "question", "answer"), "group_label": faq.get_group_display()}
            for faq in faqs
        ],
        "tips": [_tip(tip) for tip in tips],
        "child_articles": [
            _article(article) for article in ChildArticle.objects.filter(publication=Publication.PUBLISHED)
        ],
        "sections": {name: section.dump() for name, section in sorted(sections.items())},
    }


def published_supports() -> models.QuerySet[Support]:
    return (
        Support.objects.filter(publication=Publication.PUBLISHED)
        .prefetch_related(
            "worries", "tags", "only_for", "replaced_by", "sources", "contacts__hours", "child_words__bands"
        )
        .select_related("main_worry")
    )


def _fields(row: models.Model, *names: str) -> Payload:
    return {name: getattr(row, name) for name in names}


def _worry(worry: Worry) -> Payload:
    return {"code": worry.code, "label": worry.label, "area": worry.parent.code if worry.parent else worry.code}


_BAND_FIELDS = ("code", "label", "page", "age_min", "age_max", "kanji_taught", "in_kana", "level")
_SUPPORT_FIELDS = (
    "slug", "name", "also_known_as", "kana", "kind", "operator", "reach", "when_to_use", "summary", "what_happens", "conditions",
    "apply_at", "bring_or_say", "languages", "age_min", "age_max", "crisis", "on_crisis_strip", "status", "replaced_note",
    "verified_on",
)  # fmt: skip
_CONTACT_FIELDS = (
    "via", "label", "value", "long_number", "charge", "ip_phone", "note", "always_open", "closed_on_holidays", "closed_periods",
    "open_periods", "hours_text", "hours_confirmed",
)  # fmt: skip
_HOURS_FIELDS = ("days", "weeks", "month_days", "opens", "closes", "even_on_holidays")


def _support(support: Support) -> Payload:
    return {
        **_fields(support, *_SUPPORT_FIELDS),
        "main_worry": support.main_worry.code,
        "worries": sorted(worry.code for worry in support.worries.all()),
        "tags": sorted(tag.code for tag in support.tags.all()),
        "only_for": sorted(tag.code for tag in support.only_for.all()),
        "replaced_by": sorted(other.slug for other in support.replaced_by.all()),
        "child": _child_words(support),
        "contacts": [_contact(contact) for contact in support.contacts.all()],
        "sources": [_source(source) for source in support.sources.all()],
    }


def _child_words(support: Support) -> Payload | None:
    words: ChildWords | None = getattr(support, "child_words", None)
    if words is None:
        return None
    levels = [level for level in LEVELS if getattr(words, f"{level}_what")]
    return {
        **_fields(words, "name", "free", "name_needed", "secret"),
        "bands": sorted(band.code for band in words.bands.all()),
        "texts": {level: {part: getattr(words, f"{level}_{part}") for part in PARTS} for level in levels},
    }


def _article(article: ChildArticle) -> Payload:
    return {
        **_fields(article, "slug", "kind"),
        "titles": {level: getattr(article, f"{level}_title") for level in LEVELS},
        "bodies": {level: getattr(article, f"{level}_body") for level in LEVELS},
    }


def _contact(contact: Contact) -> Payload:
    return {
        **_fields(contact, *_CONTACT_FIELDS),
        "hours": [_fields(rule, *_HOURS_FIELDS) for rule in contact.hours.all()],
    }


def _source(source: models.Model) -> Payload:
    return _fields(source, "url", "title", "publisher", "page_date")


def _tip(tip: Tip) -> Payload:
    return {
        **_fields(tip, "slug", "page", "title", "summary", "body"),
        "standpoint_label": tip.get_standpoint_display(),
        "sources": [_source(source) for source in tip.sources.all()],
    }
