"""Text with readings, shown as the page's reader can read it."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString

from catalog.directory.codes import Level
from catalog.pages.ruby import to_html
from catalog.text import furigana

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, text: str, teen: str = "") -> SafeString:
    """{% say "｜相談《そうだん》する" %}: with readings or in kana, as the context's `reading` says; on adults' pages, without one, plain.

    {% say "｜話《はな》せるよ" teen="｜話《はな》せます" %}: other words where the context's `level` is that of older children.
    """
    if teen and context.get("level") == Level.TEEN:
        text = teen
    reading: furigana.Reading | None = context.get("reading")
    return to_html(text, reading) if reading else escape(furigana.plain(text))


@register.filter
def without_readings(text: str) -> str:
    """For attributes and titles, where no ruby can stand."""
    return furigana.plain(text)
