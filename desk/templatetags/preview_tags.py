from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from desk.preview import banner

register = template.Library()


@register.simple_tag
def preview_banner() -> SafeString:
    """What a previewed page says of itself. Nothing on a public page."""
    words = banner.current()
    return render_to_string("desk/preview/banner.html", {"banner": words}) if words else SafeString()
