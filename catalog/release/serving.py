"""Which Directory this process serves. Requests read it from memory; one thread per worker looks for a newer Release.

The thread asks the database twice a second. While the database is away the last good Release is served on. Each Release is copied to a
file, from which a worker starts: a database that hangs cannot stop it. What does not fit its hash or cannot be shown is refused, once,
and the last good one stays.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.directory.directory import Directory, DirectoryNow
from catalog.models import CurrentRelease, Release

from .publishing import load
from .upgrades import CannotLoad, fingerprint_of

log = logging.getLogger(__name__)

RELEASES_LISTED = 50  # the newest ones
RETRY_SECONDS = 60  # a refused Release may have been mended in place


@dataclass(frozen=True, slots=True)
class Published:
    """Identifies a Release: whether a program has to fetch again."""

    number: int
    sha256: str
    published_at: str  # ISO 8601


@dataclass(frozen=True, slots=True)
class Refused:
    """A Release that is current in the database and cannot be shown. `at`: seconds of time.monotonic()."""

    sha256: str
    number: int
    at: float


@dataclass(frozen=True, slots=True)
class Status:
    """How this worker stands, for operators. `serving` and `refused` are numbers of Releases."""

    serving: int
    database_is_away: bool
    copy_failed: bool
    refused: int | None


_current: Directory | None = None
_current_sha256 = ""
_releases: tuple[Published, ...] = ()
# What this request is shown instead: a preview of staff.
_instead: ContextVar[tuple[Directory, datetime] | None] = ContextVar("shown instead", default=None)
_database_is_away = False
_copy_failed = False
_refused: Refused | None = None
_watching = threading.Lock()


class NothingPublished(Exception):
    """No Release can be read, neither from the database nor from the copy."""


def current() -> Directory:
    """The Directory being served. No SQL once one is loaded: a worker starts from the copy, and its watcher asks the database."""
    if instead := _instead.get():
        return instead[0]
    if _current is None:
        _load_copy()
    if _current is None:
        refresh()
    if _current is None:
        raise NothingPublished
    return _current


def fingerprint() -> str:
    """The hash of the Release that is shown; "" within a preview, which has none."""
    return "" if _instead.get() else _current_sha256


def releases() -> tuple[Published, ...]:
    """The newest Releases, newest first. The one being served need not be the first."""
    current()
    return _releases


def published() -> Published | None:
    """The Release that is shown; None within a preview."""
    sha256 = fingerprint()
    return next((release for release in releases() if sha256 and release.sha256 == sha256), None)


def moment() -> datetime:
    """Now; or the moment that a preview looks at."""
    instead = _instead.get()
    return instead[1] if instead else timezone.now()


def directory_now() -> DirectoryNow:
    """What a page shows: the Directory as of now."""
    return DirectoryNow(current(), moment())


@contextmanager
def shown_instead(directory: Directory, at: datetime) -> Iterator[None]:
    """Within this block, in this request alone, pages show another Directory as of another moment."""
    token = _instead.set((directory, at))
    try:
        yield
    finally:
        _instead.reset(token)


def use(directory: Directory | None, *, sha256: str = "", releases: tuple[Published, ...] = ()) -> None:
    """Serve this Directory (a newly loaded one; tests)."""
    global _current, _current_sha256, _releases
    _current, _current_sha256, _releases = directory, sha256, releases


def status() -> Status:
    """Raises NothingPublished."""
    return Status(current().number, _database_is_away, _copy_failed, _refused.number if _refused else None)


def refresh() -> None:
    """Load the current Release if it is another one than the one in memory. While the database is away, nothing changes."""
    global _database_is_away, _refused
    try:
        sha256 = CurrentRelease.objects.filter(id=1).values_list("release__sha256", flat=True).first()
        _database_is_away = False
        if sha256 is None or (_current is not None and sha256 == _current_sha256):
            _refused = None
        elif _refused is None or _refused.sha256 != sha256 or time.monotonic() - _refused.at > RETRY_SECONDS:
            _serve(CurrentRelease.objects.select_related("release").get(id=1).release)
    except DatabaseError as error:
        if not _database_is_away:  # said once, not twice a second
            log.warning("The database does not answer (%s); serving the last good release", type(error).__name__)
        _database_is_away = True


def _serve(release: Release) -> None:
    global _refused
    try:
        directory = load(release)
    except CannotLoad as error:
        if _refused is None or _refused.sha256 != release.sha256:
            cause = type(error.__cause__).__name__ if error.__cause__ else "hash"
            log.error("Release %d is refused (%s), the last good one stays: %s", release.number, cause, error)
        _refused = Refused(release.sha256, release.number, time.monotonic())
        return
    listed = _newest_releases(release)
    use(directory, sha256=release.sha256, releases=listed)
    _refused = None
    _write_copy(release, listed)
    log.info("Serving release %d", release.number)


def start_watching() -> None:
    """Start this worker's watcher, once."""
    if _watching.acquire(blocking=False):
        threading.Thread(target=_watch, name="release-watcher", daemon=True).start()


def _watch() -> None:
    while True:
        try:
            refresh()
        except Exception as error:  # noqa: BLE001 (the watcher must outlive whatever comes)
            log.error("Could not look for a new release (%s); serving the last good one", type(error).__name__)
        finally:
            with suppress(DatabaseError):
                connection.close()
        time.sleep(settings.RELEASE_POLL_SECONDS)


def _newest_releases(current: Release) -> tuple[Published, ...]:
    """The current one among them, however old it is."""
    rows = list(Release.objects.values_list("number", "sha256", "published_at")[:RELEASES_LISTED])
    if current.number < rows[-1][0]:
        rows.append((current.number, current.sha256, current.published_at))
    return tuple(Published(number, sha256, at.isoformat(timespec="seconds")) for number, sha256, at in rows)


def _write_copy(release: Release, listed: tuple[Published, ...]) -> None:
    global _copy_failed
    path: Path = settings.RELEASE_COPY
    copy = {
        "number": release.number,
        "sha256": release.sha256,
        "payload": release.payload,
        "releases": [asdict(published) for published in listed],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(copy, file)
        Path(name).replace(path)
        _copy_failed = False
    except OSError as error:
        _copy_failed = True
        log.warning("The release could not be copied to disk (%s)", type(error).__name__)


def copied() -> Published | None:
    """The Release that the copy holds; None without a good copy."""
    copy = _read_copy()
    return Published(copy["number"], copy["sha256"], "") if copy else None


def _read_copy() -> dict[str, Any] | None:
    """The copy on disk, if there is one and it fits its hash."""
    path: Path = settings.RELEASE_COPY
    try:
        copy: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if fingerprint_of(copy["payload"]) == copy["sha256"]:
            return copy
        log.warning("The copy of the release does not fit its hash")
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("The copy of the release cannot be read (%s)", type(error).__name__)
    return None


def _load_copy() -> None:
    """Serve the copy, if there is a good one."""
    if copy := _read_copy():
        try:
            directory = load(Release(number=copy["number"], payload=copy["payload"], sha256=copy["sha256"]))
            releases = tuple(Published(**row) for row in copy.get("releases", ()))
        except (CannotLoad, TypeError) as error:
            log.warning("The copy of the release cannot be shown: %s", error)
        else:
            use(directory, sha256=copy["sha256"], releases=releases)
