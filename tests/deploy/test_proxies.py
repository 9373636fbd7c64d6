"""The proxies' settings in deploy/, in front of the site: each one shields it, and tells nobody who asked for what."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from catalog.pages.strip import CHILD_LINE, LINE
from scripts.serve import ROOT, Site, free_port, running_site

from .proxies import BODY_SECONDS, DEPLOY, NAME, Proxy, running_proxy

KINDS = ("nginx", "caddy", "haproxy")
SECRET = "worry.suicidal"
HALF_BODY = f"POST /chat/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\na=w".encode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Site]:
    """As behind a proxy: https alone, by its public name."""
    public = {"HTTPS": "1", "ALLOWED_HOSTS": f"127.0.0.1,{NAME}"}
    with running_site(tmp_path_factory.mktemp("site"), like=prepared, variables=public) as running:
        yield running


class Upstream(ThreadingHTTPServer):
    """Stands for the site, and keeps the headers of the requests that it got whole."""

    daemon_threads = True

    def __init__(self) -> None:
        self.headers: list[list[tuple[str, str]]] = []
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    server: Upstream

    def answer(self) -> None:
        length = int(self.headers["Content-Length"] or 0)
        if len(self.rfile.read(length)) < length:
            return
        self.server.headers.append(self.headers.items())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server
        server.shutdown()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def before_upstream(kind: str, upstream: Upstream, tmp_path: Path) -> Iterator[Proxy]:
    with running_proxy(kind, tmp_path, upstream.server_address[1]) as proxy:
        yield proxy


def test_pages_and_posts_come_through(kind: str, site: Site, tmp_path: Path) -> None:
    with running_proxy(kind, tmp_path, site.port) as proxy:
        status, page = proxy.ask("GET", "/")
        assert (status, "data-question" in page) == (200, True)
        form = {"Content__Type": "application/x-www-form-urlencoded"}
        status, page = proxy.ask("POST", "/chat/", "q=worry&c=suicidal", **form)
        assert (status, "data-crisis" in page) == (200, True)


def test_the_site_hears_who_asks_from_the_proxy_alone(before_upstream: Proxy, upstream: Upstream) -> None:
    claims = {"X_Forwarded_For": "203.0.113.9", "X__Forwarded__For": "203.0.113.8", "X__Forwarded__Proto": "ftp"}
    assert before_upstream.ask("GET", "/", **claims)[0] == 200
    [headers] = upstream.headers
    said = {name.lower(): value for name, value in headers}
    assert not [name for name in said if "_" in name]
    assert said["x-forwarded-for"] == "127.0.0.1"
    assert said["x-forwarded-proto"] == "https"
    assert said["host"] == NAME


def test_half_a_body_is_cut_off(before_upstream: Proxy, upstream: Upstream) -> None:
    with before_upstream.connect() as connection:
        connection.settimeout(BODY_SECONDS + 10)
        connection.sendall(HALF_BODY)
        while connection.recv(1000):
            pass  # a word of farewell, of nginx and HAProxy a 408
    assert upstream.headers == []


def test_what_is_too_long_is_refused(before_upstream: Proxy, upstream: Upstream) -> None:
    with before_upstream.connect() as connection:
        connection.sendall(HALF_BODY.replace(b"1000", b"9000000"))
        assert b" 413 " in connection.recv(1000).split(b"\r\n")[0]
    assert upstream.headers == []


def test_while_the_site_is_down_the_numbers_are_shown_and_nothing_is_logged_of_who_asked(
    kind: str, tmp_path: Path
) -> None:
    with running_proxy(kind, tmp_path, free_port()) as proxy:
        status, page = proxy.ask("GET", f"/r/{quote(SECRET)}/?a={quote(SECRET)}", Referer=f"https://{NAME}/{SECRET}")
        assert status in {502, 503}
        assert page == (DEPLOY / "unavailable.html").read_text(encoding="utf-8")
        with proxy.connect() as connection:
            connection.sendall(f"GET /{SECRET} HTTP/9\r\n\r\n".encode())
            connection.recv(1000)
    assert SECRET not in proxy.logs
    assert "127.0.0.1" not in proxy.logs.replace(f"127.0.0.1:{proxy.port}", "")


def test_the_page_has_the_numbers_of_the_strip() -> None:
    page = (DEPLOY / "unavailable.html").read_text(encoding="utf-8")
    for line in (LINE, CHILD_LINE):
        assert f'<a href="{line.tel_uri}">{line.name} {line.number}</a>' in page
    for number in ("110", "119"):
        assert f'<a href="tel:{number}">{number}' in page
    assert not [line for line in page.splitlines() if "src=" in line or "<script" in line], "it needs nothing else"


def test_the_proxies_take_what_the_site_takes() -> None:
    from notalone.bodies import MIB, MOST_BYTES_AT_THE_DESK

    said = {name: (ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "Caddyfile", "haproxy.cfg")}
    assert f"client_max_body_size {MOST_BYTES_AT_THE_DESK // MIB}m" in said["nginx.conf"]
    assert f"max_size {MOST_BYTES_AT_THE_DESK // MIB}MB" in said["Caddyfile"]
    assert f"gt {MOST_BYTES_AT_THE_DESK} " in said["haproxy.cfg"]
