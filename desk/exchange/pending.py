"""An upload that waits for 確定: kept on the server, one for each person, for an hour. Nothing of it goes through the browser."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

SECONDS = 60 * 60


def keep(user: User, upload: dict[str, Any]) -> None:
    """Instead of what this person uploaded before. `upload`: plain values."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in folder.glob("*.json"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - SECONDS:
                path.unlink()
    path = _path(user)
    written = path.with_suffix(".part")
    written.touch(mode=0o600)
    written.write_text(json.dumps(upload, ensure_ascii=False), encoding="utf-8")
    written.replace(path)


def waiting(user: User) -> dict[str, Any] | None:
    """What this person uploaded last, unless it is too old or was finished."""
    path = _path(user)
    try:
        if path.stat().st_mtime < time.time() - SECONDS:
            return None
        upload: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return upload


def drop(user: User) -> None:
    _path(user).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "pending"


def _path(user: User) -> Path:
    return _folder() / f"{int(user.pk)}.json"
