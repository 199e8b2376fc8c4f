"""In which ways an original can be picked: as a reprint in its own language, as a translation into the others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

REPRINT: Final = "reprint"
TRANSLATION: Final = "translation"
EXCERPT: Final = "excerpt"


@dataclass(frozen=True)
class Way:
    """One way to pick an original. `kind` is the article's, and the use that its permission must cover."""

    kind: str
    language: str

    @property
    def code(self) -> str:
        """What a form sends for it."""
        return f"{self.kind}:{self.language}"


def ways(original_language: str, site_languages: Sequence[str]) -> list[Way]:
    """Return how a piece in this language can be picked on a site in those, a reprint first.

    A reprint stays in the piece's language, so there is none where the site has no pages in it.
    """
    own = own_language(original_language, site_languages)
    reprints = [Way(REPRINT, own)] if own else []
    return reprints + [Way(TRANSLATION, code) for code in site_languages if code != own]


def all_ways(original_language: str, site_languages: Sequence[str]) -> list[Way]:
    """Return every way to pick a piece: as `ways`, and as an excerpt in its own language, which comes last."""
    found = ways(original_language, site_languages)
    return [*found, *(Way(EXCERPT, one.language) for one in found if one.kind == REPRINT)]


def own_language(original_language: str, site_languages: Sequence[str]) -> str:
    """Return the site's language that a piece is written in, empty where the site does not have it.

    The same tag goes first; else the first that has the same language (`pt` for a piece in `pt-BR`).
    """
    tag = original_language.lower().replace("_", "-")
    if not tag:
        return ""
    same = [code for code in site_languages if code.lower() == tag]
    related = [code for code in site_languages if code.lower().split("-")[0] == tag.split("-")[0]]
    return (same + related + [""])[0]
