"""The first sheet of an Excel workbook as text, read in a process of its own with bounded time and memory.

A small file may unfold into styles, strings or cells without end, and openpyxl reads much of that at once. What that costs must not
be the server's: `read_apart` starts this module as a program, which gets the workbook as its input and writes the cells as JSON.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

import openpyxl

MOST_SECONDS = 15  # of the processor; the largest sheet that is taken needs a few
MOST_WAIT = 40  # seconds until an answer
MOST_MEMORY = 512 * 1024 * 1024  # bytes of address space
NO_WORKBOOK = 3  # how the program ends where the file is none
ROOT = Path(__file__).resolve().parent.parent.parent


class Unreadable(Exception):
    """It is no workbook."""


class TooMuch(Exception):
    """Reading it takes too long or too much memory."""


def read_apart(content: bytes, *, most_rows: int, most_columns: int) -> list[list[str]]:
    """The rows of the first sheet, without empty cells at their ends; at most one row and one cell more than asked for, so that
    there being more is seen. Raises Unreadable, TooMuch."""
    limits = map(str, (MOST_SECONDS, MOST_MEMORY, most_rows, most_columns))
    command = [sys.executable, "-m", "desk.exchange.workbooks", *limits]
    try:
        done = subprocess.run(command, cwd=ROOT, input=content, capture_output=True, timeout=MOST_WAIT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TooMuch from error
    if done.returncode == NO_WORKBOOK:
        raise Unreadable
    if done.returncode:  # out of memory, or ended by the system at its limit
        raise TooMuch
    rows: list[list[str]] = json.loads(done.stdout)
    return rows


def main(seconds: int, memory: int, most_rows: int, most_columns: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        rows = _rows(sys.stdin.buffer.read(), most_rows, most_columns)
        sys.stdout.write(json.dumps(rows))
    except MemoryError:
        return 1
    except Exception:  # noqa: BLE001 (whatever openpyxl makes of a file that is none)
        return NO_WORKBOOK
    return 0


def _rows(content: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its own size may be a lie
    rows: list[list[str]] = []
    for row in sheet.iter_rows(max_col=most_columns + 1, values_only=True):
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
        if len(rows) > most_rows:
            break
    return rows


def _cell(value: Any) -> str:
    """A cell of a spreadsheet as text: 110.0 is 110, a date is 2025-04-01, 9:00 is 09:00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if not (value.hour or value.minute) else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, clock):
        return value.strftime("%H:%M")
    return str(value)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
