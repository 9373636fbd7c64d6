"""An invitation: a link by which one person chooses a password and registers a telephone, once.

It stands for a TOTP device that is not confirmed yet, so the secret stays the same however often the person begins again,
and a newer invitation, or one that was used, leaves nothing for an older link to find.
"""

from __future__ import annotations

from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_number_token

signer = TimestampSigner(salt="desk.accounts.invitations", sep=".")
RECOVERY_CODES = 10
RECOVERY_CODE_DIGITS = 10


@transaction.atomic
def invite(user: User) -> str:
    """A new link (the address without the host). The person's telephone, recovery codes, sessions and older links end at once:
    whoever needs a new link may have lost the telephone to somebody else."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(user=user, name="スマートフォン", confirmed=False)
    return reverse("admin:invitation", args=[signer.sign(device.pk)])


def invited(token: str) -> TOTPDevice | None:
    """The telephone-to-be that a link stands for; None where the link is used, too old, replaced or made up."""
    try:
        key = signer.unsign(token, max_age=timedelta(days=settings.INVITATION_DAYS))
    except BadSignature:
        return None
    return _waiting(key).first()


@transaction.atomic
def accept(device: TOTPDevice, password_hash: str, code: str) -> list[str] | None:
    """Keep everything at once, and give the recovery codes; None, and nothing kept, where the code is wrong."""
    device = _waiting(device.pk).select_for_update(of=["self"]).first()
    if device is None or not device.verify_token(code):
        return None
    user = device.user
    user.password = password_hash
    user.save(update_fields=["password"])
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    recovery = StaticDevice.objects.create(user=user, name="予備のコード")
    codes = [random_number_token(RECOVERY_CODE_DIGITS) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    AxesProxyHandler.reset_attempts(username=user.get_username())
    return codes


def _waiting(key: str | int) -> TOTPDevice:
    return TOTPDevice.objects.filter(pk=key, confirmed=False, user__is_active=True, user__is_staff=True).select_related(
        "user"
    )
