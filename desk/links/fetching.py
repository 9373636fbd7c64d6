"""Asks one address whether it opens, following where it leads, and trusting nothing that it says. Standard library only.

A name is resolved once, every address that it has must be public, and the connection is made to the address that was looked at
(a name that changes its address in between gains nothing). Each redirect goes through the same gate. No proxy, no cookie and
no credentials are used; certificates are verified.
"""

from __future__ import annotations

import http.client
import ipaddress
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from .hosts import Manners, is_public, resolve

log = logging.getLogger(__name__)

MOST_HOPS = 5
MOST_BYTES = 64 * 1024
MOST_ADDRESSES = 4  # of one name, tried in turn
CONNECT_SECONDS = 6.0
READ_SECONDS = 12.0
ADDRESS_SECONDS = 60.0  # all of it: redirects, pauses, and a host that drips
PAUSE_SECONDS = 2.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a site answers to a program while people may well be let in.
NOT_FOR_PROGRAMS = frozenset({401, 403, 429})
_KEPT_IN_ADDRESS = "%/:=&?~#+!$,;'@()*[]|"


class Outcome(Enum):
    OK = "ok"
    BROKEN = "broken"
    UNSURE = "unsure"  # 自動では確かめられない


@dataclass(frozen=True, slots=True)
class Answer:
    """`status`: the HTTP status of the last answer, None where no server answered. `message`: for curators."""

    outcome: Outcome
    status: int | None
    message: str


class Refused(Exception):
    """An address that is not asked at all; the words are for curators."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    location: str


class _Connection(http.client.HTTPConnection):
    """To one IP address, in the name of a host."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = 443 if context else 80
        self.address = address
        self.context = context

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.context:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)


