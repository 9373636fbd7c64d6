"""Where the link checker may knock: public hosts only, one visitor at a time, with a pause between two knocks."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Addresses that carry another, perhaps private, address within them.
_CARRIERS = tuple(ipaddress.IPv6Network(net) for net in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48"))
PORTS = frozenset({80, 443})


def is_public(address: str, port: int) -> bool:
    """Whether an IP address is one of the open internet, on a port where websites live."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # an interface's own address, fe80::1%eth0
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or any(ip in carrier for carrier in _CARRIERS)):
        return False
    return ip.is_global and not ip.is_multicast and port in PORTS


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name, in the system's order of preference. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class Manners:
    """One request at a time to a host, and `pause` seconds between the end of one and the next."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._lock = threading.Lock()
        self._doors: dict[str, threading.Lock] = {}
        self._left: dict[str, float] = {}

    @contextmanager
    def visit(self, host: str) -> Iterator[None]:
        with self._lock:
            door = self._doors.setdefault(host, threading.Lock())
        with door:
            wait = self._left.get(host, 0) + self.pause - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            try:
                yield
            finally:
                self._left[host] = time.monotonic()
