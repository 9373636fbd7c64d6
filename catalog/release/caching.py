"""Cache what is slow to make and the same for everybody, once for each content."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Made = TypeVar("Made")


def kept(last: int) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Keep the `last` results, by their arguments: a Directory, or a value that is equal to others of the same fingerprint.

    Whoever asks while one is being made waits for it. Else each thread of a worker would make its own after a new Release, and the pages
    would wait for all of them. `cache_clear()` forgets them.
    """

    def decorate(make: Callable[P, Made]) -> Callable[P, Made]:
        being_made = RLock()
        remembered: Any = lru_cache(maxsize=last)(make)

        @wraps(make)
        def kept_or_made(*args: P.args, **kwargs: P.kwargs) -> Made:
            with being_made:
                result: Made = remembered(*args, **kwargs)
            return result

        kept_or_made.cache_clear = remembered.cache_clear  # type: ignore[attr-defined]
        return kept_or_made

    return decorate
