"""A contact's hours as rows of the database, brought to what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.hours.notation import same_rows
from catalog.hours.stored import HoursRow
from catalog.models import Contact, Hours

from .week import hours_rows


def keep_hours(contact: Contact, rows: Sequence[HoursRow]) -> None:
    """Make the contact's rows of Hours those; a row that means the same stays as it is, without a line in its history."""
    stored = list(Hours.objects.filter(contact=contact).order_by("position"))
    for rule, row, before in zip(stored, rows, hours_rows(stored), strict=False):
        if not same_rows(before, row):
            for name, value in row.items():
                setattr(rule, name, value)
            rule.save()
    for surplus in stored[len(rows) :]:
        surplus.delete()
    first_free = stored[-1].position + 1 if stored else 0
    for position, row in enumerate(rows[len(stored) :], start=first_free):
        Hours.objects.create(contact=contact, position=position, **row)
