"""Where the link checker may knock: public hosts only, one visitor at a time, with a pause between two knocks."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# What is not the open internet, after IANA's registries of special-purpose addresses (RFC 6890 and what came after). Python's
# `is_global` follows the version that it was made with.
_IPV4 = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
    "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
)  # fmt: skip
# Of IPv6 only this has been given out; what lies outside is reserved (::/96, 100::/64, 5f00::/16, fec0::/10 ...) or for a network's
# own use. Some nets within it carry another, perhaps private, address (2001::/32, 2002::/16), or are for examples.
_IPV6_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
_IPV6 = ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
_SPECIAL = tuple(ipaddress.ip_network(net) for net in (*_IPV4, *_IPV6))
PORTS = frozenset({80, 443})


def is_public(address: str, port: int) -> bool:
    """Whether an IP address is one of the open internet, on a port where websites live."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # an interface's own address, fe80::1%eth0
        return False
    if ip.version == 6 and ip not in _IPV6_GIVEN_OUT:
        return False
    return not any(ip in net for net in _SPECIAL) and port in PORTS


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
