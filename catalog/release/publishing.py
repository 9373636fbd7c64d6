"""Publish a draft as a Release: dump the content, check it, freeze it, point the public at it; and go back to an older one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from catalog.directory.directory import Directory
from catalog.directory.loading import from_payload
from catalog.directory.rows import Payload, empty_payload
from catalog.models import CurrentRelease, Release

from .checks import check
from .diff import Changes, compare, needs_second_person
from .payload import Draft, draft
from .problem import Problem
from .sections import sections
from .upgrades import CannotLoad, payload_of


class CannotPublish(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class NeedsSecondPerson(Exception):
    """Something changed in which a mistake could cost a life, and nobody else has approved."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(f"{'、'.join(changes.guards)}が変わります。ほかの人の承認がいります。")
        self.changes = changes


class ContentChanged(Exception):
    """The content changed after it was looked at."""

    def __init__(self) -> None:
        super().__init__("確かめたあとに、内容が変わりました。変わったところをもう一度見てから公開してください。")


def publish(
    *,
    by: str,
    note: str = "",
    approved_by: str = "",
    sha256: str = "",
    also: Callable[[Release], object] = lambda release: None,
) -> Release:
    """Check everything and make it public. Publishing what is already public makes no new Release.

    `sha256`: the fingerprint of what the publisher saw, if they saw it. `also` runs in the same transaction.
    Raises CannotPublish, NeedsSecondPerson, ContentChanged.
    """
    # The slow check comes first, without the lock, so that nobody at the desk waits for it. Under the lock its result is cached.
    looked_at = draft()
    if sha256 and looked_at.sha256 != sha256:
        raise ContentChanged
    _refuse_problems(looked_at)
    try:
        return _publish(looked_at, by=by, note=note, approved_by=approved_by, also=also)
    except IntegrityError:  # two first Releases at once: there was no row to lock
        return _publish(looked_at, by=by, note=note, approved_by=approved_by, also=also)


@transaction.atomic
def _publish(looked_at: Draft, *, by: str, note: str, approved_by: str, also: Callable[[Release], object]) -> Release:
    current = locked_current()
    content = draft()
    if content != looked_at:
        raise ContentChanged
    _refuse_problems(content)
    if current and is_public(content, current):
        also(current)
        return current
    approved = bool(approved_by) and not is_same_person(by, approved_by)
    single_handed = _is_single_handed(current, content.payload, approved=approved)
    release = Release.objects.create(
        number=(Release.objects.aggregate(models.Max("number"))["number__max"] or 0) + 1,
        payload=content.text,
        sha256=content.sha256,
        published_by=by,
        note=note,
        approved_by=approved_by if approved else "",
        single_handed=single_handed,
    )
    point_public_at(release, by=by)
    also(release)
    return release


def _is_single_handed(current: Release | None, payload: Payload, *, approved: bool) -> bool:
    """Whether something that needs a second person becomes public without one. Raises NeedsSecondPerson unless the site has one curator."""
    if approved or current is None:
        return False
    changes = changes_since(current, payload)
    if not needs_second_person(changes):
        return False
    if not settings.ONE_CURATOR:
        raise NeedsSecondPerson(changes)
    return True


def _refuse_problems(content: Draft) -> None:
    if problems := check(content):
        raise CannotPublish(list(problems))


def restore(release: Release, *, by: str, instead_of: Release | None, approved_by: str = "") -> bool:
    """Make an older Release public again. Returns whether one person did alone what needs two, as on a site with one curator.

    Raises CannotLoad, NeedsSecondPerson, and ContentChanged where another one than `instead_of` is public by now.
    """
    load(release)
    approved = bool(approved_by) and not is_same_person(by, approved_by)
    with transaction.atomic():
        if locked_current() != instead_of:
            raise ContentChanged
        single_handed = _is_single_handed(instead_of, payload_of(release), approved=approved)
        point_public_at(release, by=by)
    return single_handed


def load(release: Release) -> Directory:
    """Load a Release as the pages do. Raises CannotLoad."""
    payload = payload_of(release)
    try:
        directory = from_payload(payload, number=release.number)
        for section in sections.values():
            if section.load:
                section.load(directory)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotLoad(release) from error
    return directory


def changes_since(current: Release | None, payload: Payload) -> Changes:
    """What making this content public would change. All of it is new where nothing is public, or what is public cannot be read."""
    try:
        public = payload_of(current) if current else empty_payload()
    except CannotLoad:
        public = empty_payload()
    return compare(public, payload)


def locked_current() -> Release | None:
    """The current Release, which stays current until the transaction ends: publishers wait for each other here.

    On PostgreSQL the table is locked, since before the first Release there is no row. SQLite's transactions wait anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CurrentRelease._meta.db_table} IN EXCLUSIVE MODE")
    row = CurrentRelease.objects.filter(id=1).first()
    return row.release if row else None


def point_public_at(release: Release, *, by: str) -> None:
    """Make a Release the current one: the newest after publishing, an older one to go back."""
    CurrentRelease.objects.update_or_create(id=1, defaults={"release": release, "changed_by": by})


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for how they were typed."""
    plain, other_plain = ("".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in (one, other))
    return plain == other_plain


def is_public(content: Draft, current: Release | None) -> bool:
    """Whether the current Release holds this content. Compared in today's format: the hash of an older one differs."""
    try:
        return current is not None and Draft.of(payload_of(current)).sha256 == content.sha256
    except CannotLoad:
        return False
