"""Backups of a whole installation: one file with the database, the Release's copy on disk and the secret key.

The database holds everything else: content, Releases, history, people. SQLite is copied by its online backup, PostgreSQL by pg_dump and
psql, so the site may go on meanwhile. A backup is as secret as the database: it holds password hashes and the secrets of the second
factor.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient

FORMAT = 1
NAME = "notalone-{:%Y%m%d-%H%M%S}.tar.gz"
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}
WAITS_SECONDS = 60  # for whoever is writing to SQLite


class CannotBackUp(Exception):
    """Why, for who gave the command."""


class CannotRestore(Exception):
    """Why, for who gave the command."""


def back_up(folder: Path, now: datetime) -> Path:
    """Write a backup into the folder, readable by its owner only. Returns the file. Raises CannotBackUp."""
    target = folder / NAME.format(now)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as name:
        parts = Path(name)
        database = parts / DATABASES[connection.vendor]
        if connection.vendor == "sqlite":
            copy_sqlite(Path(connection.settings_dict["NAME"]), database)
        else:
            run_postgresql("pg_dump", "--no-owner", "--no-privileges", f"--file={database}", failure=CannotBackUp)
        for file in files_beside_the_database():
            if file.exists():
                (parts / file.name).write_bytes(file.read_bytes())
        manifest = {
            "format": FORMAT,
            "database": connection.vendor,
            "taken_at": now.isoformat(timespec="seconds"),
            "sha256": {path.name: fingerprint(path) for path in sorted(parts.iterdir())},
        }
        (parts / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        unfinished = parts / target.name
        unfinished.touch(mode=0o600)
        with tarfile.open(unfinished, "w:gz") as archive:
            for path in sorted(parts.iterdir()):
                if path != unfinished:
                    archive.add(path, path.name)
        unfinished.replace(target)
    return target


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all backups of the folder but the newest ones. Returns what was removed."""
    removed = sorted(folder.glob("notalone-*-*.tar.gz"))[:-keep]
    for path in removed:
        path.unlink()
    return removed


def restore(archive: Path, *, replace: bool) -> dict[str, Any]:
    """Put everything back as it was. Returns the backup's manifest. Raises CannotRestore, mostly before anything has changed.

    `replace`: also where an installation is already."""
    with tempfile.TemporaryDirectory(prefix="notalone-restore-") as name:
        parts = Path(name)
        manifest = unpack(archive, parts)
        if manifest["database"] != connection.vendor:
            raise CannotRestore(
                f"このバックアップは {manifest['database']} のもので、ここのデータベースは {connection.vendor} です。"
            )
        if not replace and (found := what_is_there()):
            raise CannotRestore(
                f"ここは空ではありません（{found}）。いまあるものを捨てて戻すときは、--replace をつけてください。"
            )
        database = parts / DATABASES[connection.vendor]
        if connection.vendor == "sqlite":
            connection.close()
            target = Path(connection.settings_dict["NAME"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(mode=0o600)
            copy_sqlite(database, target, failure=CannotRestore)
        else:
            # In one transaction: what goes wrong changes nothing.
            emptying = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"
            script = (f"--command={emptying}", f"--file={database}")
            run_postgresql(
                "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *script,
                failure=CannotRestore,
            )  # fmt: skip
        for file in files_beside_the_database():
            file.unlink(missing_ok=True)
            if (parts / file.name).exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch(mode=0o600)
                file.write_bytes((parts / file.name).read_bytes())
    return manifest


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """The backup's files in the folder, each as it was written. Returns its manifest."""
    try:
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise CannotRestore(f"このバックアップの形式（{manifest['format']}）は、このプログラムでは読めません。")
        damaged = [name for name, sha256 in manifest["sha256"].items() if fingerprint(folder / name) != sha256]
        database = DATABASES[manifest["database"]]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise CannotRestore(f"バックアップとして読めません（{type(error).__name__}）: {archive}") from error
    if damaged or database not in manifest["sha256"]:
        raise CannotRestore(f"バックアップがこわれています: {'、'.join(damaged) or database}")
    return manifest


def what_is_there() -> str:
    """What an empty place would not have; "" where it is empty. The key does not count: it is made at each first start."""
    try:
        if connection.introspection.table_names():
            return "データベース"
    except DatabaseError:
        return "読めないデータベース"
    return settings.RELEASE_COPY.name if settings.RELEASE_COPY.exists() else ""


def files_beside_the_database() -> list[Path]:
    """Where the key comes from the environment, that is where it has to be kept."""
    kept = [] if "SECRET_KEY" in os.environ else [Path(settings.SECRET_KEY_FILE)]
    return [Path(settings.RELEASE_COPY), *kept]


def copy_sqlite(source: Path, target: Path, failure: type[Exception] = CannotBackUp) -> None:
    """The database as of one moment, whoever writes to it; over what stands in `target`, if so."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=WAITS_SECONDS)) as old,
            closing(sqlite3.connect(target, timeout=WAITS_SECONDS)) as new,
        ):
            old.backup(new)
            [result] = new.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise failure(f"データベースをうつせません: {error}") from error
    if result != "ok":
        raise failure(f"データベースがこわれています: {result}")


def run_postgresql(program: str, *arguments: str, failure: type[Exception]) -> None:
    """One of PostgreSQL's programs, with the connection of the settings."""
    [_, *where], environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [program, *arguments, *where]
    try:
        done = subprocess.run(  # noqa: S603  (our own words and settings only)
            command, env=os.environ | (environment or {}), capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise failure(f"{program} がありません。apt-get install postgresql-client で入ります。") from error
    if done.returncode:
        raise failure(f"{program}: {done.stderr.strip()}")


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
