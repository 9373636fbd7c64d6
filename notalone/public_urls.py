"""Every public address. None of them says what a person is looking for."""

from django.urls import include, path

from . import health, sitemaps, views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("chatbot.urls")),
    path("", include("catalog.pages.urls")),
    path("", include("reports.urls")),
    path("about/", views.about, name="about"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("safety/", views.page, {"name": "safety"}, name="safety"),
    path("banners/", views.banners, name="banners"),
    path("banners/<slug:page>.<slug:kind>", views.banner_file, name="banner-file"),
    path("exit/", views.leave, name="exit"),
    path("api/", include("api.urls")),
    path("open-data/", include("api.open_data.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.view, name="sitemap"),
    path("health/", health.health, name="health"),
    path("health/details/", health.details, name="health-details"),
]
