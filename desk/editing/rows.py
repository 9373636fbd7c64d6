"""Rows of an entry in an order that people choose: nobody types the stored position, and no two rows collide while it changes."""

from __future__ import annotations

from math import inf
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F

from .forms import ContentForm

# Where rows stand aside while others take their places. Positions are small; the column holds up to 32767.
ASIDE = 10_000


class OrderedRowForm(ContentForm):
    """`place` counts from 1, as the rows stand on the page; `position` stays out of the form's fields."""

    place = forms.IntegerField(
        label="並び順",
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "desk-place", "data-place": ""}),
        help_text="小さい数が先です。空なら、いちばん後になります。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        index = (self.prefix or "").rpartition("-")[2]
        if self.instance.pk and index.isdecimal():
            self.fields["place"].initial = int(index) + 1


class OrderedRowsFormSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """For inlines whose model has a `position` that is unique within the parent, and whose form is an OrderedRowForm."""

    def clean(self) -> None:
        super().clean()
        self._stored = {form.instance.pk: form.instance.position for form in self.initial_forms}
        rows = sorted(filter(self._stays, self.forms), key=self._rank)
        for form, position in zip(rows, self._positions(rows), strict=True):
            form.instance.position = position

    def _stays(self, form: Any) -> bool:
        return form not in self.deleted_forms and bool(form.instance.pk or form.has_changed())

    def _rank(self, form: Any) -> tuple[float, int]:
        """A row that was given another's number goes before it when moving up, behind it when moving down."""
        index = self.forms.index(form)
        place = getattr(form, "cleaned_data", {}).get("place")
        if place is None:
            return inf, index
        before = form.fields["place"].initial
        if place == before:
            return place, index
        return (place + 0.5 if before is not None and place > before else place - 0.5), index

    def _positions(self, rows: list[Any]) -> list[int]:
        """As stored, where only new rows were added at the end; else from 0."""
        stored = [self._stored[form.instance.pk] for form in rows if form.instance.pk]
        added = len(rows) - len(stored)
        if stored == sorted(stored) and all(form.instance.pk for form in rows[: len(stored)]):
            last = stored[-1] if stored else -1
            return [*stored, *range(last + 1, last + 1 + added)]
        return list(range(len(rows)))

    def save(self, commit: bool = True) -> list[Any]:
        moved = [
            form
            for form in self.initial_forms
            if form not in self.deleted_forms and form.instance.position != self._stored[form.instance.pk]
        ]
        with transaction.atomic():
            if moved and commit:
                leaving = {form.instance.pk for form in (*moved, *self.deleted_forms) if form.instance.pk}
                moved[0]._meta.model._default_manager.filter(pk__in=leaving).update(position=F("position") + ASIDE)
            saved: list[Any] = super().save(commit)
            for form in moved:
                if not form.has_changed():
                    if commit:
                        form.instance.save()
                    saved.append(form.instance)
                    self.changed_objects.append((form.instance, ["place"]))
        return saved
