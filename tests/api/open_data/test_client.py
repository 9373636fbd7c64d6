"""The example of a program, run as somebody who downloaded it would run it, against a real server."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import time_machine
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client

from catalog.directory.directory import Directory
from tests.conftest import at, japan

PROGRAM = Path(settings.BASE_DIR) / "examples" / "notalone_client.py"
NOON = "2026-11-25 12:00"


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the standard library's name)
        pass


class Served:
    """The site, and with which statuses it answered."""

    def __init__(self) -> None:
        self.statuses: list[str] = []
        self.application = get_wsgi_application()
        self.server = make_server("127.0.0.1", 0, self, handler_class=Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def starting(status: str, headers: list[tuple[str, str]], *rest: object) -> Any:
            self.statuses.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {status[:3]}")
            return start(status, headers, *rest)

        return self.application(environ, starting)


@pytest.fixture
def site(program: Client) -> Iterator[Served]:
    served = Served()
    with time_machine.travel(japan(NOON), tick=False):
        thread = threading.Thread(target=served.server.serve_forever, daemon=True)
        thread.start()
        yield served
        served.server.shutdown()
        served.server.server_close()
        thread.join()


def run(site: Served, folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM), "--site", site.url, *arguments],
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"},
    )


def test_the_list_is_fetched_again_only_when_it_has_changed(site: Served, directory: Directory, tmp_path: Path) -> None:
    first = run(site, tmp_path, "list")
    second = run(site, tmp_path, "list")
    assert first.stdout == second.stdout
    assert first.stdout.count("■") == len(directory.available)
    assert site.statuses == ["GET /api/v1/supports/ 200", "GET /api/v1/supports/ 304"]


def test_the_lines_that_are_open_in_an_area(site: Served, directory: Directory, tmp_path: Path) -> None:
    said = run(site, tmp_path, "open", "work").stdout
    now = at(directory, NOON)
    is_open = {s.name for s in directory.available if "work" in s.areas and now.open_contact(s)}
    assert {line.removeprefix("■ ") for line in said.splitlines() if line.startswith("■")} == is_open != set()
    assert said.count("（いま、つながります）") >= len(is_open)
    assert site.statuses == ["POST /api/v1/supports/search/ 200"]


def test_a_conversation_ends_with_lines_to_call(site: Served, tmp_path: Path) -> None:
    talked = run(site, tmp_path, "talk", typed="1\n" + "\n" * 20)
    assert talked.returncode == 0
    assert "■" in talked.stdout
    assert {status.split()[0] for status in site.statuses} == {"POST"}
    assert list(tmp_path.iterdir()) == []  # nothing of what was answered is kept


def test_an_answer_about_danger_leads_to_the_lines_at_once_and_asks_below_them(
    site: Served, directory: Directory, tmp_path: Path
) -> None:
    asked = run(site, tmp_path, "talk", typed="\n" * 20).stdout
    first_question = asked.partition("番号（")[0]
    danger = next(line.split()[0] for line in first_question.splitlines() if "死にたい" in line)
    site.statuses.clear()
    said = run(site, tmp_path, "talk", typed=f"{danger}\n\n").stdout
    assert len(site.statuses) == 2
    assert said.rindex("■") < said.rindex("番号（")
    assert next(line for line in said.splitlines() if line.startswith("■")).removeprefix("■ ") in {
        support.name for support in directory.available if support.crisis
    }


def test_a_wrong_area_is_told_in_words(site: Served, tmp_path: Path) -> None:
    refused = run(site, tmp_path, "open", "nothing")
    assert refused.returncode == 1
    assert "「nothing」は使えません。" in refused.stderr
