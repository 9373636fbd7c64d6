"""The parts of an OpenAPI document that are written by hand: its introduction, tags, and the requests behind its examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.pages.imprint import imprint

from . import licence


@dataclass(frozen=True, slots=True)
class Example:
    """A request for an example. `ids` gives the path parameters, taken from the Release."""

    query: Mapping[str, str | int] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    ids: Callable[[], dict[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """`prefix`: the path under which the module `urls` is served. `sparse`: the schemas of which only the id is always there."""

    prefix: str
    urls: str
    title: str
    description: str
    tags: Mapping[str, str]
    examples: Mapping[str, Example]
    sparse: tuple[str, ...] = ()

    @property
    def introduction(self) -> str:
        """The description, with who runs the site and the terms of use."""
        who = "\n".join(f"- {words}" for words in (imprint().notice, *imprint().facts) if words)
        return f"{self.description}\n\n**だれが**\n\n{who}\n\n{licence.as_markdown()}"
