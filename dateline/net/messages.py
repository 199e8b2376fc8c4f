"""What the doors say: whole sentences with named values, kept apart so that they can be translated.

The room knows no Django. `gettext_noop` marks a sentence for the catalogues, and `doors.explain`
looks it up in the editor's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_SHOWN = 200


@dataclass(frozen=True)
class Message:
    """A sentence with `%(name)s` places and what stands in them."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.template % self.values


def shown(url: str) -> str:
    """Return an address fit for a message and a log: one line, cut where it is long."""
    line = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in url)
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"
