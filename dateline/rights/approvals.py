"""What an outlet is shown before a text goes out, and how one text is told from another. Pure."""

import hashlib
import json
from dataclasses import dataclass
from typing import ClassVar, Final

from dateline.rights.asking import Graph

OPEN_DAYS: Final = 14
LONGEST_NOTE: Final = 8_000


@dataclass(frozen=True, kw_only=True)
class ShownText:
    """A text as readers would see it: words alone. language: BCP 47."""

    language: str
    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    credit_line: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all of it, white space apart: two texts with the same one read the same."""
        parts = [self.language, self.headline, self.standfirst, self.credit_line, *self.paragraphs]
        told = json.dumps([" ".join(part.split()) for part in parts], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


class Approving(Graph):
    """The steps of an approval."""

    start = "open"
    steps: ClassVar = {
        "open": frozenset({"approved", "change", "closed"}),
        "approved": frozenset({"closed"}),
        "change": frozenset({"closed"}),
        "closed": frozenset(),
    }
