"""From two answers of an outlet's server to what changed between them, read by one and the same extractor.

The extractor grows: were an old reading compared with a new one, each of its repairs would look like a change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.intake.changes import Comparison, Version, compare
from dateline.intake.changes_text import blocks_of, passages_of, passages_of_text, seen_text
from dateline.intake.extract import NoArticle, extract
from dateline.lib.decoding import decode
from dateline.lib.floods import HostileMarkup, refuse_floods

_PAYWALLED = ("paywall", "free")


@dataclass(frozen=True)
class Sheet:
    """One page of a piece as it came. charset: of its header. title: what a feed called the piece.

    rules: what an editor said of the pages of this site, if anything (`intake.rules`).
    """

    content: bytes
    url: str
    charset: str | None = None
    title: str = ""
    rules: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Fallback:
    """What was read of a version before: used where its pages are gone, or are no article any more for us."""

    headline: str
    body_text: str


def compare_pages(
    before: Sequence[Sheet], after: Sequence[Sheet], *, fallback: Fallback, common: Iterable[str] = ()
) -> Comparison | None:
    """Return how the piece on `after` differs from that on `before`, None where it differs in noise only.

    fallback: of `before`. Raises NoArticle, HostileMarkup for `after`.
    """
    return compare(_before(before, fallback), version_of(after), common=common)


def version_of(sheets: Sequence[Sheet]) -> Version:
    """Return what the pages of one piece say. Raises NoArticle, HostileMarkup."""
    markups = [decode(sheet.content, declared=sheet.charset) for sheet in sheets]
    for markup in markups:
        refuse_floods(markup)
    found = [
        extract(markup, url=sheet.url, title=sheet.title or None, rules=sheet.rules)
        for markup, sheet in zip(markups, sheets, strict=True)
    ]
    return Version(
        headline=found[0].headline,
        standfirst=found[0].standfirst,
        passages=[passage for one in found for passage in passages_of(one.body_html)],
        blocks=[block for markup in markups for block in blocks_of(markup)],
        seen="".join(seen_text(markup) for markup in markups),
        is_paywalled=any(reason.startswith(_PAYWALLED) for one in found for reason in one.reasons),
    )


def _before(sheets: Sequence[Sheet], fallback: Fallback) -> Version:
    try:
        if sheets:
            return version_of(sheets)
    except (NoArticle, HostileMarkup):
        pass  # read by an older extractor, which saw an article there
    return Version(headline=fallback.headline, passages=passages_of_text(fallback.body_text))
