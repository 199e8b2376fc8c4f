"""The calendar of Persian readers: a Gregorian day in the Solar Hijri year."""

from datetime import date
from typing import NamedTuple

MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
# Days before the first of each Gregorian month in a common year.
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_CYCLE = 12053  # days in 33 years
_FOUR_YEARS = 1461
_FIRST_HALF = 186  # days in the six months of 31 days


class SolarDay(NamedTuple):
    """A day of the Solar Hijri calendar; `month` counts from 1."""

    year: int
    month: int
    day: int


def solar_day(day: date) -> SolarDay:
    """Return `day` in the Solar Hijri calendar; exact for 1800 to 2100.

    Source: the 33-year cycle, as in Birashk, A Comparative Calendar of the Iranian, Muslim Lunar and Christian
    Eras (1993), in the arithmetic form that is in common use.
    """
    past_february = day.year + 1 if day.month > 2 else day.year  # noqa: PLR2004 - February
    count = (
        355666
        + 365 * day.year
        + (past_february + 3) // 4
        - (past_february + 99) // 100
        + (past_february + 399) // 400
        + day.day
        + _BEFORE[day.month - 1]
    )
    year = -1595 + 33 * (count // _CYCLE)
    count %= _CYCLE
    year += 4 * (count // _FOUR_YEARS)
    count %= _FOUR_YEARS
    if count > 365:  # noqa: PLR2004 - days in a common year
        year += (count - 1) // 365
        count = (count - 1) % 365
    if count < _FIRST_HALF:
        return SolarDay(year, 1 + count // 31, 1 + count % 31)
    return SolarDay(year, 7 + (count - _FIRST_HALF) // 30, 1 + (count - _FIRST_HALF) % 30)
