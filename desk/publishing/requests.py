"""公開の申しこみ: somebody asks to publish or to go back, somebody else looks at exactly the same content and approves."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from catalog.models import Release
from catalog.release.payload import Draft, draft
from catalog.release.publishing import ContentChanged, locked_current, publish, restore
from desk.models import PublishRequest

from .audit_log import record


class AlreadyAsked(Exception):
    """Somebody has asked for exactly this content, and it waits."""


class NoLongerOpen(Exception):
    """It was withdrawn or published meanwhile."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open request as one user sees it. `fits`: what would change is still what was asked for."""

    request: PublishRequest
    fits: bool
    is_own: bool


def waiting(content: Draft, user: User) -> list[Waiting]:
    """All open requests to publish, the newest first."""
    rows = PublishRequest.objects.still_open().to_publish().select_related("requested_by")
    return [Waiting(row, row.sha256 == content.sha256, row.requested_by_id == user.pk) for row in rows]


def waiting_to_restore(current: Release | None, user: User) -> list[Waiting]:
    """All open requests to go back, the newest first."""
    rows = PublishRequest.objects.still_open().to_restore().select_related("requested_by")
    return [Waiting(row, row.instead_of == current, row.requested_by_id == user.pk) for row in rows]


@transaction.atomic
def ask(user: User, *, sha256: str, note: str) -> PublishRequest:
    """Ask for the content of this fingerprint. Takes the place of what the same person asked for before.

    Raises ContentChanged and AlreadyAsked.
    """
    locked_current()  # two clicks at once: one request
    if draft().sha256 != sha256:
        raise ContentChanged
    open_ones = PublishRequest.objects.still_open().to_publish()
    if open_ones.filter(sha256=sha256).exists():
        raise AlreadyAsked
    open_ones.filter(requested_by=user).update(withdrawn=True)
    return PublishRequest.objects.create(sha256=sha256, note=note, requested_by=user)


@transaction.atomic
def ask_to_restore(user: User, release: Release, *, instead_of: Release | None, note: str) -> PublishRequest:
    """Ask for this older Release. Takes the place of what the same person asked to go back to before.

    Raises ContentChanged, where another one than `instead_of` is public by now, and AlreadyAsked.
    """
    if locked_current() != instead_of:
        raise ContentChanged
    open_ones = PublishRequest.objects.still_open().exclude(restores=None)
    if open_ones.filter(restores=release, instead_of=instead_of).exists():
        raise AlreadyAsked
    open_ones.filter(requested_by=user).update(withdrawn=True)
    return PublishRequest.objects.create(
        sha256=release.sha256, note=note, requested_by=user, restores=release, instead_of=instead_of
    )


def withdraw(request: PublishRequest) -> None:
    """Raises NoLongerOpen."""
    if not PublishRequest.objects.still_open().filter(pk=request.pk).update(withdrawn=True):
        raise NoLongerOpen


def publish_directly(user: User, *, sha256: str, note: str) -> Release:
    """Publish the content of this fingerprint. Raises what catalog.release.publishing.publish raises."""

    def also(release: Release) -> None:
        PublishRequest.objects.still_open().to_publish().filter(sha256=release.sha256).update(release=release)
        record(user, release, "公開しました。")

    return publish(by=user.get_username(), note=note, sha256=sha256, also=also)


def approve(request: PublishRequest, user: User) -> Release:
    """Publish, or go back to, what was asked for, in the name of both.

    Raises NoLongerOpen and what publish and restore of catalog.release.publishing raise.
    """

    def also(release: Release) -> None:
        if not PublishRequest.objects.still_open().filter(pk=request.pk).update(release=release):
            raise NoLongerOpen
        did = f"{request.instead_of}から、{release}にもどしました。" if request.restores else "公開しました。"
        record(user, release, f"{request.requested_by}さんの申しこみを承認して、{did}")

    if request.restores:
        with transaction.atomic():
            restore(
                request.restores,
                by=request.requested_by.get_username(),
                approved_by=user.get_username(),
                instead_of=request.instead_of,
            )
            also(request.restores)
        return request.restores
    return publish(
        by=request.requested_by.get_username(),
        note=request.note,
        approved_by=user.get_username(),
        sha256=request.sha256,
        also=also,
    )
