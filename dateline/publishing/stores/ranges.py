"""Which part of a file a `Range` header asks for. Pure.

Source: RFC 9110, 14.1.2 and 14.2. One part of bytes is understood; what else is asked is answered with the whole,
as the standard allows.
"""

import re
from typing import Final

_RANGE: Final = re.compile(r"bytes=[ \t]*([0-9]{0,18})[ \t]*-[ \t]*([0-9]{0,18})[ \t]*", re.IGNORECASE)


class NoSuchPart(ValueError):
    """The file is shorter than where the part would begin: 416."""


def part_of(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that are asked for; None for the whole. Raises NoSuchPart."""
    found = _RANGE.fullmatch(asked)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise NoSuchPart
        return max(0, size - int(last)), size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise NoSuchPart
    return int(first), min(int(last), size - 1) if last else size - 1
