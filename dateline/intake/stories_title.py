"""Which headline names a story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.lib.scripts import primary


@dataclass(frozen=True)
class Headline:
    """A member's headline. score: how near it was to those before it; the first one has none."""

    text: str
    language: str
    told_at: datetime
    score: float


def title_of(headlines: Sequence[Headline], *, languages: Sequence[str]) -> Headline:
    """Return the headline that names the story: in the first of our languages that it is told in, and the first there.

    languages: our own, the most wanted first. Without one of ours the first telling names it.
    """
    rank = {primary(code): at for at, code in reversed(list(enumerate(languages)))}
    return min(headlines, key=lambda one: (rank.get(primary(one.language), len(rank)), one.told_at, one.text))
