"""Which addresses the published content rests on, and where each of them stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from catalog.models import Contact, Source, TipSource

from ..models import LinkCheck

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands. `support`: the entry's id, None for an address of a tip."""

    support: int | None
    name: str


def _sources() -> models.QuerySet[Source]:
    return Source.objects.published().order_by()


def _contacts() -> models.QuerySet[Contact]:
    return Contact.objects.published().order_by()


def _tip_sources() -> models.QuerySet[TipSource]:
    return TipSource.objects.published().order_by()


def in_use() -> list[str]:
    """Every http(s) address of what is to be public, once, in a settled order."""
    found: set[str] = set()
    found.update(_sources().values_list("url", flat=True))
    found.update(_contacts().values_list("value", flat=True))
    found.update(_tip_sources().values_list("url", flat=True))
    return sorted(address for address in found if address.startswith(WEB))


def checks_in_use() -> models.QuerySet[LinkCheck]:
    """The checks of addresses that still stand somewhere."""
    return LinkCheck.objects.filter(
        Q(url__in=_sources().values("url"))
        | Q(url__in=_contacts().values("value"))
        | Q(url__in=_tip_sources().values("url"))
    )


def broken() -> models.QuerySet[LinkCheck]:
    """Failed, the most stubborn first. One that only keeps programs out has no failures."""
    return checks_in_use().filter(ok=False, failures__gt=0).order_by("-failures", "failing_since", "url")


def unsure() -> models.QuerySet[LinkCheck]:
    """Could not be checked by a program; somebody has to look."""
    return checks_in_use().filter(ok=False, failures=0).order_by("url")


def places(addresses: Collection[str]) -> dict[str, list[Place]]:
    """Where each of these addresses stands. Three queries."""
    found: dict[str, list[Place]] = {address: [] for address in addresses}
    rows: Iterable[tuple[str, int | None, str]] = [
        *_sources().filter(url__in=addresses).values_list("url", "support_id", "support__name"),
        *_contacts().filter(value__in=addresses).values_list("value", "support_id", "support__name"),
        *(
            (url, None, f"ヒント「{title}」")
            for url, title in _tip_sources().filter(url__in=addresses).values_list("url", "tip__title")
        ),
    ]
    for address, support, name in rows:
        place = Place(support, name)
        if place not in found[address]:
            found[address].append(place)
    return found
