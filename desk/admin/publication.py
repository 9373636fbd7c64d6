"""しまう instead of deleting: what is archived leaves the list, and can be found and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from catalog.models.base import Publication
from desk.history.locking import locked_for_edit

ALL = "all"


class PublicationFilter(admin.SimpleListFilter):
    title = "公開"
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [
            (Publication.PUBLISHED, "公開する"),
            (Publication.DRAFT, "下書き"),
            (Publication.ARCHIVED, "しまったもの"),
            (ALL, "しまったものも全部"),
        ]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for index, choice in enumerate(super().choices(changelist)):
            yield choice if index else {**choice, "display": "しまったもの以外"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A search by words finds archived entries, too."""
        if self.value() in Publication.values:
            return queryset.filter(publication=self.value())
        searching = bool(request.GET.get("q"))
        return queryset if searching or self.value() == ALL else queryset.exclude(publication=Publication.ARCHIVED)


@admin.action(description="しまう（公開をやめる）", permissions=["change"])
def archive(model_admin: admin.ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]) -> None:
    count = _set(queryset, Publication.ARCHIVED, "しまった")
    messages.success(
        request, f"{count}件をしまいました。つぎに公開すると、サイトから消えます。いつでも下書きにもどせます。"
    )


@admin.action(description="下書きにもどす", permissions=["change"])
def back_to_draft(model_admin: admin.ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]) -> None:
    count = _set(queryset, Publication.DRAFT, "下書きにもどした")
    messages.success(request, f"{count}件を下書きにもどしました。")


def _set(queryset: QuerySet[Any], publication: Publication, reason: str) -> int:
    entries = list(queryset.exclude(publication=publication))
    for entry in entries:
        with locked_for_edit(entry, reason=reason) as fresh:
            fresh.publication = publication
    return len(entries)
