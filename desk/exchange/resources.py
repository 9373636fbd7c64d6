"""Tables of the catalogue for people who work in spreadsheets: one row per entry, the columns named as at the desk (django-import-export)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import NOT_PROVIDED, BooleanField, ForeignKey, IntegerField, JSONField, ManyToManyField, Model
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import Result
from tablib import Dataset

from catalog.hours.notation import hours_words, names_workdays, read_hours
from catalog.models import FAQ, Contact, Source, Support, Tip
from catalog.release.problem import Problem
from desk.editing.contact_hours import keep_hours
from desk.editing.week import hours_rows

from .exchanged import EXCHANGED, AnyField, ExchangedModel, edited_together
from .sheets import Table
from .widgets import (
    ChoiceWidget,
    LanguagesWidget,
    LinesWidget,
    ManyWidget,
    OneWidget,
    TextWidget,
    WholeWidget,
    YesNoWidget,
    half_width,
    periods,
    telephone,
)

_SETTLED = {
    "slug": half_width, "url": lambda text: text.strip(), "expires": half_width, "value": telephone,
    "closed_periods": periods, "open_periods": periods,
}  # fmt: skip


def _widget(field: AnyField) -> Any:
    if isinstance(field, ManyToManyField):
        return ManyWidget(field.related_model, str(field.verbose_name))
    if isinstance(field, ForeignKey):
        return OneWidget(field.related_model, by_code=field.name == "support")
    if isinstance(field, BooleanField):
        return YesNoWidget()
    if isinstance(field, IntegerField):
        return WholeWidget(None if field.null else 0)
    if isinstance(field, JSONField):
        return LanguagesWidget() if field.name == "languages" else LinesWidget()
    if field.choices:
        return ChoiceWidget(field.flatchoices, "" if field.default is NOT_PROVIDED else str(field.default))
    return TextWidget(_SETTLED.get(field.name, str))


class AtOnce(BaseInstanceLoader):  # type: ignore[misc]
    """The rows that a table names, with all that the columns look at, in a bounded number of queries."""

    def __init__(self, resource: TableResource, dataset: Dataset) -> None:
        super().__init__(resource, dataset)
        self.columns = [resource.fields[name].column_name for name in resource.get_import_id_fields()]
        firsts = {half_width(cell) for cell in dataset[self.columns[0]]}
        found = resource.rows().filter(**{f"{resource.kind.lookups[0]}__in": firsts})
        self.rows = {tuple(map(str, row.natural_key())): row for row in found}

    def get_instance(self, row: Any) -> Model | None:
        return self.rows.get(tuple(half_width(row[column]) for column in self.columns))


class TableResource(ModelResource):  # type: ignore[misc]
    """Only the columns that a table has are changed; what is the same already is left untouched; nothing is ever deleted."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        skip_html_diff = True
        instance_loader_class = AtOnce

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: AnyField, readonly: bool) -> Field:
        column = "支援の記号" if field_name == "support" else str(django_field.verbose_name)
        return Field(attribute=field_name, column_name=column, widget=_widget(django_field))

    def rows(self) -> Any:
        """What is exported, with all that the columns look at."""
        kind = self.kind
        many = [name for name, field in kind.fields.items() if isinstance(field, ManyToManyField)]
        one = [name for name, field in kind.fields.items() if isinstance(field, ForeignKey)]
        return kind.model._default_manager.select_related(*one).prefetch_related(*many).order_by(*kind.lookups)

    @property
    def kind(self) -> ExchangedModel:
        return EXCHANGED[self._meta.model._meta.label_lower]


class SupportResource(TableResource):
    class Meta:
        model = Support
        fields = tuple(EXCHANGED["catalog.support"].fields)
        import_id_fields = ("slug",)


class FAQResource(TableResource):
    class Meta:
        model = FAQ
        fields = tuple(EXCHANGED["catalog.faq"].fields)
        import_id_fields = ("slug",)


class TipResource(TableResource):
    class Meta:
        model = Tip
        fields = tuple(EXCHANGED["catalog.tip"].fields)
        import_id_fields = ("slug",)


def _of_support() -> Field:
    return Field(attribute="support__name", column_name="支援の名前", widget=TextWidget(), readonly=True)


class SourceResource(TableResource):
    support_name = _of_support()

    class Meta:
        model = Source
        fields = ("support", "support_name", *list(EXCHANGED["catalog.source"].fields)[1:])
        import_id_fields = ("support", "position")


