"""Staff's Markdown as safe HTML: no raw HTML, no images, and links that tell the other site nothing.

[よりそいホットライン](support:yorisoi-hotline) names an entry of the catalogue, (support:childline#chat) one way to reach it. Whoever shows
the text says what becomes of such a link: a page has the number and the state of the moment, a program the public address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

LONGEST = 20_000  # characters that a text may have
_markdown = MarkdownIt("commonmark", {"html": False})
# In the renderer's own HTML, which escapes <, > and " everywhere else, and in which no link stands within another.
_TAG = re.compile(r"<[^>]+>")
_LINK_TO_ENTRY = re.compile(r'<a href="support:([^"]*)"[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE)
_WRITTEN_LINK = re.compile(r"\]\(support:([a-z0-9_-]+(?:#[a-z]+)?)\)")


class Named(NamedTuple):
    """An entry that a text links, by its slug; `via`: the one way to reach it that is meant, or ""."""

    slug: str
    via: str

    @classmethod
    def read(cls, target: str) -> Named:
        slug, _, via = target.partition("#")
        return cls(slug, via)


def _outbound_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    if not str(tokens[index].attrGet("href")).lower().startswith("support:"):
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


def named(text: str) -> list[Named]:
    """The entries that a text links, in its order."""
    return [Named.read(target) for target, _ in _LINK_TO_ENTRY.findall(_html(text))]


def names_plainly(text: str) -> bool:
    """Whether every link to an entry is written as [words](support:slug), the form that `with_addresses` finds."""
    return [Named.read(target) for target in _WRITTEN_LINK.findall(text)] == named(text)


def to_html(text: str, link: Callable[[Named, str], str] = lambda named, words: words) -> str:
    """HTML that needs no further escaping: raw HTML is off, and the renderer escapes the rest.

    `link` makes the HTML of a link to an entry, out of what it names and the HTML of its words.
    """
    return _LINK_TO_ENTRY.sub(lambda found: link(Named.read(found[1]), found[2]), _html(text))


def with_addresses(text: str, address: Callable[[str], str]) -> str:
    """The Markdown with an ordinary address, by the slug, in place of each link to an entry."""
    return _WRITTEN_LINK.sub(lambda found: f"]({address(Named.read(found[1]).slug)})", text)


@lru_cache(maxsize=512)
def to_text(text: str) -> str:
    """The words alone, as they stand on the page: one line for each paragraph and point."""
    return "\n".join(line for line in unescape(_TAG.sub("", _html(text))).splitlines() if line)


@lru_cache(maxsize=512)
def _html(text: str) -> str:
    """With links to entries as they were written."""
    html: str = _markdown.render(text)
    return html
