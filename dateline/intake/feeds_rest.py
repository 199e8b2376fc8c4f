"""When a feed asks to be left alone: RSS's skipHours and skipDays, which no parser of ours reads."""

import re
from typing import Final

_HOURS: Final = re.compile(rb"<skipHours\s*>([^\x00]{0,2000}?)</skipHours", re.IGNORECASE)
_DAYS: Final = re.compile(rb"<skipDays\s*>([^\x00]{0,2000}?)</skipDays", re.IGNORECASE)
_HOUR: Final = re.compile(rb"<hour\s*>\s*(\d{1,2})\s*</hour", re.IGNORECASE)
_DAY: Final = re.compile(rb"<day\s*>\s*([a-z]{6,9})\s*</day", re.IGNORECASE)
_NAMES: Final = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")
_HOURS_A_DAY: Final = 24


def skipped_hours(content: bytes) -> list[int]:
    """Return the hours (0 to 23, UTC) of `skipHours`; old feeds call midnight 24. Nothing where it names all."""
    found = _HOURS.search(content)
    hours = (
        {int(hour) % _HOURS_A_DAY for hour in _HOUR.findall(found[1]) if int(hour) <= _HOURS_A_DAY}
        if found
        else set()
    )
    return sorted(hours) if len(hours) < _HOURS_A_DAY else []


def skipped_days(content: bytes) -> list[int]:
    """Return the days (0 is Monday, UTC) of `skipDays`. Nothing where it names all."""
    found = _DAYS.search(content)
    named = {day.lower() for day in _DAY.findall(found[1])} if found else set()
    days = [number for number, name in enumerate(_NAMES) if name in named]
    return days if len(days) < len(_NAMES) else []
