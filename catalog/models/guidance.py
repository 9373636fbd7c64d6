"""よくある質問 and 専門家からのヒント: short texts in Markdown."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from catalog.directory.codes import FAQGroup, Standpoint, Status, TipPage, Via
from catalog.text import markdown

from .base import NaturalKeyManager, Publication, Versioned, code_validator, depends_on
from .citation import Citation
from .support import Support


def validate_markdown(field: str, text: str) -> None:
    """Not endless; without images, so that reading a page tells no other site that it was read; and every entry that it links can be
    shown. Raises ValidationError."""
    if len(text) > markdown.LONGEST:
        raise ValidationError({field: f"長すぎます。{markdown.LONGEST}文字までにしてください。"})
    if markdown.has_images(text):
        raise ValidationError(
            {
                field: "画像（![ ]( ) の形）は入れられません。ほかのサイトに、読んだことが伝わるからです。"
                "ことばで書くか、リンクにしてください。"
            }
        )
    if not markdown.names_plainly(text):
        raise ValidationError({field: "支援へのリンクは [名前](support:記号) の形で書いてください。"})
    if problems := _problems_of_links(markdown.named(text)):
        raise ValidationError({field: problems})


def _problems_of_links(links: list[markdown.Named]) -> list[str]:
    """Each entry that a text links is public and not over, and can be reached in the way that the link names."""
    if not links:
        return []
    usable = Support.objects.published().exclude(status=Status.ENDED).filter(slug__in={link.slug for link in links})
    known = set(usable.values_list("slug", "contacts__via"))
    slugs, ways = {slug for slug, _ in known}, Via.labels()
    missing = [
        f"リンク先の支援「{link.slug}」がないか、公開されていないか、終わっています。リンクを直すか、消してください。"
        for link in links
        if link.slug not in slugs
    ]
    no_way = [
        f"支援「{link.slug}」には、リンクで選んだ連絡先「{ways.get(link.via, link.via)}」がありません。"
        for link in links
        if link.slug in slugs and link.via and (link.slug, link.via) not in known
    ]
    return list(dict.fromkeys(missing + no_way))


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
