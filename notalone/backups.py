"""Backups of a whole installation: one file with the database, the copy of the Release on disk and the secret key.

The database holds everything else: content, Releases, history, people. SQLite is copied by its online backup, PostgreSQL by pg_dump and
psql, so a backup does not disturb the site. A backup is as secret as the database: it holds password hashes and the secrets of the
second factor.

A backup gets its name, and a restored file its place, only when it is complete. What a killed process left is cleared away by the next.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient

FORMAT = 1
NAME = "notalone-{:%Y%m%d-%H%M%S}.tar.gz"
NAMES = f"notalone-{'[0-9]' * 8}-{'[0-9]' * 6}.tar.gz"  # a backup that somebody renamed is theirs to remove
UNFINISHED = ".unfinished-"
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}
WAITS_SECONDS = 60  # for a save that holds SQLite


class CannotBackUp(Exception):
    """Why, for the operator."""


class CannotRestore(Exception):
    """Why, for the operator."""


def back_up(folder: Path, now: datetime) -> Path:
    """Write a backup into the folder, readable by its owner only. Returns the file. Raises CannotBackUp, OSError."""
    try:
        if not tables():
            raise CannotBackUp("データベースが空です。DATABASE_URL と VAR_DIR を確かめてください。")
    except DatabaseError as error:
        raise CannotBackUp(f"データベースを読めません: {error}") from error
    target = folder / NAME.format(now)
    with own_folder(folder) as parts:
        # Before the database, which so has the Release of the copy, whoever publishes meanwhile.
        for file in files_beside_the_database():
            if file.exists():
                shutil.copyfile(file, parts / file.name)
        database = parts / DATABASES[connection.vendor]
        if connection.vendor == "sqlite":
            copy_sqlite(sqlite_file(), database)
        else:
            run_postgresql("pg_dump", "--no-owner", "--no-privileges", f"--file={database}", failure=CannotBackUp)
        contents = sorted(parts.iterdir())
        manifest = {
            "format": FORMAT,
            "database": connection.vendor,
            "taken_at": now.isoformat(timespec="seconds"),
            "sha256": {path.name: fingerprint(path) for path in contents},
        }
        (parts / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        archive = parts / target.name
        archive.touch(mode=0o600)
        with tarfile.open(archive, "w:gz") as opened:
            for path in [parts / MANIFEST, *contents]:
                opened.add(path, path.name)
        to_disk(archive)
        archive.replace(target)
    return target


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all backups of the folder but the newest ones. Returns what was removed."""
    removed = sorted(folder.glob(NAMES))[:-keep]
    for path in removed:
        path.unlink()
    return removed


def restore(archive: Path, *, replace: bool) -> dict[str, Any]:
    """Put everything back as it was. Returns the backup's manifest. Raises CannotRestore or OSError before anything has changed.

    `replace`: also where an installation is already."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with own_folder(settings.VAR_DIR) as parts:
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
            replace_sqlite(database, sqlite_file())
        else:
            # In one transaction: what goes wrong changes nothing.
            emptying = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"
            script = (f"--command={emptying}", f"--file={database}")
            run_postgresql(
                "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *script,
                failure=CannotRestore,
            )  # fmt: skip
        for file in files_beside_the_database():
            if (parts / file.name).exists():
                (parts / file.name).replace(file)
            else:
                file.unlink(missing_ok=True)
    return manifest


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """The backup's files in the folder, each as it was written and for its owner only. Returns its manifest. Raises CannotRestore."""
    if not archive.is_file():
        raise CannotRestore(f"ファイルがありません: {archive}")
    try:
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise CannotRestore(f"このバックアップの形式（{manifest['format']}）は、このプログラムでは読めません。")
        damaged = [name for name, sha256 in manifest["sha256"].items() if fingerprint(folder / name) != sha256]
        database = DATABASES[manifest["database"]]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise CannotRestore(f"バックアップとして読めません（{type(error).__name__}: {error}）: {archive}") from error
    if damaged or database not in manifest["sha256"]:
        raise CannotRestore(f"バックアップがこわれています: {'、'.join(damaged) or database}")
    for path in folder.iterdir():
        path.chmod(0o600)
        to_disk(path)
    return manifest


def what_is_there() -> str:
    """What an empty place would not have; "" where it is empty. The key does not count: it is made at each first start."""
    try:
        if tables():
            return "データベース"
    except DatabaseError as error:
        return f"読めないデータベース: {error}"
    return settings.RELEASE_COPY.name if settings.RELEASE_COPY.exists() else ""


def tables() -> list[str]:
    try:
        return connection.introspection.table_names()
    finally:
        connection.close()  # before the file is exchanged


def files_beside_the_database() -> list[Path]:
    """All of them in VAR_DIR. Where the key comes from the environment, it has to be kept there."""
    kept = [] if "SECRET_KEY" in os.environ else [Path(settings.SECRET_KEY_FILE)]
    return [Path(settings.RELEASE_COPY), *kept]


def sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def copy_sqlite(source: Path, target: Path) -> None:
    """The database as of one moment, also while others write to it. Raises CannotBackUp."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=WAITS_SECONDS)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            # One file, without a -wal beside it.
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise CannotBackUp(f"データベースをうつせません: {error}") from error
    check_sqlite(target, CannotBackUp)


def replace_sqlite(source: Path, target: Path) -> None:
    """Put the file in the place of the database, whatever state that is in. A process that has the old one open keeps the old one."""
    check_sqlite(source, CannotRestore)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.restoring")  # its folder may lie on another disk than the source
    try:
        beside.touch(mode=0o600)
        shutil.copyfile(source, beside)
        to_disk(beside)
        for part in ("-wal", "-shm", "-journal"):  # of the old one: SQLite would read them into the new one
            target.with_name(f"{target.name}{part}").unlink(missing_ok=True)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def check_sqlite(file: Path, failure: type[Exception]) -> None:
    try:
        with closing(sqlite3.connect(file)) as database:
            [result] = database.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        result = str(error)
    if result != "ok":
        raise failure(f"データベースがこわれています: {result}")


def run_postgresql(program: str, *arguments: str, failure: type[Exception]) -> None:
    """One of PostgreSQL's programs, with the connection of the settings; the password is not on its command line."""
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


@contextmanager
def own_folder(parent: Path) -> Iterator[Path]:
    """A folder in there for its owner only, gone afterwards. One process at a time has one."""
    lock = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in parent.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=parent, prefix=UNFINISHED) as name:
            yield Path(name)
    finally:
        os.close(lock)


def to_disk(file: Path) -> None:
    """Wait until the file would survive a power cut."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
