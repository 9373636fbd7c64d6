from django.urls import path

from . import views

urlpatterns = [
    path("list/", views.listing, name="list"),
    path("list/<slug:code>/", views.entry, name="entry"),
    path("faq/", views.faq, name="faq"),
    path("tips/", views.tips, name="tips"),
    path("tips/<slug:slug>/", views.tip, name="tip"),
]
