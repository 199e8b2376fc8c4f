"""May we? The one place that decides what was allowed.

Pure: it is handed the terms that were granted and answers with yes, or with every reason for no and
what would make it a yes. Each grant stands alone: a use from one and a term from another never add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

USES: Final = ("reprint", "translation", "excerpt", "headline", "archive", "letter", "picture")
ANY_LANGUAGE: Final[frozenset[str]] = frozenset({"*"})


@dataclass(frozen=True)
class Terms:
    """What one agreement, licence or answered request grants.

    languages: BCP 47 tags, or ANY_LANGUAGE. ends_on: the last day it holds; None has no end.
    max_words: words of the piece at most; None has no limit.
    """

    source: str
    uses: frozenset[str]
    languages: frozenset[str]
    starts_on: date
    ends_on: date | None = None
    max_words: int | None = None


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do with one piece: which use, into which language, on which day, how long."""

    use: str
    language: str
    on: date
    words: int = 0


@dataclass(frozen=True)
class Objection:
    """One reason for no. `code` is for programs, the rest for people."""

    code: str
    source: str
    limit: str

    def as_json(self) -> dict[str, str]:
        """Return it as plain data."""
        return {"code": self.code, "source": self.source, "limit": self.limit}


@dataclass(frozen=True)
class Answer:
    """Yes, with the source of the permission, or no, with what stands against it in each source."""

    is_yes: bool
    source: str = ""
    objections: tuple[Objection, ...] = ()


def objections(wish: Wish, terms: Terms) -> list[Objection]:
    """Return what in `terms` stands against `wish`; nothing means that they grant it."""
    found = []
    if wish.use not in terms.uses:
        found.append(Objection("use", terms.source, ", ".join(sorted(terms.uses))))
    if not speaks(wish.language, terms.languages):
        found.append(Objection("language", terms.source, ", ".join(sorted(terms.languages))))
    if wish.on < terms.starts_on:
        found.append(Objection("not-yet", terms.source, terms.starts_on.isoformat()))
    if terms.ends_on is not None and wish.on > terms.ends_on:
        found.append(Objection("ended", terms.source, terms.ends_on.isoformat()))
    if terms.max_words is not None and wish.words > terms.max_words:
        found.append(Objection("words", terms.source, str(terms.max_words)))
    return found


def may(wish: Wish, grants: Sequence[Terms]) -> Answer:
    """Answer whether one of `grants` alone allows `wish`.

    The first that does is named as the source. Without any grant the answer is no, with the one
    objection `nothing-granted`.
    """
    against: list[Objection] = []
    for terms in grants:
        found = objections(wish, terms)
        if not found:
            return Answer(is_yes=True, source=terms.source)
        against += found
    return Answer(is_yes=False, objections=tuple(against) or (Objection("nothing-granted", "", ""),))


def speaks(language: str, allowed: frozenset[str]) -> bool:
    """Does a grant into `allowed` cover `language`? One for `pt` covers `pt-BR`, and not the other way round."""
    tag = language.lower()
    return allowed == ANY_LANGUAGE or any(
        tag == one.lower() or tag.startswith(one.lower() + "-") for one in allowed
    )
