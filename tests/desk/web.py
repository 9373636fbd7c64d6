"""A small web of made-up hosts on this machine, for the link checker: good, slow, hostile."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from desk.links.fetching import Fetcher
from desk.links.hosts import Manners, is_public

OUR_ADDRESS = "127.0.0.2"  # where the made-up public hosts live; 127.0.0.1 stays what it is, a private address
ADDRESSES = {
    "inner.example": ["127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "half.example": [OUR_ADDRESS, "10.0.0.5"],
}


class Handler(BaseHTTPRequestHandler):
    web: Web

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        page = self.path.split("?")[0].strip("/")
        with self.web.inside(self):
            if page == "wait":
                time.sleep(0.03)
        if page == "no-head" and self.command == "HEAD":
            self.send_error(405)
        elif page == "slow":
            time.sleep(5)
        elif page == "drip":
            self.drip()
        elif page == "huge":
            self.huge()
        elif page == "rude":
            self.wfile.write(b"this is not http\r\n\r\n")
        elif page.isdigit():
            self.reply(int(page))
        elif page in self.web.redirects:
            self.reply(302, location=self.web.redirects[page])
        else:
            self.reply(200)

    def reply(self, status: int, *, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """A header that never ends, a byte at a time: no single wait is long."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def huge(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while self.command == "GET":
                self.wfile.write(b"x" * 65536)
                self.web.sent += 65536
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        """Quiet."""


@dataclass
class Web:
    """`asked`: (method, host, path) in their order. `together`: the most requests that one host answered at once."""

    port: int = 0
    redirects: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0
    together: int = 0
    _inside: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, page: str = "", *, host: str = "good.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}/{page}"

    @contextmanager
    def inside(self, handler: Handler) -> Iterator[None]:
        """A request before its answer: counted by host."""
        host = handler.headers["Host"].split(":")[0]
        with self._lock:
            self.asked.append((handler.command, host, handler.path))
            self.headers.append(dict(handler.headers))
            self._inside[host] += 1
            self.together = max(self.together, self._inside[host])
        yield
        with self._lock:
            self._inside[host] -= 1

    def fetcher(self, **changes: object) -> Fetcher:
        """Hosts resolve to this server unless ADDRESSES says otherwise; only this server's address counts as public."""
        plain: dict[str, Any] = {
            "user_agent": "link-check (+https://hitori.example/)",
            "look_up": look_up,
            "allows": lambda address, port: address == OUR_ADDRESS or is_public(address, port),
            "manners": Manners(0),
            "read_seconds": 1.0,
            "address_seconds": 3.0,
        }
        return Fetcher(**(plain | changes))


def look_up(host: str, port: int) -> list[str]:
    if host.startswith("nowhere"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return ADDRESSES.get(host, [OUR_ADDRESS])


@contextmanager
def running_web(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    web = Web()
    handler = type("HandlerOfThisWeb", (Handler,), {"web": web})
    server = ThreadingHTTPServer((OUR_ADDRESS, 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # type: ignore[method-assign]  # clients hang up on purpose
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def self_signed(folder: Path, host: str) -> ssl.SSLContext:
    """What a server needs to speak TLS as this host, with a certificate that nobody has signed (folder / "crt")."""
    crt, key = folder / "crt", folder / "key"
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN={host}"
    more = ["-addext", f"subjectAltName=DNS:{host}", "-keyout", str(key), "-out", str(crt)]
    subprocess.run(["openssl", *words.split(), *more], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    return context
