"""A finding that stops a Release from being published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stops publishing, in words that a curator understands."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"
