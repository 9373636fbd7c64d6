"""Staff's Markdown as safe HTML: no raw HTML, no images, and links that tell the other site nothing."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False})


def _outbound_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    tokens[index].attrSet("rel", "noreferrer")
    return renderer.renderToken(tokens, index, options, env)


def _image_as_words(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """An image would come from elsewhere, and tell that site who reads what."""
    return escapeHtml(tokens[index].content)


_markdown.add_render_rule("link_open", _outbound_link)
_markdown.add_render_rule("image", _image_as_words)


@lru_cache(maxsize=512)
def to_html(text: str) -> SafeString:
    html: str = _markdown.render(text)
    return SafeString(html)  # raw HTML is off, the renderer escapes


@lru_cache(maxsize=512)
def to_text(text: str) -> str:
    """The words alone, as they stand on the page: a line each for paragraphs and points."""
    return "\n".join(line for line in unescape(strip_tags(to_html(text))).splitlines() if line)
