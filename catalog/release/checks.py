"""The checks that a draft must pass before it may be public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from catalog.directory.codes import Charge, Kind, RuleBand, RuleTag, RuleWorry, Status
from catalog.directory.directory import DirectoryNow
from catalog.directory.loading import from_payload
from catalog.directory.rows import Payload, SupportRow
from catalog.directory.short_numbers import contradiction
from catalog.hours.moments import new_years_night
from catalog.hours.timetable import Timetable
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
    TipSource,
    Worry,
)
from catalog.text import phone

from .caching import kept
from .payload import Draft
from .problem import Problem
from .sections import sections
from .warnings import texts_of


def check(draft: Draft) -> tuple[Problem, ...]:
    """Everything that stops this draft from being public. The first time, walking the flows takes some seconds."""
    payload = draft.payload
    own = (*_check_vocabulary(payload), *_check_rows(), *_check_supports(payload), *_check_guidance(payload))
    # The flows are walked only over a catalogue that holds together.
    return own or _check_whole(draft, new_years_night(timezone.localdate()))


@kept(3)
def _check_whole(draft: Draft, at: datetime) -> tuple[Problem, ...]:
    """What depends on the frozen content and the moment alone."""
    return tuple(_problems_of_the_whole(DirectoryNow(from_payload(draft.payload, number=0), at)))


def _problems_of_the_whole(candidate: DirectoryNow) -> Iterator[Problem]:
    strip = candidate.directory.crisis_strip
    first = strip.contacts[0] if strip and strip.contacts else None
    if (
        first is None
        or first.charge is not Charge.FREE
        or not first.tel_uri
        or first.timetable != Timetable(always=True)
    ):
        yield Problem(
            "緊急の帯",
            "24時間つながる窓口を1つ、「全ページの緊急の帯に出す」にしてください。はじめの連絡先が、24時間・無料の電話であるものだけです。",
        )
    for section in sections.values():
        yield from section.check(candidate)


def _check_vocabulary(payload: Payload) -> Iterator[Problem]:
    """The codes that rules name are there. Without one of them a rule would silently do nothing."""
    parts: list[tuple[type[models.Model], type[StrEnum], set[str]]] = [
        (Worry, RuleWorry, {row["code"] for row in payload["worries"]}),
        (AudienceTag, RuleTag, {row["code"] for row in payload["tags"]}),
        (AgeBand, RuleBand, {row["code"] for row in payload["age_bands"]}),
    ]
    for model, needed, known in parts:
        for code in needed:
            if code not in known:
                yield Problem(
                    str(model._meta.verbose_name),
                    f"記号「{code}」のものがありません。支援のえらびかたがこの記号を使います。この記号で、もう一度加えてください。",
                )


def _check_rows() -> Iterator[Problem]:
    """The models' own validation, for every row that would be public (loaddata does not run it)."""
    rows: list[Iterable[models.Model]] = [
        Worry.objects.select_related("parent"),
        AgeBand.objects.all(),
        Support.objects.published(),
        Contact.objects.published().select_related("support"),
        Hours.objects.published().select_related("contact__support"),
        Source.objects.published().select_related("support"),
        ChildWords.objects.published().select_related("support"),
        ChildArticle.objects.published(),
        FAQ.objects.published(),
        Tip.objects.published(),
        TipSource.objects.published().select_related("tip"),
    ]
    for row in (row for query in rows for row in query):
        try:
            row.clean_fields(exclude=_relations(row))
            row.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (Problem(_where(row), f"{_field_words(row, name)}{message}") for message in messages)


def _relations(row: models.Model) -> set[str]:
    """Django would ask the database for each row; the database itself keeps relations whole."""
    return {field.name for field in row._meta.concrete_fields if field.is_relation}


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
        if row["status"] == Status.ENDED:
            continue
        if row["kind"] == Kind.HELPLINE and not row["contacts"] and not row["apply_at"]:
            yield Problem(where, "相談窓口なのに、連絡先がありません。")
        if row["kind"] != Kind.HELPLINE and not row["contacts"] and not row["apply_at"]:
            yield Problem(where, "どこに行けばよいか（窓口か連絡先）を書いてください。")
        yield from _check_child_words(row, payload)
        for contact in row["contacts"]:
            if wrong := contradiction(contact):
                yield Problem(where, wrong)
        own = {phone.digits(c["value"]) for c in row["contacts"]}
        for number in phone.find_numbers("\n".join(texts_of(row))):
            if phone.digits(number) not in own:
                yield Problem(where, f"文の中の番号 {number} が、この支援の連絡先にありません。")


def _check_guidance(payload: Payload) -> Iterator[Problem]:
    """FAQ, tips and children's articles name only numbers of the catalogue; a tip rests on a source."""
    known = {phone.digits(contact["value"]) for row in payload["supports"] for contact in row["contacts"]}
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


def _check_child_words(row: SupportRow, payload: Payload) -> Iterator[Problem]:
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
