"""よくある質問 and 専門家からのヒント: short texts in Markdown."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from catalog.directory.codes import FAQGroup, Standpoint, TipPage
from catalog.text import markdown

from .base import NaturalKeyManager, Publication, Versioned, code_validator, depends_on
from .citation import Citation


def validate_markdown(field: str, text: str) -> None:
    """Not endless, and without images: reading a page must tell no other site that it was read. Raises ValidationError."""
    if len(text) > markdown.LONGEST:
        raise ValidationError({field: f"長すぎます。{markdown.LONGEST}文字までにしてください。"})
    if markdown.has_images(text):
        raise ValidationError(
            {
                field: "画像（![ ]( ) の形）は入れられません。ほかのサイトに、読んだことが伝わるからです。"
                "ことばで書くか、リンクにしてください。"
            }
        )


class FAQ(Versioned):
    part = "faqs"

    slug = models.CharField("記号", max_length=60, unique=True, validators=[code_validator])
    group = models.CharField("まとまり", max_length=10, choices=FAQGroup.choices())
    question = models.CharField("質問", max_length=80)
    answer = models.TextField("答え", help_text="Markdown で書けます。")
    position = models.PositiveSmallIntegerField("並び順", default=0)
    publication = models.CharField("公開", max_length=10, choices=Publication.choices, default=Publication.DRAFT)

    objects = NaturalKeyManager["FAQ"]("slug")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "よくある質問"
        ordering = ["group", "position"]

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        validate_markdown("answer", self.answer)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Tip(Versioned):
    """An article on using help well, from the standpoint of one profession. It speaks for no invented person."""

    part = "tips"

    slug = models.CharField("記号", max_length=60, unique=True, validators=[code_validator])
    page = models.CharField("ページ", max_length=10, choices=TipPage.choices(), default=TipPage.GENERAL.value)
    standpoint = models.CharField("だれの目線か", max_length=15, choices=Standpoint.choices(), blank=True)
    title = models.CharField("題", max_length=60)
    summary = models.CharField("ひとことで", max_length=120, blank=True)
    body = models.TextField("本文", help_text="Markdown で書けます。")
    position = models.PositiveSmallIntegerField("並び順", default=0)
    publication = models.CharField("公開", max_length=10, choices=Publication.choices, default=Publication.DRAFT)

    objects = NaturalKeyManager["Tip"]("slug")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "専門家からのヒント"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        validate_markdown("body", self.body)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class TipSource(Citation):
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="sources")

    objects = NaturalKeyManager["TipSource"]("tip__slug", "position")
    history = HistoricalRecords()

    class Meta(Citation.Meta):
        verbose_name = verbose_name_plural = "ヒントの出典"
        ordering = ["tip", "position"]
        constraints = [models.UniqueConstraint(fields=["tip", "position"], name="tipsource_position_once")]

    @depends_on("catalog.tip")
    def natural_key(self) -> tuple[str, int]:
        return (self.tip.slug, self.position)
