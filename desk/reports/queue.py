"""The reports with the entries and fields that they speak of, and closing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from catalog.models import Contact, Support
from reports.models import Outcome, Report, Wrong

# The form's fields by what is wrong: the words over them, and their ids. Those of a contact stand in a numbered row.
_FIELDS = {Wrong.ENDED: ("状態", "id_status"), Wrong.WORDS: ("説明の文", "id_when_to_use")}
_CONTACT_FIELDS = {Wrong.NUMBER: ("番号・アドレス・名前", "value"), Wrong.HOURS: ("受付時間", "rules")}


@dataclass(frozen=True, slots=True)
class Reported:
    """`support`: None where no entry has the name any more. `field`: in the words of the form, "" where none is meant. `address`: the
    entry's form at that field."""

    report: Report
    support: Support | None
    field: str
    address: str
    is_contact_gone: bool  # its number was changed or taken out since


def with_entries(reports: Iterable[Report]) -> list[Reported]:
    """In three queries, however many there are."""
    reports = list(reports)
    slugs = {report.slug for report in reports}
    supports = {
        support.slug: support for support in Support.objects.filter(slug__in=slugs).prefetch_related("contacts")
    }
    return [_reported(report, supports.get(report.slug)) for report in reports]


def _reported(report: Report, support: Support | None) -> Reported:
    if support is None:
        return Reported(report, None, "", "", is_contact_gone=False)
    form = reverse("admin:catalog_support_change", args=[support.pk])
    wrong = Wrong(report.wrong)
    if not wrong.is_of_a_contact:
        words, field = _FIELDS.get(wrong, ("", ""))
        return Reported(report, support, words, f"{form}#{field}" if field else form, is_contact_gone=False)
    words, field = _CONTACT_FIELDS[wrong]
    row = _row_of(report.contact, list(support.contacts.all()))
    if row is None:
        return Reported(report, support, words, f"{form}#contacts-group", is_contact_gone=bool(report.contact))
    return Reported(report, support, words, f"{form}#id_contacts-{row}-{field}", is_contact_gone=False)


def _row_of(value: str, contacts: list[Contact]) -> int | None:
    """The row of the form in which this number or address stands."""
    return next((row for row, contact in enumerate(contacts) if value and contact.value == value), None)


def close(pks: Collection[int], outcome: Outcome, by: User) -> int:
    """Returns how many were still open."""
    closed = Report.objects.still_open().filter(pk__in=pks)
    count = closed.order_by().update(outcome=outcome, closed_by=by, closed_at=timezone.now())
    Report.objects.forget_old()
    return count
