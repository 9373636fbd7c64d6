"""Installations that earlier versions made are taken over by `make run` as they are.

format-1.tar.xz is what the last version without a format number left in var/: two Releases, of which the second holds an edit made at
the desk, and one edit more that is not published.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from catalog.directory.loading import public_id_of
from scripts.serve import ROOT, Site, prepare_environment, running_site

ARCHIVE = Path(__file__).parent / "format-1.tar.xz"
EDIT = "（編集室で足した文）"
DRAFT = "（下書き）"


def unpack(folder: Path) -> Path:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    for path in (folder / "var").iterdir():
        path.rename(folder / path.name)
    return folder


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that this version serves from what the old one left."""
    with running_site(unpack(tmp_path_factory.mktemp("old"))) as site:
        # The copy on disk is of the first Release. A worker serves it until its watcher has asked the database.
        until = time.monotonic() + 20
        while page(site, "/health/") != "release 2\n" and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(1)  # the other worker, too
        yield site


def page(site: Site, address: str) -> str:
    with urllib.request.urlopen(f"{site.url}{address}", timeout=10) as response:
        text: str = response.read().decode()
        return text


def test_what_was_public_is_served_with_its_edits(taken_over: Site) -> None:
    assert page(taken_over, "/health/") == "release 2\n"
    assert EDIT in page(taken_over, f"/list/{public_id_of('yorisoi-hotline')}/")
    for address in ("/", "/list/", "/faq/", "/tips/", "/under18/", "/api/v1/releases/", "/api/hsds/services"):
        assert page(taken_over, address)


def test_edits_that_were_not_published_are_still_there(taken_over: Site) -> None:
    with closing(sqlite3.connect(taken_over.folder / "db.sqlite3")) as database:
        names = database.execute("select name from catalog_support where name like ?", [f"%{DRAFT}"]).fetchall()
        releases = database.execute("select number from catalog_release order by number").fetchall()
    assert len(names) == 1
    assert releases == [(1,), (2,)], "taking over publishes nothing"


def test_what_is_new_waits_in_the_draft_and_nothing_is_lacking_there(taken_over: Site) -> None:
    said = taken_over.manage(
        "shell", "-v", "0", "-c",
        "from catalog.models import Support; from catalog.release.payload import dump; from chatbot.models import Question;"
        "from catalog.release.concern import ConcernKind; from catalog.release.warnings import concerns_of_sections;"
        "print(Support.objects.exclude(firsts=[]).count() > 250, Support.objects.filter(slug='jidou-gyakutai-tsukoku').exists(),"
        "Question.objects.get(flow__key='general', key='whose').is_archived, concerns_of_sections(dump()),"
        "Support.history.filter(history_change_reason='新しいプログラムと来た内容').exists())",
    )  # fmt: skip
    assert "True True False () True" in said


def test_a_flow_that_staff_edited_stays_until_they_want_the_new_one(tmp_path: Path) -> None:
    folder = unpack(tmp_path)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database, database:
        database.execute("update chatbot_question set prompt = ? where key = 'money'", [EDIT])
    environment = prepare_environment(folder)
    said = manage(environment, "prepare_site").stdout
    assert "替えた質問の流れ under18。" in said
    assert "adopt_content --flow general" in said
    assert _asks(folder) == {("money", EDIT)}
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database, database:
        database.execute("update catalog_support set firsts = '[]' where slug = 'yorisoi-hotline'")
    assert manage(environment, "prepare_site").stdout == "", "it is brought once"
    assert manage(environment, "adopt_content", "--flow", "general").returncode == 0
    assert {key for key, _ in _asks(folder)} == {"money", "whose"}
    assert ("money", EDIT) not in _asks(folder)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        (lines,) = database.execute("select firsts from catalog_support where slug = 'yorisoi-hotline'").fetchone()
    assert lines == "[]"


