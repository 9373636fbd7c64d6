"""Who may take content out and bring it in. Both are about the whole: an import can touch every kind of row."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .kinds import KINDS, Kind


def may_export(user: User) -> bool:
    return user.has_perms(_rights("view", KINDS.values()))


def may_import(user: User) -> bool:
    """An import makes and changes entries, and takes rows out of them."""
    rows = [kind for kind in KINDS.values() if kind.removable]
    everything = [*_rights("add", KINDS.values()), *_rights("change", KINDS.values()), *_rights("delete", rows)]
    return may_export(user) and user.has_perms(everything)


def staff(request: HttpRequest) -> User:
    """The person signed in (site.admin_view has asked). Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


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


def _rights(action: str, kinds: Iterable[Kind]) -> list[str]:
    return [f"{kind.model._meta.app_label}.{action}_{kind.model._meta.model_name}" for kind in kinds]
