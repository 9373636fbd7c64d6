"""The list of Supports and the one page on which each is edited."""

from __future__ import annotations

from typing import Any, TypedDict

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from catalog.directory.codes import Via
from catalog.directory.firsts import parse_first, parse_joint
from catalog.directory.loading import public_id_of
from catalog.models import Contact, Support
from catalog.release import serving
from desk.admin.base import ContentAdmin
from desk.draft.directory import the_vocabulary
from desk.editing.numbers import shared_numbers
from desk.editing.wording import WordsChecked, names_of
from desk.site import desk
from desk.topics.wording import never_with, only_with, people_words, said

from .filters import AreaFilter, ChildWordsFilter, StalenessFilter
from .forms import SupportForm
from .inlines import ChildWordsInline, ContactInline, SourceInline
from .search import matching_supports

NAMES_SHOWN = 3
LINES = ("firsts", "needs", "never_with")


class Telephones(TypedDict):
    phones: list[Contact]


@admin.register(Support, site=desk)
class SupportAdmin(WordsChecked, ContentAdmin):
    form = SupportForm
    inlines = (ContactInline, SourceInline, ChildWordsInline)
    autocomplete_fields = ("replaced_by",)
    readonly_fields = ("public_page", "verified", "lines_in_words")
    save_on_top = True
    view_on_site = False  # public_page says more
    fieldsets = (
        ("名前と種類", {"fields": ("name", "kana", "also_known_as", "slug", "kind", "operator", "reach")}),
        (
            "どんなときに・何をしてくれるか",
            {"fields": ("when_to_use", "summary", "what_happens", "conditions", "apply_at", "bring_or_say")},
        ),
        (
            "だれのためか",
            {
                "fields": (
                    "main_worry", "worries", "tags", "only_for", "declines", *LINES, "lines_in_words",
                    ("age_min", "age_max"), "languages",
                ),
            },
        ),
        (
            "状態と公開",
            {
                "fields": (
                    "publication", "status", "confidence", "expires", "verified", "crisis", "on_crisis_strip", "replaced_by", "replaced_note",
                    "curator_note", "public_page",
                ),
            },
        ),
    )  # fmt: skip

    list_display = ("name", "kind", "area", "telephone", "status", "publication", "verified")
    list_filter = (
        AreaFilter, "kind", "status", StalenessFilter, ChildWordsFilter, "crisis", "reach",
    )  # fmt: skip
    ordering = ("kana",)
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # each count would be a query of its own
    search_fields = ("name",)  # what is searched: get_search_results
    search_help_text = "名前、よみがな、ほかの呼び名、記号、電話番号（ハイフンなしや全角でも）で探せます。"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Support]:
        supports: QuerySet[Support] = super().get_queryset(request)
        return supports.select_related("main_worry__parent").prefetch_related("contacts", "sources")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks reads the lines in words."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name not in LINES)})
            for title, options in fieldsets
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=matching_supports(search_term)), False

    @admin.display(description="分野", ordering="main_worry")
    def area(self, support: Support) -> str:
        return str(support.main_worry.parent or support.main_worry)

    @admin.display(description="電話")
    def telephone(self, support: Support) -> str:
        return next((contact.value for contact in support.contacts.all() if contact.via == Via.PHONE), "")

    @admin.display(description="確かめた日")
    def verified(self, support: Support) -> str:
        return support.verified_on or "日付なし"

    @admin.display(description="いまの行をことばで")
    def lines_in_words(self, support: Support) -> str:
        """The lines as they are saved, with a link from each worry to where it is told."""
        vocabulary = the_vocabulary()
        words = people_words(vocabulary)
        try:
            firsts = [parse_first(line) for line in support.firsts]
            shown = [
                only_with(parse_joint(support.needs), words),
                never_with(parse_joint(support.never_with), words),
            ]
        except ValueError as error:
            return str(error)
        placed = [(_topics_of(first.worry), *said(first, vocabulary, words)) for first in firsts]
        rows = (
            *(format_html('<a class="desk-link" href="{}">{}</a>{}', *each) for each in placed),
            *filter(None, shown),
        )
        return (
            format_html('<ul class="desk-lines">{}</ul>', format_html_join("", "<li>{}</li>", ([row] for row in rows)))
            if rows
            else "—"
        )

    @admin.display(description="ページを見る")
    def public_page(self, support: Support) -> SafeString | str:
        """The public page, where there is one now, and the draft."""
        if not support.pk:
            return "保存すると、ここから見られます。"
        address = reverse("entry", args=[public_id_of(support.slug)])
        draft = reverse("admin:preview-page", kwargs={"moment": "now", "path": address.lstrip("/")})
        links = [(draft, "下書きを見る")]
        if _is_public(support):
            links.insert(0, (address, "公開ページで見る"))
        words = "" if _is_public(support) else "まだ公開されていません。"
        anchors = [format_html('<a class="desk-link" href="{}">{}</a>', url, label) for url, label in links]
        return format_html("{} " * (len(anchors) + 1), words, *anchors)

    def rows_read(self, entry: Any) -> list[Model]:
        support = Support.objects.select_related("child_words").get(pk=entry.pk)
        return [support, *support.contacts.all(), *([support.child_words] if hasattr(support, "child_words") else [])]

    def proper_names(self, entry: Any) -> list[str]:
        return names_of(entry)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for number, names in shared_numbers(form.instance).items():
            named = "、".join(f"「{name}」" for name in names[:NAMES_SHOWN]) + (
                "など" if len(names) > NAMES_SHOWN else ""
            )
            messages.warning(
                request,
                f"{number} は、{named}の連絡先にもあります。同じ窓口ならこのままで、ちがうなら番号を確かめてください。",
            )


def _topics_of(worry: str) -> str:
    return f"{reverse('admin:topics')}?{urlencode({'worry': worry})}"


def _is_public(support: Support) -> bool:
    try:
        return support.slug in serving.current().supports
    except serving.NothingPublished:
        return False
