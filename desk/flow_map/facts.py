"""The field in which a curator picks facts by their words."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

WORD_LIST = "fact-words"  # the id of the page's list of words to pick from
SPARE = 2


class FactsInput(forms.Widget):
    """One box a fact, each with the list of words; a few are left empty for more."""

    template_name = "desk/flows/facts_input.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        context["widget"] |= {"boxes": [*(value or []), *[""] * SPARE], "list": WORD_LIST}
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [text.strip() for text in data.getlist(name) if text.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # all boxes may be empty

    def id_for_label(self, id_: str) -> str:
        return ""  # each box has a label of its own


class FactsField(forms.Field):
    """Words on the page, codes ("worry:rent") in the data. Set `vocabulary` before use: code → words."""

    widget = FactsInput
    vocabulary: Mapping[str, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def prepare_value(self, value: Any) -> list[str]:
        return [self.vocabulary.get(fact, fact) for fact in value or []]

    def to_python(self, value: list[str] | None) -> list[str]:
        code_of = {words: code for code, words in self.vocabulary.items()}
        facts: list[str] = []
        unknown = []
        for words in value or []:
            code = words if words in self.vocabulary else code_of.get(words)
            if code is None:
                unknown.append(self._unknown(words))
            elif code not in facts:
                facts.append(code)
        if unknown:
            raise ValidationError(unknown)
        return facts

    def _unknown(self, words: str) -> str:
        close = [known for known in self.vocabulary.values() if words in known][:3] or get_close_matches(
            words, self.vocabulary.values(), n=3, cutoff=0.4
        )
        hint = "、".join(f"「{known}」" for known in close)
        return f"「{words}」は、ことばの表にありません。" + (
            f"近いもの: {hint}。" if hint else "出てくる一覧から選んでください。"
        )
