"""運営 as HSDS organizations: one for each wording in which the catalogue says who runs an entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rest_framework import serializers

from api.identifiers import stable_uuid
from catalog.directory.directory import Directory
from catalog.directory.entries import Support

from .shapes import Sparse

NAMED = 3  # of its entries, in the description
# Who runs an entry is one text in the catalogue: 「市区町村」, 「こども家庭庁・都道府県など」. Programs that count bodies have to be told.
AS_WRITTEN = "いくつかの機関をまとめた名前のことがあります。"


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    name: str
    supports: tuple[Support, ...]


class OrganizationSummary(Sparse):
    """運営しているところ。HSDS の organization の、基本の項目。"""

    id = serializers.UUIDField(help_text="変わらない UUID。名前から作ります。")
    name = serializers.CharField(
        help_text="名前。いくつかの機関をまとめて書いたものや、役割を書きそえたものもあります。"
    )
    description = serializers.CharField(help_text="何を運営しているか。")


def organization_id(operator: str) -> str:
    """Of the name without its spaces and widths, so that a blank makes no second organization."""
    return stable_uuid("organization", re.sub(r"\s", "", unicodedata.normalize("NFKC", operator)))


@lru_cache(maxsize=4)
def organizations(directory: Directory) -> Mapping[str, Organization]:
    """By id, in the order of their names."""
    found: dict[str, list[Support]] = {}
    for support in sorted(directory.supports.values(), key=lambda support: support.slug):
        found.setdefault(organization_id(support.operator), []).append(support)
    made = (Organization(id_, supports[0].operator, tuple(supports)) for id_, supports in found.items())
    return {organization.id: organization for organization in sorted(made, key=lambda made: made.name)}


def organization_row(organization: Organization) -> dict[str, Any]:
    return {"id": organization.id, "name": organization.name, "description": _about(organization)}


def _about(organization: Organization) -> str:
    running = [support for support in organization.supports if support.is_available]
    names = [f"「{support.name}」" for support in running or organization.supports]
    more = f"など{len(names)}件" if len(names) > NAMED else ""
    runs = "運営しているところ" if running else "運営していたところ。すべて終わっています"
    return f"{''.join(names[:NAMED])}{more}を{runs}。{AS_WRITTEN}"
