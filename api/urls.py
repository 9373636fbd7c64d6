"""Everything under /api/. Any other address there is a problem in the API's own shape (notalone/errors.py); /api/ itself leads to the page
that explains everything."""

from django.urls import include, path
from django.views.generic import RedirectView

from catalog.public import read_only

from . import describing

app_name = "api"
urlpatterns = [
    path("", read_only(RedirectView.as_view(pattern_name="open-data")), name="entrance"),
    path("v1/openapi.json", describing.OpenAPI.as_view(of="v1"), name="openapi"),
    path("v1/", include("api.v1.urls")),
    path("hsds/openapi.json", describing.OpenAPI.as_view(of="hsds"), name="hsds-openapi"),
    path("hsds/", include("api.hsds.urls")),
]
