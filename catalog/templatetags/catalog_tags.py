"""Small words for templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from .. import rich_text
from ..presenting import PUBLISHER_WORDS, source_host

register = template.Library()


@register.filter
def rich(text: str) -> SafeString:
    """Staff's Markdown as safe HTML."""
    return rich_text.to_html(text)


@register.filter
def host(url: str) -> str:
    """The name of the site that an address leads to."""
    return source_host(url)


@register.filter
def publisher(code: str) -> str:
    return PUBLISHER_WORDS[code]


@register.filter
def plain_date(value: str) -> str:
    """2025-04 as 2025年4月; what is no date is left as it is."""
    parts = value.split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4 or not all(part.isdigit() for part in parts):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
