"""Everything under /api/. Any other address there is a problem in the API's own shape (notalone/errors.py); /api/ itself leads to the page
that explains everything."""

from django.urls import include, path

from . import openapi
from .open_data.views import entrance

app_name = "api"
urlpatterns = [
    path("", entrance, name="entrance"),
    path("v1/openapi.json", openapi.OpenAPI.as_view(of="v1"), name="v1-openapi"),
    path("v1/", include("api.v1.urls")),
    path("hsds/openapi.json", openapi.OpenAPI.as_view(of="hsds"), name="hsds-openapi"),
    path("hsds/", include("api.hsds.urls")),
]
