"""Stable UUIDs, derived from our own names: the same in every Release and on every machine."""

from __future__ import annotations

from uuid import UUID, uuid5

# Never to be changed: every UUID that others have stored is made with it.
NAMESPACE = UUID("9072f305-066b-4af9-a06e-c107401170fa")


def stable_uuid(kind: str, *names: object) -> str:
    """E.g. stable_uuid("service", "inochi-no-denwa")."""
    return str(uuid5(NAMESPACE, ":".join((kind, *map(str, names)))))


def support_uuid(slug: str) -> str:
    return stable_uuid("service", slug)
