"""One entry of the catalogue: a Support with its Contacts, their Hours, and its Sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.db import models
from simple_history.models import HistoricalRecords

from catalog.directory.codes import (
    NUMBER_WAYS,
    Charge,
    Declined,
    Dialable,
    Kind,
    Language,
    Publisher,
    Reach,
    Status,
    Via,
)
from catalog.directory.evidence import Source as FrozenSource
from catalog.directory.evidence import verified_on
from catalog.directory.firsts import parse_first, parse_joint
from catalog.hours.notation import row_words
from catalog.hours.stored import hours_row
from catalog.hours.timetable import DAYS, parse_clock, parse_periods
from catalog.text import phone

from .base import NaturalKeyManager, Publication, Versioned, code_validator, depends_on
from .citation import Citation, has_hidden_characters, is_public_url, looks_like_address
from .vocabulary import AudienceTag, Worry

clock_validator = RegexValidator(
    r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$", "時刻は 09:00 のように書いてください（夜中の0時の終わりは 24:00）。"
)

day_validator = RegexValidator(r"^\d{4}-\d{2}-\d{2}$", "2026-04-01 のように書いてください。")


def validate_periods(value: str) -> None:
    try:
        parse_periods(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def validate_languages(value: object) -> None:
    if not isinstance(value, list) or not value or any(code not in Language.values() for code in value):
        raise ValidationError("使えることばを1つ以上えらんでください。")


def validate_declines(value: object) -> None:
    if not isinstance(value, list) or any(code not in Declined.values() for code in value):
        raise ValidationError("受けていないことを、一覧から選んでください。")


def validate_firsts(value: object) -> None:
    _validate_lines(value, lambda lines: [parse_first(line) for line in lines])


def validate_facts(value: object) -> None:
    _validate_lines(value, parse_joint)


def _validate_lines(value: object, parse: Callable[[list[str]], object]) -> None:
    """`parse` raises ValueError, in words for curators, where a line cannot be read."""
    validate_strings(value)
    try:
        parse(cast(list[str], value))
    except ValueError as error:
        raise ValidationError(str(error)) from error


def validate_strings(value: object) -> None:
    if not isinstance(value, list) or any(not isinstance(item, str) or not item.strip() for item in value):
        raise ValidationError("1行に1つずつ書いてください。")


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


class Support(Versioned):
    """支援: a helpline, a programme or a place."""

    part = "supports"

    class Confidence(models.TextChoices):
        HIGH = "high", "高い"
        MEDIUM = "medium", "ふつう"
        LOW = "low", "低い"

    slug = models.CharField("記号", max_length=60, unique=True, validators=[code_validator])
    name = models.CharField("名前", max_length=120)
    also_known_as = models.JSONField("ほかの呼び名", default=list, blank=True, validators=[validate_strings])
    kana = models.CharField("よみがな", max_length=160)
    kind = models.CharField("種類", max_length=10, choices=Kind.choices())
    operator = models.CharField("運営", max_length=160)
    reach = models.CharField("範囲", max_length=10, choices=Reach.choices())

    when_to_use = models.CharField("こんなとき", max_length=60)
    summary = models.TextField("どんなものか", help_text="やさしい文を2つ。")
    what_happens = models.TextField("電話すると・申しこむとどうなるか", blank=True)
    conditions = models.JSONField("条件・もらえるもの", default=list, blank=True, validators=[validate_strings])
    apply_at = models.TextField("どこに行くか", blank=True)
    bring_or_say = models.TextField("持っていくもの・言うこと", blank=True)
    languages = models.JSONField("使えることば", default=list, validators=[validate_languages])

    main_worry = models.ForeignKey(
        Worry, verbose_name="いちばん合う悩み", on_delete=models.PROTECT, related_name="main_supports"
    )
    worries = models.ManyToManyField(Worry, verbose_name="合う悩み", related_name="supports")
    tags = models.ManyToManyField(AudienceTag, verbose_name="対象", blank=True, related_name="supports")
    only_for = models.ManyToManyField(
        AudienceTag,
        verbose_name="この人たちだけ",
        blank=True,
        related_name="exclusive_supports",
        help_text="ほかの人には役に立たないときだけ。どれか1つに当てはまればよい。",
    )
    declines = models.JSONField(
        "受けていないこと",
        default=list,
        blank=True,
        validators=[validate_declines],
        help_text="あてはまる人には出しません。",
    )
    firsts = models.JSONField(
        "はじめに見せる悩み",
        default=list,
        blank=True,
        validators=[validate_firsts],
        help_text="rent 1、rent 2 if tag:parent のように。",
    )
    needs = models.JSONField(
        "これを聞いた人だけに出す",
        default=list,
        blank=True,
        validators=[validate_facts],
        help_text="どれか1つを聞いたときだけ。",
    )
    never_with = models.JSONField("これを聞いた人には出さない", default=list, blank=True, validators=[validate_facts])
    age_min = models.PositiveSmallIntegerField("何歳から", null=True, blank=True)
    age_max = models.PositiveSmallIntegerField("何歳まで", null=True, blank=True)

    crisis = models.BooleanField(
        "命・安全の窓口", default=False, help_text="死にたいほどつらい人や、危険の中にいる人を受けとめる。"
    )
    on_crisis_strip = models.BooleanField(
        "全ページの緊急の帯に出す", default=False, help_text="24時間・無料・だれでも使える窓口だけ。"
    )
    status = models.CharField("いまの状態", max_length=10, choices=Status.choices(), default=Status.ACTIVE.value)
    confidence = models.CharField("確かさ", max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM)
    replaced_by = models.ManyToManyField(
        "self", verbose_name="代わりになるもの", symmetrical=False, blank=True, related_name="replaces"
    )
    replaced_note = models.TextField("終わったことの案内", blank=True)
    expires = models.CharField(
        "見直す月", max_length=7, blank=True, help_text="金額や決まりが変わる月。2027-04 のように。なければ空に。",
        validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", "2027-04 のように書いてください。")],
    )  # fmt: skip
    curator_note = models.TextField("編集者の覚え書き", blank=True, help_text="公開されません。")
    publication = models.CharField("公開", max_length=10, choices=Publication.choices, default=Publication.DRAFT)

    objects = NaturalKeyManager["Support"]("slug")
    history = HistoricalRecords(m2m_fields=[worries, tags, only_for, replaced_by])

    class Meta:
        verbose_name = verbose_name_plural = "支援"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="support_ages_in_order",
                condition=models.Q(age_min=None) | models.Q(age_max=None) | models.Q(age_min__lte=models.F("age_max")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def verified_on(self) -> str:
        """The date of its evidence, "" without. Costs a query each for contacts and sources that are not prefetched."""
        numbers = [contact.value for contact in self.contacts.all() if contact.via in NUMBER_WAYS]
        return verified_on(numbers, [frozen_source(source) for source in self.sources.all()])

    @depends_on("catalog.worry", "catalog.audiencetag")
    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        problems: dict[str, str] = {}
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            problems["age_max"] = "「何歳まで」が「何歳から」より小さくなっています。"
        if self.status == Status.ENDED and not self.replaced_note:
            problems["replaced_note"] = "終わったものには、終わったことと代わりの相談先を書いてください。"
        if self.publication == Publication.PUBLISHED:
            if self.status == Status.UNCLEAR:
                problems["publication"] = (
                    "いまの状態が「はっきりしない」ものは公開できません。確かめてから状態を直してください。"
                )
            elif self.confidence == self.Confidence.LOW:
                problems["publication"] = "確かさが「低い」ものは公開できません。出典を確かめてください。"
        if problems:
            raise ValidationError(problems)


class Contact(models.Model):
    """連絡先: one way to reach a Support, with what a caller must know."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField("並び順", default=0)
    via = models.CharField("方法", max_length=10, choices=Via.choices())
    label = models.CharField("ほかの連絡先との違い", max_length=80, blank=True)
    value = models.CharField("番号・アドレス・名前", max_length=300, blank=True, help_text="印刷されているとおりに。")
    charge = models.CharField("料金", max_length=10, choices=Charge.choices(), default=Charge.UNKNOWN.value)
    ip_phone = models.CharField("IP電話", max_length=10, choices=Dialable.choices(), default=Dialable.UNKNOWN.value)
    note = models.TextField("かける前に知っておくこと", blank=True)

    always_open = models.BooleanField("24時間・毎日", default=False)
    closed_on_holidays = models.BooleanField("祝日は休み", default=False)
    closed_periods = models.CharField(
        "毎年の休み", max_length=120, blank=True, validators=[validate_periods], help_text="12-29/01-03 のように。いくつかあれば空白で区切る。",
    )  # fmt: skip
    open_periods = models.CharField(
        "開いている期間", max_length=120, blank=True, validators=[validate_periods],
        help_text="期間をかぎって開くときだけ。2026-12-28/2027-01-04 のように。",
    )  # fmt: skip
    hours_text = models.TextField("受付時間（ことばで）", blank=True)

    objects = NaturalKeyManager["Contact"]("support__slug", "position")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "連絡先"
        ordering = ["support", "position"]
        constraints = [models.UniqueConstraint(fields=["support", "position"], name="contact_position_once")]

    def __str__(self) -> str:
        return f"{self.get_via_display()} {self.value}{f'（{self.label}）' if self.label else ''}"

    @depends_on("catalog.support")
    def natural_key(self) -> tuple[str, int]:
        return (self.support.slug, self.position)

    def clean(self) -> None:
        problems: dict[str, str] = {}
        is_called = self.via in NUMBER_WAYS
        if is_called and not phone.is_wellformed(self.value):
            problems["value"] = (
                f"「{self.value}」は電話番号の形になっていません。0120-000-000 のように、数字とハイフンで書いてください。"
            )
        if is_called and phone.is_navi_dial(self.value) and self.charge == Charge.FREE:
            problems["charge"] = "0570 の番号は、かけた人にお金がかかります。「有料」にしてください。"
        if is_called and phone.is_toll_free(self.value) and self.charge == Charge.PAID:
            problems["charge"] = "0120 と 0800 の番号は、かける人にお金がかかりません。「無料」にしてください。"
        elif not is_called and any(map(has_hidden_characters, self.value.split())):
            problems["value"] = "見えない文字が入っています。消して、打ち直してください。"
        elif not is_called and looks_like_address(self.value) and not is_public_url(self.value):
            problems["value"] = "アドレスは https:// で始まる、公開のものにしてください。"
        elif self.via == Via.EMAIL and self.value and not (_is_email(self.value) or is_public_url(self.value)):
            problems["value"] = "メールアドレスか、フォームのアドレスを書いてください。"
        if problems:
            raise ValidationError(problems)


