"""Worries, age bands and audience tags. None of them can be deleted: entries, answers and past Releases speak of them by their code."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from catalog.models import AgeBand, AudienceTag, Worry
from desk.site import desk

from .ordering import OrderedAdmin

WHY_NOT = "支援、質問の答え、これまでの公開版がこの記号を使っているので、消すことはできません。使わなくなったら、"


class VocabularyAdmin(OrderedAdmin):
    search_fields = ["label", "code"]

    @admin.display(description="使っている支援", ordering="uses")
    def uses(self, entry: Any) -> str:
        return f"{entry.uses}件"


@admin.register(Worry, site=desk)
class WorryAdmin(VocabularyAdmin):
    order_within = ("parent",)
    list_display = ["label", "parent", "code", "uses"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    readonly_fields = ["uses"]
    fieldsets = [
        (None, {"fields": ["label", "parent"], "description": "大きな分野を空にすると、これが大きな分野になります。"}),
        (
            "記号と使われかた",
            {"fields": ["code", "uses"], "description": f"{WHY_NOT}支援からこの分野をはずしてください。"},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(uses=Count("supports"))
        return rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only areas can hold topics."""
        if db_field.name == "parent":
            kwargs["queryset"] = Worry.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(AgeBand, site=desk)
class AgeBandAdmin(VocabularyAdmin):
    order_within = ("page",)
    list_display = ["label", "page", "ages", "level", "code"]
    list_filter = ["page", "level"]
    fieldsets = [
        (
            None,
            {
                "fields": ["label", "page", ("age_min", "age_max")],
                "description": "年は両はしをふくみます。空はかぎりなし。",
            },
        ),
        ("ことばの見せかた（18歳以下のページ）", {"fields": ["level", "kanji_taught", "in_kana"]}),
        ("記号", {"fields": ["code"], "description": f"{WHY_NOT}質問の流れの答えからはずしてください。"}),
    ]

    @admin.display(description="年")
    def ages(self, band: AgeBand) -> str:
        lowest, highest = ("" if age is None else f"{age}歳" for age in (band.age_min, band.age_max))
        return f"{lowest}〜{highest}" if lowest or highest else "かぎりなし"


@admin.register(AudienceTag, site=desk)
class AudienceTagAdmin(VocabularyAdmin):
    list_display = ["label", "code", "uses"]
    readonly_fields = ["uses"]
    fieldsets = [
        (None, {"fields": ["label"]}),
        (
            "記号と使われかた",
            {"fields": ["code", "uses"], "description": f"{WHY_NOT}支援からこの対象をはずしてください。"},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(uses=Count("supports"))
        return rows
