"""The forms of a Support and its rows: what is typed is settled before it is judged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from catalog.directory.codes import NUMBER_WAYS, Declined, Language, Level, Page, Via
from catalog.directory.directory import Directory
from catalog.hours.notation import hours_words, names_workdays
from catalog.models import AgeBand, AudienceTag, ChildWords, Contact, Source, Support, Worry
from catalog.models.child_words import PARTS
from catalog.text import phone
from desk.draft.directory import the_vocabulary
from desk.editing.citations import HELP, CitationForm
from desk.editing.contact_hours import keep_hours
from desk.editing.dates import partial_date, past_date
from desk.editing.fields import HoursField, LinesField, PeriodsField, WorriesField, WorryField
from desk.editing.forms import ContentForm
from desk.editing.rows import OrderedRowForm
from desk.editing.week import hours_rows
from desk.editing.widgets import Checkboxes, FuriganaInput, FuriganaTextarea, PlainInput, PlainTextarea
from desk.topics.checking import problems_of_facts, problems_of_firsts

from . import help_texts


class SupportForm(ContentForm):
    also_known_as = LinesField(label="ほかの呼び名", required=False, help_text=help_texts.SUPPORT["also_known_as"])
    conditions = LinesField(
        label="条件・もらえるもの",
        required=False,
        widget=PlainTextarea(attrs={"rows": 5}),
        help_text=help_texts.SUPPORT["conditions"],
    )
    languages = forms.MultipleChoiceField(
        label="使えることば",
        choices=Language.choices(),
        widget=Checkboxes,
        initial=[Language.JA],
        help_text=help_texts.SUPPORT["languages"],
    )
    main_worry = WorryField(
        label="いちばん合う悩み", queryset=Worry.objects.all(), help_text=help_texts.SUPPORT["main_worry"]
    )
    worries = WorriesField(
        label="合う悩み",
        queryset=Worry.objects.all(),
        required=False,
        widget=Checkboxes,
        help_text=help_texts.SUPPORT["worries"],
    )
    tags = forms.ModelMultipleChoiceField(
        label="対象",
        queryset=AudienceTag.objects.all(),
        required=False,
        widget=Checkboxes,
        help_text=help_texts.SUPPORT["tags"],
    )
    only_for = forms.ModelMultipleChoiceField(
        label="この人たちだけ",
        queryset=AudienceTag.objects.all(),
        required=False,
        widget=Checkboxes,
        help_text=help_texts.SUPPORT["only_for"],
    )
    declines = forms.MultipleChoiceField(
        label="受けていないこと",
        choices=Declined.choices(),
        required=False,
        widget=Checkboxes,
        help_text=help_texts.SUPPORT["declines"],
    )
    firsts = LinesField(label="はじめに見せる悩み", required=False, help_text=help_texts.SUPPORT["firsts"])
    needs = LinesField(label="これを聞いた人だけに出す", required=False, help_text=help_texts.SUPPORT["needs"])
    never_with = LinesField(
        label="これを聞いた人には出さない", required=False, help_text=help_texts.SUPPORT["never_with"]
    )
    expires = forms.CharField(label="見直す月", max_length=20, required=False, help_text=help_texts.SUPPORT["expires"])

    class Meta:
        model = Support
        fields = "__all__"
        help_texts = help_texts.SUPPORT
        widgets = {
            "when_to_use": PlainInput,
            "summary": PlainTextarea,
            "what_happens": PlainTextarea,
            "apply_at": PlainTextarea,
            "bring_or_say": PlainTextarea,
            "replaced_note": PlainTextarea,
        }

    def clean_kana(self) -> str:
        kana: str = self.cleaned_data["kana"].strip()
        if kanji := "".join(re.findall(r"[㐀-鿿]", kana)):
            raise ValidationError(f"よみがなに漢字（{kanji}）があります。ひらがなかカタカナで書いてください。")
        return kana

    def clean_languages(self) -> list[str]:
        return _in_kept_order(self.cleaned_data["languages"], self.instance.languages)

    def clean_declines(self) -> list[str]:
        return _in_kept_order(self.cleaned_data["declines"], self.instance.declines)

    def clean_firsts(self) -> list[str]:
        return self._checked("firsts", problems_of_firsts)

    def clean_needs(self) -> list[str]:
        return self._checked("needs", problems_of_facts)

    def clean_never_with(self) -> list[str]:
        return self._checked("never_with", problems_of_facts)

    def _checked(self, name: str, problems: Callable[[list[str], Directory], Iterable[str]]) -> list[str]:
        lines: list[str] = self.cleaned_data[name]
        if lines and (found := [*problems(lines, the_vocabulary())]):
            raise ValidationError(found)
        return lines

    def clean_expires(self) -> str:
        settled = partial_date(self.cleaned_data["expires"])
        if settled and len(settled) != len("2027-04"):
            raise ValidationError("年と月を、2027-04 や 2027年4月 のように書いてください。")
        return settled

    def clean(self) -> dict[str, Any]:
        """The worry that fits best is one of those that fit."""
        cleaned = super().clean() or self.cleaned_data
        main = cleaned.get("main_worry")
        if main is not None and "worries" in cleaned:
            cleaned["worries"] = Worry.objects.filter(
                pk__in=[main.pk, *cleaned["worries"].values_list("pk", flat=True)]
            )
        return cleaned


class ContactForm(OrderedRowForm):
    """`rules` is the timetable as typed; saving keeps the rows of Hours in step with it."""

    rules = HoursField(label="受付時間", required=False, help_text=help_texts.CONTACT["rules"])
    closed_periods = PeriodsField(label="毎年の休み", required=False, help_text=help_texts.CONTACT["closed_periods"])
    open_periods = PeriodsField(label="開いている期間", required=False, help_text=help_texts.CONTACT["open_periods"])

    class Meta:
        model = Contact
        exclude = ("support", "position")
        help_texts = help_texts.CONTACT
        widgets = {
            "label": PlainInput,
            "note": PlainTextarea(attrs={"rows": 2}),
            "hours_text": PlainTextarea(attrs={"rows": 2}),
            "always_open": forms.CheckboxInput(attrs={"data-hours": "always_open"}),
            "closed_on_holidays": forms.CheckboxInput(attrs={"data-hours": "closed_on_holidays"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = hours_rows(self.instance.hours.all()) if self.instance.pk else []
        self.fields["rules"].initial = rows
        self.fields["rules"].widget.seen = hours_words(rows)
        for name in ("closed_periods", "open_periods"):
            self.fields[name].widget.attrs |= {"data-hours": name, "class": "vTextField"}

    @cached_property
    def changed_data(self) -> list[str]:
        """Hours that stand as they were shown are not this person's change, whatever is stored by now."""
        changed: list[str] = super().changed_data
        name = self.add_prefix("rules")
        typed, seen = self.data.get(name), self.data.get(f"{name}-seen")
        if seen is not None and typed is not None and typed.split() == seen.split():
            changed = [field for field in changed if field != "rules"]
        return changed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._settle_numbers(cleaned)
        if cleaned.get("always_open") and cleaned.get("rules"):
            self.add_error("rules", "「24時間・毎日」にチェックがあります。どちらかだけにしてください。")
        if names_workdays(self.data.get(self.add_prefix("rules"), "")) and not cleaned.get("closed_on_holidays"):
            self.add_error(
                "rules",
                "「平日」と書くと、祝日が開いているかわかりません。祝日が休みなら「祝日は休み」にチェックを、開いているなら「月〜金」と書いてください。",
            )
        return cleaned

    def _settle_numbers(self, cleaned: dict[str, Any]) -> None:
        """Full-width digits and signs, any dash, brackets and blanks become 03-1234-5678; the model judges the result."""
        via = cleaned.get("via")
        if via in NUMBER_WAYS:
            number = phone.normalise(cleaned.get("value") or "")
            cleaned["value"] = re.sub(r"[()]", "-", number).strip("-") if number else ""
        elif via in {Via.WEB, Via.FORM, Via.EMAIL}:
            value = cleaned.get("value") or ""
            settled = unicodedata.normalize("NFKC", value).strip()
            cleaned["value"] = settled if settled.isascii() else value.strip()

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        if "rules" in self.changed_data:
            keep_hours(self.instance, self.cleaned_data["rules"])


