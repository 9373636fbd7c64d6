"""The children's articles."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import CharField, TextField

from catalog.directory.codes import Level
from catalog.models import ChildArticle
from desk.editing.widgets import FuriganaInput, FuriganaTextarea
from desk.editing.wording import WordsChecked
from desk.site import desk

from .ordering import OrderedAdmin

READINGS = "よみがなは ｜漢字《かんじ》 のように書きます。学年に合わせて、いるところだけに出ます。"


@admin.register(ChildArticle, site=desk)
class ChildArticleAdmin(WordsChecked, OrderedAdmin):
    order_within = ("kind",)
    formfield_overrides = {CharField: {"widget": FuriganaInput}, TextField: {"widget": FuriganaTextarea}}
    list_display = ["__str__", "kind", "publication"]
    list_filter = ["kind"]
    search_fields = ["easy_title", "easy_body", "teen_title", "teen_body", "slug"]
    fieldsets = [
        ("種類", {"fields": ["kind"]}),
        (
            Level.EASY.label,
            {"fields": ["easy_title", "easy_body"], "description": f"短い文で、ことばの間をあけます。{READINGS}"},
        ),
        (Level.TEEN.label, {"fields": ["teen_title", "teen_body"], "description": READINGS}),
        ("公開", {"fields": ["publication", "slug"], "description": "公開にするものだけが、つぎの公開版に入ります。"}),
    ]
