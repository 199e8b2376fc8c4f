"""What stands beside an article: the same story elsewhere, and the original beside the translation. Plain data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.publishing.pages import Frame, Head, Link, Provenance


@dataclass(frozen=True)
class Elsewhere:
    """A story as another outlet tells it. `is_ours`: we have the piece, so that `href` is a path of ours."""

    outlet: str
    outlet_language: str
    headline: str
    language: str
    direction: str
    href: str
    is_ours: bool
    # The language's name as the page's reader says it.
    language_name: str = ""


@dataclass(frozen=True)
class Side:
    """A block of text on one side. `tag`: p, h2, blockquote or li; `html`: sanitised, inline marks only."""

    tag: str
    html: str


@dataclass(frozen=True)
class Pair:
    """Blocks that say the same on both sides; one side is empty where the other stands alone."""

    ours: tuple[Side, ...]
    theirs: tuple[Side, ...]


@dataclass(frozen=True)
class SideBySidePage:
    """templates/pages/side_by_side.html: an original and its translation, aligned block by block.

    `language`, `direction` and `headline` are the original's; `ours` are the translation's.
    """

    frame: "Frame"
    head: "Head"
    crumbs: "tuple[Link, ...]"
    href: str
    headline: str
    headline_here: str
    language: str
    direction: str
    language_name: str
    language_name_here: str
    pairs: tuple[Pair, ...]
    provenance: "Provenance"
