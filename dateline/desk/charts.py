"""A small chart of how a channel's checks went, day by day: where each bar stands, in the units of its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from dateline.desk.small_chart import STEP, TALL, Place, places

# Below the line: a mark for each day on which a check went wrong.
FOOT: Final = 10


class Checked(Protocol):
    """A day of checks."""

    @property
    def day_date(self) -> date: ...
    @property
    def checks(self) -> int: ...
    @property
    def new(self) -> int: ...
    @property
    def troubles(self) -> int: ...


@dataclass(frozen=True)
class Bar:
    """A day in the chart. tall: of the bar, 0 where nothing new came; y: where it starts, from above."""

    day: Checked
    x: int
    y: float
    tall: float

    @property
    def is_silent(self) -> bool:
        """Whether nothing was asked on that day."""
        return not self.day.checks


@dataclass(frozen=True)
class Chart:
    """The bars of a chart with what they add up to."""

    bars: tuple[Bar, ...]
    most: int
    new: int
    checks: int
    troubles: int

    @property
    def width(self) -> int:
        """In the units of the picture."""
        return max(len(self.bars) * STEP, STEP)

    @property
    def line(self) -> int:
        """Where the bars stand, from above."""
        return TALL

    @property
    def height(self) -> int:
        """In the units of the picture."""
        return TALL + FOOT

    @property
    def days_in_trouble(self) -> int:
        """On how many days a check went wrong."""
        return sum(bool(bar.day.troubles) for bar in self.bars)


def chart_of(days: Sequence[Checked]) -> Chart:
    """Return the chart of these days, the oldest first."""
    news = [day.new for day in days]
    bars = tuple(_bar(day, place) for day, place in zip(days, places(news), strict=True))
    return Chart(
        bars=bars,
        most=max(news, default=0),
        new=sum(news),
        checks=sum(day.checks for day in days),
        troubles=sum(day.troubles for day in days),
    )


def _bar(day: Checked, place: Place) -> Bar:
    return Bar(day=day, x=place.x, y=place.y, tall=place.tall)