class Hours(models.Model):
    """受付時間: one rule of a Contact's timetable, e.g. 月〜金 17:00-22:00. A closing time not after the opening one is on the next day."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="hours")
    position = models.PositiveSmallIntegerField("並び順", default=0)
    days = models.JSONField("曜日", default=list, blank=True, help_text="mon〜sun と holiday（祝日）。空なら毎日。")
    weeks = models.JSONField("第何週", default=list, blank=True, help_text="[2] なら第2週の曜日だけ。")
    month_days = models.JSONField("毎月の日", default=list, blank=True, help_text="[10] なら毎月10日だけ。")
    opens = models.CharField("始まり", max_length=5, validators=[clock_validator])
    closes = models.CharField("終わり", max_length=5, validators=[clock_validator])
    even_on_holidays = models.BooleanField("祝日でも開く", default=False)

    objects = NaturalKeyManager["Hours"]("contact__support__slug", "contact__position", "position")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "受付時間"
        ordering = ["contact", "position"]
        constraints = [models.UniqueConstraint(fields=["contact", "position"], name="hours_position_once")]

    def __str__(self) -> str:
        return row_words(hours_row(self))

    @depends_on("catalog.contact")
    def natural_key(self) -> tuple[str, int, int]:
        return (*self.contact.natural_key(), self.position)

    def clean(self) -> None:
        problems: dict[str, str] = {}
        if not isinstance(self.days, list) or any(day not in DAYS for day in self.days):
            problems["days"] = "曜日は mon, tue, wed, thu, fri, sat, sun, holiday から選んでください。"
        if not isinstance(self.weeks, list) or any(week not in range(1, 6) for week in self.weeks):
            problems["weeks"] = "第何週は1から5の数で書いてください。"
        if not isinstance(self.month_days, list) or any(day not in range(1, 32) for day in self.month_days):
            problems["month_days"] = "日は1から31の数で書いてください。"
        if self.opens == "24:00" or (self.closes and parse_clock(self.closes) == 0):
            problems["opens"] = "始まりは 00:00〜23:59、夜中の0時の終わりは 24:00 と書いてください。"
        if problems:
            raise ValidationError(problems)


class Source(Citation):
    """出典 of a Support, and which of its facts it shows."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="sources")
    seen_on = models.CharField("開いて見た日", max_length=10, blank=True, validators=[day_validator])
    confirms = models.JSONField("確かめたこと", default=list, blank=True, validators=[validate_strings])
    shows_numbers = models.JSONField("のっている番号", default=list, blank=True, validators=[validate_strings])
    shows_hours = models.JSONField(
        "受付時間がのっている番号・アドレス", default=list, blank=True, validators=[validate_strings]
    )

    objects = NaturalKeyManager["Source"]("support__slug", "position")
    history = HistoricalRecords()

    class Meta(Citation.Meta):
        verbose_name = verbose_name_plural = "出典"
        ordering = ["support", "position"]
        constraints = [models.UniqueConstraint(fields=["support", "position"], name="source_position_once")]

    @depends_on("catalog.support")
    def natural_key(self) -> tuple[str, int]:
        return (self.support.slug, self.position)


def frozen_source(source: Source) -> FrozenSource:
    """As the rules about evidence read it."""
    return FrozenSource(
        url=source.url,
        title=source.title,
        publisher=Publisher(source.publisher),
        publisher_name=source.publisher_name,
        page_date=source.page_date,
        seen_on=source.seen_on,
        numbers=tuple(source.shows_numbers),
        hours=tuple(source.shows_hours),
    )
