"""The desk, and the public pages (which a preview resolves on their own)."""

from django.conf import settings
from django.urls import include, path

from desk.urls import desk_urls

urlpatterns = [
    path(settings.DESK_PATH, desk_urls),
    path("", include(settings.PUBLIC_URLCONF)),
]

handler400 = "notalone.views.bad_request"
handler403 = "notalone.views.not_allowed"
handler404 = "notalone.views.not_found"
handler500 = "notalone.views.server_error"
