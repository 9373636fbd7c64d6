"""Sections of a Release: what other apps (the flows) freeze along with the catalogue, without the catalogue knowing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from catalog.comparison.changes import Entry
from catalog.comparison.describing import NameOf
from catalog.directory.directory import Directory, DirectoryNow

from .concern import Concern
from .problem import Problem


@dataclass(frozen=True, slots=True)
class Section:
    """`check` finds what stops a Release, as of the moment at which the fewest answer. `load` makes of a Directory what the pages make
    of it, and raises where this code cannot (a Release of older code). `describe` gives the frozen data as entries that can be
    compared. `warn` finds what does not stop a Release."""

    dump: Callable[[], Any]
    check: Callable[[DirectoryNow], Iterable[Problem]]
    label: str = ""
    load: Callable[[Directory], object] | None = None
    describe: Callable[[Any, NameOf], Iterable[Entry]] | None = None
    warn: Callable[[Directory], Iterable[Concern]] | None = None


sections: dict[str, Section] = {}


def register_section(name: str, section: Section) -> None:
    """Let another app freeze its data into each Release and check it together with the catalogue."""
    sections[name] = section
