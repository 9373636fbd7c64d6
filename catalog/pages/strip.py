"""The telephone line on the strip of every page: always open, free, and shown even when nothing else can be."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.directory.entries import Support
from catalog.release import serving


@dataclass(frozen=True, slots=True)
class StripLine:
    """`number` as it is printed, `tel_uri` to tap."""

    name: str
    number: str
    tel_uri: str


# Shown while no Release can be read. tests/site/test_strip.py holds them equal to those of the content.
LINE = StripLine("よりそいホットライン", "0120-279-338", "tel:0120279338")
CHILD_LINE = StripLine("24時間子供SOSダイヤル", "0120-0-78310", "tel:0120078310")


def strip_lines() -> tuple[StripLine, StripLine]:
    """The line of the general pages and that of the pages for children."""
    try:
        directory = serving.current()
    except Exception:  # noqa: BLE001 (the number must stand there, whatever broke)
        return LINE, CHILD_LINE
    line = _line(directory.crisis_strip) or LINE
    return line, _line(directory.child_crisis_strip) or line


def _line(support: Support | None) -> StripLine | None:
    """The first contact: publishing lets pass only one that is a free telephone, always open."""
    contact = support.contacts[0] if support and support.contacts else None
    return StripLine(support.name, contact.value, contact.tel_uri) if support and contact else None
