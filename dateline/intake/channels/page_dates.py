"""Dates on a page without a feed: by PHP's letters where the channel names a format, else as people write them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from dateline.lib.dates import iso, parse_moment
from dateline.lib.text import one_line

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON: Final = 12
_CENTURY_TURNS: Final = 70
_DAY, _MONTH, _NAME, _HOUR = (
    r"(?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})",
    r"(?P<name>[^\W\d]+)\.?",
    r"(?P<hour>\d{1,2})",
)
_HALF, _OFFSET, _ZONE_NAME = r"(?P<half>[AaPp])\.?[Mm]\.?", r"Z|UTC|GMT|[+-]\d{2}:?\d{2}", r"[A-Za-z_/]+"
_LETTERS: Final = {
    **dict.fromkeys("dj", _DAY), **dict.fromkeys("mn", _MONTH), **dict.fromkeys("MF", _NAME),
    **dict.fromkeys("ghGH", _HOUR), **dict.fromkeys("aA", _HALF), **dict.fromkeys("OP", f"(?P<zone>{_OFFSET})"),
    **dict.fromkeys("eT", f"(?P<zone>{_OFFSET}|{_ZONE_NAME})"), **dict.fromkeys("!|", ""),
    "D": r"[^\W\d]+\.?", "l": r"[^\W\d]+", "S": r"[^\W\d]{2}", "Y": r"(?P<year>\d{1,4})", "y": r"(?P<short>\d{2})",
    "i": r"(?P<minute>\d{2})", "s": r"(?P<second>\d{2})", "u": r"\d{1,6}", "v": r"\d{1,3}",
    "U": r"(?P<epoch>-?\d{1,11})", "z": r"(?P<yearday>\d{1,3})",
    "?": r".", "*": r"[^\s,;:/.\\()-]*", "#": r"[;:/.,()-]", "+": r".*",
}  # fmt: skip


class UnknownLetter(ValueError):
    """A format with a letter that PHP's dates do not have."""


def moment_of(text: str, *, time_format: str = "") -> str | None:
    """Return what `text` names as ISO 8601, a day where it tells no zone, None where it names none.

    time_format: as PHP's DateTime::createFromFormat has it. Where the text does not fit it, it is read as it stands.
    Source: https://www.php.net/datetime.createfromformat
    """
    text = one_line(text)
    if not text:
        return None
    return iso(
        (_by_format(text, time_format) if time_format else None) or parse_moment(text) or _written(text)
    )


@lru_cache(maxsize=100)
def pattern(time_format: str) -> re.Pattern[str]:
    """Return a PHP format as a pattern. Raises UnknownLetter."""
    parts: list[str] = []
    letters = iter(time_format)
    for letter in letters:
        if letter == "\\":
            parts.append(re.escape(next(letters, "\\")))
        elif letter in _LETTERS:
            parts.append(_once(_LETTERS[letter], parts))
        elif letter.isspace():
            parts.append(r"\s+")
        elif letter.isalpha():
            raise UnknownLetter(f"The date format has the letter {letter}, which means nothing in it.")
        else:
            parts.append(re.escape(letter))
    return re.compile("".join(parts))


def _once(letter: str, parts: list[str]) -> str:
    """A group may have its name once; PHP takes the last of two, which no real format has."""
    name = re.match(r"\(\?P<(\w+)>", letter)
    return (
        letter.replace(f"?P<{name[1]}>", "?:")
        if name and any(f"?P<{name[1]}>" in p for p in parts)
        else letter
    )


def _by_format(text: str, time_format: str) -> datetime | date | None:
    found = pattern(time_format).fullmatch(text)
    if not found:
        return None
    told = {name: value for name, value in found.groupdict().items() if value is not None}
    try:
        return _moment(told)
    except (ValueError, OverflowError):
        return None


def _moment(told: dict[str, str]) -> datetime | date | None:
    if "epoch" in told:
        return datetime.fromtimestamp(int(told["epoch"]), tz=UTC)
    day = _day(told)
    zone = _zone(told.get("zone", ""))
    if day is None or "hour" not in told or zone is None:
        return day
    return datetime(
        day.year,
        day.month,
        day.day,
        _hour(told),
        int(told.get("minute", 0)),
        int(told.get("second", 0)),
        tzinfo=zone,
    )


def _day(told: dict[str, str]) -> date | None:
    year = int(told["year"]) if "year" in told else _whole_year(told.get("short", ""))
    if year is None:
        return None
    if "yearday" in told:
        return date(year, 1, 1) + timedelta(days=int(told["yearday"]))
    month = int(told["month"]) if "month" in told else _month(told.get("name", ""))
    return date(year, month, int(told["day"])) if month and "day" in told else None


def _whole_year(short: str) -> int | None:
    return (int(short) + (1900 if int(short) >= _CENTURY_TURNS else 2000)) if short else None


def _month(name: str) -> int | None:
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def _hour(told: dict[str, str]) -> int:
    hour = int(told["hour"])
    half = told.get("half", "").lower()
    if half == "p" and hour < _NOON:
        return hour + _NOON
    return 0 if half == "a" and hour == _NOON else hour


def _zone(name: str) -> timezone | None:
    if not name:
        return None
    if name.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if name[0] not in "+-":
        return None
    digits = name[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if name[0] == "-" else offset)


@lru_cache(maxsize=1000)
def _written(text: str) -> date | None:
    """Return the day that a text names whole, in whatever language; the time beside it has no zone and is not kept."""
    if len(text) > _LONGEST_WRITTEN or not re.search(r"\d", text):
        return None
    moment = _parser()(text)
    return moment.date() if moment else None


_LONGEST_WRITTEN: Final = 80


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], datetime | None]:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    parser = DateDataParser(settings=settings)
    return lambda text: parser.get_date_data(text).date_obj
