"""The rows of a Support: contacts with their hours, sources, words for children."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from catalog.directory.codes import Level
from catalog.hours.notation import hours_words
from catalog.models import ChildWords, Contact, Source
from catalog.models.child_words import PARTS
from desk.admin.base import RowsInline
from desk.editing.rows import OrderedRowsFormSet
from desk.editing.week import hours_rows, stored_timetable, week

from .forms import ChildWordsForm, ContactForm, SourceForm


class ContactInline(RowsInline):
    model = Contact
    form = ContactForm
    formset = OrderedRowsFormSet
    readonly_fields = ("this_week",)
    fieldsets = (
        (None, {"fields": (("via", "place"), "label", "value", "charge", "ip_phone", "note")}),
        (
            "受付時間",
            {
                "classes": ("desk-hours",),
                "fields": (
                    "always_open",
                    "rules",
                    "closed_on_holidays",
                    "closed_periods",
                    "open_periods",
                    "this_week",
                    "hours_text",
                ),
            },
        ),
    )

    class Media:
        css = {"all": ["desk/support.css"]}
        js = ["desk/hours.js", "desk/rows.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("hours")

    @admin.display(description="今週の開いている時間")
    def this_week(self, contact: Contact) -> SafeString:
        """As saved; with scripts the table follows what is typed."""
        days = week(stored_timetable(contact), timezone.now()) if contact.pk else []
        return render_to_string("desk/support/_this_week.html", {"days": days})

    @admin.display(description="受付時間")
    def rules(self, contact: Contact) -> str:
        """For those who may only look: the form has a field of this name."""
        return hours_words(hours_rows(contact.hours.all()))

    @admin.display(description="並び順")
    def place(self, contact: Contact) -> int:
        return contact.position + 1


class SourceInline(RowsInline):
    model = Source
    form = SourceForm
    formset = OrderedRowsFormSet
    fields = (
        ("url", "place"), "title", ("publisher_name", "publisher"), ("page_date", "seen_on"), "shows_numbers", "shows_hours", "confirms",
    )  # fmt: skip

    @admin.display(description="並び順")
    def place(self, source: Source) -> int:
        return source.position + 1


class ChildWordsInline(RowsInline):
    model = ChildWords
    form = ChildWordsForm
    max_num = 1
    fieldsets = (
        (None, {"fields": ("name", "bands", ("free", "name_needed", "secret"))}),
        (Level.EASY.label, {"fields": tuple(f"{Level.EASY}_{part}" for part in PARTS)}),
        (Level.TEEN.label, {"fields": tuple(f"{Level.TEEN}_{part}" for part in PARTS)}),
    )
