"""What about the draft is named but stops nothing (catalog.release.warnings), by entry, with the address at which it is put right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse

from catalog.models.base import natural_lookups
from catalog.models.content import content_models
from catalog.release.concern import Concern

Name = TypeVar("Name", bound=str)
EntryKey = tuple[str, str]  # the part of the payload and the key of an entry in it


@dataclass(frozen=True, slots=True)
class Concerned:
    """An entry and what is said of it. `address`: of its form; "" where it is not at the desk any more."""

    name: str
    is_crisis: bool
    address: str
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The first entries, and how many more there are."""

    entries: list[Concerned]
    more: int = 0


def listed(groups: Mapping[Name, Iterable[Concern]], most: int) -> dict[Name, Listed]:
    """Each group of concerns by entry, in their order, `most` entries of each. One query for each kind of entry."""
    entries: dict[Name, dict[EntryKey, list[Concern]]] = {}
    for name, found in groups.items():
        entries[name] = {}
        for concern in found:
            entries[name].setdefault((concern.part, concern.key), []).append(concern)
    addresses = _addresses({entry for found in entries.values() for entry in list(found)[:most]})
    return {
        name: Listed(
            [
                Concerned(each[0].name, each[0].is_crisis, addresses.get(entry, ""), tuple(each))
                for entry, each in list(found.items())[:most]
            ],
            max(len(found) - most, 0),
        )
        for name, found in entries.items()
    }


def _addresses(entries: Collection[EntryKey]) -> dict[EntryKey, str]:
    found: dict[EntryKey, str] = {}
    for part in sorted({part for part, _ in entries}):
        model = next(each.entry for each in content_models() if each.entry.part == part)
        lookup = natural_lookups(model)[0]
        keys = [key for its, key in entries if its == part]
        form = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        for key, pk in model._default_manager.filter(**{f"{lookup}__in": keys}).values_list(lookup, "pk"):
            found[part, key] = reverse(form, args=[pk])
    return found
