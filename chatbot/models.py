"""The editing desk of the conversation: flows, their questions and choices. The public pages read them from the Release."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from catalog.models.base import NaturalKeyManager, Versioned, code_validator, depends_on

from .rows import ChoiceRow, FlowRow, QuestionRow


def validate_facts(value: object) -> None:
    if not isinstance(value, list) or any(not isinstance(fact, str) or ":" not in fact for fact in value):
        raise ValidationError("「worry:rent」のように、種類と値をコロンでつないで書いてください。")


class Flow(Versioned):
    """質問の流れ of one page."""

    part = "flows"

    key = models.CharField("記号", max_length=40, unique=True, validators=[code_validator])
    title = models.CharField("名前", max_length=60)
    start = models.ForeignKey(
        "Question", verbose_name="始まりの質問", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NaturalKeyManager["Flow"]("key")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "質問の流れ"

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class Question(Versioned):
    """質問: what is asked, of whom, and what comes next."""

    part = "flows"

    flow = models.ForeignKey(Flow, verbose_name="流れ", on_delete=models.CASCADE, related_name="questions")
    key = models.CharField("記号", max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField("並び順", default=0)
    prompt = models.CharField("質問", max_length=80)
    help = models.CharField("ひとこと", max_length=120, blank=True)
    multiple = models.BooleanField("いくつか選べる", default=False)
    most = models.PositiveSmallIntegerField("いくつまで", default=1)
    next = models.ForeignKey(
        "self",
        verbose_name="次の質問",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="空なら結果へ。",
    )
    ask_if = models.JSONField(
        "聞く条件",
        default=list,
        blank=True,
        validators=[validate_facts],
        help_text="どれかがわかっている人にだけ聞く。",
    )
    skip_if = models.JSONField(
        "聞かない条件",
        default=list,
        blank=True,
        validators=[validate_facts],
        help_text="どれかがわかっている人には聞かない。",
    )
    is_archived = models.BooleanField("しまう", default=False, help_text="公開版には入りません。")
    skip_label = models.CharField("答えないボタン", max_length=40, default="こたえたくない")

    objects = NaturalKeyManager["Question"]("flow__key", "key")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "質問"
        ordering = ["flow", "position"]
        constraints = [models.UniqueConstraint(fields=["flow", "key"], name="question_key_once")]

    def __str__(self) -> str:
        return self.prompt

    def natural_key(self) -> tuple[str, str]:
        return (self.flow.key, self.key)


class Choice(models.Model):
    """答え: what a person may say, and the facts that it tells about them."""

    class LeadsTo(models.TextChoices):
        NOWHERE = "", "—"
        UNDER18 = "under18", "18歳以下のページ"

    question = models.ForeignKey(Question, verbose_name="質問", on_delete=models.CASCADE, related_name="choices")
    key = models.CharField("記号", max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField("並び順", default=0)
    label = models.CharField("答え", max_length=60)
    help = models.CharField("ひとこと", max_length=80, blank=True)
    icon = models.CharField("絵", max_length=30, blank=True)
    facts = models.JSONField("わかること", default=list, blank=True, validators=[validate_facts])
    offer_if = models.JSONField(
        "出す条件",
        default=list,
        blank=True,
        validators=[validate_facts],
        help_text="どれかがわかっている人にだけ出す。空なら、だれにでも。",
    )
    next = models.ForeignKey(
        Question,
        verbose_name="次の質問",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="空なら質問の「次の質問」へ。",
    )
    ends = models.BooleanField("ここで結果へ", default=False)
    leads_to = models.CharField("ほかのページへ", max_length=10, choices=LeadsTo.choices, blank=True, default="")

    objects = NaturalKeyManager["Choice"]("question__flow__key", "question__key", "key")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "答え"
        ordering = ["question", "position"]
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="choice_key_once")]

    def __str__(self) -> str:
        return self.label

    @depends_on("chatbot.question")
    def natural_key(self) -> tuple[str, str, str]:
        return (*self.question.natural_key(), self.key)


def dump_flows() -> list[FlowRow]:
    """Every flow as plain values, for the Release."""
    flows = (
        Flow.objects.select_related("start")
        .prefetch_related("questions__next", "questions__choices__next")
        .order_by("key")
    )
    return [
        {
            "key": flow.key,
            "start": flow.start.key if flow.start else "",
            "questions": [_question(question) for question in flow.questions.all() if not question.is_archived],
        }
        for flow in flows
    ]


def _question(question: Question) -> QuestionRow:
    return {
        "key": question.key,
        "prompt": question.prompt,
        "help": question.help,
        "multiple": question.multiple,
        "most": question.most,
        "ask_if": question.ask_if,
        "skip_if": question.skip_if,
        "skip_label": question.skip_label,
        "next": question.next.key if question.next else "",
        "choices": [_choice(choice) for choice in question.choices.all()],
    }


def _choice(choice: Choice) -> ChoiceRow:
    following = "" if choice.ends else (choice.next.key if choice.next else None)
    return {
        "key": choice.key,
        "label": choice.label,
        "help": choice.help,
        "icon": choice.icon,
        "facts": choice.facts,
        "offer_if": choice.offer_if,
        "leads_to": choice.leads_to,
        "next": following,
    }
