from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from .views import invitation


def urls(site: AdminSite) -> list[URLPattern]:
    """An invitation is the one page of the desk, beside sign-in, for people who have no two factors yet."""
    return [path("invitation/<str:token>/", invitation, name="invitation")]
