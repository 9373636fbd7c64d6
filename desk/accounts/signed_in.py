"""The person who is signed in."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def staff(request: HttpRequest) -> User:
    """The person signed in. The desk lets nobody else in; raises PermissionDenied all the same."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
