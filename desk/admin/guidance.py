"""FAQ and tips."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import TextField

from catalog.models import FAQ, Tip, TipSource
from desk.editing.citations import CitationForm
from desk.editing.markdown import MarkdownTextarea
from desk.editing.rows import OrderedRowsFormSet
from desk.editing.wording import WordsChecked
from desk.site import desk

from .base import RowsInline
from .ordering import OrderedAdmin

PUBLICATION_HELP = "公開にするものだけが、つぎの公開版に入ります。"


@admin.register(FAQ, site=desk)
class FAQAdmin(WordsChecked, OrderedAdmin):
    order_within = ("group",)
    list_display = ["question", "group", "publication"]
    list_filter = ["group"]
    search_fields = ["question", "answer", "slug"]
    fieldsets = [
        ("質問と答え", {"fields": ["group", "question", "answer"]}),
        ("公開", {"fields": ["publication", "slug"], "description": PUBLICATION_HELP}),
    ]
    formfield_overrides = {TextField: {"widget": MarkdownTextarea}}


class TipSourceInline(RowsInline):
    model = TipSource
    form = CitationForm
    formset = OrderedRowsFormSet
    fields = ["title", "url", "publisher_name", "publisher", "page_date", "place"]
    verbose_name = "出典"
    verbose_name_plural = "出典（上から順に見せます）"


@admin.register(Tip, site=desk)
class TipAdmin(WordsChecked, OrderedAdmin):
    order_within = ("page",)
    inlines = [TipSourceInline]
    list_display = ["title", "page", "standpoint", "publication"]
    list_filter = ["page", "standpoint"]
    search_fields = ["title", "summary", "body", "slug"]
    fieldsets = [
        ("どこに、だれの目線で", {"fields": ["page", "standpoint"]}),
        ("本文", {"fields": ["title", "summary", "body"]}),
        ("公開", {"fields": ["publication", "slug"], "description": PUBLICATION_HELP}),
    ]
    formfield_overrides = {TextField: {"widget": MarkdownTextarea}}
