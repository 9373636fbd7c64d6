"""The admin site of the desk: Django's own, in Japanese, behind a second factor."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from .accounts.forms import SignInForm


class DeskSite(AdminSite):
    site_title = site_header = "あなたはひとりじゃない 編集室"
    index_title = "きょうの編集室"
    login_form = SignInForm
    logout_template = "desk/accounts/signed_out.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in with both factors, and on the staff."""
        user: Any = request.user  # OTPMiddleware lets it tell whether the second factor was given
        return bool(user.is_active and user.is_staff and user.is_verified())


desk = DeskSite(name="admin")
