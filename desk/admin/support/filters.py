"""Filters of the list of Supports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from catalog.models import Support, Worry

YOUNGEST_ADULT = 19


class AreaFilter(admin.SimpleListFilter):
    title = "大きな分野"
    parameter_name = "area"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return list(Worry.objects.filter(parent=None).values_list("code", "label"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Entries with a worry in the area, each once."""
        if not (area := self.value()):
            return queryset
        worries = Worry.objects.filter(Q(code=area) | Q(parent__code=area))
        return queryset.filter(pk__in=Support.worries.through.objects.filter(worry__in=worries).values("support"))


class StalenessFilter(admin.SimpleListFilter):
    """A date of which only the year or month is known counts from its first day: what may be old is old."""

    title = "確かめてから"
    parameter_name = "stale"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("90", "90日以上"), ("180", "180日以上"), ("none", "日付なし"), ("fresh", "90日より新しい")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "none":
            return queryset.filter(verified_on="")
        if value in {"90", "180"}:
            return queryset.exclude(verified_on="").filter(verified_on__lte=_days_ago(int(value)))
        return queryset.filter(verified_on__gt=_days_ago(90)) if value == "fresh" else queryset


def _days_ago(days: int) -> str:
    """2025-04 stands before 2025-04-01 as text, so written dates compare as they should."""
    return (timezone.localdate() - timedelta(days=days)).isoformat()


class ChildWordsFilter(admin.SimpleListFilter):
    title = "子どもへのことば"
    parameter_name = "child_words"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [("yes", "ある"), ("missing", "ない（18歳以下も使えるもの）")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(child_words__isnull=False)
        if self.value() == "missing":
            young = Q(age_min=None) | Q(age_min__lt=YOUNGEST_ADULT)
            return queryset.filter(young, child_words__isnull=True).exclude(status=Support.Status.ENDED)
        return queryset
