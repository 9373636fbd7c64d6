"""The way into the desk for somebody with an invitation: a password, a telephone, recovery codes."""

from __future__ import annotations

from base64 import b32encode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.pages.qr import qr_svg

from .forms import WRONG_CODE, CodeForm, PasswordForm
from .invitations import accept, invited

# In the session until the code is right: which invitation, and the hash of the password that was chosen.
CHOSEN = "invitation"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """First the password, then the telephone. Nothing of it counts until the telephone's code was right."""
    device = invited(token)
    if device is None:
        return render(request, "desk/accounts/dead_link.html", {"days": settings.INVITATION_DAYS}, status=410)
    chosen_for, password_hash = request.session.get(CHOSEN, ("", ""))
    if chosen_for == token and "again" not in request.GET:
        return _telephone(request, device, password_hash)
    return _password(request, device, token)


def _password(request: HttpRequest, device: TOTPDevice, token: str) -> HttpResponse:
    form = PasswordForm(device.user, request.POST or None)
    if form.is_valid():
        request.session[CHOSEN] = (token, make_password(form.cleaned_data["new_password1"]))
        return HttpResponseRedirect(request.path)
    return render(request, "desk/accounts/choose_password.html", {"form": form, "name": device.user.get_username()})


def _telephone(request: HttpRequest, device: TOTPDevice, password_hash: str) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if codes := accept(device, password_hash, form.cleaned_data["code"]):
            logout(request)
            return render(
                request, "desk/accounts/recovery_codes.html", {"codes": [_in_groups(code, 5) for code in codes]}
            )
        form.add_error("code", WRONG_CODE)
    secret = b32encode(device.bin_key).decode()
    context = {
        "form": form,
        "qr": qr_svg(device.config_url),
        "app_url": device.config_url,
        "secret": _in_groups(secret, 4),
        "name": device.user.get_username(),
    }
    return render(request, "desk/accounts/register_telephone.html", context)


def _in_groups(text: str, size: int) -> str:
    return " ".join(text[start : start + size] for start in range(0, len(text), size))
