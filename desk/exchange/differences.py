"""What an import changes, entry by entry and field by field, in words that staff read. Pure but for the names of what is pointed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import ForeignKey, ManyToManyField

from catalog.hours.notation import hours_words
from catalog.hours.stored import HoursRow

from .kinds import KINDS, AnyField, Key, Values

NOTHING = "（なし）"
# What is dialled or opened: shown apart, because a wrong one hurts.
NUMBERS = {("catalog.contact", "value"), ("catalog.contact", "long_number")}
_NAMES = ("name", "question", "title", "teen_title", "label", "prompt")


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str
    is_number: bool


@dataclass(frozen=True)
class RowChange:
    """One row of an entry. `what`: "new", "changed" or "gone"."""

    title: str
    what: str
    fields: list[FieldChange]


@dataclass(frozen=True)
class EntryChange:
    """What is edited as a whole: a support with its contacts, a question with its choices."""

    key: Key
    kind: str
    title: str
    is_new: bool
    rows: list[RowChange]

    @property
    def numbers(self) -> list[FieldChange]:
        return [field for row in self.rows for field in row.fields if field.is_number]


def differences(
    before: Mapping[Key, Values], after: Mapping[Key, Values], owners: Mapping[Key, Key]
) -> list[EntryChange]:
    """The entries that differ, with the rows of each. `owners`: for each row the entry that it is edited with."""
    changed: dict[Key, list[Key]] = defaultdict(list)
    for key in [*after, *(key for key in before if key not in after)]:
        if before.get(key) != after.get(key):
            changed[owners[key]].append(key)
    names = _Names()
    return [
        EntryChange(
            key=owner,
            kind=KINDS[owner[0]].words,
            title=_title(owner, after.get(owner) or before.get(owner) or {}),
            is_new=owner not in before,
            rows=[_row(key, owner, before.get(key), after.get(key), names) for key in keys],
        )
        for owner, keys in changed.items()
    ]


def _row(key: Key, owner: Key, before: Values | None, after: Values | None, names: _Names) -> RowChange:
    kind = KINDS[key[0]]
    what = "new" if before is None else "gone" if after is None else "changed"
    if key[0] == "catalog.hours":
        rule = FieldChange(kind.words, _hours(before), _hours(after), is_number=False)
        return RowChange(f"連絡先 {key[1][1] + 1} の受付時間 {key[1][2] + 1}", what, [rule])
    said = kind.key_fields if kind.path else ()  # by the title
    fields = [
        FieldChange(
            str(field.verbose_name),
            names.words(field, before[name]) if before else NOTHING,
            names.words(field, after[name]) if after else NOTHING,
            (kind.label, name) in NUMBERS,
        )
        for name, field in kind.fields.items()
        if name not in said and (before or {}).get(name) != (after or {}).get(name)
    ]
    if before is None or after is None:  # what was empty and what is empty say nothing
        fields = [field for field in fields if (field.before, field.after) != (NOTHING, NOTHING)]
    number = "".join(f" {part + 1}" for part in key[1] if isinstance(part, int))
    title = "" if key == owner else f"{kind.words}{number or f'「{_title(key, after or before or {})}」'}"
    return RowChange(title, what, fields)


def _hours(values: Values | None) -> str:
    """One rule of a timetable as one would type it; as it is stored, where it cannot be read."""
    if values is None:
        return NOTHING
    plain = {name: value for name, value in values.items() if name not in {"contact", "position"}}
    try:
        return hours_words([cast(HoursRow, plain)])
    except (ValueError, TypeError):
        return " ".join(str(value) for value in plain.values() if value)


def _title(key: Key, values: Values) -> str:
    return next((values[name] for name in _NAMES if values.get(name)), " ".join(str(part) for part in key[1]))


class _Names:
    """How values read; what rows are called is asked of the database once a model."""

    def __init__(self) -> None:
        self._by_model: dict[str, dict[tuple[Any, ...], str]] = {}

    def words(self, field: AnyField, value: Any) -> str:
        if isinstance(value, bool):
            return "はい" if value else "いいえ"
        if value in (None, "", []):
            return NOTHING
        if isinstance(field, ManyToManyField):
            return "、".join(self._name(field.related_model, item) for item in value)
        if isinstance(field, ForeignKey):
            return self._name(field.related_model, value)
        if isinstance(value, list):
            return "\n".join(str(item) for item in value)
        choices = dict(field.flatchoices)
        return str(choices.get(value, value))

    def _name(self, model: Any, natural: list[Any]) -> str:
        label = model._meta.label_lower
        if label not in {"catalog.worry", "catalog.audiencetag", "catalog.ageband"}:
            return " ".join(str(part) for part in natural)
        if label not in self._by_model:
            self._by_model[label] = {row.natural_key(): str(row) for row in model._default_manager.all()}
        return self._by_model[label].get(tuple(natural), str(natural[0]))
