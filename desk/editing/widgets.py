"""Inputs of the desk. They work without scripts; with them, what is typed is looked at while it is typed.

Any admin can use them: PlainTextarea and PlainInput for texts that people read, FuriganaTextarea and FuriganaInput for children's texts.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.template import loader
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

CHECK_WORDS = reverse_lazy("admin:check-words")


def looked_at(*, readings: bool, level: str = "") -> dict[str, Any]:
    """The attributes by which desk/plain.js finds an input. `level`: whose words they are ("easy", "teen"; "" everybody's)."""
    return {"data-words": "readings" if readings else "plain", "data-words-level": level, "data-words-url": CHECK_WORDS}


class _LookedAt(forms.Widget):
    """An input whose words are sent to the desk's check while they are typed; `readings` for texts with ｜漢字《かんじ》."""

    readings = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(looked_at(readings=self.readings) | (attrs or {}))

    class Media:
        css = {"all": ["desk/support.css"]}
        js = ["desk/plain.js"]


class PlainInput(_LookedAt, forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vTextField"} | (attrs or {}))


class PlainTextarea(_LookedAt, forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, "class": "vLargeTextField"} | (attrs or {}))


class FuriganaInput(PlainInput):
    readings = True


class FuriganaTextarea(PlainTextarea):
    readings = True


class HoursTextarea(forms.Textarea):
    """Hours are rows of their own, so the entry's fields do not tell whether somebody else changed them meanwhile: what the person was
    shown travels along, as `<name>-seen`."""

    seen = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, "spellcheck": "false", "data-hours": "rules"} | (attrs or {}))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        area = super().render(name, value, attrs, renderer)
        return format_html('{}<input type="hidden" name="{}-seen" value="{}">', area, name, self.seen)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Choices to tick, in groups that are named and can be folded; a group that holds a ticked one stands open."""

    template = "desk/support/checkboxes.html"

    class Media:
        css = {"all": ["desk/support.css"]}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """From the site's own templates, which the forms' renderer does not see."""
        return mark_safe(loader.render_to_string(self.template, self.get_context(name, value, attrs)))  # noqa: S308
