"""Write the payload: the public content of the models as the plain values that a Release freezes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models

from catalog.directory.codes import FAQGroup, Level
from catalog.directory.rows import Payload, empty_payload
from catalog.models import (
    FAQ,
    AgeBand,
    AudienceTag,
    ChildArticle,
    ChildWords,
    Contact,
    Hours,
    Source,
    Support,
    Tip,
    Worry,
)
from catalog.models.child_words import PARTS

from .sections import sections
from .upgrades import fingerprint_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """The content as it would be frozen now. Two with the same fingerprint count as the same."""

    payload: Payload = field(repr=False, compare=False)
    text: str = field(repr=False, compare=False)
    sha256: str

    @classmethod
    def of(cls, payload: Payload) -> Draft:
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return cls(payload, text, fingerprint_of(text))


def draft() -> Draft:
    return Draft.of(dump())


def dump() -> Payload:
    """All that is to be public, as plain values in a settled order."""
    groups = FAQGroup.values()
    faqs = sorted(FAQ.objects.published(), key=lambda faq: (groups.index(faq.group), faq.position))
    tips = Tip.objects.published().prefetch_related("sources")
    articles = ChildArticle.objects.published()
    content = {
        "supports": _supports(),
        "faqs": [_fields(faq, "slug", "group", "question", "answer") for faq in faqs],
        "tips": [_tip(tip) for tip in tips],
        "child_articles": [_article(article) for article in articles],
        "sections": {name: section.dump() for name, section in sorted(sections.items())},
    }
    return cast(Payload, {**vocabulary(), **content})


def months_to_look_again() -> dict[str, str]:
    """The month (YYYY-MM) in which an entry's amounts or rules change, by its slug. Staff's own note, not public."""
    return dict(Support.objects.published().exclude(expires="").values_list("slug", "expires"))


def vocabulary() -> Payload:
    """The words alone: worries, age bands and tags, without any content."""
    words = {
        "worries": [_worry(worry) for worry in Worry.objects.select_related("parent")],
        "age_bands": [_fields(band, *_BAND_FIELDS) for band in AgeBand.objects.all()],
        "tags": [_fields(tag, "code", "label") for tag in AudienceTag.objects.all()],
    }
    return cast(Payload, {**empty_payload(), **words})


def _fields(row: models.Model, *names: str) -> Row:
    return {name: getattr(row, name) for name in names}


def _worry(worry: Worry) -> Row:
    return {"code": worry.code, "label": worry.label, "area": worry.parent.code if worry.parent else worry.code}


_BAND_FIELDS = ("code", "label", "page", "age_min", "age_max", "kanji_taught", "in_kana", "level")
_SUPPORT_FIELDS = (
    "slug", "name", "also_known_as", "kana", "kind", "operator", "reach", "when_to_use", "summary", "what_happens",
    "conditions", "apply_at", "bring_or_say", "languages", "declines", "firsts", "needs", "never_with", "age_min", "age_max",
    "crisis", "on_crisis_strip", "status", "replaced_note",
)  # fmt: skip
_CONTACT_FIELDS = (
    "via", "label", "value", "charge", "ip_phone", "note", "always_open", "closed_on_holidays", "closed_periods",
    "open_periods", "hours_text",
)  # fmt: skip
_HOURS_FIELDS = ("days", "weeks", "month_days", "opens", "closes", "even_on_holidays")
_CITATION_FIELDS = ("url", "title", "publisher", "publisher_name", "page_date")
_SOURCE_FIELDS = (*_CITATION_FIELDS, "seen_on", "shows_numbers", "shows_hours")


def _supports() -> list[Row]:
    """As rows, not as model instances: with the many that belong to each, those would take several times as long."""
    published = Support.objects.published()
    worries, tags, only_for, replaced_by = (
        _named(published, name) for name in ("worries__code", "tags__code", "only_for__code", "replaced_by__slug")
    )
    child, contacts = _child_words(), _contacts()
    sources = _by("support_id", Source.objects.published(), _SOURCE_FIELDS)
    return [
        {
            **{name: row[name] for name in _SUPPORT_FIELDS},
            "main_worry": row["main_worry__code"],
            "worries": worries[row["pk"]],
            "tags": tags[row["pk"]],
            "only_for": only_for[row["pk"]],
            "replaced_by": replaced_by[row["pk"]],
            "child": child.get(row["pk"]),
            "contacts": contacts[row["pk"]],
            "sources": sources[row["pk"]],
        }
        for row in published.values("pk", "main_worry__code", *_SUPPORT_FIELDS)
    ]


def _named(rows: models.QuerySet[Any], name: str) -> defaultdict[int, list[str]]:
    """What each row names, by its id: _named(supports, "worries__code")."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pk, named in rows.order_by().values_list("pk", name):
        if named is not None:
            found[pk].append(named)
    for names in found.values():
        names.sort()
    return found


def _by(owner: str, rows: models.QuerySet[Any], names: Iterable[str]) -> defaultdict[int, list[Row]]:
    """The rows of each owner, by its id."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows.values(owner, *names):
        found[row.pop(owner)].append(row)
    return found


def _contacts() -> defaultdict[int, list[Row]]:
    hours = _by("contact_id", Hours.objects.published(), _HOURS_FIELDS)
    contacts = Contact.objects.published()
    found = _by("support_id", contacts, ("pk", *_CONTACT_FIELDS))
    for rows in found.values():
        for row in rows:
            row["hours"] = hours[row.pop("pk")]
    return found


def _child_words() -> dict[int, Row]:
    found = ChildWords.objects.published()
    bands = _named(found, "bands__code")
    return {words.support_id: _words(words, bands[words.pk]) for words in found}


def _words(words: ChildWords, bands: list[str]) -> Row:
    levels = [level for level in Level.values() if getattr(words, f"{level}_what")]
    return {
        **_fields(words, "name", "free", "name_needed", "secret"),
        "bands": bands,
        "texts": {level: {part: getattr(words, f"{level}_{part}") for part in PARTS} for level in levels},
    }


def _article(article: ChildArticle) -> Row:
    return {
        **_fields(article, "slug", "kind"),
        "titles": {level: getattr(article, f"{level}_title") for level in Level.values()},
        "bodies": {level: getattr(article, f"{level}_body") for level in Level.values()},
    }


def _tip(tip: Tip) -> Row:
    return {
        **_fields(tip, "slug", "page", "standpoint", "title", "summary", "body"),
        "sources": [_fields(source, *_CITATION_FIELDS) for source in tip.sources.all()],
    }
