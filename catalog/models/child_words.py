"""Words for children, at two levels, with the readings in the text (｜漢字《かんじ》)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from catalog.directory.codes import ArticleKind, Known, Level
from catalog.text import furigana

from .base import NaturalKeyManager, Publication, Versioned, code_validator, depends_on
from .support import Support
from .vocabulary import AgeBand

PARTS = ("what", "who", "say", "if_busy")


def validate_readings(value: str) -> None:
    missing = "".join(dict.fromkeys(furigana.unread_kanji(value)))
    if missing:
        raise ValidationError(f"「{missing}」によみがながありません。｜漢字《かんじ》のように書いてください。")
    if furigana.broken_marks(value):
        raise ValidationError("よみがなの記号がくずれています。｜漢字《かんじ》のように書いてください。")


class ChildWords(models.Model):
    """`easy`: 小学1〜4年生 (phrases spaced); `teen`: 小学5年生 and up. A level is empty where none of its bands is shown the entry."""

    support = models.OneToOneField(Support, on_delete=models.CASCADE, related_name="child_words")
    name = models.CharField("名前（よみがなつき）", max_length=240, validators=[validate_readings])
    bands = models.ManyToManyField(AgeBand, verbose_name="見せる学年", related_name="+")
    free = models.CharField("お金がかからない", max_length=10, choices=Known.choices(), default=Known.UNKNOWN.value)
    name_needed = models.CharField("名前がいる", max_length=10, choices=Known.choices(), default=Known.UNKNOWN.value)
    secret = models.CharField("ひみつを守る", max_length=10, choices=Known.choices(), default=Known.UNKNOWN.value)
    easy_what = models.TextField("やさしい: 何か", blank=True, validators=[validate_readings])
    easy_who = models.TextField("やさしい: だれが出るか", blank=True, validators=[validate_readings])
    easy_say = models.TextField("やさしい: はじめのことば", blank=True, validators=[validate_readings])
    easy_if_busy = models.TextField("やさしい: つながらないとき", blank=True, validators=[validate_readings])
    teen_what = models.TextField("中高生: 何か", blank=True, validators=[validate_readings])
    teen_who = models.TextField("中高生: だれが出るか", blank=True, validators=[validate_readings])
    teen_say = models.TextField("中高生: はじめのことば", blank=True, validators=[validate_readings])
    teen_if_busy = models.TextField("中高生: つながらないとき", blank=True, validators=[validate_readings])

    objects = NaturalKeyManager["ChildWords"]("support__slug")
    history = HistoricalRecords(m2m_fields=[bands])

    class Meta:
        verbose_name = verbose_name_plural = "子どもへのことば"
        ordering = ["support"]

    def __str__(self) -> str:
        return furigana.plain(self.name)

    @depends_on("catalog.support", "catalog.ageband")
    def natural_key(self) -> tuple[str]:
        return (self.support.slug,)

    def clean(self) -> None:
        problems: dict[str, str] = {}
        for level in Level:
            written = [bool(getattr(self, f"{level}_{part}")) for part in PARTS if part != "who"]
            if any(written) and not all(written):
                problems[f"{level}_what"] = (
                    "この段階のことばは、何か・はじめのことば・つながらないときの3つをそろえてください。"
                )
        if problems:
            raise ValidationError(problems)


class ChildArticle(Versioned):
    """A question and answer, a hint, a message, or how to take a page out of the browser's history."""

    part = "child_articles"

    slug = models.CharField("記号", max_length=60, unique=True, validators=[code_validator])
    kind = models.CharField("種類", max_length=10, choices=ArticleKind.choices())
    easy_title = models.CharField("やさしい: 題", max_length=160, blank=True, validators=[validate_readings])
    easy_body = models.TextField("やさしい: 本文", validators=[validate_readings], help_text="空行で段落を分けます。")
    teen_title = models.CharField("中高生: 題", max_length=160, blank=True, validators=[validate_readings])
    teen_body = models.TextField("中高生: 本文", validators=[validate_readings])
    position = models.PositiveSmallIntegerField("並び順", default=0)
    publication = models.CharField("公開", max_length=10, choices=Publication.choices, default=Publication.DRAFT)

    objects = NaturalKeyManager["ChildArticle"]("slug")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "子どものページの読みもの"
        ordering = ["kind", "position"]

    def __str__(self) -> str:
        return furigana.plain(self.teen_title) or self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
