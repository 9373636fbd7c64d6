"""Text in a cell of a spreadsheet: what a person or a Release wrote must never run as a formula there."""

from __future__ import annotations

# A cell that begins so is a formula to a spreadsheet. No telephone number does: they begin with a digit or #.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """What would be a formula gets an apostrophe before it; `unsafe` takes it off again."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def unsafe(text: str) -> str:
    """The text as it was before `safe`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text
