from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from .views import views

ADDRESSES = {"reports": "reports/", "reports-close": "reports/close/"}


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin"."""
    return [path(ADDRESSES[name], site.admin_view(view), name=name) for name, view in views(site).items()]