class SourceForm(CitationForm):
    seen_on = forms.CharField(
        label="開いて見た日", max_length=20, required=False, help_text=help_texts.SOURCE["seen_on"]
    )
    shows_numbers = LinesField(label="のっている番号", required=False, help_text=help_texts.SOURCE["shows_numbers"])
    shows_hours = LinesField(
        label="受付時間がのっている番号・アドレス", required=False, help_text=help_texts.SOURCE["shows_hours"]
    )
    confirms = LinesField(label="確かめたこと", required=False, help_text=help_texts.SOURCE["confirms"])

    class Meta:
        model = Source
        exclude = ("support", "position")
        help_texts = HELP | help_texts.SOURCE
        widgets = {
            "url": forms.TextInput(attrs={"class": "vTextField", "inputmode": "url"}),
        }

    def clean_seen_on(self) -> str:
        seen = past_date(self.cleaned_data["seen_on"])
        if seen and len(seen) != len("2026-04-01"):
            raise ValidationError("年、月、日を、2026-04-01 や 2026年4月1日 のように書いてください。")
        return seen

    def clean_shows_numbers(self) -> list[str]:
        """Typed in any dash and width, as the contacts' numbers are."""
        return [phone.normalise(number) for number in self.cleaned_data["shows_numbers"]]

    def clean_shows_hours(self) -> list[str]:
        typed: list[str] = self.cleaned_data["shows_hours"]
        settled = [(phone.normalise(value), value.strip()) for value in typed]
        return [number if phone.is_wellformed(number) else value for number, value in settled]


class ChildWordsForm(ContentForm):
    bands = forms.ModelMultipleChoiceField(
        label="見せる学年",
        queryset=AgeBand.objects.filter(page=Page.UNDER18),
        widget=Checkboxes,
        help_text=help_texts.CHILD_WORDS["bands"],
    )

    class Meta:
        model = ChildWords
        exclude = ("support",)
        help_texts = help_texts.CHILD_WORDS
        widgets = {"name": FuriganaInput} | {
            f"{level}_{part}": FuriganaTextarea(attrs={"rows": 3, "data-words-level": level})
            for level in Level
            for part in PARTS
        }


def _in_kept_order(chosen: list[str], before: list[str]) -> list[str]:
    """What stays keeps its place; what is new follows."""
    return [*(code for code in before if code in chosen), *(code for code in chosen if code not in before)]
