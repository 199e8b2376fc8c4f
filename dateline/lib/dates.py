"""Dates as the press writes them in machine fields: ISO 8601, RFC 822 and what people make of both."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(?P<day>\d{4}-?\d{2}-?\d{2})"
    r"(?:[T ]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_EARLIEST_YEAR = 1_600


def parse_moment(text: str) -> datetime | date | None:
    """Return the moment that `text` names: with its zone, or only the day where no zone or time is given.

    A time without zone is not trusted with one: its day is returned. None where nothing can be read.
    """
    text = text.strip()
    if found := _ISO.match(text):
        return _from_iso(found)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.year < _EARLIEST_YEAR:
        return None
    return moment if moment.tzinfo else moment.date()


def iso(moment: datetime | date | None) -> str | None:
    """Return `moment` as ISO 8601 to the second, a day as `2026-03-01`, and None as None."""
    if isinstance(moment, datetime):
        return moment.replace(microsecond=0).isoformat()
    return moment.isoformat() if moment else None


def _from_iso(found: re.Match[str]) -> datetime | date | None:
    try:
        day = date.fromisoformat(found["day"])
        if day.year < _EARLIEST_YEAR:
            return None
        if found["hour"] is None or found["zone"] is None:
            return day
        clock = datetime(
            day.year, day.month, day.day, int(found["hour"]), int(found["minute"]), int(found["second"] or 0),
            tzinfo=_zone(found["zone"].upper()),
        )  # fmt: skip
    except ValueError:
        return None
    return clock


def _zone(name: str) -> timezone:
    if not name.startswith(("+", "-")):
        return UTC
    digits = name[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if name[0] == "-" else offset)
