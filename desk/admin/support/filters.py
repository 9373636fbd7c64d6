"""Filters of the list of Supports."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from catalog.directory.codes import Status
from catalog.models import Support, Worry
from desk.dashboard.staleness import AGES, STALENESS_PARAMETER, UNDATED, VerifiedDates

YOUNGEST_ADULT = 19
FRESH = "fresh"


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
    title = "確かめてから"
    parameter_name = STALENESS_PARAMETER

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        ages = [(str(days), f"{days}日以上") for days in AGES]
        return [*ages, (UNDATED, "日付なし"), (FRESH, f"{AGES[0]}日より新しい")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value, today = self.value(), timezone.localdate()
        if not value:
            return queryset
        verified = VerifiedDates.load()
        if value == UNDATED:
            return queryset.filter(verified.undated())
        for days in AGES:
            if value == str(days):
                return queryset.filter(verified.older_than(days, today))
        if value == FRESH:
            return queryset.exclude(verified.older_than(AGES[0], today) | verified.undated())
        return queryset


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
            return queryset.filter(young, child_words__isnull=True).exclude(status=Status.ENDED)
        return queryset
