"""A number that two entries name: often the same desk, sometimes a slip."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.functions import Replace

from catalog.directory.codes import NUMBER_WAYS
from catalog.models import Contact, Support
from catalog.text import phone


def shared_numbers(support: Support) -> dict[str, list[str]]:
    """The entry's numbers that other entries have too, with those entries' names. One query for the entry, one for the others."""
    own = {phone.digits(contact.value): contact.value for contact in support.contacts.filter(via__in=NUMBER_WAYS)}
    others = (
        Contact.objects.exclude(support=support)
        .filter(via__in=NUMBER_WAYS)
        .annotate(pressed=Replace("value", Value("-"), Value("")))
        .filter(pressed__in=own)
        .values_list("pressed", "support__name")
        .order_by("support__name")
    )
    shared: dict[str, list[str]] = {}
    for digits, name in others:
        names = shared.setdefault(own[digits], [])
        if name not in names:
            names.append(name)
    return shared