class HoursField(Field):  # type: ignore[misc]
    """受付時間 in one cell, as at the desk: one rule per line."""

    def get_value(self, instance: Contact) -> str:
        typed: str | None = getattr(instance, "typed_hours", None)
        if typed is not None:
            return typed
        return hours_words(hours_rows(instance.hours.all())) if instance.pk else ""

    def clean(self, row: Any, **kwargs: Any) -> str:
        return hours_words(read_hours(row[self.column_name]))

    def save(self, instance: Contact, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        instance.typed_hours = self.clean(row)  # type: ignore[attr-defined]


class ContactResource(TableResource):
    """With the hours of each contact, which are replaced as a whole where the cell says something else."""

    support_name = _of_support()
    hours = HoursField(attribute="typed_hours", column_name="受付時間", widget=TextWidget())

    class Meta:
        model = Contact
        fields = ("support", "support_name", *list(EXCHANGED["catalog.contact"].fields)[1:], "hours")
        import_id_fields = ("support", "position")

    def rows(self) -> Any:
        return super().rows().prefetch_related("hours")

    def before_save_instance(self, instance: Model, row: Any, **kwargs: Any) -> None:
        if names_workdays(row.get("受付時間", "")) and not instance.closed_on_holidays:  # type: ignore[attr-defined]
            raise ValidationError(
                {
                    "closed_on_holidays": "受付時間に「平日」とあるので、祝日が休みなら「はい」に、開くなら「月〜金」と書いてください。"
                }
            )

    def after_save_instance(self, instance: Contact, row: Any, **kwargs: Any) -> None:
        typed = getattr(instance, "typed_hours", None)
        if typed is not None:
            keep_hours(instance, read_hours(typed))


# By the name in the address, in the order of the page.
RESOURCES: dict[str, type[TableResource]] = {
    "support": SupportResource,
    "contact": ContactResource,
    "source": SourceResource,
    "faq": FAQResource,
    "tip": TipResource,
}


class TableWork:
    """A table to be imported (see importing.Work)."""

    def __init__(self, name: str, table: Table) -> None:
        self.resource = RESOURCES[name]()
        self.table = table
        label = self.resource.kind.label
        self.kinds = edited_together([label])
        ids = [self.resource.fields[field].column_name for field in self.resource.get_import_id_fields()]
        self._missing = [column for column in ids if column not in table.headers]
        first = table.headers.index(ids[0]) if ids[0] in table.headers else None
        self.firsts = {half_width(cells[first]) for _, cells in table.rows} if first is not None else set()
        self._ids = [table.headers.index(column) for column in ids if column in table.headers]

    def apply(self) -> list[Problem]:
        problems = self._of_headers() or self._of_keys()
        if problems:
            return problems
        dataset = Dataset(*(cells for _, cells in self.table.rows), headers=self.table.headers)
        return self._of_rows(self.resource.import_data(dataset, use_transactions=False))

    def _of_headers(self) -> list[Problem]:
        known = [field.column_name for field in self.resource.fields.values()]
        headers = self.table.headers
        found = [f"「{name}」の列がありません。どの行がどれのことかが、これで決まります。" for name in self._missing]
        found += [f"「{name}」という列が2つあります。" for name in sorted({n for n in headers if headers.count(n) > 1})]
        found += [
            f"「{name}」という列はありません。使えるのは {'、'.join(known)} です。"
            for name in headers
            if name not in known
        ]
        return [Problem("列の名前", message) for message in found]

    def _of_keys(self) -> list[Problem]:
        found = []
        seen: dict[tuple[str, ...], int] = {}
        for number, cells in self.table.rows:
            key = tuple(half_width(cells[column]) for column in self._ids)
            if not all(key):
                names = "・".join(self.table.headers[column] for column in self._ids)
                found.append(Problem(f"{number}行目", f"{names}を書いてください。どれのことかが、これで決まります。"))
            elif key in seen:
                found.append(Problem(f"{number}行目", f"{seen[key]}行目と同じものです。どちらかを消してください。"))
            seen.setdefault(key, number)
        return found

    def _of_rows(self, result: Result) -> list[Problem]:
        """What import-export found, by the row that the spreadsheet shows. A failing database is nobody's row: it is raised."""
        found: list[tuple[int, str]] = []
        for row in result.error_rows:
            for error in row.errors:
                if not isinstance(error.error, ValueError):
                    raise error.error
                found.append((row.number, str(error.error)))
        for error in result.base_errors:
            raise error.error
        columns = {field.attribute: field.column_name for field in self.resource.fields.values()}
        for row in result.invalid_rows:
            for name, messages in row.error_dict.items():
                column = f"「{columns[name]}」: " if name in columns else ""
                found += [(row.number, f"{column}{message}") for message in messages]
        return [Problem(self._where(number), message) for number, message in sorted(found)]

    def _where(self, number: int) -> str:
        row, cells = self.table.rows[number - 1]
        return f"{row}行目（{' '.join(cells[column] for column in self._ids)}）"
