"""Receives the body of a request within limits of time and size, and holds no thread meanwhile.

A telephone on a bad line, or somebody who means harm, may send half a body and fall silent. The server has no time limit of its own
for that: docs/decisions/0010-the-server.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asgiref.typing import ASGIReceiveCallable
from django.conf import settings

MIB = 1024 * 1024
MOST_BYTES_AT_THE_DESK = 8 * MIB  # the files of an import (desk/exchange/uploads.py) and the form around them
BYTES_A_SECOND = 32 * 1024  # what is longer than a form may take longer
MOST_BYTES_HELD = 64 * MIB  # by this process, of all bodies together
ALWAYS_TAKEN = 16 * 1024  # bytes of one body: what the public pages send comes through even then


class TooSlow(Exception):
    """The body did not arrive in time."""


class TooMuchAtOnce(Exception):
    """This process holds as many bytes of bodies as it may."""


class HungUp(Exception):
    """The client is gone."""


def most_bytes(path: str) -> int:
    """How long the body of a request to this path may be."""
    return MOST_BYTES_AT_THE_DESK if path.startswith(f"/{settings.DESK_PATH}") else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class Bodies:
    """The bodies that one process receives. Its methods are for one event loop."""

    def __init__(self) -> None:
        self.held = 0

    @asynccontextmanager
    async def received(self, receive: ASGIReceiveCallable, length: int) -> AsyncIterator[bytearray]:
        """The whole body, which says of itself that it is `length` bytes long; it counts as held until the block ends.

        Raises TooSlow, TooMuchAtOnce or HungUp."""
        body = bytearray()
        try:
            if length:
                await self._fill(body, receive, settings.BODY_SECONDS + length / BYTES_A_SECOND)
            yield body
        finally:
            self.held -= len(body)

    async def _fill(self, body: bytearray, receive: ASGIReceiveCallable, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise HungUp
                    body += message["body"]
                    self.held += len(message["body"])
                    if self.held > MOST_BYTES_HELD and len(body) > ALWAYS_TAKEN:
                        raise TooMuchAtOnce
                    more = message["more_body"]
        except TimeoutError as error:
            raise TooSlow from error
