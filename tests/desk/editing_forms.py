"""Staff who write and staff who look, and a change form as their browser would send it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from catalog.models import Contact, Support
from tests.site.browsing import Element, Page

from .conftest import signed_in, staff_member

CONTENT = ("support", "contact", "hours", "source", "childwords", "worry", "ageband", "audiencetag")
Fields = dict[str, list[str]]


def writer(name: str = "さとう") -> Client:
    return _somebody(name, "見本の編集者", ("view", "add", "change"))


def looker(name: str = "たなか") -> Client:
    return _somebody(name, "見本の閲覧者", ("view",))


def stranger(name: str = "きむら") -> Client:
    """On the staff, with both factors, and with no right at all."""
    return signed_in(staff_member(name))


def _somebody(name: str, group: str, actions: tuple[str, ...]) -> Client:
    made, _ = Group.objects.get_or_create(name=group)
    names = [f"{action}_{model}" for action in actions for model in CONTENT]
    made.permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(staff_member(name, group))


def address(support: Support) -> str:
    return reverse("admin:catalog_support_change", args=[support.pk])


def opened(client: Client, url: str) -> Fields:
    """The fields of the change form as they stand there, ready to be sent back."""
    response = client.get(url)
    assert response.status_code == 200
    form = Page(response).one("form", id="support_form")
    fields: Fields = {}
    for name, value in _controls(form):
        fields.setdefault(name, []).append(value)
    return fields


def _controls(form: Element) -> Iterator[tuple[str, str]]:
    for box in form.all("input textarea select", has="name"):
        name = box["name"]
        if "__prefix__" in name or box["type"] in {"submit", "button"}:
            continue
        if box.tag == "textarea":
            yield name, "".join(part for part in box.parts if isinstance(part, str)).removeprefix("\n")
        elif box.tag == "select":
            yield from ((name, option["value"]) for option in box.all("option") if "selected" in option.attrs)
        elif box["type"] not in {"checkbox", "radio"} or "checked" in box.attrs:
            yield name, box["value"] or ("on" if box["type"] == "checkbox" else "")


def add_row(fields: Fields, prefix: str, **values: str) -> None:
    """Press もう1つ追加 and fill in the row."""
    total = int(fields[f"{prefix}-TOTAL_FORMS"][0])
    fields[f"{prefix}-TOTAL_FORMS"] = [str(total + 1)]
    for name, value in values.items():
        fields[f"{prefix}-{total}-{name}"] = [value]


def said(client: Client, url: str, fields: Fields) -> Page:
    """Send the form; the page that the person sees then."""
    return Page(client.post(url, fields, follow=True))


def shown_hours(contact: Contact) -> list[str]:
    return [str(rule) for rule in contact.hours.all()]
