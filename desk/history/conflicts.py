"""Somebody else saved the entry while this person was typing: nothing is saved, both versions are shown, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.forms import ModelForm
from django.http import QueryDict

from catalog.comparison.changes import FieldChange, How, RowChange
from catalog.comparison.describing import words_of
from catalog.models.base import Versioned
from catalog.models.bulk_history import Values, columns, many_to_many

from .describing import StateDescriber
from .states import Key, PastEdit, State, past_edits, state_now

MOST_ROWS = 200  # as far as a posted formset is read
REMOVED = "削除"


@dataclass(frozen=True)
class ConflictingField:
    """One field that the other person changed, in words."""

    row: str  # empty for the entry itself
    label: str
    opened: str
    saved: str
    typed: str
    clash: bool  # both changed it


@dataclass(frozen=True)
class Conflict:
    edits: list[PastEdit]
    fields: list[ConflictingField]

    @property
    def people(self) -> str:
        return "、".join(dict.fromkeys(edit.who or "だれか" for edit in self.edits)) or "だれか"


@dataclass(frozen=True)
class _TypedForm:
    """What the person did to one form: only what differs from what they were shown."""

    form: ModelForm[Any]
    key: Key | None
    initial: dict[str, Any]
    removed: bool


def fill_in(response: Any, posted: QueryDict, entry: Versioned, seen: int) -> Conflict:
    """Put what was typed into the freshly made form of a response that is not rendered yet, and say what happened meanwhile.

    Fields that the person did not touch show what the other one saved. seen: the version that the form was opened with.
    """
    edits = past_edits(entry)
    now = state_now(entry)
    opened = next((edit.after for edit in reversed(edits) if edit.version == seen), now)
    form = response.context_data["adminform"].form
    own = _typed(type(form), posted, None, (type(entry), entry.pk), opened)
    form.initial.update(own.initial)
    typed = {own.key: own}
    for inline in response.context_data["inline_admin_formsets"]:
        rows = list(_posted_rows(inline.formset, posted, opened))
        typed |= {row.key: row for row in rows if row.key}
        inline.formset = _filled(inline.formset, rows)

    describer = StateDescriber(entry)
    later = [edit for edit in edits if 0 <= seen < edit.version]
    conflicts = [
        conflict
        for change in describer.changes(opened, now)
        for conflict in _conflicts(describer, change, typed.get(change.key))
    ]
    return Conflict(later, conflicts)


def _typed(
    form_class: type[ModelForm[Any]], posted: QueryDict, prefix: str | None, key: Key | None, opened: State
) -> _TypedForm:
    values = opened.get(key) if key else None
    instance, initial = _as_opened(form_class._meta.model, values) if values else (None, {})
    form = form_class(posted, prefix=prefix, instance=instance, initial=initial)
    touched = {
        name: form.fields[name].bound_data(form[name].data, form[name].initial)
        for name in form.changed_data
        if name not in {"id", "DELETE"}
    }
    return _TypedForm(form, key, touched, removed=bool(prefix) and f"{prefix}-DELETE" in posted)


def _as_opened(model: type[models.Model], values: Values) -> tuple[models.Model, dict[str, Any]]:
    instance = model(**{name: values[name] for name in columns(model)})
    instance._state.adding = False
    return instance, {field.name: values[field.name] for field in many_to_many(model)}


def _posted_rows(formset: Any, posted: QueryDict, opened: State) -> Iterator[_TypedForm]:
    total = posted.get(f"{formset.prefix}-TOTAL_FORMS", "")
    for index in range(min(int(total), MOST_ROWS) if total.isdecimal() else 0):
        prefix = f"{formset.prefix}-{index}"
        pk = posted.get(f"{prefix}-id", "")
        key = (formset.model, int(pk)) if pk.isdecimal() else None
        row = _typed(formset.form, posted, prefix, key, opened)
        if row.initial or row.removed:
            yield row


def _filled(formset: Any, rows: list[_TypedForm]) -> Any:
    """The formset anew: rows as they are saved now, over them what was typed; then what was typed into rows that are new or gone."""
    present = {row.pk for row in formset.get_queryset()}
    homeless = [row for row in rows if not (row.key and row.key[1] in present) and not row.removed]
    fresh = type(formset)(
        instance=formset.instance,
        prefix=formset.prefix,
        queryset=formset.queryset,
        initial=[_whole(row) for row in homeless],
    )
    fresh.extra = len(homeless)
    by_pk = {row.key[1]: row for row in rows if row.key}
    for form in fresh.initial_forms:
        if row := by_pk.get(form.instance.pk):
            form.initial.update(row.initial)
            if row.removed and "DELETE" in form.fields:
                form.initial["DELETE"] = True
    return fresh


def _whole(row: _TypedForm) -> dict[str, Any]:
    """A row that somebody else took away, with what was typed into it: everything, for it will be new."""
    kept = {name: row.form[name].initial for name in row.form.fields if name != "id"} if row.key else {}
    return kept | row.initial


def _conflicts(describer: StateDescriber, change: RowChange, typed: _TypedForm | None) -> Iterator[ConflictingField]:
    if change.how is not How.CHANGED:
        text = "、".join(f"{field.label}: {field.new or field.old}" for field in change.fields)
        sides = ("", text or "加わりました") if change.how is How.ADDED else (text, "なくなりました")
        yield ConflictingField(change.name, "", *sides, _row_words(typed), clash=typed is not None)
        return
    for field in change.fields:
        clash = typed is not None and (field.name in typed.initial or typed.removed)
        words = _field_words(describer, field, typed) if typed and clash else ""
        yield ConflictingField(change.name, field.label, field.old, field.new, words, clash)


def _row_words(typed: _TypedForm | None) -> str:
    if typed is None:
        return ""
    return REMOVED if typed.removed else "書きかえました（下に新しい行として残してあります）"


def _field_words(describer: StateDescriber, change: FieldChange, typed: _TypedForm) -> str:
    if typed.removed:
        return REMOVED
    form, typed_in = typed.form, typed.initial[change.name]
    if change.name not in {field.name for field in form._meta.model._meta.get_fields()}:  # hours, as they were typed
        return str(typed_in)
    form.is_valid()
    value = form.cleaned_data.get(change.name, typed_in)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.QuerySet):
        return "、".join(str(one) for one in value)
    return words_of(form._meta.model._meta.get_field(change.name), value, describer.name_of)
