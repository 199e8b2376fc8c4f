"""Pages of a list, counted from the oldest, so that one that is full never changes its pieces again.

The front shows the newest: all that fill no page of their own, and the newest full page.
"""

from dataclasses import dataclass
from typing import Final

PAGE_SIZE: Final = 20


@dataclass(frozen=True)
class Stretch:
    """A page of a list: its number, of how many, and its pieces [start, end) counted from the newest."""

    number: int
    count: int
    start: int
    end: int

    @property
    def is_front(self) -> bool:
        """Whether it is the page at the list's own address."""
        return self.number == self.count


def page_count(total: int, *, size: int = PAGE_SIZE) -> int:
    """Return of how many pages a list of `total` pieces is; an empty one has its front."""
    return max(total // size, 1)


def stretch(number: int, total: int, *, size: int = PAGE_SIZE) -> Stretch | None:
    """Return page `number` (1 is the oldest) of a list; None where there is no such page."""
    count = page_count(total, size=size)
    if not 1 <= number <= count:
        return None
    oldest = (number - 1) * size
    newest = total if number == count else oldest + size
    return Stretch(number=number, count=count, start=total - newest, end=total - oldest)


def front(total: int, *, size: int = PAGE_SIZE) -> Stretch:
    """Return the page with the newest pieces."""
    count = page_count(total, size=size)
    return Stretch(number=count, count=count, start=0, end=total - (count - 1) * size)
