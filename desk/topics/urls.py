from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from .views import topics


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin"."""
    view = site.admin_view(topics(site))
    return [path(f"topics/{where}", view, name="topics") for where in ("", "<str:key>/", "<str:key>/<str:question>/")]
