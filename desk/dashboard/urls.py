from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django_htmx.http import HttpResponseClientRedirect

from .views import View, views

ADDRESSES = {"index": "", "unreached": "unreached/", "coverage": "coverage/", "links": "links/"}


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin". "index" stands before Django's own, to tell more than it does."""
    return [path(ADDRESSES[name], _asked_by_htmx_too(site, view), name=name) for name, view in views(site).items()]


def _asked_by_htmx_too(site: AdminSite, view: View) -> View:
    """Whoever was signed out meanwhile is led to the sign-in as a page, not as a part of one."""
    guarded = site.admin_view(view)

    def asked(request: HttpRequest) -> HttpResponse:
        if "HX-Request" in request.headers and not site.has_permission(request):
            return HttpResponseClientRedirect(reverse("admin:index"))
        return guarded(request)

    return asked
