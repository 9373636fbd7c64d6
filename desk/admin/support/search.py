"""Finding an entry at the desk: by name, other name, kana or code, or by a number typed in any form."""

from __future__ import annotations

import re
import unicodedata

from catalog.directory.search import normalise
from catalog.models import Contact, Support
from catalog.text import phone

_NUMBER = re.compile(r"[#\d\s()-]*\d[#\d\s()-]*")
FEWEST_DIGITS = 3


def matching_supports(typed: str) -> list[int]:
    """The ids of the entries that have every word in a name, or the typed number in a contact. Two queries at most.

    Compared here and not in the database, which cannot fold full-width letters, katakana and dashes.
    """
    number = _number(typed)
    words = normalise(typed).split()
    by_number = {
        support_id
        for support_id, value in (Contact.objects.values_list("support_id", "value") if number else ())
        if number in phone.digits(value)
    }
    by_name = {
        pk
        for pk, slug, name, kana, others in Support.objects.values_list("pk", "slug", "name", "kana", "also_known_as")
        if all(word in normalise(" ".join([slug, name, kana, *others])) for word in words)
    }
    return sorted(by_number | by_name)


def _number(typed: str) -> str:
    """The digits, where nothing but a telephone number was typed."""
    settled = phone.with_plain_dashes(unicodedata.normalize("NFKC", typed))
    digits = phone.digits(settled)
    return digits if _NUMBER.fullmatch(settled) and len(digits) >= FEWEST_DIGITS else ""
