"""Somebody else saved the entry while this person was typing: nothing is saved, both versions are shown, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.forms import ModelForm
from django.http import QueryDict

from catalog.models.bulk_history import Values, columns, many_to_many

from .trail import Past, trail
from .tree import Key, State, state_now
from .wording import NOTHING, Words

MOST_ROWS = 200  # as far as a posted formset is read


@dataclass(frozen=True)
class Told:
    """One field that the other person changed."""

    row: str  # empty for the entry itself
    label: str
    opened: str
    saved: str
    typed: str
    clash: bool  # both changed it


@dataclass(frozen=True)
class Meanwhile:
    edits: list[Past]
    told: list[Told]
    known: bool  # False: what the form was opened with is in no record

    @property
    def people(self) -> str:
        return "、".join(dict.fromkeys(edit.who or "だれか" for edit in self.edits)) or "だれか"


@dataclass(frozen=True)
class _Typed:
    """What the person did to one form: only what differs from what they were shown."""

    form: ModelForm[Any]
    key: Key | None
    initial: dict[str, Any]
    removed: bool


def fill_in(response: Any, posted: QueryDict, root: models.Model, seen: int | None) -> Meanwhile:
    """Put what was typed into the freshly made form of a response that is not rendered yet, and say what happened meanwhile.

    Fields that the person did not touch show what the other one saved.
    """
    edits = trail(root)
    now = state_now(root)
    base = next((edit.after for edit in reversed(edits) if edit.version == seen), None)
    opened = now if base is None else base
    model = type(root)
    typed: dict[Key, _Typed] = {}

    form = response.context_data["adminform"].form
    own = _typed(type(form), posted, None, (model, root.pk), opened)
    typed[model, root.pk] = own
    form.initial.update(own.initial)
    forms = {model}
    for inline in response.context_data["inline_admin_formsets"]:
        rows = list(_posted_rows(inline.formset, posted, opened))
        typed |= {row.key: row for row in rows if row.key}
        inline.formset = _filled(inline.formset, rows)
        forms.add(inline.formset.model)

    later = [edit for edit in edits if seen is not None and edit.version > seen]
    words = Words(root, [opened, now])
    return Meanwhile(later, list(_told(words, opened, now, typed, forms)), known=base is not None)


def _typed(
    form_class: type[ModelForm[Any]], posted: QueryDict, prefix: str | None, key: Key | None, opened: State
) -> _Typed:
    values = opened.get(key) if key else None
    instance, initial = _as_opened(form_class._meta.model, values) if values else (None, {})
    form = form_class(posted, prefix=prefix, instance=instance, initial=initial)
    touched = {
        name: form.fields[name].bound_data(form[name].data, form[name].initial)
        for name in form.changed_data
        if name not in {"id", "DELETE"}
    }
    return _Typed(form, key, touched, removed=bool(prefix) and f"{prefix}-DELETE" in posted)


def _as_opened(model: type[models.Model], values: Values) -> tuple[models.Model, dict[str, Any]]:
    instance = model(**{name: values[name] for name in columns(model)})
    instance._state.adding = False
    return instance, {field.name: values[field.name] for field in many_to_many(model)}


def _posted_rows(formset: Any, posted: QueryDict, opened: State) -> Iterator[_Typed]:
    total = posted.get(f"{formset.prefix}-TOTAL_FORMS", "")
    for index in range(min(int(total), MOST_ROWS) if total.isdecimal() else 0):
        prefix = f"{formset.prefix}-{index}"
        pk = posted.get(f"{prefix}-id", "")
        key = (formset.model, int(pk)) if pk.isdecimal() else None
        row = _typed(formset.form, posted, prefix, key, opened)
        if row.initial or row.removed:
            yield row


def _filled(formset: Any, rows: list[_Typed]) -> Any:
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


def _whole(row: _Typed) -> dict[str, Any]:
    """A row that somebody else took away, with what was typed into it: everything, for it will be new."""
    kept = {name: row.form[name].initial for name in row.form.fields if name != "id"} if row.key else {}
    return kept | row.initial


def _told(words: Words, opened: State, now: State, typed: dict[Key, _Typed], forms: set[Any]) -> Iterator[Told]:
    for row in words.changes(opened, now):
        model, _ = row.key
        mine = typed.get(row.key)
        elsewhere = "" if model in forms else "（下の欄で見くらべてください）"  # typed inside another row's form
        if row.kind != "~":
            text = "、".join(f"{field.label}: {field.new or field.old}" for field in row.fields)
            sides = ("", text or "加わりました") if row.kind == "+" else (text, "なくなりました")
            yield Told(row.label, "", *sides, elsewhere or _row_typed(mine), clash=mine is not None)
            continue
        for change in row.fields:
            clash = mine is not None and (change.name in mine.initial or mine.removed)
            said = _say(words, model._meta.get_field(change.name), mine) if clash else elsewhere
            yield Told(row.label, change.label, change.old, change.new, said, clash)


def _row_typed(mine: _Typed | None) -> str:
    if mine is None:
        return ""
    return "削除" if mine.removed else "書きかえました（下に新しい行として残してあります）"


def _say(words: Words, field: Any, mine: _Typed | None) -> str:
    if mine is None or mine.removed:
        return "削除"
    mine.form.is_valid()
    value = mine.form.cleaned_data.get(field.name, mine.initial[field.name])
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.QuerySet):
        return "、".join(str(one) for one in value) or NOTHING
    return words.say(field, value)
