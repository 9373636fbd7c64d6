"""Each answer says how many entries it leads to; nobody waits for the counting. And how much the pages ask of the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Support
from chatbot.models import Choice, Flow, Question
from chatbot.survey import survey as real_survey
from desk import walk_lock
from desk.draft.directory import draft
from desk.flow_map import reach as reach_module
from tests.catalog.samples import change
from tests.conftest import japan

from .flow_pages import flow_url, page, question_url, save

pytestmark = pytest.mark.django_db
MOST_QUERIES = 36


@pytest.fixture(autouse=True)
def nothing_counted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach_module, "_latest", None)


@pytest.fixture
def tiny() -> Flow:
    """The general flow alone, cut down to two questions, so that it is quickly walked."""
    Flow.objects.update(start=None)
    Question.objects.update(next=None)
    Choice.objects.update(next=None)
    keep = Question.objects.filter(flow__key="general", key__in=["money", "way"])
    Choice.objects.exclude(question__in=keep).delete()
    Choice.objects.filter(question__key="money").exclude(key__in=["rent", "debt"]).delete()
    Question.objects.exclude(pk__in=keep).delete()
    Flow.objects.exclude(key="general").delete()
    flow = Flow.objects.get()
    change(flow, start=keep.get(key="money"))
    change(keep.get(key="money"), next=keep.get(key="way"))
    return Flow.objects.get()


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The surveys made."""
    made: list[str] = []

    def survey(*args: Any, fingerprint: str, at: datetime) -> Any:
        made.append(fingerprint)
        return real_survey(*args, fingerprint=fingerprint, at=at)

    monkeypatch.setattr(reach_module, "survey", survey)
    return made


def test_each_answer_says_how_many_entries_it_leads_to(editor: Client, tiny: Flow, walks: list[str]) -> None:
    question = tiny.questions.get(key="money")
    assert "まだ数えていません" in page(editor, question_url(question)).text
    assert walks == []  # the page itself does not wait for it
    reached = page(editor, reverse("admin:chatbot_question_reach", args=[question.pk]))
    rent, debt = question.choices.all()
    count = reached.one(id=f"reach-{rent.pk}").text
    assert count.endswith("件")
    assert int(count.removesuffix("件")) == len(reached.one("div", class_="flow-reach").all("ul")[0].all("li"))
    names = [item.text for item in reached.one("div", class_="flow-reach").all("ul")[0].all("li")]
    assert Support.objects.filter(name=names[0], publication="published").exists()
    assert page(editor, question_url(question)).one(id=f"reach-{rent.pk}").text == count
    page(editor, reverse("admin:chatbot_flow_map", args=[tiny.pk]))
    assert len(walks) == 1
    assert reached.one(id=f"reach-{debt.pk}").text != "0件"


def test_the_map_counts_anew_after_a_change(editor: Client, tiny: Flow, walks: list[str]) -> None:
    url = reverse("admin:chatbot_flow_map", args=[tiny.pk])
    before = page(editor, url).one("ol", class_="flow-list").text
    Support.objects.filter(main_worry__code="debt").update(publication="archived")
    after = page(editor, url).one("ol", class_="flow-list").text
    assert before != after
    assert len(walks) == 2
    assert "の下書き" in page(editor, flow_url(tiny)).text


def test_it_is_counted_anew_on_another_day(tiny: Flow, walks: list[str]) -> None:
    """What has its season may have come or gone."""
    for day in ("2026-09-02 10:00", "2026-09-02 18:00", "2026-09-03 10:00"):
        with time_machine.travel(japan(day)):
            reach_module.count(draft())
    assert len(walks) == 2


def test_saving_does_not_wait_for_the_counting(editor: Client, money: Question, walks: list[str]) -> None:
    save(editor, question_url(money), lambda fields: fields.update({"prompt": ["何に困っていますか。"]}))
    page(editor, flow_url(money.flow))
    assert walks == []


def test_nobody_waits_for_the_counting_of_another(editor: Client, tiny: Flow, walks: list[str]) -> None:
    question = tiny.questions.get(key="money")
    with walk_lock.walking():  # somebody else's request is counting
        reached = page(editor, reverse("admin:chatbot_question_reach", args=[question.pk]))
        drawn = page(editor, reverse("admin:chatbot_flow_map", args=[tiny.pk]))
    assert "いま数えています" in reached.text
    assert "いま数えています" in drawn.text
    assert walks == []
    assert "いま数えています" not in page(editor, reached.address).text


def test_a_broken_flow_cannot_be_counted_and_says_so(editor: Client, tiny: Flow) -> None:
    question = tiny.questions.get(key="money")
    question.choices.filter(key="debt").delete()
    reached = page(editor, reverse("admin:chatbot_question_reach", args=[question.pk]))
    assert "いまの下書きでは、数えられません" in reached.text
    assert page(editor, reverse("admin:chatbot_flow_map", args=[tiny.pk])).all(class_="flow-problems")


# How much it asks of the database


def test_queries_are_bounded(
    viewer: Client, general: Flow, money: Question, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lists = [reverse("admin:chatbot_flow_changelist"), reverse("admin:chatbot_question_changelist")]
    for address in (*lists, flow_url(general), question_url(money)):
        with django_assert_max_num_queries(MOST_QUERIES):
            page(viewer, address)


def test_queries_do_not_grow_with_the_flow(viewer: Client, general: Flow, tiny: Flow) -> None:
    with CaptureQueriesContext(connection) as few:
        page(viewer, flow_url(tiny))
    for place in range(20):
        question = Question.objects.create(flow=tiny, key=f"more-{place}", prompt="もっと")
        Choice.objects.create(question=question, key="a", label="あ")
    with CaptureQueriesContext(connection) as many:
        page(viewer, flow_url(tiny))
    assert len(many) <= len(few)
