"""Databases with the content: in a file on SQLite, or on the server that `make test-postgres` starts."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from catalog.models import Release, bulk_history
from catalog.release import publishing
from catalog.release.payload import dump

from .sharing import made_once

FIXTURES = sorted((Path(settings.BASE_DIR) / "fixtures").rglob("*.yaml"))
FILE = "db.sqlite3"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "")  # one database of the server; "" on SQLite
MIGRATED = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def load_content() -> None:
    """The whole content, served as it is: that it may be published is a test of its own (tests/catalog/test_content.py)."""
    with bulk_history.unrecorded():  # halves the time
        call_command("loaddata", *FIXTURES, verbosity=0)
    payload = json.dumps(dump(), ensure_ascii=False)
    sha256 = hashlib.sha256(payload.encode()).hexdigest()
    release = Release.objects.create(number=1, payload=payload, sha256=sha256, published_by="テスト")
    publishing.point_public_at(release, by="テスト")


def empty_database(folder: Path) -> str:
    """The address of a new one. On SQLite it is a file in the folder."""
    return _create("template1") if POSTGRES else _address(folder)


def loaded_database(folders: pytest.TempPathFactory, folder: Path) -> str:
    """The same with the content, which takes no time."""
    if POSTGRES:
        return _create(loaded_name(folders))
    shutil.copyfile(loaded_file(folders), folder / FILE)
    return _address(folder)


def loaded_file(folders: pytest.TempPathFactory) -> Path:
    """On SQLite: the one that is copied. To be read, not to be written to."""
    return made_once(folders, "content", _load) / FILE


def loaded_name(folders: pytest.TempPathFactory) -> str:
    """On PostgreSQL: the name of the one that is copied. Nobody may be connected to it."""
    return (made_once(folders, "content", _load) / "name").read_text()


def run_on(url: str, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Python code, in a process of its own, after Django's start and all migrations; with the site's options of a database."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "SECRET_KEY": "only-for-tests-" + "0" * 32,
    }
    return subprocess.run(
        [sys.executable, "-c", MIGRATED + code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _load(folder: Path) -> None:
    url = empty_database(folder)
    done = run_on(url, "from tests.databases import load_content; load_content()", folder)
    assert not done.returncode, done.stderr
    (folder / "name").write_text(urlsplit(url).path.strip("/"))


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / FILE}"


def _create(template: str) -> str:
    name = f"of_a_test_{uuid.uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
