"""From the editing desk to a Release: dump what is to be public, check the whole, freeze it, point the public at it.

Other apps take part by registering a section (the conversation flows do), so that the catalogue need not know them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from . import directory as directory_module
from . import phone
from .directory import Directory
from .models import (
    FAQ,
    AgeBand,
    AudienceTag,
    ChildArticle,
    ChildWords,
    Contact,
    CurrentRelease,
    Hours,
    Release,
    Source,
    Support,
    Tip,
    TipSource,
    Worry,
)
from .models.base import Publication
from .models.child_words import LEVELS, PARTS
from .problem import Problem
from .timetable import Timetable

Payload = dict[str, Any]


class CannotPublish(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Section:
    dump: Callable[[], Any]
    check: Callable[[Directory], Iterable[Problem]]


_sections: dict[str, Section] = {}


def register_section(name: str, *, dump: Callable[[], Any], check: Callable[[Directory], Iterable[Problem]]) -> None:
    """Let another app freeze its data into each Release and check it together with the catalogue."""
    _sections[name] = Section(dump, check)


def publish(*, by: str, note: str = "") -> Release:
    """Check everything and make it public. Raises CannotPublish. Publishing what is already public makes no new Release."""
    with transaction.atomic():
        current = CurrentRelease.objects.select_for_update().select_related("release").first()
        payload = dump()
        problems = list(check(payload))
        if problems:
            raise CannotPublish(problems)
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if current and current.release.sha256 == sha256:
            return current.release
        number = (Release.objects.aggregate(models.Max("number"))["number__max"] or 0) + 1
        release = Release.objects.create(number=number, payload=text, sha256=sha256, published_by=by, note=note)
        point_public_at(release, by=by)
    return release


def point_public_at(release: Release, *, by: str) -> None:
    """Make a Release the current one: the newest after publishing, an older one to go back."""
    CurrentRelease.objects.update_or_create(id=1, defaults={"release": release, "changed_by": by})


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
        "sections": {name: section.dump() for name, section in sorted(_sections.items())},
    }


def published_supports() -> models.QuerySet[Support]:
    return (
        Support.objects.filter(publication=Publication.PUBLISHED)
        .prefetch_related(
            "worries", "tags", "only_for", "replaced_by", "sources", "contacts__hours", "child_words__bands"
        )
        .select_related("main_worry")
    )


def check(payload: Payload) -> Iterator[Problem]:
    """Everything that stops this payload from being public."""
    own = [*_check_rows(), *_check_supports(payload), *_check_guidance(payload)]
    yield from own
    if own:
        return  # the flows are walked only over a catalogue that holds together
    candidate = directory_module.from_payload(payload, number=0)
    strip = candidate.crisis_strip
    first = strip.contacts[0] if strip and strip.contacts else None
    if first is None or first.charge != "free" or not first.tel_uri or first.timetable != Timetable(always=True):
        yield Problem(
            "緊急の帯",
            "24時間つながる窓口を1つ、「全ページの緊急の帯に出す」にしてください。はじめの連絡先が、24時間・無料の電話であるものだけです。",
        )
    for section in _sections.values():
        yield from section.check(candidate)


def _check_rows() -> Iterator[Problem]:
    """The models' own validation, for every row that would be public (loaddata does not run it)."""
    supports = published_supports()
    rows: list[Iterable[models.Model]] = [
        Worry.objects.all(), AgeBand.objects.all(), supports,
        Contact.objects.filter(support__in=supports).select_related("support"),
        Hours.objects.filter(contact__support__in=supports).select_related("contact__support"),
        Source.objects.filter(support__in=supports).select_related("support"),
        ChildWords.objects.filter(support__in=supports).select_related("support"),
        ChildArticle.objects.filter(publication=Publication.PUBLISHED),
        FAQ.objects.filter(publication=Publication.PUBLISHED), Tip.objects.filter(publication=Publication.PUBLISHED),
        TipSource.objects.filter(tip__publication=Publication.PUBLISHED).select_related("tip"),
    ]  # fmt: skip
    for row in (row for query in rows for row in query):
        try:
            row.clean_fields()
            row.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (Problem(_where(row), f"{_field_words(row, name)}{message}") for message in messages)


def _field_words(row: models.Model, name: str) -> str:
    """Which field a message speaks of, as the editing desk names it."""
    names = {field.name: getattr(field, "verbose_name", field.name) for field in row._meta.get_fields()}
    return f"「{names[name]}」: " if name in names else ""


