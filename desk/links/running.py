"""A round of checks: several hosts at once, each host one address after the other, within a limit of time. Touches no database."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from .fetching import Answer

WORKERS = 4
Check = Callable[[str], Answer]


def answers(
    addresses: Sequence[str], check: Check, *, seconds: float, workers: int = WORKERS
) -> Iterator[tuple[str, Answer]]:
    """Each address with its answer, as they come in. After `seconds` no further address is begun; what was not asked is left out.

    `check` never raises. Who stops asking stops the round.
    """
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(host_of(address), []).append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in sorted(
        hosts.values(), key=len, reverse=True
    ):  # the longest first, so that none is left over at the end
        waiting.put(group)
    done: queue.SimpleQueue[tuple[str, Answer] | None] = queue.SimpleQueue()
    give_up = time.monotonic() + seconds
    stop = threading.Event()

    def work() -> None:
        try:
            while True:
                for address in waiting.get_nowait():
                    if stop.is_set() or time.monotonic() > give_up:
                        return
                    done.put((address, check(address)))
        except queue.Empty:
            return
        finally:
            done.put(None)

    for _ in range(workers):
        threading.Thread(target=work, name="link-check", daemon=True).start()
    try:
        for _ in range(workers):
            while (answer := done.get()) is not None:
                yield answer
    finally:
        stop.set()


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
