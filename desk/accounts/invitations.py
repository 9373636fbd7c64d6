"""An invitation: a link by which one person chooses a password and registers a telephone, once.

The telephone's secret is made for the browser that opens the link, and belongs to it alone: somebody who saw the link earlier
learns nothing that is of use after the right person has come in. A newer invitation, or one that was used, leaves nothing for an
older link to find.
"""

from __future__ import annotations

from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex, random_number_token

from ..models import Invitation, InvitationOpening

signer = TimestampSigner(salt="desk.accounts.invitation", sep=".")
RECOVERY_CODES = 10
RECOVERY_CODE_DIGITS = 10
SECRET_BYTES = 20
MOST_BROWSERS = 20  # a link that so many have opened is in too many hands


@transaction.atomic
def invite(user: User, by: User | None = None) -> str:
    """A new link (the address without the host). The person's telephone, recovery codes, sessions and older links end at once:
    whoever needs a new link may have lost the telephone to somebody else. `by`: None on the server."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user).delete()
    invitation = Invitation.objects.create(user=user, invited_by=by)
    return reverse("admin:invitation", args=[signer.sign(str(invitation.pk))])


def invited(token: str) -> Invitation | None:
    """The invitation that a link stands for; None where it is used, too old, replaced, made up, or was opened all over the place."""
    try:
        key = signer.unsign(token, max_age=timedelta(days=settings.INVITATION_DAYS))
    except BadSignature:
        return None
    found = waiting().filter(pk=key).first()
    return found if found and found.openings.count() <= MOST_BROWSERS else None


def waiting() -> QuerySet[Invitation]:
    """Invitations whose link may still be used."""
    oldest = timezone.now() - timedelta(days=settings.INVITATION_DAYS)
    usable = Invitation.objects.filter(user__is_active=True, user__is_staff=True, invited_at__gte=oldest)
    return usable.select_related("user")


def already_opened(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Those whose link somebody has opened, with the times. The one who invited knows whether it was the right person."""
    opened_ones = invitations.filter(Exists(InvitationOpening.objects.filter(invitation=OuterRef("pk"))))
    return opened_ones.prefetch_related("openings").order_by("invited_at")


def opened(invitation: Invitation) -> str:
    """Note that one more browser has opened the link. Gives a telephone's secret (hexadecimal) for it alone."""
    InvitationOpening.objects.create(invitation=invitation)
    return str(random_hex(SECRET_BYTES))


def telephone(invitation: Invitation, secret: str) -> TOTPDevice:
    """The telephone as it will be stored; nothing is yet."""
    return TOTPDevice(user=invitation.user, name="スマートフォン", key=secret)


@transaction.atomic
def accept(invitation: Invitation, secret: str, password_hash: str, code: str) -> list[str] | None:
    """Keep everything at once, and give the recovery codes; None, and nothing kept, where the code is wrong."""
    if not Invitation.objects.select_for_update().filter(pk=invitation.pk).exists():
        return None
    device = telephone(invitation, secret)
    device.save()
    if not device.verify_token(code):
        device.delete()
        return None
    user = invitation.user
    user.password = password_hash
    user.save(update_fields=["password"])
    recovery = StaticDevice.objects.create(user=user, name="予備のコード")
    codes = [random_number_token(RECOVERY_CODE_DIGITS) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    AxesProxyHandler.reset_attempts(username=user.get_username())
    invitation.delete()
    return codes