def _where(row: models.Model) -> str:
    if isinstance(row, Contact | Source | ChildWords):
        return f"「{row.support}」の{row._meta.verbose_name}"
    if isinstance(row, Hours):
        return f"「{row.contact.support}」の受付時間"
    if isinstance(row, TipSource):
        return f"ヒント「{row.tip}」の出典"
    return f"{row._meta.verbose_name}「{row}」"


def _check_supports(payload: Payload) -> Iterator[Problem]:
    """What only the whole shows: sources, numbers shown elsewhere than in the contact, replacements that exist."""
    public = {row["slug"] for row in payload["supports"]}
    for row in payload["supports"]:
        where = f"「{row['name']}」"
        if not row["sources"]:
            yield Problem(where, "出典がありません。番号や条件を確かめた資料を1つ以上書いてください。")
        if row["main_worry"] not in row["worries"]:
            yield Problem(where, "「いちばん合う悩み」を「合う悩み」にも入れてください。")
        for missing in set(row["replaced_by"]) - public:
            yield Problem(where, f"代わりになるもの（{missing}）が公開されていません。")
        if row["status"] == "ended":
            continue
        if row["kind"] == "helpline" and not row["contacts"] and not row["apply_at"]:
            yield Problem(where, "相談窓口なのに、連絡先がありません。")
        if row["kind"] != "helpline" and not row["contacts"] and not row["apply_at"]:
            yield Problem(where, "どこに行けばよいか（窓口か連絡先）を書いてください。")
        yield from _check_child_words(row, payload)
        own = {phone.digits(number) for c in row["contacts"] for number in (c["value"], c["long_number"]) if number}
        for number in phone.find_numbers(_all_text(row)):
            if phone.digits(number) not in own:
                yield Problem(where, f"文の中の番号 {number} が、この支援の連絡先にありません。")


def _all_text(row: Payload) -> str:
    """Every text of an entry that a page shows."""
    own = [
        row[name] for name in ("when_to_use", "summary", "what_happens", "apply_at", "bring_or_say", "replaced_note")
    ]
    contacts = [contact[name] for contact in row["contacts"] for name in ("label", "note", "hours_text")]
    child = [text for level in row["child"]["texts"].values() for text in level.values()] if row["child"] else []
    return "\n".join([*own, *row["conditions"], *contacts, *child])


def _check_guidance(payload: Payload) -> Iterator[Problem]:
    """FAQ, tips and children's articles name only numbers of the catalogue; a tip rests on a source."""
    known = {
        phone.digits(number)
        for row in payload["supports"]
        for contact in row["contacts"]
        for number in (contact["value"], contact["long_number"])
        if number
    }
    texts = [(f"よくある質問「{row['question']}」", f"{row['question']}\n{row['answer']}") for row in payload["faqs"]]
    texts += [
        (f"ヒント「{row['title']}」", f"{row['title']}\n{row['summary']}\n{row['body']}") for row in payload["tips"]
    ]
    texts += [
        (f"子どもの読みもの「{row['slug']}」", "\n".join(row["bodies"].values())) for row in payload["child_articles"]
    ]
    for where, text in texts:
        for number in phone.find_numbers(text):
            if phone.digits(number) not in known:
                yield Problem(where, f"文の中の番号 {number} が、公開される連絡先にありません。")
    for row in payload["tips"]:
        if not row["sources"]:
            yield Problem(f"ヒント「{row['title']}」", "出典がありません。もとにした資料を1つ以上書いてください。")


def _check_child_words(row: Payload, payload: Payload) -> Iterator[Problem]:
    """Every band that is shown the entry finds the words of its level, and is old enough for it."""
    child = row["child"]
    for band in payload["age_bands"]:
        if child and band["code"] in child["bands"]:
            if band["level"] not in child["texts"]:
                yield Problem(
                    f"「{row['name']}」", f"{band['label']}に見せることになっていますが、その段階のことばがありません。"
                )
            too_old = row["age_max"] is not None and band["age_min"] is not None and band["age_min"] > row["age_max"]
            too_young = row["age_min"] is not None and band["age_max"] is not None and band["age_max"] < row["age_min"]
            if too_old or too_young:
                yield Problem(
                    f"「{row['name']}」", f"{band['label']}の年齢では使えないのに、見せることになっています。"
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


def as_mapping(release: Release) -> Mapping[str, Any]:
    payload: Mapping[str, Any] = json.loads(release.payload)
    return payload
