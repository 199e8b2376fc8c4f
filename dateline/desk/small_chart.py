"""Where the bars of a small chart stand, in the units of its picture. Every small chart of the desk is drawn by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STEP: Final = 10
BAR: Final = 8
TALL: Final = 40
# So little is still seen.
LEAST: Final = 2.0


@dataclass(frozen=True)
class Place:
    """A bar: how tall it is, 0 where there is nothing; y: where it starts, from above."""

    x: int
    y: float
    tall: float


@dataclass(frozen=True)
class SmallBar:
    """A bar with what it stands for."""

    label: str
    value: int
    place: Place


@dataclass(frozen=True)
class SmallChart:
    """A chart of whole numbers, with what its words say of it."""

    title: str
    bars: tuple[SmallBar, ...]

    @property
    def width(self) -> int:
        """In the units of the picture."""
        return max(len(self.bars) * STEP, STEP)

    @property
    def height(self) -> int:
        """In the units of the picture."""
        return TALL

    @property
    def total(self) -> int:
        """What the bars add up to."""
        return sum(bar.value for bar in self.bars)

    @property
    def most(self) -> int:
        """What the tallest bar stands for."""
        return max((bar.value for bar in self.bars), default=0)


def places(values: Sequence[int]) -> list[Place]:
    """Return where the bars of these values stand, from the start; the tallest fills the picture."""
    most = max(values, default=0)
    talls = [max(LEAST, round(TALL * value / most, 1)) if value > 0 else 0.0 for value in values]
    return [Place(n * STEP + (STEP - BAR) // 2, round(TALL - tall, 1), tall) for n, tall in enumerate(talls)]


def small_chart(title: str, labelled: Sequence[tuple[str, int]]) -> SmallChart:
    """Return the chart of values with their labels, in their order."""
    stood = places([value for _label, value in labelled])
    bars = (SmallBar(label, value, place) for (label, value), place in zip(labelled, stood, strict=True))
    return SmallChart(title, tuple(bars))
