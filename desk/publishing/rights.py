"""Who may look, ask and publish."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

PUBLISH = "catalog.publish_release"
ASK = "catalog.request_release"
LOOK = "catalog.view_release"
View = Callable[..., HttpResponseBase]


def for_any_of(*permissions: str) -> Callable[[View], View]:
    """The view is for those who have one of these permissions; others are refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate
