"""An empty database of its own for a test that needs real ones: of the kind that the run is about (see `make test-postgres`)."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

MIGRATED = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
POSTGRES = os.environ.get("TEST_DATABASE_URL", "")


def empty_database(folder: Path) -> str:
    """Its address. On SQLite it is a file in the folder."""
    if not POSTGRES:
        return f"sqlite:///{folder / 'db.sqlite3'}"
    name = f"empty_{uuid.uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))


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
