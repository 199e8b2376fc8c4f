"""Tables as CSV that a spreadsheet opens without running any of it.

A cell that begins like a formula gets an apostrophe before it, as spreadsheets themselves write such text.
Source: RFC 4180; OWASP, CSV injection.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# Spreadsheets take a file without it for one in the country's old encoding.
BYTE_ORDER_MARK: Final = "\ufeff"


def cell(value: object) -> str:
    """Return a value as the text of a cell. Numbers stay numbers, the negative too; None is empty."""
    text = "" if value is None else str(value)
    if isinstance(value, str) and text.lstrip(" \n").startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a table line by line, each with its end, as it is read: nothing is held."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BYTE_ORDER_MARK
    for row in _head_first(head, rows):
        writer.writerow([cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _head_first(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[Iterable[object]]:
    yield head
    yield from rows
