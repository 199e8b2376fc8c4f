"""A store elsewhere: where baked files are brought, after they stand on our own disk, for other servers to give out.

Small on purpose: what a store must do is put an object whole, take it away, and say what it holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import md5, sha256
from typing import Protocol


class StoreFailed(Exception):
    """A store did not take what it was given. The message says which, why and what to do."""


class StoreBusy(StoreFailed):
    """It asks us to go slower. The same, later, may be taken."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One object as it shall stand in a store: a file, or a compressed form of one.

    key: below the store's own place. encoding: as Content-Encoding names it, empty for none. told: what a server in
    front may want to know besides (its status where that is not 200, its policy, where it leads to).
    """

    key: str
    content: bytes = field(repr=False)
    content_type: str
    cache: str
    encoding: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def print(self) -> str:
        """What changes when anything of it does: the MD5 of its content, which stores tell, and a hash of the rest."""
        said = "\0".join([self.content_type, self.cache, self.encoding, *map(str, sorted(self.told.items()))])
        content = md5(self.content, usedforsecurity=False).hexdigest()
        return f"{content} {sha256(said.encode()).hexdigest()[:16]}"


class Store(Protocol):
    """Somewhere else. at_once: how many objects it is given at the same time."""

    name: str
    at_once: int

    def put(self, parcel: Parcel) -> None:
        """Put an object in place, whole or not at all. Safe to repeat. Raises StoreFailed, StoreBusy."""

    def remove(self, key: str) -> None:
        """Take an object away; none there is as good. Raises StoreFailed, StoreBusy."""

    def listing(self) -> Iterator[tuple[str, str]]:
        """Yield every key with the MD5 of its content as hexadecimal digits, empty where it is not known.

        Raises StoreFailed, StoreBusy.
        """
