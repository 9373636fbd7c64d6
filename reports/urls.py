from django.urls import path

from chatbot.pages import GENERAL, UNDER18

from . import views
from .views import ReportPages

ADULTS = ReportPages(GENERAL, "report", "report-thanks")
CHILDREN = ReportPages(UNDER18, "under18-report", "under18-report-thanks")

urlpatterns = [
    path(f"{folder}/", view, {"pages": pages}, name=name)
    for pages, start in ((ADULTS, "list/<slug:code>/report"), (CHILDREN, "under18/report/<slug:code>"))
    for folder, view, name in ((start, views.form, pages.form), (f"{start}/thanks", views.thanks, pages.thanks))
]
