"""Dates in words, as exact as they are known."""

from __future__ import annotations


def date_words(value: str) -> str:
    """2025-04-01 as 2025年4月1日, 2025-04 as 2025年4月; what is no date is left as it is."""
    parts = value.split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4 or not all(part.isdigit() for part in parts):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
