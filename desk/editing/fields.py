"""Form fields of the desk: what curators type, and the values that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.hours.notation import Unreadable, hours_words, read_hours
from catalog.hours.period_notation import periods_words, read_periods
from catalog.hours.stored import HoursRow
from catalog.models import Worry

from .widgets import HoursTextarea


class LinesField(forms.CharField):
    """A list of strings, one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class HoursField(forms.CharField):
    """受付時間 as rows of Hours, typed one rule per line. What was typed stays in the form when it cannot be read."""

    widget = HoursTextarea

    def prepare_value(self, value: Any) -> Any:
        return hours_words(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[HoursRow]:
        """Raises ValidationError with a message for each line that cannot be read."""
        try:
            return read_hours(value or "")
        except Unreadable as error:
            raise ValidationError([*error.messages]) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return hours_words(initial or []) != (data or "").replace("\r\n", "\n").strip()


class PeriodsField(forms.CharField):
    """Periods in the stored notation, typed as 12月29日〜1月3日."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return periods_words(value or "")
        except ValueError:  # what was typed
            return value

    def to_python(self, value: Any) -> Any:
        try:
            return read_periods(value or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or "").strip())


class ByArea(forms.models.ModelChoiceIterator[Worry]):
    """The topics under the area that they lie in; an area stands first among its own."""

    def __iter__(self) -> Any:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        worries: Sequence[Worry] = list(self.queryset.select_related("parent"))
        for area in (worry for worry in worries if worry.parent_id is None):
            topics = [worry for worry in worries if worry.parent_id == area.pk]
            yield area.label, [self.choice(worry) for worry in (area, *topics)]


class WorryField(forms.ModelChoiceField[Worry]):
    iterator = ByArea


class WorriesField(forms.ModelMultipleChoiceField[Worry]):
    iterator = ByArea
