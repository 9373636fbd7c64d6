"""The words by which people and entries are matched: worries, age bands, audience tags."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from catalog.directory.codes import Level, Page

from .base import NaturalKeyManager, Versioned, code_validator


class Worry(Versioned):
    """悩みの分野: an area (no parent) or a topic within an area."""

    part = "worries"

    code = models.CharField("記号", max_length=40, unique=True, validators=[code_validator])
    label = models.CharField("呼び名", max_length=60)
    parent = models.ForeignKey(
        "self", verbose_name="大きな分野", null=True, blank=True, on_delete=models.PROTECT, related_name="topics"
    )
    position = models.PositiveSmallIntegerField("並び順", default=0)

    objects = NaturalKeyManager["Worry"]("code")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "悩みの分野"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def clean(self) -> None:
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": "分野は2段までです。大きな分野をえらんでください。"})


class AgeBand(Versioned):
    """年代・学年. Ages are whole years, both ends included; None is open."""

    part = "age_bands"

    code = models.CharField("記号", max_length=40, unique=True, validators=[code_validator])
    label = models.CharField("呼び名", max_length=40)
    page = models.CharField("使うページ", max_length=10, choices=Page.choices(), default=Page.GENERAL.value)
    age_min = models.PositiveSmallIntegerField("何歳から", null=True, blank=True)
    age_max = models.PositiveSmallIntegerField("何歳まで", null=True, blank=True)
    kanji_taught = models.PositiveSmallIntegerField(
        "習い終えた漢字の学年",
        default=9,
        help_text="この学年までの漢字には、よみがなをつけません。0はすべてにつける、9は常用漢字まで。",
    )
    in_kana = models.BooleanField(
        "かなで見せる", default=False, help_text="漢字のかわりに、分かち書きのかなで見せます。"
    )
    level = models.CharField("ことばの段階", max_length=4, choices=Level.choices(), default=Level.TEEN.value)
    position = models.PositiveSmallIntegerField("並び順", default=0)

    objects = NaturalKeyManager["AgeBand"]("code")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "年代・学年"
        ordering = ["page", "position"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def clean(self) -> None:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValidationError({"age_max": "「何歳まで」が「何歳から」より小さくなっています。"})


class AudienceTag(Versioned):
    """対象: who an entry is made for, and who a person says they are."""

    part = "tags"

    code = models.CharField("記号", max_length=40, unique=True, validators=[code_validator])
    label = models.CharField("呼び名", max_length=40, help_text="「〜の方」につながる言い方で。")
    position = models.PositiveSmallIntegerField("並び順", default=0)

    objects = NaturalKeyManager["AudienceTag"]("code")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "対象"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.code,)
