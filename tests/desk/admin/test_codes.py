"""記号 by which links, rules and other content name an entry: given once, and the page says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from catalog.models.base import Versioned, code_fields
from chatbot.models import Flow, Question
from tests.desk.forms import opened
from tests.site.browsing import Page

pytestmark = pytest.mark.django_db
CODES = [
    (model, code)
    for model in apps.get_models()
    if issubclass(model, Versioned) and model is not Flow  # whose page shows no code
    for code in code_fields(model)
]
WHY = "記号は変えられません。リンクや、ほかの内容、これまでの公開版がこの記号を使っています。"


def address(model: Any, name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.mark.parametrize(("model", "code"), CODES)
def test_a_code_stays_once_saved_and_the_page_says_why(model: Any, code: str, editor: Client) -> None:
    entry = model.objects.first()
    url = address(model, "change", entry.pk)
    page = Page(editor.get(url))
    assert "disabled" in page.one("input", name=code).attrs
    assert WHY in page.text
    assert editor.post(url, opened(editor, url) | {code: "renamed"}).status_code == 302
    assert getattr(model.objects.get(pk=entry.pk), code) == getattr(entry, code)


@pytest.mark.parametrize(("model", "code"), CODES)
def test_a_new_entry_is_given_its_code(model: Any, code: str, editor: Client) -> None:
    page = Page(editor.get(address(model, "add")))
    assert "disabled" not in page.one("input", name=code).attrs
    assert "あとから変えられません" in page.text


def test_the_key_of_an_answer_stays_too(editor: Client, money: Question) -> None:
    url = address(Question, "change", money.pk)
    before = list(money.choices.values_list("key", flat=True))
    assert WHY in Page(editor.get(url)).one(id="choices-0").text
    editor.post(url, opened(editor, url) | {"choices-0-key": "renamed", "choices-0-label": "ほかのことば"})
    assert list(money.choices.values_list("key", flat=True)) == before
    assert money.choices.all()[0].label == "ほかのことば"
