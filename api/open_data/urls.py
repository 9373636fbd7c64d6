from django.urls import path

from api import describing

from . import files, views
from .reference import page_name

urlpatterns = [
    path("", views.page, name="open-data"),
    path("dictionary/", views.data_dictionary, name="open-data-dictionary"),
    *(
        path("api/" if of == "v1" else f"api/{of}/", views.api_reference, {"of": of}, name=page_name(of))
        for of in describing.DOCUMENTS
    ),
    *(path(name, views.Download.as_view(of=name), name=f"open-data-{name}") for name in files.NAMES),
]
