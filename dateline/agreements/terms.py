"""What a grant says and what somebody wants: the shapes that the rules read.

Pure. Days are whole days of the publication's zone; languages BCP 47; territories ISO 3166 codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeVar

USES: Final = ("reprint", "translation", "excerpt", "headline", "archive", "letter", "picture")
ANY_LANGUAGE: Final[frozenset[str]] = frozenset({"*"})
WORLD: Final[frozenset[str]] = frozenset({"*"})

Limit = TypeVar("Limit", int, date)


@dataclass(frozen=True)
class Conditions:
    """What comes with a yes: it forbids nothing, and has to be kept."""

    credit_line: str = ""
    canonical: str = "original"
    is_noindex: bool = False
    may_show_original: bool = False
    must_share_alike: bool = False
    licence_url: str = ""


@dataclass(frozen=True)
class Terms:
    """What one agreement, licence or answered request grants.

    languages: BCP 47 tags, or ANY_LANGUAGE. ends_on: the last day it holds; None has no end.
    max_words: words of the piece at most. pieces_a_month: new pieces in a calendar month at most.
    stay_days: days that a published piece may stand, that of publishing included. Each of them: None
    has no limit. territory: where readers may be, or WORLD. licence: SPDX name of an open licence.
    may_by_machine: machines may read it although its source reserved that.
    """

    source: str
    uses: frozenset[str]
    languages: frozenset[str]
    starts_on: date
    ends_on: date | None = None
    max_words: int | None = None
    pieces_a_month: int | None = None
    stay_days: int | None = None
    territory: frozenset[str] = WORLD
    licence: str = ""
    may_by_machine: bool = False
    is_noncommercial: bool = False
    conditions: Conditions = field(default_factory=Conditions)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do with one piece: which use, into which language, on which day, how long.

    published_on: since when it stands, where it does. territory: where its readers are. is_commercial:
    None where the owner has not said. reserved: what the source keeps for itself (`tdm`, `noai` …);
    is_by_machine: a machine would read the text.
    """

    use: str
    language: str
    on: date
    words: int = 0
    published_on: date | None = None
    territory: frozenset[str] = WORLD
    is_commercial: bool | None = None
    is_by_machine: bool = False
    reserved: frozenset[str] = frozenset()


def narrowed(terms: Terms, *, by: Terms) -> Terms | None:
    """Return what both grant, named for `terms`; None where nothing is left of it.

    A permission under an agreement is read through this: it can take away and never add.
    """
    uses = terms.uses & by.uses
    languages = common_languages(terms.languages, by.languages)
    territory = _common(terms.territory, by.territory)
    if not (uses and languages and territory):
        return None
    return replace(
        terms,
        uses=uses,
        languages=languages,
        territory=territory,
        starts_on=max(terms.starts_on, by.starts_on),
        ends_on=least(terms.ends_on, by.ends_on),
        max_words=least(terms.max_words, by.max_words),
        pieces_a_month=least(terms.pieces_a_month, by.pieces_a_month),
        stay_days=least(terms.stay_days, by.stay_days),
        may_by_machine=terms.may_by_machine and by.may_by_machine,
        is_noncommercial=terms.is_noncommercial or by.is_noncommercial,
    )


def last_day(terms: Terms, *, published_on: date | None) -> date | None:
    """Return the last day that a piece published on that day may stand, None where nothing ends it."""
    stays_until = (
        published_on + timedelta(days=terms.stay_days - 1)
        if published_on is not None and terms.stay_days is not None
        else None
    )
    return least(terms.ends_on, stays_until)


def speaks(language: str, allowed: frozenset[str]) -> bool:
    """Does a grant into `allowed` cover `language`? One for `pt` covers `pt-BR`, and not the other way round."""
    tag = language.lower()
    return allowed == ANY_LANGUAGE or any(
        tag == one.lower() or tag.startswith(one.lower() + "-") for one in allowed
    )


def common_languages(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Return what both cover: of `pt` and `pt-BR` the narrower."""
    if some == ANY_LANGUAGE:
        return others
    if others == ANY_LANGUAGE:
        return some
    return frozenset(tag for tag in some if speaks(tag, others)) | frozenset(
        tag for tag in others if speaks(tag, some)
    )


def _common(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    if some == WORLD:
        return others
    if others == WORLD:
        return some
    return some & others


def least(one: Limit | None, other: Limit | None) -> Limit | None:
    """Return the narrower of two limits, where None is no limit."""
    found = [limit for limit in (one, other) if limit is not None]
    return min(found) if found else None


Used = Mapping[str, int]
"""How many pieces each grant has been used for in the month of the wish, by its source."""
