"""A backup, put back into an empty place, is the same installation: it is served, and nothing of it is missing.

Runs against SQLite, and against PostgreSQL by `make test-postgres`.
"""

from __future__ import annotations

import hashlib
import io
import json
import stat
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scripts.serve import ROOT, free_port, prepare_environment, serving
from tests.databases import POSTGRES, empty_database, loaded_database

EDITING = """
from catalog.models import FAQ
from catalog.release import serving
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
faq = FAQ.objects.filter(publication="published").first()
faq.answer = "とまっても失われない文"
faq.save()
TOTPDevice.objects.create(user=User.objects.create_user("さとう", password="x"), name="携帯電話", key="aa" * 20)
serving.refresh()  # as a worker does, which keeps a copy of the Release
"""
COUNTING = """
from catalog.models import FAQ, Release, Support
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
print(Support.objects.count(), Support.history.count(), list(FAQ.history.values_list("answer", flat=True)))
print(list(Release.objects.values_list("number", "sha256")))
print(list(User.objects.values_list("username", "password")), list(TOTPDevice.objects.values_list("key", flat=True)))
"""
FULL_DISK = ("prlimit", "--fsize=200000")  # bytes that a file may have; the database and its backup have more


def place(folder: Path, database: str = "") -> dict[str, str]:
    """The environment of an installation in this folder, without a key of its own, and with an empty database unless one is named."""
    environment = prepare_environment(folder)
    del environment["SECRET_KEY"]
    return environment | {"DATABASE_URL": database or empty_database(folder)}


