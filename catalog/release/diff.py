"""What differs between two payloads, in words. Older Releases may lack fields; they are compared by what they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from django.db import models

from catalog.comparison.changes import Entry, EntryChange, Field, How, Row, as_json, compare_entries
from catalog.comparison.describing import (
    ADDRESS_FIELDS,
    NameOf,
    fields_of,
    name_of_entry,
    name_of_row,
    numbers_in,
    plain_words,
)
from catalog.hours.stored import TimetableRow, timetable_from
from catalog.hours.wording import timetable_words
from catalog.models import (
    FAQ,
    AgeBand,
    AudienceTag,
    ChildArticle,
    ChildWords,
    Contact,
    Hours,
    Source,
    Support,
    Tip,
    Worry,
)
from catalog.models.base import Versioned, natural_lookups

from .sections import sections

Values = Mapping[str, Any]
PARTS: Mapping[str, type[Versioned]] = {
    model.part: model for model in (Support, FAQ, Tip, ChildArticle, Worry, AgeBand, AudienceTag)
}
ROWS = {"contacts", "child", "sources"}
# By what a row without a key is recognised, the surest first.
ALIKE: Mapping[type[models.Model], tuple[tuple[str, ...], ...]] = {
    Contact: (("via", "value", "label"), ("via", "value"), ("value",), ("via", "label"), ("via",)),
    Source: (("url", "title"), ("url",), ("title",)),
}
# A contact's timetable, told as one.
TIMETABLE = tuple(TimetableRow.__annotations__)
CRISIS = "緊急の窓口"
TEXTS = ("label", "note", "hours_text")  # of a contact, that may name a telephone number
# Words for each level of children: {"easy": …} of the payload is the model's easy_title.
LEVELLED = {"titles": "title", "bodies": "body"}


@dataclass(frozen=True)
class Changes:
    entries: tuple[EntryChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def counts(self) -> Mapping[tuple[str, How], int]:
        """How many of each (part label, how)."""
        return dict(Counter((entry.part_label, entry.how) for entry in self.entries))

    @property
    def with_numbers(self) -> list[EntryChange]:
        return [entry for entry in self.entries if entry.numbers]

    @property
    def guarded(self) -> list[EntryChange]:
        """Those of entries that are guarded as a whole."""
        return [entry for entry in self.entries if entry.guard]

    @property
    def guards(self) -> tuple[str, ...]:
        """What a second person has to look at, in words."""
        return tuple(dict.fromkeys(guard for entry in self.entries for guard in entry.guards))


def needs_second_person(changes: Changes) -> bool:
    """Whether a contact's address, a crisis entry or a question on the way to help is among them."""
    return bool(changes.guards)


def compare(old: Values, new: Values) -> Changes:
    """From one payload to another. An empty one ({}) stands for "nothing was public"."""
    return Changes(tuple(_changes(old, new)))


def _changes(old: Values, new: Values) -> Iterator[EntryChange]:
    old_names, new_names = _names(old), _names(new)
    for part, model in PARTS.items():
        rows, new_rows = _by_key(model, old.get(part, ())), _by_key(model, new.get(part, ()))
        # Most are the same: these need no description, and no name unless the order changes.
        same = {key for key, row in new_rows.items() if rows.get(key) == row}
        if [key for key in rows if key in new_rows] == [key for key in new_rows if key in rows]:
            rows, new_rows = ({key: side[key] for key in side if key not in same} for side in (rows, new_rows))
        before = [_entry(model, key, row, old_names, brief=key in same) for key, row in rows.items()]
        after = [_entry(model, key, row, new_names, brief=key in same) for key, row in new_rows.items()]
        yield from compare_entries(part, str(model._meta.verbose_name), before, after)
    old_sections, new_sections = old.get("sections", {}), new.get("sections", {})
    for name in sorted({*old_sections, *new_sections}):
        was, becomes = old_sections.get(name), new_sections.get(name)
        if was != becomes:
            label = sections[name].label if name in sections else name
            yield from compare_entries(name, label, _section(name, was, old_names), _section(name, becomes, new_names))
    for part in sorted({*old, *new} - {*PARTS, "sections", "format"}):  # of another version of this code
        yield from compare_entries(part, part, _unknown(part, old.get(part)), _unknown(part, new.get(part)))


