"""What changed between two states of a thing, one line for each part, so that a person can read it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

LONGEST: Final = 2_000


@dataclass(frozen=True)
class Difference:
    """A part that changed. name: its path, parts set apart by dots; None means that it was not there."""

    name: str
    before: str | None
    after: str | None


def differences(before: object, after: object) -> list[Difference]:
    """Return what differs, in the order of the names. Two equal states give none."""
    return list(_between("", before or {}, after or {}))


def _between(name: str, before: object, after: object) -> list[Difference]:
    if before == after:
        return []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = sorted({*map(str, before), *map(str, after)})
        pairs = [(key, before.get(key, _NOTHING), after.get(key, _NOTHING)) for key in keys]
        return [found for key, old, new in pairs for found in _between(_under(name, key), old, new)]
    if _is_row(before) and _is_row(after):
        numbered = enumerate(zip_longest(before, after, fillvalue=_NOTHING), 1)  # type: ignore[call-overload]  # rows, as asked
        return [found for n, (old, new) in numbered for found in _between(_under(name, str(n)), old, new)]
    return [Difference(name, _told(before), _told(after))]


class _Nothing:
    """What is not there; null is a value."""


_NOTHING: Final = _Nothing()


def _under(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _is_row(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _told(value: object) -> str | None:
    if isinstance(value, _Nothing):
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
