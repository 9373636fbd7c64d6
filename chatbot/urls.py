from django.urls import path

from catalog.directory.codes import ArticleKind

from . import child_views, views
from .pages import GENERAL, UNDER18

urlpatterns = [
    path("chat/", views.chat, {"page": GENERAL}, name="chat"),
    path("r/<slug:codes>/", views.shared, {"page": GENERAL}, name="shared"),
    path("under18/chat/", views.chat, {"page": UNDER18}, name="under18-chat"),
    path("under18/r/<slug:codes>/", views.shared, {"page": UNDER18}, name="under18-shared"),
    path("under18/", child_views.front, name="under18"),
    path("under18/questions/", child_views.articles, {"kind": ArticleKind.QUESTION}, name="under18-questions"),
    path("under18/hints/", child_views.articles, {"kind": ArticleKind.HINT}, name="under18-hints"),
    path("under18/history/", child_views.articles, {"kind": ArticleKind.HISTORY}, name="under18-history"),
    path("under18/adults/", child_views.adults, name="under18-adults"),
]
