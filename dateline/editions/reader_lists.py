"""A list of subscribers as CSV: read line by line, each bad one told with its number; and written. Pure.

Columns: email, and where they differ from what the whole list says: language, hour, zone, consent_at, consent_source.
Other columns are left alone. A line without an address or without proof of consent is refused.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dateline.editions.reader_address import Address, NotAnAddress, read_address
from dateline.lib.text import cut, one_line
from dateline.site.zones import is_zone

COLUMNS: Final = ("email", "language", "hour", "zone", "consent_at", "consent_source")
MOST_LINES: Final = 200_000
# What other programs call the columns.
_NAMES: Final = {
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "address", "adresse", "courriel"),
    "language": ("language", "lang", "locale", "langue"),
    "hour": ("hour",),
    "zone": ("zone", "timezone", "time zone", "tz"),
    "consent_at": (
        "consent_at",
        "confirm_time",
        "optin_time",
        "subscribed_at",
        "created_at",
        "confirmed_at",
        "date",
    ),
    "consent_source": ("consent_source", "source", "proof", "optin_source"),
}


class NotAList(ValueError):
    """The file cannot be read as a list of subscribers at all."""


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What holds for lines that do not say it themselves."""

    language: str
    languages: frozenset[str]
    zone: str = "UTC"
    hour: int | None = None
    consent_at: datetime | None = None
    consent_source: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A subscriber of a list."""

    number: int
    address: Address
    language: str
    zone: str
    hour: int | None
    consent_at: datetime
    consent_source: str


@dataclass(frozen=True)
class BadLine:
    """A line that is not taken, and why, in words."""

    number: int
    shown: str
    why: str


class _Unfit(ValueError):
    """One line cannot be taken."""


def read_list(text: str, *, assumed: Assumed) -> Iterator[Line | BadLine]:
    """Yield the lines of a list in order. The first line names the columns. Raises NotAList."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), dialect=_dialect(text))
    try:
        columns = _columns(next(reader, []))
        for number, row in enumerate(reader, start=2):
            if number > MOST_LINES:
                yield BadLine(
                    number, "", _("The list is longer than can be taken at once; bring the rest apart.")
                )
                return
            if any(cell.strip() for cell in row):
                yield _line(number, _named(columns, row), assumed)
    except csv.Error as error:
        raise NotAList(_("The list cannot be read as CSV: %s.") % error) from None


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table as CSV, line by line. What a spreadsheet would take for a formula is kept from acting."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in [header, *rows] if isinstance(rows, Sequence) else _first(header, rows):
        writer.writerow([_inert(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _first(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield header
    yield from rows


def _inert(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _dialect(text: str) -> type[csv.Dialect] | str:
    first = text.split("\n", 1)[0]
    marks = {mark: first.count(mark) for mark in ",;\t"}
    mark = max(marks, key=marks.__getitem__)

    class Found(csv.excel):
        delimiter = mark if marks[mark] else ","

    return Found


def _columns(names: list[str]) -> dict[str, int]:
    told = [one_line(name).lower() for name in names]
    found = {
        column: next(told.index(name) for name in known if name in told)
        for column, known in _NAMES.items()
        if set(known) & set(told)
    }
    if "email" not in found:
        raise NotAList(_("No column of the first line is called email. The first line names the columns."))
    return found


def _named(columns: dict[str, int], row: list[str]) -> dict[str, str]:
    return {name: one_line(row[place]) if place < len(row) else "" for name, place in columns.items()}


def _line(number: int, told: dict[str, str], assumed: Assumed) -> Line | BadLine:
    try:
        return Line(
            number=number,
            address=_address(told["email"]),
            language=_language(told.get("language", ""), assumed),
            zone=_zone(told.get("zone", ""), assumed),
            hour=_hour(told.get("hour", ""), assumed),
            consent_at=_moment(told.get("consent_at", ""), told.get("zone", ""), assumed),
            consent_source=_source(told.get("consent_source", ""), assumed),
        )
    except (_Unfit, NotAnAddress) as error:
        return BadLine(number, cut(told["email"], 80), str(error))


def _address(text: str) -> Address:
    if not text:
        raise _Unfit(_("There is no address in this line."))
    return read_address(text)


def _language(text: str, assumed: Assumed) -> str:
    wanted = text.replace("_", "-").lower()
    known = {code.lower(): code for code in assumed.languages}
    if not wanted:
        return assumed.language
    found = known.get(wanted) or known.get(wanted.split("-")[0])
    if found is None:
        raise _Unfit(_("There is no letter in the language %s.") % cut(text, 20))
    return found


def _zone(text: str, assumed: Assumed) -> str:
    if not text:
        return assumed.zone
    if not is_zone(text):
        raise _Unfit(_("There is no time zone %s.") % cut(text, 40))
    return text


def _hour(text: str, assumed: Assumed) -> int | None:
    if not text:
        return assumed.hour
    if not (text.isascii() and text.isdigit() and int(text[:3]) < 24):  # noqa: PLR2004 - hours of a day
        raise _Unfit(_("The hour is none of 0 to 23."))
    return int(text)


def _moment(text: str, zone: str, assumed: Assumed) -> datetime:
    if not text:
        if assumed.consent_at is None:
            raise _Unfit(_("It does not say when they agreed, and the list as a whole does not either."))
        return assumed.consent_at
    try:
        read = datetime.fromisoformat(text)  # a day alone begins at its midnight
    except ValueError:
        raise _Unfit(_("When they agreed is written as no date: use 2026-11-23.")) from None
    there = ZoneInfo(zone) if zone and is_zone(zone) else UTC
    return read if read.tzinfo else read.replace(tzinfo=there)


def _source(text: str, assumed: Assumed) -> str:
    told = cut(text or assumed.consent_source, 300)
    if not told:
        raise _Unfit(_("There is no proof of the consent: say where and how they agreed."))
    return told
