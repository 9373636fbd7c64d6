"""What stands between the server and Django: a request arrives as it was sent, and within its limits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from pytest_django import Settings

from notalone import bodies
from notalone.gateway import Gateway

Environ = dict[str, Any]
SILENCE = 30  # seconds


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


def echo(environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answers with what it was sent."""
    start_response("200 OK", [(name, value) for name, value in environ.items() if name.startswith("HTTP_X_")])
    return [environ["wsgi.input"].read()]


def broken(environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
    raise KeyError("worry.suicidal")


def ask(
    pieces: list[bytes],
    *,
    length: int | None = None,
    then: str = "",
    path: str = "/chat/",
    headers: Iterable[tuple[bytes, bytes]] = (),
    gateway: Gateway | None = None,
) -> Answer | None:
    """Send a body in pieces, `then` "silence" or "hang up" where more of it was announced. None where no answer came."""
    gateway = gateway or Gateway(echo)
    announced = sum(map(len, pieces)) if length is None else length
    scope: Any = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50_000),
        "headers": [(b"content-length", str(announced).encode()), *headers],
    }
    left = list(pieces)
    sent: list[Any] = []

    async def receive() -> Any:
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left or then)}
        if then == "silence":
            await asyncio.sleep(SILENCE)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(gateway(scope, receive, send))
    if not sent:
        return None
    start, body = sent
    return Answer(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        body["body"].decode(),
    )


def test_a_body_arrives_whole_however_it_is_cut() -> None:
    answer = ask([b"a=", b"worry", b".money"])
    assert answer
    assert answer.body == "a=worry.money"


def test_a_body_that_does_not_end_in_time_gets_a_408_with_the_numbers(settings: Settings) -> None:
    settings.BODY_SECONDS = 0.05
    answer = ask([b"a=w"], length=1000, then="silence")
    assert answer
    assert (answer.status, answer.headers["connection"]) == (408, "close")
    assert "tel:110" in answer.body


def test_who_hangs_up_in_the_middle_is_not_answered() -> None:
    assert ask([b"a=w"], length=1000, then="hang up") is None


@pytest.mark.parametrize(
    ("path", "length"), [("/chat/", 300_000), ("/desk/exchange/", bodies.MOST_BYTES_AT_THE_DESK + 1)]
)
def test_what_is_too_long_is_not_read_and_the_connection_ends(path: str, length: int) -> None:
    answer = ask([b"a=w"], length=length, then="silence", path=path)
    assert answer
    assert (answer.body, answer.headers["connection"]) == ("", "close")


def test_an_import_at_the_desk_may_be_longer_than_a_form() -> None:
    answer = ask([b"x" * 300_000], path="/desk/exchange/")
    assert answer
    assert len(answer.body) == 300_000


def test_large_bodies_wait_their_turn_and_small_ones_come_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES_HELD", 100_000)
    gateway = Gateway(echo)
    gateway.bodies.held = 99_000  # others are sending
    large, small = (ask([b"x" * size], gateway=gateway) for size in (50_000, 2_000))
    assert large
    assert small
    assert (large.status, small.status) == (503, 200)
    assert gateway.bodies.held == 99_000, "nothing is counted after its answer"


def test_a_header_with_an_underscore_cannot_stand_for_the_proxys() -> None:
    answer = ask([b"a"], headers=[(b"x-forwarded-for", b"198.51.100.1"), (b"x_forwarded_for", b"203.0.113.9")])
    assert answer
    assert answer.headers["http_x_forwarded_for"] == "198.51.100.1"


def test_a_header_that_comes_twice_arrives_in_its_order() -> None:
    answer = ask([b"a"], headers=[(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-for", b"198.51.100.1")])
    assert answer
    assert answer.headers["http_x_forwarded_for"] == "203.0.113.9,198.51.100.1"


def test_what_breaks_outside_of_django_gets_a_page_and_a_line_without_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask([b"a"], gateway=Gateway(broken))
    assert answer
    assert answer.status == 500
    assert "tel:110" in answer.body
    assert "KeyError" in caplog.text
    assert "suicidal" not in caplog.text
