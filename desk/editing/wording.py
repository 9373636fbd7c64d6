"""Which fields of which models people read, and what a kind reader would say about them after saving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.forms import Media
from django.http import HttpRequest
from django.utils.html import format_html

from catalog.directory.codes import Level
from catalog.models import FAQ, ChildArticle, ChildWords, Contact, Support, Tip
from catalog.models.child_words import PARTS, validate_readings
from catalog.text import furigana
from catalog.text.plain_language import Remark, remarks

from .widgets import looked_at

PUBLIC_TEXTS: dict[type[models.Model], tuple[str, ...]] = {
    Support: ("when_to_use", "summary", "what_happens", "conditions", "apply_at", "bring_or_say", "replaced_note"),
    Contact: ("label", "note", "hours_text"),
    ChildWords: ("name", *(f"{level}_{part}" for level in Level for part in PARTS)),
    ChildArticle: tuple(f"{level}_{part}" for level in Level for part in ("title", "body")),
    FAQ: ("question", "answer"),
    Tip: ("title", "summary", "body"),
}
# A page of warnings is read by nobody.
MOST_WARNINGS = 8


def warn_about_words(request: HttpRequest, rows: Iterable[models.Model], *, names: Iterable[str] = ()) -> None:
    """Admin warnings for saved rows, naming field and reason. `names`: proper names, which may be long."""
    names = list(names)
    found = [(row, field, remark) for row in rows for field, remark in remarks_on(row, names=names)]
    for row, field, remark in found[:MOST_WARNINGS]:
        where = f"{row._meta.verbose_name}「{field}」"
        messages.warning(request, format_html("{}の「{}」: {}", where, remark.excerpt, remark.reason))
    if len(found) > MOST_WARNINGS:
        messages.warning(request, f"ほかに{len(found) - MOST_WARNINGS}か所あります。上から順に見直してみてください。")


def remarks_on(row: models.Model, *, names: Iterable[str] = ()) -> Iterator[tuple[str, Remark]]:
    """(what the field is called, remark) for each public text of the row."""
    for name in PUBLIC_TEXTS.get(type(row), ()):
        field = row._meta.get_field(name)
        value = getattr(row, name)
        text = "\n".join(value) if isinstance(value, list) else value
        for_children = validate_readings in getattr(field, "validators", [])
        for remark in remarks(text, names=names, for_children=for_children):
            yield str(getattr(field, "verbose_name", name)), remark


def level_of(field: str) -> str:
    """Whose words a children's text is written in: "easy", "teen", or "" for everybody's."""
    level = field.split("_")[0]
    return level if level in Level.values() else ""


class WordsChecked(admin.ModelAdmin[Any]):
    """For the admin of a model in PUBLIC_TEXTS: its texts are looked at while they are typed, and once more after saving."""

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["desk/support.css"]}, js=["desk/plain.js"])

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Whatever widget the field has."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in PUBLIC_TEXTS.get(self.model, ()):
            field.widget.attrs |= looked_at(
                readings=validate_readings in db_field.validators, level=level_of(db_field.name)
            )
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        warn_about_words(request, self.rows_read(form.instance), names=self.proper_names(form.instance))

    def rows_read(self, entry: Any) -> list[models.Model]:
        """The entry and those of its rows that people read, as saved."""
        return [entry]

    def proper_names(self, entry: Any) -> list[str]:
        return []


def names_of(support: Support) -> list[str]:
    """The proper names of an entry, as they may stand in its texts."""
    child_name = furigana.plain(support.child_words.name) if hasattr(support, "child_words") else ""
    return [name for name in (support.name, support.operator, *support.also_known_as, child_name) if name]
