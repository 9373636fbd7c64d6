"""A page of the desk as one reads it, and its form as a browser would post it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

Posted = dict[str, Any]


def text_of(page: Any) -> str:
    """What stands on the page, without its markup; parts of a value are marked where they differ."""
    main = re.sub(r"</?(ins|del)>", "", page.content.decode().split('<div id="main"')[-1])
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def opened(client: Client, url: str) -> Posted:
    """What the browser would post if nothing were touched."""
    return posted_by(client.get(url))


def posted_by(response: Any) -> Posted:
    """The values of all inputs of the admin's form in a page."""
    context = response.context
    forms = [context["adminform"].form]
    data: Posted = {"_version": context["original"].version} if context["original"] else {}
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            data[field.html_name] = value
    return data
