"""How old the evidence of the entries is: for the front page and for the filter of the list.

An entry's date is that of the newest page that shows its number (`verified_on` of catalog.directory.evidence). It may name a day, a month or
only a year, and is read as the first day that it may mean: what was seen "2025-04" may have been seen on the first of April. Better to
look a month too early than to trust a number a month too long. An entry without any date is counted apart, and is looked at before all
others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.urls import reverse

from catalog.directory.codes import NUMBER_WAYS
from catalog.directory.evidence import Source, verified_on
from catalog.models import Contact, Support
from catalog.models import Source as StoredSource
from catalog.models.support import frozen_source

AGES = (90, 180)  # days
# How the list of entries is asked for the same: its filter of this name takes one of AGES, or UNDATED.
STALENESS_PARAMETER = "stale"
UNDATED = "none"


def kept_right() -> models.QuerySet[Support]:
    """What the public relies on. Ended ones too: they say where to turn instead."""
    return Support.objects.published()


@dataclass(frozen=True)
class VerifiedDates:
    """By an entry's id the date of its evidence, "" without."""

    dates: Mapping[int, str]

    @classmethod
    def load(cls) -> VerifiedDates:
        """Of all entries, in three queries."""
        numbers: defaultdict[int, list[str]] = defaultdict(list)
        for support, number in Contact.objects.filter(via__in=NUMBER_WAYS).values_list("support_id", "value"):
            numbers[support].append(number)
        sources: defaultdict[int, list[Source]] = defaultdict(list)
        for source in StoredSource.objects.all():
            sources[source.support_id].append(frozen_source(source))
        return cls({pk: verified_on(numbers[pk], sources[pk]) for pk in Support.objects.values_list("pk", flat=True)})

    def older_than(self, days: int, today: date) -> models.Q:
        """Last verified so many days ago or more."""
        limit = (today - timedelta(days=days)).isoformat()
        return models.Q(pk__in=[pk for pk, seen in self.dates.items() if "" < seen <= limit])

    def undated(self) -> models.Q:
        return models.Q(pk__in=[pk for pk, seen in self.dates.items() if not seen])

    def most_pressing(self, today: date, most: int) -> list[int]:
        """The ids of entries not verified for the shorter age or never: those for people in danger first, then the oldest."""
        stale = kept_right().filter(self.older_than(AGES[0], today) | self.undated())
        rows = sorted(
            stale.values_list("crisis", "pk", "slug"), key=lambda row: (not row[0], self.dates[row[1]], row[2])
        )
        return [pk for _, pk, _ in rows[:most]]


def full_list(wish: str) -> str:
    """The address of the list of entries, filtered alike."""
    return f"{reverse('admin:catalog_support_changelist')}?{STALENESS_PARAMETER}={wish}&publication=published"
