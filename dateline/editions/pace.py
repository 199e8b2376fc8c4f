"""How many letters a domain is sent in a minute, and when sending stops since all is refused. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SHIPPED: Final = "*=1200"
MINUTE_SECONDS: Final = 60
# So many refusals of addresses in a row, and none taken, say something of us and not of the readers.
MOST_IN_A_ROW: Final = 10


class BadPace(ValueError):
    """DATELINE_MAIL_PACE cannot be read."""


def read_pace(text: str) -> dict[str, int]:
    """Return letters a minute by domain; `*` stands for every other one, 0 for no limit. Raises BadPace."""
    found = {"*": 1200}
    for part in filter(None, (part.strip() for part in text.split(","))):
        domain, equals, many = part.partition("=")
        if not equals or not domain.strip() or not many.strip().isdigit():
            raise BadPace(
                f"DATELINE_MAIL_PACE has {part!r}. Write domain=letters a minute: *=1200,example.org=300."
            )
        found[domain.strip().lower()] = int(many)
    return found


@dataclass
class Pace:
    """Counts what went to each domain in this minute. sent: what had gone before we began."""

    limits: Mapping[str, int]
    sent: Counter[str] = field(default_factory=Counter)

    def full(self) -> list[str]:
        """Return the domains that get no more in this minute."""
        return sorted(domain for domain in self.sent if not self.may(domain))

    def may(self, domain: str) -> bool:
        """May one more go there?"""
        limit = self.limits.get(domain, self.limits["*"])
        return not limit or self.sent[domain] < limit

    def note(self, domain: str) -> None:
        """One more went there."""
        self.sent[domain] += 1


@dataclass
class Brake:
    """Holds back what refused addresses would mean until one letter was taken: a closed relay refuses them all.

    held: what is to be done to the readers once it is clear that the server takes letters from us.
    """

    held: list[int] = field(default_factory=list)
    is_trusted: bool = False

    def taken(self) -> list[int]:
        """Note a letter that was taken; return whom the refusals until now stop."""
        self.is_trusted = True
        return self._free()

    def refused(self, reader: int) -> list[int]:
        """Note an address that was refused for good; return whom to stop now."""
        self.held.append(reader)
        return self._free() if self.is_trusted else []

    @property
    def must_stop(self) -> bool:
        """Is everything refused?"""
        return not self.is_trusted and len(self.held) >= MOST_IN_A_ROW

    def _free(self) -> list[int]:
        free, self.held = self.held, []
        return free
