"""What machines are told of a piece, derived from its kind and its permission and never typed.

    kind                      canonical               robots                   hreflang  sitemap       feed
    exclusive, press review   self                    index                    ours      yes           full
    translation, excerpt      self                    index                    ours      yes           full
    reprint                   the agreement's word;   the agreement's word;    none      only where    excerpt
                              silence: the original   silence: noindex                   ours, indexed

A canonical in another language or on another domain is an error for a translation; to its original a page may
point by hreflang only where that publisher points back, so it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Content = Literal["full", "excerpt"]

NOINDEX: Final = "noindex"
# What a kind may say by itself; a reprint asks its agreement.
_REPRINTS: Final = frozenset({"reprint"})


@dataclass(frozen=True)
class Terms:
    """What an agreement says of search engines. The defaults are what silence means for a reprint."""

    is_canonical_ours: bool = False
    is_noindex: bool = True


SILENCE: Final = Terms()


def canonical(kind: str, *, own: str, original: str, terms: Terms = SILENCE) -> str:
    """Return the address that search engines are told is the piece's own.

    A translation's is always ours: a canonical in another language would be wrong.
    """
    if kind in _REPRINTS and original and not terms.is_canonical_ours:
        return original
    return own


def robots(kind: str, terms: Terms = SILENCE) -> str:
    """Return what the robots element says; empty where search engines may do as they like."""
    return NOINDEX if kind in _REPRINTS and terms.is_noindex else ""


def is_indexed(kind: str, terms: Terms = SILENCE) -> bool:
    """Does the sitemap list it? Only what is indexed under our own address."""
    return kind not in _REPRINTS or (terms.is_canonical_ours and not terms.is_noindex)


def feed_content(kind: str) -> Content:
    """Return how much of a piece stands in our feeds."""
    return "excerpt" if kind in _REPRINTS else "full"


def alternates(
    kind: str, versions: Sequence[tuple[str, str]], *, default: str
) -> tuple[tuple[str, str], ...]:
    """Return the hreflang pairs of a page from all its versions (language, absolute address), its own among them.

    versions: in the order of the site's languages. default: the site's first language; its version, else the
    first, is what the rest of the world gets. A reprint has none, nor has a page that stands alone.
    """
    if kind in _REPRINTS or len(versions) <= 1:
        return ()
    places = dict(versions)
    return (*versions, ("x-default", places.get(default) or versions[0][1]))
