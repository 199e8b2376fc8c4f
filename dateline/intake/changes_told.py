"""Kinds of changes at a source, and what is said about one in words."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from dateline.lib.text import cut
from dateline.lib.urls import gettext_noop


class Kind(StrEnum):
    """What became of a piece at its source."""

    RETRACTION = "retraction"
    REMOVED = "removed"
    CORRECTION = "correction"
    HEADLINE = "headline"
    UPDATE = "update"
    TYPO = "typo"
    PAYWALLED = "paywalled"
    MOVED = "moved"
    UNREADABLE = "unreadable"


# How much a newsroom that made something of the piece must care: from 0, which it may leave.
WEIGHTS: Final[Mapping[str, int]] = {
    Kind.RETRACTION: 100,
    Kind.REMOVED: 90,
    Kind.CORRECTION: 80,
    Kind.HEADLINE: 50,
    Kind.UPDATE: 40,
    Kind.PAYWALLED: 20,
    Kind.MOVED: 15,
    Kind.UNREADABLE: 15,
    Kind.TYPO: 10,
}

NAMES: Final[Mapping[str, str]] = {
    Kind.RETRACTION: gettext_noop("taken back"),
    Kind.REMOVED: gettext_noop("removed"),
    Kind.CORRECTION: gettext_noop("corrected"),
    Kind.HEADLINE: gettext_noop("another headline"),
    Kind.UPDATE: gettext_noop("rewritten or continued"),
    Kind.TYPO: gettext_noop("small repair"),
    Kind.PAYWALLED: gettext_noop("closed behind payment"),
    Kind.MOVED: gettext_noop("moved"),
    Kind.UNREADABLE: gettext_noop("cannot be read any more"),
}

_SENTENCES: Final[Mapping[str, str]] = {
    "retracted": gettext_noop("The outlet says that it takes the piece back: “%(words)s”."),
    "note": gettext_noop("The outlet added a note of correction: “%(words)s”."),
    "figure": gettext_noop("A figure was replaced: “%(before)s” is now “%(after)s”."),
    "name": gettext_noop("A name was replaced: “%(before)s” is now “%(after)s”."),
    "headline": gettext_noop("The headline was “%(before)s” and is now “%(after)s”."),
    "added": gettext_noop("%(words)s words were added."),
    "removed": gettext_noop("%(words)s words were taken out."),
    "replaced": gettext_noop("%(words)s words read otherwise."),
    "spelling": gettext_noop("Spelling or punctuation: “%(before)s” is now “%(after)s”."),
    "gone": gettext_noop("Its address answers %(status)s: the page is not there any more."),
    "legal": gettext_noop("Its address answers %(status)s: it may not be shown for legal reasons."),
    "says-gone": gettext_noop("Its address now shows a notice that the page is not there: “%(words)s”."),
    "to-front": gettext_noop("Its address now leads to the front page or a section: %(url)s."),
    "other-piece": gettext_noop("Its address now leads to another piece: %(url)s."),
    "moved": gettext_noop("It has a new address: %(url)s."),
    "pay": gettext_noop("Only the beginning is open now: %(kept)s of %(before)s words."),
    "closed": gettext_noop("Its server does not let us in any more (%(status)s)."),
    "no-article": gettext_noop("No article can be read from its page: %(words)s"),
}
_LONGEST = 160


def fact(code: str, **values: object) -> dict[str, Any]:
    """Return one thing to say about a change, as it is kept. Raises KeyError for a code without a sentence."""
    _SENTENCES[code]
    return {"code": code, **{name: cut(str(value), _LONGEST) for name, value in values.items()}}


def sentences(kind: str, facts: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what is said about a change, in the language that is active now; the kind itself where nothing is."""
    told = [_(_SENTENCES[one["code"]]) % one for one in facts if one.get("code") in _SENTENCES]
    return told or [name_of(kind)]


def name_of(kind: str) -> str:
    """Return a kind in words, in the language that is active now."""
    return _(NAMES[kind]) if kind in NAMES else kind
