"""Records into the database, through the models: validated, with a history. Called within a transaction (see importing.run)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db.models import ForeignKey, ManyToManyField, Model

from catalog.release.problem import Problem

from .exchanged import EXCHANGED, ExchangedModel, Key, Values, entry_key
from .parsing import Record


class Application:
    """One import. `problems` says what cannot be; then the caller takes everything back."""

    def __init__(self, records: list[Record], *, exact: bool) -> None:
        self.records = sorted(records, key=lambda record: list(EXCHANGED).index(record.key[0]))
        self.exact = exact
        self.problems: list[Problem] = []
        self._rows: dict[Key, Model] = {}
        self._targets: dict[Key, Model | None] = {}
        self._refused: set[Key] = (
            set()
        )  # rows of the file that could not be made: what points at them needs no second complaint

    def apply(self, kinds: Iterable[ExchangedModel], firsts: set[str]) -> None:
        for kind in kinds:
            self._rows |= kind.rows(firsts)
        new = [record for record in self.records if record.key not in self._rows]
        for record in new:
            self._create(record)
        for record in self.records:
            if record.key in self._rows:
                self._update(record)
        if self.exact and not self.problems:
            self._remove_missing()

    def _create(self, record: Record) -> None:
        """Make the row, without what may point at rows that are made after it."""
        kind = EXCHANGED[record.key[0]]
        row = kind.model()
        values = {name: value for name, value in record.values.items() if name not in kind.late}
        plain = {name: value for name, value in values.items() if not isinstance(kind.fields[name], ManyToManyField)}
        if self._set(record, row, plain) and self._save(record, row, leave_out=kind.late):
            self._rows[record.key] = row
        else:
            self._refused.add(record.key)

    def _update(self, record: Record) -> None:
        """Bring the row to what the record says; a row that says so already is left untouched."""
        kind = EXCHANGED[record.key[0]]
        row = self._rows[record.key]
        now = kind.values(row)
        many = {name for name in record.values if isinstance(kind.fields[name], ManyToManyField)}
        changed = {name: value for name, value in record.values.items() if name not in many and value != now[name]}
        if changed and not (self._set(record, row, changed) and self._save(record, row)):
            return
        for name in many:
            field = kind.fields[name]
            if _as_set(record.values[name]) == _as_set(now[name]):
                continue
            if not record.values[name] and not field.blank:
                self._problem(record, name, "1つ以上書いてください。")
            found = [self._find(record, name, field.related_model, item) for item in record.values[name]]
            if all(found):
                getattr(row, name).set(found)

    def _set(self, record: Record, row: Model, values: Values) -> bool:
        """Whether every value could be set."""
        fine = True
        for name, value in values.items():
            field = EXCHANGED[record.key[0]].fields[name]
            if isinstance(field, ForeignKey) and value is not None:
                value = self._find(record, name, field.related_model, value)
                fine = fine and value is not None
            if value is not None or not isinstance(field, ForeignKey) or field.null:
                setattr(row, name, value)
        return fine

    def _save(self, record: Record, row: Model, *, leave_out: Iterable[str] = ()) -> bool:
        try:
            row.full_clean(exclude=set(leave_out))
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self._problem(record, "" if name == NON_FIELD_ERRORS else name, message)
            return False
        row.save()
        return True

    def _find(self, record: Record, name: str, model: Any, natural: list[Any]) -> Model | None:
        """What a record points at; a problem where it does not exist."""
        key: Key = (model._meta.label_lower, tuple(natural))
        row = self._rows.get(key)
        if row is None:
            if key not in self._targets:
                try:
                    self._targets[key] = model._default_manager.get_by_natural_key(*natural)
                except (ObjectDoesNotExist, ValueError, TypeError):
                    self._targets[key] = None
            row = self._targets[key]
        if row is None and key not in self._refused:
            words = " ".join(str(part) for part in natural)
            self._problem(record, name, f"{EXCHANGED[key[0]].words}「{words}」はありません。記号を確かめてください。")
        return row

    def _problem(self, record: Record, name: str, message: str) -> None:
        field = EXCHANGED[record.key[0]].fields.get(name)
        of_field = f"「{field.verbose_name}」（{name}）: " if field is not None else ""
        self.problems.append(Problem(record.where, f"{of_field}{message}"))

    def _remove_missing(self) -> None:
        """Rows of an entry that is in the file, when they are not: a contact, its hours, a source, a choice."""
        kept = {record.key for record in self.records}
        order = list(EXCHANGED)
        for key in sorted(
            self._rows.keys() - kept, key=lambda key: order.index(key[0]), reverse=True
        ):  # hours, then contacts
            kind, row = EXCHANGED[key[0]], self._rows[key]
            if kind.removable and entry_key(key) in kept:
                row.delete()


def _as_set(items: list[list[Any]]) -> set[tuple[Any, ...]]:
    return {tuple(item) for item in items}