@dataclass
class Fetcher:
    """`look_up(host, port)` gives the IP addresses of a name; `allows(address, port)` says which of them may be asked."""

    user_agent: str
    look_up: Callable[[str, int], list[str]] = resolve
    allows: Callable[[str, int], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    manners: Manners = field(default_factory=lambda: Manners(PAUSE_SECONDS))
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS
    address_seconds: float = ADDRESS_SECONDS

    def check(self, url: str) -> Answer:
        """How this address answers. Never raises: whatever a host does is an answer."""
        try:
            return self._follow(url)
        except Refused as refusal:
            return Answer(Outcome.BROKEN, None, str(refusal))
        except TimeoutError:
            return Answer(Outcome.BROKEN, None, "時間内に返事がありません。")
        except ConnectionError:
            return Answer(Outcome.BROKEN, None, "サーバーにつながりません。")
        except socket.gaierror:
            return Answer(Outcome.BROKEN, None, "このサーバーの名前が見つかりません。")
        except ssl.SSLCertVerificationError as error:
            return Answer(Outcome.BROKEN, None, f"証明書を確かめられません（{error.verify_message}）。")
        except ssl.SSLError:
            return Answer(Outcome.BROKEN, None, "安全な接続（https）ができません。")
        except (http.client.HTTPException, ValueError):
            return Answer(Outcome.BROKEN, None, "返事がウェブのきまりに合っていません。")
        except OSError:
            return Answer(Outcome.BROKEN, None, "サーバーにつながりません。")
        except Exception:  # nothing that a host may say stops the round
            log.exception("Could not check %s", url)
            return Answer(Outcome.BROKEN, None, "調べられませんでした。")

    def _follow(self, url: str) -> Answer:
        seen: set[str] = set()
        here = urldefrag(url).url
        give_up = time.monotonic() + self.address_seconds
        while True:
            if here in seen:
                return Answer(Outcome.BROKEN, None, "転送がぐるぐる回って、終わりません。")
            if len(seen) > MOST_HOPS:
                return Answer(Outcome.BROKEN, None, f"転送が{MOST_HOPS}回をこえます。")
            seen.add(here)
            reply = self._ask(here, give_up)
            if reply.status in REDIRECTS and reply.location:
                here = urldefrag(urljoin(here, reply.location)).url
                continue
            return _judge(reply.status, led_to=here if len(seen) > 1 else "")

    def _ask(self, url: str, give_up: float) -> _Reply:
        """HEAD, and GET where HEAD brings no good answer: many servers do not know it."""
        with suppress(http.client.HTTPException, ConnectionResetError):
            reply = self._request("HEAD", url, give_up)
            if reply.status < 400:
                return reply
        return self._request("GET", url, give_up)

    def _request(self, method: str, url: str, give_up: float) -> _Reply:
        parts, host, port = _taken_apart(url)
        target = quote(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", safe=_KEPT_IN_ADDRESS)
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/pdf,*/*;q=0.8",
            "Accept-Language": "ja,en;q=0.5",
            "Connection": "close",
        }
        with self.manners.visit(host), closing(self._connected(parts.scheme, host, port)) as connection:
            sock = connection.sock
            sock.settimeout(self.read_seconds)
            with _cut_off(sock, give_up):
                connection.request(method, target, headers=headers)
                response = connection.getresponse()
                response.read(MOST_BYTES)
                return _Reply(response.status, _as_utf8(response.headers.get("Location", "")))

    def _connected(self, scheme: str, host: str, port: int) -> _Connection:
        """A connection to the first of the name's addresses that takes one."""
        addresses = self.look_up(host, port)
        if not addresses or not all(self.allows(address, port) for address in addresses):
            raise Refused("公開されていないサーバーを指しています。")
        give_up = time.monotonic() + self.connect_seconds
        trouble: OSError = TimeoutError()
        for address in addresses[:MOST_ADDRESSES]:
            left = give_up - time.monotonic()
            if left <= 0:
                break
            connection = _Connection(host, port, address, self.context if scheme == "https" else None, left)
            try:
                connection.connect()
            except ssl.SSLError:
                connection.close()
                raise
            except OSError as error:
                connection.close()
                trouble = error
            else:
                return connection
        raise trouble


def _taken_apart(url: str) -> tuple[SplitResult, str, int]:
    """The parts of an address, its host in ASCII and its port. Raises Refused."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        raise Refused("アドレスとして読めません。") from None
    if parts.scheme not in {"http", "https"}:
        raise Refused("http・https ではないアドレスを指しています。")
    if parts.username is not None or parts.password is not None:
        raise Refused("アドレスに名前やパスワードが入っています。")
    with suppress(ValueError):
        ipaddress.ip_address(host)
        raise Refused("名前のないサーバー（数字だけのアドレス）を指しています。")
    if "." not in host:
        raise Refused("公開されていないサーバーを指しています。")
    return parts, host, port or (443 if parts.scheme == "https" else 80)


def _as_utf8(value: str) -> str:
    """Headers are read as Latin-1; addresses that are not ASCII are sent in UTF-8 all the same."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _judge(status: int, *, led_to: str) -> Answer:
    moved = f"転送先: {led_to}" if led_to else ""
    if 200 <= status < 300:
        return Answer(Outcome.OK, status, moved)
    if status in NOT_FOR_PROGRAMS:
        return Answer(Outcome.UNSURE, status, f"自動では確かめられません（{status}）。ブラウザーで開いてみてください。")
    if status in {404, 410}:
        return Answer(Outcome.BROKEN, status, f"ページがありません（{status}）。{moved}")
    if status >= 500:
        return Answer(Outcome.BROKEN, status, f"サーバーに不具合があります（{status}）。{moved}")
    return Answer(Outcome.BROKEN, status, f"開けません（{status}）。{moved}")


@contextmanager
def _cut_off(sock: socket.socket, give_up: float) -> Iterator[None]:
    """End whatever goes on at this socket at that time (time.monotonic()), even if bytes still drip. Raises TimeoutError then."""
    too_late = threading.Event()

    def hang_up() -> None:
        too_late.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # below TLS, which would wait for a farewell

    timer = threading.Timer(max(give_up - time.monotonic(), 0), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
        if too_late.is_set():  # headers that break off look like headers that end
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        if too_late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
