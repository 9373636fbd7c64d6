from django.urls import path

from . import files, views

urlpatterns = [
    path("", views.page, name="open-data"),
    path("dictionary/", views.data_dictionary, name="open-data-dictionary"),
    path("api/", views.api_reference, {"of": "v1"}, name="open-data-api-v1"),
    path("api/hsds/", views.api_reference, {"of": "hsds"}, name="open-data-api-hsds"),
    *(path(name, views.Download.as_view(of=name), name=f"open-data-{name}") for name in files.NAMES),
]
