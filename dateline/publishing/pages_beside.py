"""What stands beside an article: the same story elsewhere, and the original beside the translation. Plain data."""

from dataclasses import dataclass


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
