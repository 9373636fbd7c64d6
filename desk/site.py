"""The admin site of the desk: Django's own, in Japanese, behind a second factor."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver

from .accounts.forms import SignInForm


class DeskSite(AdminSite):
    site_title = site_header = "あなたはひとりじゃない 編集室"
    index_title = "きょうの編集室"
    login_form = SignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in with both factors, and on the staff."""
        user = request.user
        return user.is_active and user.is_staff and user.is_verified()  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from .accounts.urls import urls as accounts
        from .dashboard.urls import urls as dashboard
        from .exchange.urls import urls as exchange
        from .markdown import urls as markdown
        from .preview.urls import urls as preview
        from .publishing.urls import urls as publishing
        from .verifying import urls as verifying

        own = [
            url
            for part in (accounts, publishing, preview, exchange, dashboard, markdown, verifying)
            for url in part(self)
        ]
        return [*own, *super().get_urls()]


desk = DeskSite(name="admin")
