"""A number that two entries name: often the same desk, sometimes a slip."""

from __future__ import annotations

from django.db.models import Q, Value
from django.db.models.functions import Replace

from catalog.directory.codes import NUMBER_WAYS
from catalog.models import Contact, Support
from catalog.text import phone


def shared_numbers(support: Support) -> dict[str, list[str]]:
    """The entry's numbers that other entries have too, with those entries' names. One query for the entry, one for the others."""
    own = {
        phone.digits(number): number
        for contact in support.contacts.filter(via__in=NUMBER_WAYS)
        for number in (contact.value, contact.long_number)
        if number
    }
    pressed, pressed_long = (Replace(name, Value("-"), Value("")) for name in ("value", "long_number"))
    others = (
        Contact.objects.exclude(support=support)
        .filter(via__in=NUMBER_WAYS)
        .annotate(pressed=pressed, pressed_long=pressed_long)
        .filter(Q(pressed__in=own) | Q(pressed_long__in=own))
        .values_list("pressed", "pressed_long", "support__name")
        .order_by("support__name")
    )
    shared: dict[str, list[str]] = {}
    for value, long_number, name in others:
        for digits in {value, long_number} & own.keys():
            names = shared.setdefault(own[digits], [])
            if name not in names:
                names.append(name)
    return shared
