from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django_htmx.http import HttpResponseClientRefresh

from catalog.pages.decorators import HtmxRequest

from .views import PreviewViews


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin". `admin:preview` chooses; the previewed pages stand under it (see views.start_of).
    Public forms carry no token, as they change nothing; so the previewed ones do without, too."""
    views = PreviewViews(site)
    for_staff = site.admin_view(csrf_exempt(views.page))

    @csrf_exempt
    def page(request: HtmxRequest, **kwargs: Any) -> HttpResponse:
        if request.htmx and not site.has_permission(request):
            return HttpResponseClientRefresh()  # or the sign-in page would stand within the chat
        return for_staff(request, **kwargs)

    moment = r"(?P<moment>now|\d{8}T\d{4})/(?P<path>.*)$"
    return [
        path("preview/", site.admin_view(views.choose), name="preview"),
        path("preview/order/<str:moment>/<str:page>/<str:codes>/", site.admin_view(views.order), name="preview-order"),
        re_path(rf"^preview/{moment}", page, name="preview-page"),
        re_path(rf"^preview/release-(?P<number>\d{{1,9}})/{moment}", page, name="preview-release"),
    ]
