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
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from . import publishing
from .directory import Directory, from_payload
from .models import CurrentRelease

log = logging.getLogger(__name__)

_current: Directory | None = None
_watching = threading.Lock()


class NothingPublished(Exception):
    """No Release can be read, neither from the database nor from the copy."""


def current() -> Directory:
    """The Directory being served. No SQL once one is loaded."""
    if _current is None:
        refresh()
    if _current is None:
        raise NothingPublished
    return _current


def use(directory: Directory | None) -> None:
    """Serve this Directory (previews and tests)."""
    global _current
    _current = directory


def refresh() -> None:
    """Load the current Release if it is another one than the one in memory; fall back on the copy if there is none in memory."""
    try:
        pointer = CurrentRelease.objects.filter(id=1).values_list("release__number", flat=True).first()
        if pointer is not None and (_current is None or _current.number != pointer):
            release = CurrentRelease.objects.select_related("release").get(id=1).release
            payload = publishing.as_mapping(release)
            use(from_payload(payload, number=release.number))
            _write_copy(release.number, release.payload)
            log.info("Serving release %d", release.number)
    except DatabaseError as error:
        log.warning("The database does not answer (%s); serving the last good release", type(error).__name__)
        if _current is None:
            _load_copy()


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


def _write_copy(number: int, payload: str) -> None:
    path: Path = settings.RELEASE_COPY
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"number": number, "payload": payload}, file)
        Path(name).replace(path)
    except OSError as error:
        log.warning("The release could not be copied to disk: %s", error)


def _load_copy() -> None:
    path: Path = settings.RELEASE_COPY
    if path.exists():
        copy = json.loads(path.read_text(encoding="utf-8"))
        use(from_payload(json.loads(copy["payload"]), number=copy["number"]))
