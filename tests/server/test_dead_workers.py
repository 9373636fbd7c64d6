"""A worker that died (out of memory, a crash) is replaced, and the visitors hardly notice."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.serve import Site, running_site

from .visiting import ask

REPLACED_WITHIN_SECONDS = 30
IN_FLIGHT_SECONDS = 5  # before its worker was killed, a request may have begun: on a busy machine one takes long


@pytest.fixture
def site(tmp_path: Path, prepared: Path) -> Iterator[Site]:
    with running_site(tmp_path, like=prepared) as running:
        yield running


def workers(site: Site) -> set[int]:
    said = subprocess.run(["pgrep", "-P", str(site.server.pid)], capture_output=True, text=True, check=False).stdout
    return {int(pid) for pid in said.split()}


def wait_until(reached: Callable[[], bool]) -> None:
    give_up = time.monotonic() + REPLACED_WITHIN_SECONDS
    while not reached():
        assert time.monotonic() < give_up
        time.sleep(0.02)


class Visitor(threading.Thread):
    """Asks for the front page again and again, on a new connection each time, and notes when it was asked in vain."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.answered = 0
        self.failed: list[float] = []
        self.leaves = threading.Event()

    def run(self) -> None:
        while not self.leaves.is_set():
            asked = time.monotonic()
            try:
                ok = ask(self.site).status == 200
            except (OSError, http.client.HTTPException):
                ok = False
            if ok:
                self.answered += 1
            else:
                self.failed.append(asked)


def listening(site: Site) -> int:
    """How many workers take connections. Each has a socket of its own on the port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(local.endswith(f":{site.port:04X}") and state == "0A" for _, local, _, state, *_ in rows)


def kill(site: Site, worker: int, visitor: Visitor) -> tuple[float, float]:
    """Wait until its place has been taken. Returns the moments between which it died."""
    killed = time.monotonic()
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: worker not in workers(site))
    dead = time.monotonic()
    wait_until(lambda: listening(site) == 2)
    answered = visitor.answered
    wait_until(lambda: visitor.answered > answered + 20)
    return killed, dead


def test_killed_workers_are_replaced_and_only_requests_in_flight_are_lost(site: Site) -> None:
    first, second = workers(site)
    visitor = Visitor(site)
    visitor.start()
    deaths = [kill(site, worker, visitor) for worker in (first, second)]
    visitor.leaves.set()
    visitor.join()
    assert not {first, second} & workers(site)
    lost = [at for at in visitor.failed if not any(start - IN_FLIGHT_SECONDS < at < end for start, end in deaths)]
    assert lost == [], f"{visitor.answered} requests were answered"
    assert "Unexpected exit from worker" in site.log, "an operator can see that it happened"
