"""The forms of a question and its answers. What makes no sense by itself is refused; what only breaks the flow is saved and named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from chatbot.pictures import PICTURES
from desk.editing.forms import ContentForm

from .facts import FactsField

STEP = 10  # between two places, so that one more fits in


class PlacedForm(ContentForm):
    """A place may be left open, and is then the last one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = "小さいものから順に並びます。空にすると、いちばん後ろになります。"
            if self.instance.pk is None:
                self.initial.pop("position", None)
                self.fields["position"].initial = None


class QuestionForm(PlacedForm):
    vocabulary: Mapping[str, str] = {}

    ask_if = FactsField(
        label="聞く条件", help_text="どれかがわかっている人にだけ聞きます。空なら、だれにでも聞きます。"
    )
    skip_if = FactsField(label="聞かない条件", help_text="どれかがわかっている人には聞きません。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ask_if", "skip_if"):
            if isinstance(field := self.fields.get(name), FactsField):
                field.vocabulary = self.vocabulary

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        flow = values.get("flow") or (self.instance.flow if self.instance.flow_id else None)
        following = values.get("next")
        if following and flow and following.flow_id != flow.pk:
            self.add_error("next", f"「{following}」は別の流れの質問です。同じ流れの質問から選んでください。")
        if following and following.pk == self.instance.pk:
            self.add_error("next", "この質問そのものには続けられません。別の質問を選んでください。")
        if values.get("multiple") and values.get("most", 0) < 2:
            self.add_error("most", "「いくつか選べる」ときは、2以上の数を入れてください。")
        elif values.get("multiple") is False and values.get("most", 1) != 1:
            self.add_error("most", "「いくつか選べる」にしないときは、1にしてください。")
        if flow and values.get("position") is None and "position" in self.fields:
            values["position"] = last_position(flow.questions.values_list("position", flat=True))
        return values


class ChoiceForm(PlacedForm):
    vocabulary: Mapping[str, str] = {}

    icon = forms.ChoiceField(label="絵", required=False)
    facts = FactsField(label="わかること", help_text="この答えから、その人についてわかること。ことばで探して選びます。")
    offer_if = FactsField(
        label="出す条件", help_text="どれかがわかっている人にだけ出します。空なら、だれにでも出します。"
    )

    class Meta:
        labels = {"ends": "つぎの質問をせず、ここで結果へ"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("facts", "offer_if"):
            if isinstance(field := self.fields.get(name), FactsField):
                field.vocabulary = self.vocabulary
        if isinstance(icon := self.fields.get("icon"), forms.ChoiceField):
            icon.choices = [("", "なし"), *((name, f"{words}（{name}）") for name, words in PICTURES.items())]
            icon.error_messages["invalid_choice"] = "絵「%(value)s」はありません。ある絵から選んでください。"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        following = values.get("next")
        if following and values.get("ends"):
            self.add_error("ends", "「次の質問」と「ここで結果へ」は、どちらか1つにしてください。")
        if following and following.flow_id != self.instance.question.flow_id:
            self.add_error("next", f"「{following}」は別の流れの質問です。同じ流れの質問から選んでください。")
        if following and following.pk == self.instance.question_id:
            self.add_error("next", "この質問そのものには続けられません。別の質問を選んでください。")
        return values


class ChoiceRows(forms.BaseInlineFormSet[Any, Any, Any]):
    """Answers without a place go behind the others, in the order in which they stand."""

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if form.is_valid() and form.has_changed() | (form.instance.pk is not None)]
        places = [form.cleaned_data["position"] for form in rows if form.cleaned_data.get("position") is not None]
        for form in rows:
            if form.cleaned_data.get("position") is None:
                places.append(last_position(places))
                form.instance.position = places[-1]


def last_position(places: Any) -> int:
    return max(places, default=0) + STEP
