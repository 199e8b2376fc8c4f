"""The same readings in a confined child process: a page or a feed that hangs a parser ends there alone."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from dateline.intake import channels, feeds
from dateline.intake import extract as extraction
from dateline.intake.channels.page_rules import BadRule, RulesFindNothing
from dateline.lib.confined import Cell, Failed, Limits, TookTooLong
from dateline.lib.floods import HostileMarkup

# What takes longer than this is read again behind the others, in a child of its own: one page that is a trap holds
# up the next by no more.
QUICK_SECONDS = 3.0
_cell = Cell(Limits(seconds=QUICK_SECONDS))
_slow_cell = Cell(Limits(uses=1))
# Rules are written by people, here or elsewhere: one that never ends must not hold up the others.
RULE_SECONDS = 9.0
_rule_cell = Cell(Limits(seconds=RULE_SECONDS))

TOO_SLOW = (
    "Following the rules took more than %d seconds and was stopped. A rule that goes through the page again for each"
    " of its elements does that: make it simpler in the picker."
)

_ERRORS: dict[str, type[Exception]] = {
    error.__name__: error
    for error in (extraction.NoArticle, feeds.NotAFeed, BadRule, RulesFindNothing, HostileMarkup)
}


def extract(content: bytes, *, cell: Cell | None = None, **words: Any) -> extraction.Extract:
    """Return what `extract.extract` would, read in a child process; `words` are its other arguments.

    Raises what `extract.extract` raises, and `confined.Trouble` where the child was ended or broke.
    """
    found = _quickly(cell, "dateline.intake.apart:extract_here", content, words)
    return extraction.Extract(**found)


def parse_channel(
    content: bytes,
    *,
    kind: str,
    cell: Cell | None = None,
    rules: dict[str, Any] | None = None,
    known: feeds.Known | None = None,
    **words: str | None,
) -> feeds.ParsedFeed:
    """Return what the reader of this kind of channel would, read in a child process.

    known: entries that need not be told again. Raises what it raises, and `confined.Trouble` where the child was
    ended or broke; a rule of a page that does
    not end in time is a BadRule.
    """
    words_of_kind = {**words, "kind": kind, "rules": rules or {}, "known": known}
    cell = cell or (_rule_cell if kind == "page" else None)
    try:
        found = _quickly(cell, "dateline.intake.apart:parse_channel_here", content, words_of_kind)
    except TookTooLong:
        if kind != "page":
            raise
        raise BadRule(TOO_SLOW % RULE_SECONDS) from None
    entries = [feeds.FeedEntry(**entry) for entry in found.pop("entries")]
    return feeds.ParsedFeed(**found, entries=entries)


def extract_here(content: bytes, **words: Any) -> dict[str, object]:
    """Be called in the child: the answer goes as JSON values."""
    return extraction.extract(content, **words).as_dict()


def parse_channel_here(content: bytes, *, kind: str, **words: Any) -> dict[str, object]:
    """Be called in the child."""
    return asdict(channels.parse(kind, content, **words))


def _prepare() -> None:
    """Read a page, so that models and tables are loaded before the time of the first one begins."""
    text = "".join(
        f"<p>The ferry number {number} will sail across the lake on the hour from the first of May.</p>"
        for number in range(9)
    )
    with suppress(extraction.NoArticle):
        extraction.extract(
            f"<html><body><article>{text}</article></body></html>", url="https://paper.example/a"
        )


PREPARES = {"extract_here": _prepare}


def _quickly(cell: Cell | None, function: str, content: bytes, words: Mapping[str, Any]) -> dict[str, Any]:
    """Ask the quick child, and where that takes too long the slow one; with a cell given, that one alone."""
    if cell is not None:
        return _ask(cell, function, content, words)
    try:
        return _ask(_cell, function, content, words)
    except TookTooLong:
        return _ask(_slow_cell, function, content, words)


def _ask(cell: Cell, function: str, content: bytes, words: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = cell.call(function, content=content, **words)
    except Failed as failed:
        if failed.kind in _ERRORS:
            raise _ERRORS[failed.kind](str(failed)) from None
        raise
    return found
