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

from catalog.pages.qr import qr_svg

from ..models import Invitation
from .forms import WRONG_CODE, CodeForm, PasswordForm
from .invitations import accept, invited, opened, telephone

# In the session of the one browser: which link it opened, the secret made for it, and the hash of the password that was chosen.
OPENED = "invitation"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """First the password, then the telephone. Nothing of it counts until the telephone's code was right."""
    found = invited(token)
    if found is None:
        return render(request, "desk/accounts/dead_link.html", {"days": settings.INVITATION_DAYS}, status=410)
    if request.session.get(OPENED, {}).get("token") != token:
        request.session[OPENED] = {"token": token, "secret": opened(found), "password_hash": ""}
    if request.session[OPENED]["password_hash"] and "again" not in request.GET:
        return _telephone(request, found)
    return _password(request, found)


def _password(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = PasswordForm(invitation.user, request.POST or None)
    if form.is_valid():
        request.session[OPENED] |= {"password_hash": make_password(form.cleaned_data["new_password1"])}
        return HttpResponseRedirect(request.path)
    context = {"form": form, "name": invitation.user.get_username(), "openings": invitation.openings.all()}
    return render(request, "desk/accounts/choose_password.html", context)


def _telephone(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    own = request.session[OPENED]
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if codes := accept(invitation, own["secret"], own["password_hash"], form.cleaned_data["code"]):
            logout(request)
            return render(
                request, "desk/accounts/recovery_codes.html", {"codes": [_in_groups(code, 5) for code in codes]}
            )
        form.add_error("code", WRONG_CODE)
    device = telephone(invitation, own["secret"])
    context = {
        "form": form,
        "qr": qr_svg(device.config_url),
        "app_url": device.config_url,
        "secret": _in_groups(b32encode(device.bin_key).decode(), 4),
        "name": invitation.user.get_username(),
        "openings": invitation.openings.all(),
    }
    return render(request, "desk/accounts/register_telephone.html", context)


def _in_groups(text: str, size: int) -> str:
    return " ".join(text[start : start + size] for start in range(0, len(text), size))
