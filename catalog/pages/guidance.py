"""FAQ and tips as the pages show them: an entry that a text links stands there with its number and its state of the moment.

So no text carries a number of its own, which would go stale unseen.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from catalog.directory.codes import Via
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from catalog.hours.timetable import Openness
from catalog.text import markdown

from .cards import contact_line
from .contacts import ContactLine, contact_now
from .decorators import public_url


def prose(text: str, here: DirectoryNow) -> SafeString:
    """Staff's Markdown as a page shows it at this moment. An entry that is not public is left as its words."""

    def link(named: markdown.Named, words: str) -> str:
        support = here.directory.supports.get(named.slug)
        if support is None:
            return words
        context = {"support": support, "words": SafeString(words), "line": _line(support, named.via, here)}
        return render_to_string("catalog/_named.html", context).strip()

    return SafeString(markdown.to_html(text, link))


def _line(support: Support, via: str, here: DirectoryNow) -> ContactLine | None:
    """The contact of the way that is asked for; else the first number, or what else somebody answers at. Where that one is closed,
    another of its kind that answers."""
    contacts = [contact_now(contact, here) for contact in support.contacts if support.is_available]
    live = [now for now in contacts if now.contact.is_live]
    numbers = [now for now in live if now.contact.via is Via.PHONE]
    fitting = [now for now in contacts if now.contact.via == via] if via else numbers or live
    if not fitting:
        return None
    first = fitting[0]
    if first.state.openness is not Openness.UNKNOWN and not first.answers:
        first = next((now for now in fitting if now.answers), first)
    return contact_line(first)


def public_html(text: str, directory: Directory) -> str:
    """For programs, at any moment: an entry that the text links is a link to its public address."""

    def link(named: markdown.Named, words: str) -> str:
        support = directory.supports.get(named.slug)
        return f'<a href="{public_url("entry", support.public_id)}">{words}</a>' if support else words

    return markdown.to_html(text, link)


def public_markdown(text: str, directory: Directory) -> str:
    """The same as Markdown."""

    def address(slug: str) -> str:
        support = directory.supports.get(slug)
        return public_url("entry", support.public_id) if support else public_url("list")

    return markdown.with_addresses(text, address)
