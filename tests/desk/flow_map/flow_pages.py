"""The pages of the flows as a browser without scripts sees and sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from chatbot.models import Flow, Question
from tests.site.browsing import Element, Page


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return Page(response, address)


def question_url(question: Question) -> str:
    return reverse("admin:chatbot_question_change", args=[question.pk])


def flow_url(flow: Flow) -> str:
    return reverse("admin:chatbot_flow_change", args=[flow.pk])


def fields_of(form: Element) -> dict[str, list[str]]:
    """What a browser would send."""
    fields: dict[str, list[str]] = {}
    for box in form.all("input select textarea", has="name"):
        if "disabled" in box.attrs or (box["type"] == "checkbox" and "checked" not in box.attrs):
            continue
        if box["type"] == "submit" or "__prefix__" in box["name"]:
            continue
        value = box["value"]
        if box.tag == "select":
            value = next((option["value"] for option in box.all("option") if "selected" in option.attrs), "")
        fields.setdefault(box["name"], []).append(value)
    return fields


def save(client: Client, address: str, edit: Callable[[dict[str, list[str]]], object] = lambda fields: None) -> Any:
    form = next(form for form in page(client, address).all("form") if form["id"].endswith("_form"))
    fields = fields_of(form)
    edit(fields)
    return client.post(address, fields)
