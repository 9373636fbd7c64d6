from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from scripts.check_port import why_not
from scripts.serve import ROOT


@pytest.fixture
def used() -> Iterator[str]:
    """A port on which a server listens that would share it, as the site's does."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])  # noqa: S104 (nothing listens)
def test_a_port_in_use_is_refused_by_its_number(used: str, host: str) -> None:
    assert f"ポート {used}（{host}）は、もう使われています" in why_not(host, used)


def test_the_start_ends_there_with_the_message(used: str) -> None:
    said = subprocess.run(
        ["make", "-n", "run", f"PORT={used}"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    commands = [line for line in said if "python" in line or "granian" in line]
    first = next(line for line in commands if "pip" not in line and "venv" not in line.split()[-1])
    assert first.split()[-4:] == ["-m", "scripts.check_port", "127.0.0.1", used], "before anything is migrated"
    ended = subprocess.run([sys.executable, *first.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert used in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_free_port_is_taken(used: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = str(probe.getsockname()[1])
    assert why_not("127.0.0.1", free) == ""


@pytest.mark.parametrize("port", ["", "0", "65536", "eight", "-1", "８０００"])
def test_what_is_no_port_is_refused(port: str) -> None:
    assert "使えません" in why_not("127.0.0.1", port)


def test_a_host_that_is_not_here_is_refused() -> None:
    assert "ありません" in why_not("nowhere.invalid", "8000")
