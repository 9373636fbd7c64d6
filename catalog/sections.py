"""What other apps freeze along with the catalogue (the conversation flows do), so that the catalogue need not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .directory import Directory
from .problem import Problem


@dataclass(frozen=True, slots=True)
class Section:
    dump: Callable[[], Any]
    check: Callable[[Directory], Iterable[Problem]]


sections: dict[str, Section] = {}


def register_section(name: str, *, dump: Callable[[], Any], check: Callable[[Directory], Iterable[Problem]]) -> None:
    """Let another app freeze its data into each Release and check it together with the catalogue."""
    sections[name] = Section(dump, check)
