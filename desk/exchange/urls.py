from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin". Wrap each view in site.admin_view, which asks for both factors."""
    return []
