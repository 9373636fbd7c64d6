"""Whoever sends slowly, or nothing, or reads nothing, keeps nobody else from a page."""

from __future__ import annotations

import re
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from scripts.serve import ROOT, Site, running_site

from .visiting import FORM, ask, visit

HELD = 200  # of each kind
BODY_SECONDS = 8
HOST = b"Host: 127.0.0.1\r\n"
IDLE = b""
HALF_HEADERS = b"GET / HTTP/1.1\r\n" + HOST + b"Accept: te"
HALF_BODY = b"POST /chat/ HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\na=w"
MUCH = b"GET /open-data/catalogue.json HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Site]:
    """As `make run` starts it, but that the half bodies need not be waited for so long."""
    folder = tmp_path_factory.mktemp("slow")
    (folder / "hasty.py").write_text(f"from notalone.settings import *\nBODY_SECONDS = {BODY_SECONDS}\n")
    hasty = {"DJANGO_SETTINGS_MODULE": "hasty", "PYTHONPATH": f"{folder}:{ROOT}"}
    with running_site(folder, like=prepared, variables=hasty) as running:
        yield running


@pytest.fixture
def connections() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def hold(site: Site, connections: ExitStack, sent: bytes, count: int = HELD) -> list[socket.socket]:
    """Connections on which this was sent, and from which nothing is read."""
    held = []
    for _ in range(count):
        connection = connections.enter_context(socket.socket())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(BODY_SECONDS + 10)
        connection.connect(("127.0.0.1", site.port))
        connection.sendall(sent)
        held.append(connection)
    return held


def test_visitors_are_answered_while_many_hold_half_requests(site: Site, connections: ExitStack) -> None:
    half_bodies = hold(site, connections, HALF_BODY)
    hold(site, connections, HALF_HEADERS)
    hold(site, connections, IDLE)
    for _ in range(3):
        visit(site)
    for connection in half_bodies:
        told = connection.recv(65536).decode()
        assert told.startswith("HTTP/1.1 408"), "the time for a body has an end"
        assert "tel:110" in told


def test_visitors_are_answered_while_many_do_not_read_their_answers(site: Site, connections: ExitStack) -> None:
    hold(site, connections, MUCH)
    visit(site)


def test_visitors_are_answered_while_staff_wait_for_the_database(site: Site) -> None:
    sign_in = f"csrfmiddlewaretoken={'x' * 32}&username=a&password=b&otp_token=123456"
    cookie = {"Cookie": f"csrftoken={'x' * 32}", **FORM}
    request = (
        b"POST /desk/login/ HTTP/1.1\r\n"
        + HOST
        + "".join(f"{name}: {value}\r\n" for name, value in cookie.items()).encode()
        + f"Content-Length: {len(sign_in)}\r\n\r\n{sign_in}".encode()
    )
    with closing(sqlite3.connect(site.folder / "db.sqlite3")) as database, ExitStack() as connections:
        database.execute("BEGIN IMMEDIATE")
        waiting = hold(site, connections, request, 32)
        for connection in waiting:
            connection.settimeout(0.01)
            with pytest.raises(TimeoutError):
                connection.recv(1)
        visit(site)


@pytest.mark.parametrize("headers", ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
def test_what_is_too_long_is_refused_before_it_is_read(site: Site, headers: str) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=BODY_SECONDS / 2) as connection:
        connection.sendall(f"POST /chat/ HTTP/1.1\r\n{HOST.decode()}{headers}\r\n\r\n".encode())
        said = connection.makefile("rb").read().decode()
    assert re.match(r"HTTP/1.1 4\d\d", said)
    assert "connection: close" in said


def test_an_upload_at_the_desk_arrives_whole(site: Site) -> None:
    body = "csrfmiddlewaretoken=" + "x" * 200_000
    assert ask(site, "/desk/login/", body).status == 403  # read, and refused by Django for its token


def test_the_log_says_nothing_of_them(site: Site) -> None:
    assert "Traceback" not in site.log


def test_many_at_once(site: Site) -> None:
    """Each with a connection of its own, all answered."""
    failed: list[object] = []

    def come() -> None:
        try:
            visit(site)
        except Exception as error:  # noqa: BLE001 (the test's thread shows it)
            failed.append(error)

    visitors = [threading.Thread(target=come) for _ in range(20)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert failed == []
