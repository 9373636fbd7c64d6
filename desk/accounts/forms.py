"""Signing in, choosing a password, confirming the telephone."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django_otp import devices_for_user
from django_otp.forms import OTPAuthenticationFormMixin
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

# Which of the three was wrong is nobody's business.
WRONG = (
    "サインインできませんでした。名前・パスワード・確認コードのどれかがちがいます。"
    "確認コードは1回しか使えません。新しいコードが出るのを待って、もう一度入れてください。"
)
WRONG_CODE = "コードがちがいます。アプリに新しいコードが出るのを待って、もう一度入れてください。"


class CodeField(forms.CharField):
    """Six digits from the telephone, or a recovery code; full-width digits, spaces and hyphens are fine."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(max_length=40, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        return re.sub(
            r"[\s\u2010-\u2015\u2212\u30fc-]", "", unicodedata.normalize("NFKC", super().to_python(value) or "")
        )


class SignInForm(OTPAuthenticationFormMixin, AdminAuthenticationForm):  # type: ignore[misc]
    """Name, password and code at once. A wrong code counts as a failure as a wrong password does, and says as much."""

    otp_token = CodeField(
        label="確認コード",
        error_messages={"required": "確認コードを入れてください。スマートフォンのアプリに出る6けたの数字です。"},
    )
    error_messages = {"invalid_login": WRONG, "inactive": WRONG}
    otp_error_messages = dict.fromkeys(OTPAuthenticationFormMixin.otp_error_messages, WRONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "名前"
        self.fields["username"].error_messages["required"] = "名前を入れてください。"
        self.fields["password"].label = "パスワード"
        self.fields["password"].error_messages["required"] = "パスワードを入れてください。"

    def clean(self) -> dict[str, Any]:
        if "otp_token" not in self.cleaned_data:
            return self.cleaned_data  # so no answer about the password either
        super().clean()
        try:
            self.clean_otp(self.get_user())
        except forms.ValidationError:
            name = {"username": self.cleaned_data["username"]}
            user_login_failed.send(__name__, credentials=name, request=self.request)
            raise
        return self.cleaned_data

    def _chosen_device(self, user: User) -> Device | None:
        """The code tells which: six digits are the telephone's, anything else is a recovery code."""
        is_telephones = bool(re.fullmatch(r"\d{6}", self.cleaned_data["otp_token"]))
        devices = devices_for_user(user, for_verify=True)
        return next((device for device in devices if isinstance(device, TOTPDevice) == is_telephones), None)

    def _update_form(self, user: User) -> None:
        """No device to choose; and the password never goes back into the page."""


class CodeForm(forms.Form):
    code = CodeField(
        label="アプリに出た6けたの数字", error_messages={"required": "アプリに出た6けたの数字を入れてください。"}
    )
