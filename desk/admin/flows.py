"""Flows, questions and choices."""

from __future__ import annotations

from typing import Any, TypedDict

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.forms import Field, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_stubs_ext import WithAnnotations

from catalog.models import Support
from catalog.text.furigana import plain
from chatbot.models import Choice, Flow, Question
from chatbot.pictures import PICTURES
from desk.flow_map.facts import WORD_LIST
from desk.flow_map.forms import ChoiceForm, ChoiceRows, QuestionForm
from desk.flow_map.outline import conditions
from desk.flow_map.reach import last_known
from desk.flow_map.showing import flow_context, problems_of, reach_now
from desk.flow_map.words import fact_words
from desk.site import desk

from .base import ContentAdmin, RowsInline

MOST_SAID = 5  # problems in one message; the flow's page names them all


class FlowContentAdmin(ContentAdmin):
    """What the pages of flows and of questions share."""

    class Media:
        css = {"all": ["desk/flows.css"]}
        js = ["desk/flows.js"]

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        return without_links(super().formfield_for_dbfield(db_field, request, **kwargs))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A broken flow is saved as a draft all the same, and what is broken is named at once."""
        super().save_related(request, form, formsets, change)
        flow = form.instance if isinstance(form.instance, Flow) else form.instance.flow
        problems = problems_of(flow)
        if problems:
            said = [str(problem) for problem in problems[:MOST_SAID]]
            more = f" ほかに{len(problems) - MOST_SAID}つあります。" if len(problems) > MOST_SAID else ""
            messages.warning(
                request, f"下書きに保存しましたが、「{flow}」はこのままでは公開できません。{' '.join(said)}{more}"
            )

    def _page(self, request: HttpRequest, template: str, obj: Flow | Question, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": obj, **context}
        return render(request, f"desk/flows/{template}.html", shared)

    def _seen(self, request: HttpRequest, object_id: str) -> Any:
        """Raises PermissionDenied, Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        return obj


def words_of(request: HttpRequest) -> dict[str, str]:
    """The words of the facts, read once per request."""
    known: dict[str, str] | None = getattr(request, "fact_words", None)
    if known is None:
        known = fact_words()
        setattr(request, "fact_words", known)  # noqa: B010 (HttpRequest declares no such name)
    return known


def in_words(facts: list[str], words: dict[str, str]) -> str:
    return "、".join(words.get(fact, fact) for fact in facts) or "—"


def without_links(field: Field | None) -> Field | None:
    """Without the small buttons beside a choice of another question: they open windows in which one gets lost."""
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        for name in ("add", "change", "delete", "view"):
            setattr(field.widget, f"can_{name}_related", False)
    return field


class Counted(TypedDict):
    in_use: int  # questions


@admin.register(Flow, site=desk)
class FlowAdmin(FlowContentAdmin):
    list_display = ["title", "number_of_questions"]
    fields = ["title", "start"]
    change_form_template = "desk/flows/flow_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one flow per page; another page is not a matter of content."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flow]:
        in_use = Count("questions", filter=Q(questions__is_archived=False))
        flows: QuerySet[Flow] = super().get_queryset(request)
        return flows.annotate(in_use=in_use)

    @admin.display(description="質問の数")
    def number_of_questions(self, flow: WithAnnotations[Flow, Counted]) -> int:
        return flow.in_use

    def get_form(self, request: HttpRequest, obj: Flow | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj and "start" in form.base_fields:
            start: Any = form.base_fields["start"]
            start.label_from_instance = lambda question: f"{plain(question.prompt)}（{question.key}）"
            start.queryset = Question.objects.filter(Q(flow=obj, is_archived=False) | Q(flow=obj, pk=obj.start_id or 0))
        return form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj:
            may_add = desk.get_model_admin(Question).has_add_permission(request)
            context.update(flow_context(obj), map_url=map_url(obj), may_add_question=may_add)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.map_view)
        return [path("<int:object_id>/map/", view, name="chatbot_flow_map"), *super().get_urls()]

    def map_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The map by itself, with the entries counted in the draft as it is. The flow's own page fetches it with a script."""
        flow = self._seen(request, str(object_id))
        reach, is_counting = reach_now()
        context = {**flow_context(flow, reach=reach), "is_counting": is_counting, "title": f"{flow}の図"}
        return self._page(request, "map", flow, context)


def map_url(flow: Flow) -> str:
    return reverse("admin:chatbot_flow_map", args=[flow.pk])


READ_IN_WORDS = {"facts": "facts_in_words", "offer_if": "offer_if_in_words"}