def _asks(folder: Path) -> set[tuple[str, str]]:
    """Two of the questions of the general flow."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        rows = database.execute(
            "select q.key, prompt from chatbot_question q join chatbot_flow f on f.id = q.flow_id"
            " where f.key = 'general' and q.key in ('money', 'whose') and not is_archived"
        )
        return set(rows)


def test_the_older_release_is_compared_and_can_be_restored(taken_over: Site) -> None:
    said = taken_over.manage(
        "shell", "-v", "0", "-c",
        "from catalog.models import Release; from catalog.release.diff import compare; from catalog.release.upgrades import payload_of;"
        "from catalog.release import publishing; one, two = Release.objects.order_by('number');"
        "print([(e.key, [c.label for r in e.rows for c in r.fields]) for e in compare(payload_of(one), payload_of(two)).entries]);"
        "publishing.restore(one, by='さとう', approved_by='すずき', instead_of=two); print(publishing.locked_current.__name__)",
    )  # fmt: skip
    assert "[('yorisoi-hotline', ['どんなものか'])]" in said


def test_the_copy_that_the_old_version_left_is_served_while_the_database_is_away(tmp_path: Path) -> None:
    folder = unpack(tmp_path)
    environment = prepare_environment(folder) | {"DATABASE_URL": f"sqlite:///{folder / 'gone' / 'db.sqlite3'}"}
    said = manage(
        environment, "shell", "-v", "0", "-c", "from catalog.release import serving; print(serving.current().number)"
    )
    assert said.stdout.splitlines()[-1] == "1"


def test_a_backup_that_an_earlier_version_left_can_be_restored(tmp_path: Path) -> None:
    """It waits for migrations, as the database did that it was made of."""
    (tmp_path / "new").mkdir()
    old, new = prepare_environment(unpack(tmp_path)), prepare_environment(tmp_path / "new")
    assert manage(old, "backup", str(tmp_path)).returncode == 0
    [backup] = tmp_path.glob("notalone-*.tar.gz")
    assert manage(new, "restore", str(backup)).returncode == 0
    assert manage(new, "migrate", "--check").returncode == 1
    assert "公開版" not in manage(new, "prepare_site").stdout, "nothing is published"
    assert manage(new, "migrate", "--check").returncode == 0
    with closing(sqlite3.connect(tmp_path / "new" / "db.sqlite3")) as database:
        assert database.execute("select release_id from catalog_currentrelease").fetchone() == (2,)
        assert database.execute("select count(*) from catalog_support where name like ?", [f"%{DRAFT}"]).fetchone() == (
            1,
        )


@pytest.mark.parametrize("begun", ["new", "taken over"])
def test_only_its_owner_can_read_the_database(tmp_path: Path, prepared: Path, begun: str) -> None:
    if begun == "new":
        shutil.copy2(prepared / "db.sqlite3", tmp_path)  # with its mode
    else:
        (unpack(tmp_path) / "db.sqlite3").chmod(0o644)
        assert manage(prepare_environment(tmp_path), "prepare_site").returncode == 0
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as connection, connection:
        connection.execute("delete from django_session")
        files = list(tmp_path.glob("db.sqlite3*"))
        assert len(files) == 3, "with what SQLite keeps beside it"
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize("payload", ["{", json.dumps({"format": 9999})])
def test_a_release_that_cannot_be_shown_stops_the_start_and_changes_nothing(tmp_path: Path, payload: str) -> None:
    folder = unpack(tmp_path)
    database = folder / "db.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update catalog_release set payload = ? where number = 2", [payload])
        connection.execute("delete from django_migrations where name = '0002_link_failing_since'")  # one is waiting
    before = database.read_bytes()
    said = manage(prepare_environment(folder), "prepare_site")
    assert said.returncode == 1
    assert "公開版 2は、いまのサイトでは表示できません" in said.stderr
    assert "Traceback" not in said.stderr
    assert database.read_bytes() == before


@pytest.mark.parametrize("lost", ["gone", "empty", "older"])
def test_a_database_that_lacks_the_last_release_is_not_filled_from_the_fixtures(tmp_path: Path, lost: str) -> None:
    folder = unpack(tmp_path)
    database, copy = folder / "db.sqlite3", folder / "release.json"
    if lost == "gone":
        database.unlink()
    with closing(sqlite3.connect(database)) as connection, connection:
        if lost == "empty":
            connection.execute("delete from catalog_currentrelease")
            connection.execute("delete from catalog_release")
        elif lost == "older":
            connection.execute("update catalog_release set sha256 = 'of another one' where number = 1")
            connection.execute("update catalog_currentrelease set release_id = 2")
    before = copy.read_bytes()
    said = manage(prepare_environment(folder), "prepare_site")
    assert said.returncode == 1
    assert "公開版 1）が、このデータベースにありません" in said.stderr
    assert "バックアップからもどす" in said.stderr
    assert copy.read_bytes() == before
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("select count(*) from sqlite_master where name = 'catalog_release'").fetchone()
        assert rows == (0,) or connection.execute(
            "select count(*) from catalog_release where number > 2"
        ).fetchone() == (0,)


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
