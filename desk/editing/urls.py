from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from . import views


def urls(site: AdminSite) -> list[URLPattern]:
    """What is looked at while somebody types. Names stand in the namespace "admin"."""
    return [
        path("editing/week/", site.admin_view(views.week_of_typed_hours), name="typed-week"),
        path("editing/words/", site.admin_view(views.check_words), name="check-words"),
    ]
