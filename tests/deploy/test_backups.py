"""A backup, put back into an empty place, is the same installation: it is served, and nothing of it is missing.

Runs against SQLite, and against PostgreSQL by `make test-postgres`.
"""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts.serve import ROOT, Site, prepare_environment, running_site
from tests.databases import POSTGRES, empty_database

EDIT = "とまっても失われない文"
EDITING = f"""
from catalog.models import FAQ, Release
from catalog.release.publishing import publish
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
faq = FAQ.objects.filter(publication="published").first()
faq.answer = "{EDIT}"
faq.save()
publish(by="さとう")
TOTPDevice.objects.create(user=User.objects.create_user("さとう", password="x"), name="携帯電話", key="aa" * 20)
"""
COUNTING = """
from catalog.models import FAQ, Release, Support
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
print(Support.objects.count(), Support.history.count(), FAQ.history.count(), list(Release.objects.values_list("number", "sha256")),
      list(User.objects.values_list("username", "password")), list(TOTPDevice.objects.values_list("key", flat=True)))
"""


def place(folder: Path) -> dict[str, str]:
    """The environment of an installation in this folder, with an empty database and without a key of its own."""
    environment = prepare_environment(folder)
    del environment["SECRET_KEY"]
    return environment | {"DATABASE_URL": empty_database(folder)}


def manage(environment: Mapping[str, str], *arguments: str | Path, status: int = 0) -> str:
    """Run manage.py. Returns what it said, errors included."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
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
def old(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Site]:
    """A running installation where people have worked."""
    folder = tmp_path_factory.mktemp("old")
    environment = place(folder)
    if not POSTGRES:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
    manage(environment, "prepare_site")
    python(environment, EDITING)
    with running_site(folder, like=prepared, variables=environment) as site:
        yield site


@pytest.fixture(scope="module")
def backup(old: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups")
    manage(old.environment, "backup", folder)
    [file] = folder.iterdir()
    return file


def page(site: Site, address: str) -> str:
    with urllib.request.urlopen(f"{site.url}{address}", timeout=30) as response:
        return str(response.read().decode())


def test_what_is_restored_to_an_empty_place_is_served_and_complete(
    old: Site, backup: Path, prepared: Path, tmp_path: Path
) -> None:
    new = place(tmp_path)
    manage(new, "restore", backup)
    assert "公開" not in manage(new, "prepare_site"), "nothing is loaded or published anew"
    assert python(new, COUNTING) == python(old.environment, COUNTING)
    assert (tmp_path / "secret_key").read_bytes() == (old.folder / "secret_key").read_bytes()
    shutil.copytree(prepared / "static", tmp_path / "static")
    with running_site(tmp_path, like=tmp_path, variables=new) as site:
        assert page(site, "/health/") == "release 2\n"
        assert EDIT in page(site, "/faq/")


def test_only_its_owner_may_read_a_backup(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_an_installation_is_not_replaced_unasked(backup: Path, tmp_path: Path) -> None:
    there = place(tmp_path)
    manage(there, "migrate", "-v", "0")
    python(there, "from django.contrib.auth.models import User; User.objects.create_user('すずき')")
    key = (tmp_path / "secret_key").read_text()
    assert "--replace" in manage(there, "restore", backup, status=1)
    assert "すずき" in python(there, COUNTING)
    assert (tmp_path / "secret_key").read_text() == key
    manage(there, "restore", backup, "--replace")
    assert "すずき" not in python(there, COUNTING)
    assert "さとう" in python(there, COUNTING)
    assert (tmp_path / "secret_key").read_text() != key


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
        with tarfile.open(backup) as archive:
            archive.extractall(tmp_path / "parts", filter="data")
        (tmp_path / "parts" / "release.json").write_text("{}")
        with tarfile.open(damaged, "w:gz") as archive:
            for path in (tmp_path / "parts").iterdir():
                archive.add(path, path.name)
    else:
        damaged.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"nothing")
    assert "バックアップ" in manage(there, "restore", damaged, status=1)
    assert not (tmp_path / "there" / "release.json").exists()
    manage(there, "restore", backup)  # it is still an empty place


def test_old_backups_are_removed_as_asked(old: Site, tmp_path: Path) -> None:
    for day in ("20260101", "20260102", "20260103"):
        (tmp_path / f"notalone-{day}-030000.tar.gz").touch()
    (tmp_path / "letter.txt").touch()
    manage(old.environment, "backup", tmp_path, "--keep", "2")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept[:2] == ["letter.txt", "notalone-20260103-030000.tar.gz"]
    assert len(kept) == 3


def test_a_backup_that_cannot_be_written_is_no_backup(old: Site, tmp_path: Path) -> None:
    assert "フォルダー" in manage(old.environment, "backup", tmp_path / "nowhere", status=1)
    nothing = prepare_environment(tmp_path) | {"DATABASE_URL": f"sqlite:///{tmp_path}/gone/db.sqlite3"}
    assert "データベース" in manage(nothing, "backup", tmp_path, status=1)
    assert not list(tmp_path.glob("*.tar.gz"))
    assert not list(tmp_path.glob(".unfinished*"))
