"""Whose pieces an agreement speaks for. Pure: names and keys in, yes or no out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """A piece, as far as anybody could have rights in it.

    outlet: the key of who published it. agencies: those that its credits name.
    """

    outlet: str
    authors: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scope:
    """Whose word an agreement is: of outlets, of authors or of agencies. Nobody's word speaks for nothing."""

    outlets: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


def concerns(scope: Scope, work: Work) -> bool:
    """Does the agreement speak for this piece?

    An outlet's word covers what it published, save what an agency's mark takes out of it: it cannot give
    away what it only had on loan. An author's covers what only they signed; an agency's what bears its mark.
    """
    if work.agencies:
        return work.agencies <= scope.agencies
    by_authors = bool(work.authors) and _folded(work.authors) <= _folded(scope.authors)
    return work.outlet in scope.outlets or by_authors


def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(name.casefold().split()) for name in names)
