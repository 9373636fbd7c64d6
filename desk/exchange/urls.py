from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from . import views


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin". Wrap each view in site.admin_view, which asks for both factors."""
    return [
        path("exchange/", site.admin_view(views.exchange), {"site": site}, name="exchange"),
        path("exchange/fixtures.zip", site.admin_view(views.export_archive), name="exchange_archive"),
        path("exchange/fixtures/<path:name>", site.admin_view(views.export_file), name="exchange_file"),
        path("exchange/<slug:table>.<slug:form>", site.admin_view(views.export_table), name="exchange_table"),
        path("exchange/upload/", site.admin_view(views.upload), {"site": site}, name="exchange_upload"),
        path("exchange/check/", site.admin_view(views.check), {"site": site}, name="exchange_check"),
        path("exchange/cancel/", site.admin_view(views.cancel), name="exchange_cancel"),
    ]
