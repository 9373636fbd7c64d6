"""Which Directory this process serves. Requests read it from memory; one thread a worker looks for a newer Release.

The thread asks the database twice a second. While the database is away the last good Release is served on, and each Release is
copied to a file, so that even a worker that starts meanwhile has one.
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

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.loading import from_payload
from catalog.models import CurrentRelease, Release

from .upgrades import payload_of, read_payload

log = logging.getLogger(__name__)

RELEASES_TOLD = 50  # of the newest ones


@dataclass(frozen=True, slots=True)
class Published:
    """A Release by its marks: whether a program has to fetch again."""

    number: int
    sha256: str
    published_at: str  # ISO 8601


_current: Directory | None = None
_current_sha256 = ""
_releases: tuple[Published, ...] = ()
# What this request is shown instead: a preview of staff.
_instead: ContextVar[tuple[Directory, datetime] | None] = ContextVar("shown instead", default=None)
_database_is_away = False
_watching = threading.Lock()


class NothingPublished(Exception):
    """No Release can be read, neither from the database nor from the copy."""


def current() -> Directory:
    """The Directory being served. No SQL once one is loaded."""
    if instead := _instead.get():
        return instead[0]
    if _current is None:
        try:
            refresh()
        except Exception:  # a broken Release must not take the site down while there is a good copy
            log.exception("Could not load the current release")
    if _current is None:
        _load_copy()
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
    """The marks of the Release that is shown; None within a preview."""
    marks = fingerprint()
    return next((release for release in releases() if marks and release.sha256 == marks), None)


def moment() -> datetime:
    """Now; or the moment that a preview looks at."""
    instead = _instead.get()
    return instead[1] if instead else timezone.now()


def here() -> DirectoryNow:
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


def refresh() -> None:
    """Load the current Release if it is another one than the one in memory. While the database is away, nothing changes."""
    global _database_is_away
    try:
        pointer = CurrentRelease.objects.filter(id=1).values_list("release__sha256", flat=True).first()
        if pointer is not None and (_current is None or pointer != _current_sha256):
            release = CurrentRelease.objects.select_related("release").get(id=1).release
            told = _newest_releases(release)
            directory = from_payload(payload_of(release), number=release.number)
            use(directory, sha256=release.sha256, releases=told)
            _write_copy(release, told)
            log.info("Serving release %d", release.number)
        _database_is_away = False
    except DatabaseError as error:
        if not _database_is_away:  # said once, not twice a second
            log.warning("The database does not answer (%s); serving the last good release", type(error).__name__)
        _database_is_away = True


def start_watching() -> None:
    """Start this worker's watcher, once."""
    if _watching.acquire(blocking=False):
        threading.Thread(target=_watch, name="release-watcher", daemon=True).start()


def _watch() -> None:
    while True:
        try:
            refresh()
        except Exception:  # the watcher must outlive whatever a broken Release or a full disk brings
            log.exception("Could not load the current release; serving the last good one")
        finally:
            with suppress(DatabaseError):
                connection.close()
        time.sleep(settings.RELEASE_POLL_SECONDS)


def _newest_releases(current: Release) -> tuple[Published, ...]:
    """The current one among them, however old it is."""
    rows = list(Release.objects.values_list("number", "sha256", "published_at")[:RELEASES_TOLD])
    if current.number < rows[-1][0]:
        rows.append((current.number, current.sha256, current.published_at))
    return tuple(Published(number, sha256, at.isoformat(timespec="seconds")) for number, sha256, at in rows)


def _write_copy(release: Release, told: tuple[Published, ...]) -> None:
    path: Path = settings.RELEASE_COPY
    copy = {
        "number": release.number,
        "sha256": release.sha256,
        "payload": release.payload,
        "releases": [asdict(published) for published in told],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(copy, file)
        Path(name).replace(path)
    except OSError as error:
        log.warning("The release could not be copied to disk: %s", error)


def _load_copy() -> None:
    """Serve the copy, if there is a good one."""
    path: Path = settings.RELEASE_COPY
    try:
        copy = json.loads(path.read_text(encoding="utf-8"))
        directory = from_payload(read_payload(copy["payload"]), number=copy["number"])
        use(directory, sha256=copy["sha256"], releases=tuple(Published(**row) for row in copy.get("releases", ())))
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("The copy of the release cannot be read: %s", error)
