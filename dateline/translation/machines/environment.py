"""What the operator says of machines in the environment. Keys stand there and nowhere else."""

import os
from dataclasses import dataclass, field
from typing import Final

from dateline.lib.scripts import primary
from dateline.translation.machines.base import ANY_PAIR, Pair

REMOVED: Final = "…"


@dataclass(frozen=True)
class Service:
    """Where a machine is and the key it wants. The key is in no repr."""

    label: str
    variable: str
    url: str
    key: str = field(default="", repr=False)

    def without_key(self, text: str) -> str:
        """Return `text` with the key taken out, should somebody have echoed it."""
        return text.replace(self.key, REMOVED) if self.key else text


def told(name: str, default: str = "") -> str:
    """Return what the environment says under `name`, without spaces around it."""
    return os.environ.get(name, "").strip() or default


def service(prefix: str, *, label: str, url: str = "") -> Service:
    """Return the service that `prefix`_URL and `prefix`_KEY tell of."""
    address = told(f"{prefix}_URL", url).rstrip("/")
    return Service(label=label, variable=f"{prefix}_URL", url=address, key=told(f"{prefix}_KEY"))


def pairs_told(name: str) -> frozenset[Pair]:
    """Return the pairs under `name`, written `en>pt, *>ka`; every pair where nothing is said."""
    pairs = by_pair(told(name), default="x")
    return frozenset(pairs) or frozenset({ANY_PAIR})


class BadPairs(ValueError):
    """A setting by language pair cannot be read."""


def by_pair(text: str, *, default: str = "") -> dict[Pair, str]:
    """Return what `en>pt=this; *>ka=that` says for each pair; where `default` is given, a pair may stand alone.

    Raises BadPairs where an entry is no pair.
    """
    entries = text.replace(",", ";").split(";") if default else text.split(";")
    return dict(_entry(entry, default) for entry in entries if entry.strip())


def _entry(entry: str, default: str) -> tuple[Pair, str]:
    pair, _, value = entry.partition("=")
    source, arrow, target = (part.strip() for part in pair.partition(">"))
    value = value.strip() or default
    if not (source and arrow and target and value):
        raise BadPairs(f"“{entry.strip()}” is not of the form en>pt{'' if default else '=…'}.")
    return (primary(source), primary(target)), value


def best_for(table: dict[Pair, str], *, source: str, target: str) -> str:
    """Return what `table` says of two BCP 47 tags: of the pair, else of its first, else of its second language."""
    one, other = primary(source), primary(target)
    for pair in ((one, other), (one, "*"), ("*", other), ANY_PAIR):
        if pair in table:
            return table[pair]
    return ""
