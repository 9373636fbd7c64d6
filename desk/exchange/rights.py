"""Who may take content out and bring it in. Both are about the whole: an import can touch every kind of row."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from desk.accounts.signed_in import staff

from .exchanged import EXCHANGED, ExchangedModel


def may_export(user: User) -> bool:
    return user.has_perms(_rights("view", EXCHANGED.values()))


def may_import(user: User) -> bool:
    """An import makes and changes entries, and takes rows out of them."""
    rows = [kind for kind in EXCHANGED.values() if kind.removable]
    everything = [*_rights("add", EXCHANGED.values()), *_rights("change", EXCHANGED.values()), *_rights("delete", rows)]
    return may_export(user) and user.has_perms(everything)


def importer(request: HttpRequest) -> User:
    """The person signed in, who may import. Raises PermissionDenied."""
    user = staff(request)
    if not may_import(user):
        raise PermissionDenied
    return user


def ask_export(request: HttpRequest) -> None:
    """Raises PermissionDenied."""
    if not may_export(staff(request)):
        raise PermissionDenied


def _rights(action: str, kinds: Iterable[ExchangedModel]) -> list[str]:
    return [f"{kind.model._meta.app_label}.{action}_{kind.model._meta.model_name}" for kind in kinds]
