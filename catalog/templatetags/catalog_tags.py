"""Small words for templates."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

from catalog.directory.directory import DirectoryNow
from catalog.pages import guidance, notice
from catalog.pages.cards import source_host
from catalog.text import markdown
from catalog.text.dates import date_words

register = template.Library()
# What could end the element, or begin a comment in it, is written as JSON's own escapes (as Django's json_script does).
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString:
    """What the page is about, for programs. Data, not a script: no browser runs it."""
    if not data:
        return SafeString("")
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{content}</script>')


@register.simple_tag
def page_notice() -> SafeString:
    """What the page says of itself above all else (catalog.pages.notice)."""
    return notice.current()


@register.filter
def rich(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return SafeString(markdown.to_html(text))


@register.filter
def prose(text: str, here: DirectoryNow) -> SafeString:
    """The Markdown of a FAQ or a tip as safe HTML, with the numbers and the states of a moment."""
    return guidance.prose(text, here)


@register.filter
def host(url: str) -> str:
    """The name of the site that an address leads to."""
    return source_host(url)


@register.filter
def plain_date(value: str) -> str:
    """2025-04 as 2025年4月; what is no date is left as it is."""
    return date_words(value)
