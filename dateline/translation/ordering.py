"""The blocks of a page in an order of the editor's own. Pure."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

HEADLINE, STANDFIRST = 0, 1


class Block(NamedTuple):
    """A block, and the list, quote or table that it is part of (0 for none): those move as one."""

    number: int
    group: int


def in_order(blocks: Sequence[int], order: Sequence[int]) -> list[int]:
    """Return `blocks`, which are in the order of the source, as `order` has them.

    Blocks that `order` does not name follow the one that they follow in the source; numbers of `order` that there
    are not any more are passed over.
    """
    there = set(blocks)
    ordered = [number for number in order if number in there]
    named = set(ordered)
    before: int | None = None
    for number in blocks:
        if number not in named:
            ordered.insert(0 if before is None else ordered.index(before) + 1, number)
        before = number
    return ordered


def moved(blocks: Sequence[Block], number: int, *, places: int) -> list[int] | None:
    """Return the order after a block has moved by `places` (-1 is up), its list or table with it; None if it cannot.

    blocks: in their present order. Headline and standfirst stay at the top.
    """
    units = [list(group) for _, group in groupby(blocks, key=lambda block: block.group or -block.number - 1)]
    fixed = sum(1 for unit in units if unit[0].number in {HEADLINE, STANDFIRST})
    at = next((place for place, unit in enumerate(units) if any(one.number == number for one in unit)), None)
    if at is None or at < fixed or not fixed <= at + places < len(units):
        return None
    units.insert(at + places, units.pop(at))
    return [block.number for unit in units for block in unit]
