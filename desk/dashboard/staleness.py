"""Which entries were not verified for how long: for the front page and for the filter of the list.

`verified_on` may name a day, a month or only a year. It is read as the first day that it may mean: what was seen "2025-04" may
have been seen on the first of April. Better to look a month too early than to trust a number a month too long. As text, a
shorter date sorts before every day within it, so the database compares the text as it stands. An entry without any date is counted
apart, and is looked at before all others.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.urls import reverse

from catalog.models import Support

AGES = (90, 180)  # days
# How the list of entries is asked for the same: its filter of this name takes one of AGES, or UNDATED.
STALENESS_PARAMETER = "stale"
UNDATED = "none"


def kept_right() -> models.QuerySet[Support]:
    """What the public relies on. Ended ones too: they say where to turn instead."""
    return Support.objects.published()


def older_than(days: int, today: date) -> models.Q:
    """Last verified so many days ago or more."""
    return models.Q(verified_on__lte=(today - timedelta(days=days)).isoformat()) & ~undated()


def undated() -> models.Q:
    return models.Q(verified_on="")


def most_pressing(today: date) -> models.QuerySet[Support]:
    """Not verified for the shorter age or never: those for people in danger first, then the oldest."""
    return kept_right().filter(older_than(AGES[0], today) | undated()).order_by("-crisis", "verified_on", "slug")


def full_list(wish: str) -> str:
    """The address of the list of entries, filtered alike."""
    return f"{reverse('admin:catalog_support_changelist')}?{STALENESS_PARAMETER}={wish}&publication=published"
