"""Stands between an ASGI server and a WSGI application, which gets a request when its body is there.

So no client, however slow, holds one of the few threads. The desk has threads of its own: what waits there for the database keeps
nobody from a public page. Why it is built like this: docs/decisions/0010-the-server.md.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, NamedTuple

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope
from django.conf import settings

from .bodies import Bodies, HungUp, TooMuchAtOnce, TooSlow, most_bytes
from .errors import LAST_RESORT

THREADS = 8  # for the public pages; Python runs one at a time, so more of them only delay each other
THREADS_OF_THE_DESK = 4
WSGIApplication = Callable[..., Iterable[bytes]]  # PEP 3333

log = logging.getLogger(__name__)


class Response(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Gateway:
    """An ASGI application."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.bodies = Bodies()
        self.threads = ThreadPoolExecutor(THREADS, "public")
        self.threads_of_the_desk = ThreadPoolExecutor(THREADS_OF_THE_DESK, "desk")

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only HTTP is served, not {scope['type']}.")
        try:
            response = await self.response_to(scope, receive)
        except HungUp:
            return
        await send(
            {
                "type": "http.response.start",
                "status": response.status,
                "headers": response.headers,
                "trailers": False,
            }
        )
        await send({"type": "http.response.body", "body": response.body, "more_body": False})

    async def response_to(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> Response:
        environ = environ_of(scope)
        length = environ.get("CONTENT_LENGTH", "")
        wanted = int(length) if length.isdecimal() else 0
        # What is too long, or does not say how long it is, is not read: the application refuses it by its headers.
        unread = wanted > most_bytes(scope["path"]) or "HTTP_TRANSFER_ENCODING" in environ
        try:
            async with self.bodies.received(receive, 0 if unread else wanted) as body:
                environ["wsgi.input"] = BytesIO(body)
                response = await self.run(scope["path"], environ)
        except TooSlow:
            return trouble(408)
        except TooMuchAtOnce:
            return trouble(503)
        return response._replace(headers=[*response.headers, (b"connection", b"close")]) if unread else response

    async def run(self, path: str, environ: dict[str, Any]) -> Response:
        threads = self.threads_of_the_desk if path.startswith(f"/{settings.DESK_PATH}") else self.threads
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, call, self.application, environ)
        except Exception as error:  # noqa: BLE001 (Django answers its own; this one came from outside of it)
            log.error("A request could not be answered (%s)", type(error).__name__)
            return trouble(500)


def environ_of(scope: HTTPScope) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333), but for its body.

    Headers with an underscore are left out: there, X_Forwarded_For could not be told from the proxy's X-Forwarded-For."""
    server, port = scope["server"] or ("localhost", 80)
    headers: dict[str, list[str]] = defaultdict(list)
    for field, value in scope["headers"]:
        if b"_" not in field:
            headers[field.decode("latin-1").upper().replace("-", "_")].append(value.decode("latin-1"))
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if values := headers.pop(name, None):
            environ[name] = values[0]
    for name, values in headers.items():
        environ[f"HTTP_{name}"] = ("; " if name == "COOKIE" else ",").join(values)
    return environ


def call(application: WSGIApplication, environ: dict[str, Any]) -> Response:
    """The application's response, whole. Blocks this thread."""
    status = 500
    headers: list[tuple[bytes, bytes]] = []
    body: list[bytes] = []

    def start_response(line: str, fields: list[tuple[str, str]], exc_info: object = None, /) -> Any:
        nonlocal status
        status = int(line[:3])
        headers[:] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields]
        return body.append

    answer = application(environ, start_response)
    try:
        body.extend(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    return Response(status, headers, b"".join(body))


def trouble(status: int) -> Response:
    """A page with the numbers, where the application is not asked. The connection ends with it."""
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    return Response(status, headers, LAST_RESORT.encode())
