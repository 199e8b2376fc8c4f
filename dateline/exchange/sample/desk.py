"""What lies on the sample's desk: a glossary, a translation half done, ideas, a request, readers' letters. Pure.

Names of pieces are the sample's own keys; those of its newsroom are checked when it is loaded.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from dateline.exchange.sample.markup import lines
from dateline.exchange.sample.shapes import Article, Block, Newsroom, Original

FILE: Final = Path(__file__).parent / "desk.json"
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Pair:
    """A line of an original and what the digest made of it. languages: of both, in that order."""

    document: str
    languages: tuple[str, str]
    source: str
    text: str


def read_desk(file: Path = FILE) -> dict[str, Any]:
    """Return what lies on the desk, as the file has it."""
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def pairs(newsroom: Newsroom) -> Iterator[Pair]:
    """Yield what the sample's translations hold, line by line: both sides have the same blocks in the same order."""
    for article in newsroom.articles.values():
        if article.kind == "translation" and article.state == "published":
            yield from _pairs_of(article, newsroom.originals[article.original])


def _pairs_of(article: Article, original: Original) -> Iterator[Pair]:
    languages = original.language, article.language
    ours = (article.headline, article.standfirst, *_running(article.blocks))
    theirs = (original.headline, original.standfirst, *_running(original.blocks))
    for source, text in zip_longest(theirs, ours, fillvalue=""):
        if source and text:
            yield Pair(document=original.url, languages=languages, source=source, text=text)


def _running(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(unescape(_TAG.sub("", line)) for block in blocks for line in lines(block))
