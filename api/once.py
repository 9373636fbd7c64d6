"""What takes long to make and is the same for everybody is made once, however many ask for it in the same moment: after a new
Release each of a worker's threads would make its own, and the pages would have to wait for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Made = TypeVar("Made")


def one_at_a_time(made: Callable[P, Made]) -> Callable[P, Made]:
    """Over an lru_cache: who comes while it is being made waits for it, and finds it there."""
    being_made = RLock()

    @wraps(made)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> Made:
        with being_made:
            return made(*args, **kwargs)

    return waiting