class ChoiceInline(RowsInline):
    model = Choice
    fk_name = "question"
    form = ChoiceForm
    formset = ChoiceRows
    fields = [
        ("label", "position"),
        ("help", "icon"),
        "facts",
        "offer_if",
        ("next", "ends", "leads_to"),
        "key",
        "reach",
    ]
    verbose_name_plural = "答え（2つから。1人に出すのは9つまで）"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The words to pick from are read once for all answers."""
        form = type("WordedChoiceForm", (ChoiceForm,), {"vocabulary": words_of(request)})
        self.question, self.words = obj, words_of(request)
        return super().get_formset(request, obj, form=form, **kwargs)

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        field = without_links(super().formfield_for_dbfield(db_field, request, **kwargs))
        if db_field.name == "next" and isinstance(field, ModelChoiceField):
            field.empty_label = "質問の「次の質問」へ"
            limit_to_flow(field, request)
        return field

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Who only looks reads the facts in words, too."""
        may_change = self.has_change_permission(request, obj)
        return (
            self.fields
            if may_change
            else [READ_IN_WORDS.get(name, name) if isinstance(name, str) else name for name in self.fields]
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["reach", *READ_IN_WORDS.values()]

    @admin.display(description="わかること")
    def facts_in_words(self, choice: Choice) -> str:
        return in_words(choice.facts, self.words)

    @admin.display(description="出す条件")
    def offer_if_in_words(self, choice: Choice) -> str:
        return in_words(choice.offer_if, self.words)

    @admin.display(description="たどりつく支援")
    def reach(self, choice: Choice) -> SafeString:
        if choice.pk is None:
            return format_html("{}", "保存すると数えます。")
        known = last_known()
        key = (self.question.flow.key, self.question.key, choice.key)
        count = known.counts.get(key) if known else None
        url = reverse("admin:chatbot_question_reach", args=[self.question.pk])
        words = "—" if count is None else f"{count}件"
        return format_html(
            '<span id="reach-{}">{}</span> <a href="{}#choice-{}">どの支援か見る</a>', choice.pk, words, url, choice.key
        )


def limit_to_flow(field: Any, request: HttpRequest) -> None:
    """Only the questions of the same flow, those in use first, each with its key. Read once per request."""
    match = request.resolver_match
    question_id = match.kwargs.get("object_id") if match else None
    flow = Q(flow=request.GET["flow"]) if request.GET.get("flow", "").isdecimal() else Q()
    if question_id:
        flow = Q(flow__questions=question_id)
    questions = Question.objects.filter(flow).exclude(pk=question_id or 0).order_by("flow", "is_archived", "position")
    field.queryset = questions
    named = [
        (row.pk, f"{plain(row.prompt)}（{row.key}{'・しまってあります' if row.is_archived else ''}）")
        for row in questions
    ]
    field.choices = [("", field.empty_label), *named]


@admin.register(Question, site=desk)
class QuestionAdmin(FlowContentAdmin):
    form = QuestionForm
    inlines = [ChoiceInline]
    list_display = ["prompt", "key", "flow", "position", "is_archived"]
    list_filter = ["flow", "is_archived"]
    list_select_related = ["flow"]
    search_fields = ["prompt", "key", "choices__label"]
    ordering = ["flow", "is_archived", "position"]
    change_form_template = "desk/flows/question_form.html"
    fieldsets = [
        ("質問", {"fields": ["flow", "prompt", "help", ("multiple", "most"), "skip_label"]}),
        ("つながり", {"fields": ["next", "ask_if", "skip_if", "position"]}),
        ("そのほか", {"fields": ["key", "is_archived"]}),
    ]

    def get_form(self, request: HttpRequest, obj: Question | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = type("WordedQuestionForm", (QuestionForm,), {"vocabulary": words_of(request)})
        return super().get_form(request, obj, change=change, **{"form": form, **kwargs})

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> list[str]:
        return ["flow", "conditions"] if obj else ["conditions"]

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """Who only looks reads the conditions in words."""
        if not obj or self.has_change_permission(request, obj):
            return self.fieldsets
        (first, rows), (second, _), last = self.fieldsets
        return [(first, rows), (second, {"fields": ["next", "conditions", "position"]}), last]

    @admin.display(description="聞く条件・聞かない条件")
    def conditions(self, question: Question) -> str:
        data = {"ask_if": question.ask_if, "skip_if": question.skip_if}
        return "。".join(conditions(data, fact_words())) or "だれにでも聞きます。"

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "next" and field:
            field.empty_label = "結果へ"
            limit_to_flow(field, request)
        return field

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        context.update(word_list=WORD_LIST, words=words_of(request).values(), pictures=PICTURES)
        if obj:
            known = last_known()
            context.update(
                problems=problems_of(obj.flow),
                flow=obj.flow,
                reach_url=reverse("admin:chatbot_question_reach", args=[obj.pk]),
                counted_at=known.counted_at if known else None,
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reach_view)
        return [path("<int:object_id>/reach/", view, name="chatbot_question_reach"), *super().get_urls()]

    def reach_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Which entries each answer leads to, counted in the draft as it is."""
        question = self._seen(request, str(object_id))
        reach, is_counting = reach_now()
        entries = {support.slug: support for support in Support.objects.only("pk", "slug", "name")} if reach else {}
        rows = []
        for choice in question.choices.all():
            slugs = reach.by_choice.get((question.flow.key, question.key, choice.key), frozenset()) if reach else ()
            found = [entries[slug] for slug in slugs if slug in entries]
            rows.append((choice, sorted(found, key=lambda support: support.name)))
        context = {
            "title": "たどりつく支援",
            "rows": rows,
            "reach": reach,
            "is_counting": is_counting,
            "flow": question.flow,
        }
        return self._page(request, "reach", question, context)
