"""Staff's Markdown as safe HTML: no raw HTML, no images, and links that tell the other site nothing."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

LONGEST = 20_000  # characters that a text may have
_markdown = MarkdownIt("commonmark", {"html": False})
_TAG = re.compile(r"<[^>]+>")  # in the renderer's own HTML, which escapes < and > everywhere else


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


def has_images(text: str) -> bool:
    """Whether an image is asked for, of which only the words will be shown."""
    return any(child.type == "image" for token in _markdown.parse(text) for child in token.children or ())


@lru_cache(maxsize=512)
def to_html(text: str) -> str:
    """HTML that needs no further escaping: raw HTML is off, and the renderer escapes the rest."""
    html: str = _markdown.render(text)
    return html


@lru_cache(maxsize=512)
def to_text(text: str) -> str:
    """The words alone, as they stand on the page: one line for each paragraph and point."""
    return "\n".join(line for line in unescape(_TAG.sub("", to_html(text))).splitlines() if line)
