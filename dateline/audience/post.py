"""Readers' post: what a letter may ask for, its steps, by when it is answered, and how long we keep it. Pure.

A request about one's data is answered within a month of the day on which it came; where it is hard, or many came,
within three, if the person is told why within the first. Source: Regulation (EU) 2016/679, article 12(3). A month
ends with the same number of day as it began, or with the last of a shorter month (Regulation 1182/71, article 3(2)).
Week-ends and holidays are not counted in: the day shown is never later than the law's.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Final

from dateline.rights.asking import Graph

ERROR: Final = "error"
REPLY: Final = "reply"
ACCESS: Final = "access"
ERASURE: Final = "erasure"
RECTIFY: Final = "rectify"
ABOUT_DATA: Final = frozenset({ACCESS, ERASURE, RECTIFY})
# Whoever asks for one of these wants an answer, and we have to know where to.
NEEDS_EMAIL: Final = ABOUT_DATA | {REPLY}
OPEN: Final = ("new", "taken")

LONGEST_NAME: Final = 160
LONGEST_TEXT: Final = 8_000
# Days for which a letter is kept after it was answered or closed, as the form's page tells readers.
KEPT_DAYS: Final[Mapping[str, int]] = {ERROR: 90, REPLY: 365, ACCESS: 365, ERASURE: 365, RECTIFY: 365}


class Handling(Graph):
    """The steps of a letter."""

    start = "new"
    steps: ClassVar = {
        "new": frozenset({"taken", "answered", "closed"}),
        "taken": frozenset({"new", "answered", "closed"}),
        "answered": frozenset({"taken"}),
        "closed": frozenset({"taken"}),
    }


def answer_day(kind: str, *, came: date) -> date | None:
    """Return the last day on which a letter has to be answered, None where no law sets one."""
    return months_after(came, 1) if kind in ABOUT_DATA else None


def latest_day(kind: str, *, came: date) -> date | None:
    """Return the last day once the person was told that it takes longer, None where no law sets one."""
    return months_after(came, 3) if kind in ABOUT_DATA else None


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