def manage(environment: Mapping[str, str], *arguments: str | Path, status: int = 0, under: Sequence[str] = ()) -> str:
    """Run manage.py. Returns what it said, errors included."""
    done = subprocess.run(
        [*under, sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def python(environment: Mapping[str, str], code: str) -> str:
    return manage(environment, "shell", "-v", "0", "-c", code)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation where people have worked."""
    folder = tmp_path_factory.mktemp("old")
    environment = place(folder, loaded_database(tmp_path_factory, folder))
    python(environment, EDITING)
    return environment


@pytest.fixture(scope="module")
def backup(old: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups")
    manage(old, "backup", folder)
    [file] = folder.iterdir()
    return file


@pytest.fixture
def there(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> dict[str, str]:
    """Another installation, with somebody in it."""
    environment = place(tmp_path, loaded_database(tmp_path_factory, tmp_path))
    python(environment, "from django.contrib.auth.models import User; User.objects.create_user('すずき')")
    return environment


def key(environment: Mapping[str, str]) -> str:
    return (Path(environment["VAR_DIR"]) / "secret_key").read_text()


def unfinished(folder: Path) -> list[Path]:
    return [*folder.glob(".unfinished*"), *folder.glob("*.restoring")]


def test_what_is_restored_to_an_empty_place_is_complete_and_served(
    old: dict[str, str], backup: Path, tmp_path: Path
) -> None:
    new = place(tmp_path)
    manage(new, "restore", backup)
    restored = [path for path in tmp_path.iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in [backup, *restored]} == {0o600}, "for their owner only"
    assert "公開" not in manage(new, "prepare_site"), "nothing is loaded or published anew"
    assert python(new, COUNTING) == python(old, COUNTING)
    assert key(new) == key(old)
    with (
        serving(tmp_path, new, free_port()) as site,
        urllib.request.urlopen(f"{site.url}/health/", timeout=30) as response,
    ):
        assert response.read() == b"release 1\n"


def test_an_installation_is_not_replaced_unasked(backup: Path, there: dict[str, str]) -> None:
    before = key(there)
    assert "--replace" in manage(there, "restore", backup, status=1)
    assert "すずき" in python(there, COUNTING)
    assert key(there) == before
    manage(there, "restore", backup, "--replace")
    assert "すずき" not in python(there, COUNTING)
    assert "さとう" in python(there, COUNTING)
    assert key(there) != before


def test_a_copy_of_a_release_is_not_replaced_unasked(backup: Path, tmp_path: Path) -> None:
    there = place(tmp_path)
    (tmp_path / "release.json").write_text("{}")
    assert "release.json" in manage(there, "restore", backup, status=1)


@pytest.mark.parametrize("damage", ["cut", "changed", "no archive"])
def test_a_damaged_backup_changes_nothing(backup: Path, tmp_path: Path, damage: str) -> None:
    there = place(tmp_path / "there")
    damaged = tmp_path / "damaged.tar.gz"
    whole = backup.read_bytes()
    if damage == "changed":
        repack(backup, damaged, {"release.json": b"{}"})
    else:
        damaged.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"nothing")
    assert "バックアップ" in manage(there, "restore", damaged, status=1)
    assert not (tmp_path / "there" / "release.json").exists()
    assert python(there, "from django.db import connection; print(connection.introspection.table_names())") == "[]\n"


def repack(backup: Path, target: Path, changes: Mapping[str, bytes]) -> None:
    """The backup with other contents in some of its files."""
    with tarfile.open(backup) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            extracted = old.extractfile(member)
            assert extracted
            content = changes.get(member.name, extracted.read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))


def test_a_database_that_cannot_be_put_back_leaves_the_installation_as_it_was(
    backup: Path, there: dict[str, str], tmp_path: Path
) -> None:
    """The backup is whole, but what it holds is no database; or the disk is full."""
    bad, before = tmp_path / "bad.tar.gz", key(there)
    with tarfile.open(backup) as archive:
        extracted = archive.extractfile("manifest.json")
        assert extracted
        manifest = json.load(extracted)
    [database] = [name for name in manifest["sha256"] if name.startswith("database")]
    broken = b"CREATE TABLE half (id int); no database"
    manifest["sha256"][database] = hashlib.sha256(broken).hexdigest()
    repack(backup, bad, {database: broken, "manifest.json": json.dumps(manifest).encode()})
    manage(there, "restore", bad, "--replace", status=1)
    manage(there, "restore", backup, "--replace", status=1, under=FULL_DISK)
    assert "すずき" in python(there, COUNTING)
    assert key(there) == before
    assert not unfinished(tmp_path)


@pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL's files are its own business")
def test_a_broken_database_can_be_replaced(backup: Path, tmp_path: Path) -> None:
    there = place(tmp_path)
    for name in ("db.sqlite3", "db.sqlite3-wal"):
        (tmp_path / name).write_bytes(b"broken" * 1000)
    assert "--replace" in manage(there, "restore", backup, status=1)
    manage(there, "restore", backup, "--replace")
    assert "さとう" in python(there, COUNTING)


def test_old_backups_are_removed_as_asked(old: dict[str, str], tmp_path: Path) -> None:
    for day in ("20260101", "20260102", "20260103"):
        (tmp_path / f"notalone-{day}-030000.tar.gz").touch()
    (tmp_path / "notalone-before-upgrade.tar.gz").touch()
    manage(old, "backup", tmp_path, "--keep", "2")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept[0] == "notalone-20260103-030000.tar.gz"
    assert kept[2:] == ["notalone-before-upgrade.tar.gz"]


def test_a_backup_that_cannot_be_written_is_no_backup_and_removes_none(old: dict[str, str], tmp_path: Path) -> None:
    last = tmp_path / "notalone-20260101-030000.tar.gz"
    last.touch()
    nothing = place(tmp_path / "nothing")
    assert "フォルダー" in manage(old, "backup", tmp_path / "nowhere", status=1)
    assert "データベース" in manage(nothing, "backup", tmp_path, "--keep", "1", status=1)
    manage(old, "backup", tmp_path, "--keep", "1", status=1, under=FULL_DISK)
    assert list(tmp_path.glob("*.tar.gz")) == [last]
    assert not unfinished(tmp_path)


def test_what_a_killed_backup_left_is_cleared_away_by_the_next(old: dict[str, str], tmp_path: Path) -> None:
    left = tmp_path / ".unfinished-abc"
    left.mkdir()
    (left / "database.sqlite3").touch()
    manage(old, "backup", tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