def _names(payload: Values) -> NameOf:
    """What the codes of this payload are called."""

    @cache
    def names(model: type[Versioned]) -> dict[str, str]:
        return {key: name_of_entry(model, row) for key, row in _by_key(model, payload.get(model.part, ())).items()}

    return lambda model, code: names(cast(type[Versioned], model)).get(code) or str(code)


def _by_key(model: type[Versioned], rows: Iterable[Values]) -> dict[str, Values]:
    (key,) = natural_lookups(model)
    return {str(row.get(key, "")): row for row in rows}


def _section(name: str, data: Any, name_of: NameOf) -> Iterable[Entry]:
    describe = sections[name].describe if name in sections else None
    return _unknown(name, data) if data is None or describe is None else describe(data, name_of)


def _unknown(name: str, data: Any) -> list[Entry]:
    return [] if data is None else [Entry(name, name, {"": Field("内容", data, as_json(data))})]


def _entry(model: type[Versioned], key: str, row: Values, name_of: NameOf, *, brief: bool) -> Entry:
    """`brief`: by its name alone."""
    values = _by_field(row)
    name = name_of_entry(model, values) or key
    if brief:
        return Entry(key, name)
    fields = fields_of(model, values, name_of, leave_out=ROWS)
    contacts = [_contact(contact, name_of) for contact in row.get("contacts", ())]
    child = [_row(ChildWords, _by_field(row["child"]), name_of)] if row.get("child") else []
    sources = [_row(Source, source, name_of) for source in row.get("sources", ())]
    texts = [field.words for of in (fields, *(row.fields for row in child)) for field in of.values()]
    texts += [contact.fields[name].words for contact in contacts for name in TEXTS if name in contact.fields]
    guard = CRISIS if row.get("crisis") or row.get("on_crisis_strip") else ""
    return Entry(key, name, {**fields, **numbers_in(texts)}, [*contacts, *child, *sources], guard)


def _by_field(row: Values) -> dict[str, Any]:
    """A row of the payload by the names of its model's fields."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in LEVELLED:
            found |= {f"{level}_{LEVELLED[name]}": text for level, text in value.items()}
        elif name == "texts":
            found |= {f"{level}_{part}": text for level, texts in value.items() for part, text in texts.items()}
        else:
            found["parent" if name == "area" else name] = value
    return found


def _row(model: type[models.Model], values: Values, name_of: NameOf) -> Row:
    marks = (tuple(values.get(name) for name in names) for names in ALIKE.get(model, ()))
    alike = tuple((model, *mark) if any(mark) else None for mark in marks) or (model,)
    listed = str(model._meta.verbose_name) if model in ALIKE else ""
    return Row(name_of_row(model, values), fields_of(model, values, name_of, leave_out=TIMETABLE), alike, listed)


def _contact(values: Values, name_of: NameOf) -> Row:
    row = _row(Contact, values, name_of)
    fields = dict(row.fields)
    if "via" in fields and "value" in fields:  # the same digits or the same address reached in another way are another
        way, value = fields["via"].words, fields["value"]
        way = f"{way}（{values['label']}）" if values.get("label") else way
        fields["value"] = Field(way, (fields["via"].raw, value.raw), value.words)
    fields |= {name: replace(fields[name], is_number=True) for name in ADDRESS_FIELDS & fields.keys()}
    known = {name: values[name] for name in TIMETABLE if name in values}
    fields["hours"] = Field(str(Hours._meta.verbose_name), known, _timetable_words(known))
    return replace(row, fields=fields)


def _timetable_words(values: Values) -> str:
    try:
        return "\n".join(timetable_words(timetable_from(cast(TimetableRow, values))))
    except (ValueError, KeyError, TypeError):  # a draft that is not checked yet, or a Release of older code
        return plain_words(values)
