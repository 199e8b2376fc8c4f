"""What an article says, apart from the page around it: the part that its record vouches for.

Pure. Two pages with the same words, links and headings have the same content, however they are set; a changed
word, an added link or a heading made a paragraph is another content.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from lxml import etree

from dateline.lib.formats.rss import RECORD_TYPE

# Their names are part of what is said; all others (b, span, div …) only set it.
_SAID: Final = frozenset(
    {"h1", "h2", "h3", "h4", "p", "li", "ol", "ul", "blockquote", "table", "tr", "th", "td", "figure",
     "figcaption", "aside", "pre", "dl", "dt", "dd"}
)  # fmt: skip
_UNSAID: Final = frozenset({"script", "style", "template", "noscript", "source"})
_ATTRIBUTES: Final = {"a": "href", "img": "alt", "blockquote": "cite", "time": "datetime"}
_SPACE: Final = re.compile(r"\s+")
# Besides the headline: who wrote it, where it comes from, what was put right, and what it says.
_PARTS: Final = ("standfirst", "byline", "provenance", "corrections", "body", "voices")
# What follows the piece on its page. No markup from outside can hold these words: it bears no classes.
_AROUND: Final = (
    b'<aside class="article-rail"',
    b'<section class="sheet related"',
    b'<footer class="footer"',
)
_BEARING_CLASSES: Final = etree.XPath(".//*[@class]")
MEDIA_TYPE: Final = RECORD_TYPE


class NoContent(ValueError):
    """A page that is none of an article of ours; the message says what it lacks."""


@dataclass(frozen=True)
class Told:
    """What a page says: the hash of its content, and where its record is. record: empty where it names none."""

    content_sha256: str
    headline: str
    address: str
    record: str


def told_by(page: bytes) -> Told:
    """Return what a baked article's page says. Raises NoContent."""
    try:
        root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    except (etree.ParseError, ValueError) as error:
        raise NoContent("This is no page: there is no markup in it.") from error
    article = root.find(".//article") if root is not None else None
    if article is None or article.find(".//h1") is None:
        raise NoContent("This page holds no article with a headline.")
    classed = _classed(article)
    parts = [article.find(".//h1"), *(classed[name] for name in _PARTS if name in classed)]
    said = "\n".join(line for part in parts for line in _lines(part))
    return Told(
        content_sha256=sha256(said.encode()).hexdigest(),
        headline=_words(_headline(parts[0])),
        address=_link(root, "canonical") or "",
        record=_record(root),
    )


def own_part(page: bytes) -> bytes:
    """Return the part of a page of ours in which it tells its own piece, without the style and what is around it."""
    begin = page.find(b'<article class="article')
    ends = (page.find(mark, begin) for mark in _AROUND if begin >= 0)
    return page[begin : min((end for end in ends if end > 0), default=len(page))] if begin >= 0 else page


def _classed(article: Any) -> dict[str, Any]:
    """Return the first element of each of the parts' classes."""
    found: dict[str, Any] = {}
    bearing: Any = _BEARING_CLASSES(article)
    for element in bearing:
        for name in element.get("class").split():
            if name in _PARTS:
                found.setdefault(name, element)
    return found


def _lines(part: Any) -> Iterator[str]:
    """Yield what is said and how it is ordered: words between marks, and marks by their names."""
    words: list[str] = []
    for event, node in etree.iterwalk(part, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            words.append(node.tail or "")
            continue
        if node.tag in _UNSAID:
            continue
        attribute = _ATTRIBUTES.get(node.tag)
        if node.tag in _SAID or (attribute and node.get(attribute) is not None):
            yield from _flushed(words)
            told = f" {node.get(attribute)}" if attribute and event == "start" else ""
            yield f"<{'' if event == 'start' else '/'}{node.tag}{told}>"
        text = node.text if event == "start" else node.tail if node is not part else ""
        words.append(text or "")
    yield from _flushed(words)


def _flushed(words: list[str]) -> Iterator[str]:
    text = _words("".join(words))
    words.clear()
    if text:
        yield text


def _words(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _headline(heading: Any) -> str:
    kicker = heading.find(".//*[@class='kicker']")
    whole = "".join(heading.itertext())
    return whole if kicker is None else whole.replace("".join(kicker.itertext()), "", 1)


def _link(root: Any, relation: str) -> str | None:
    found: list[str] = root.xpath("//head/link[@rel=$relation]/@href", relation=relation)
    return found[0] if found else None


def _record(root: Any) -> str:
    found: list[str] = root.xpath("//head/link[@rel='describedby' and @type=$kind]/@href", kind=MEDIA_TYPE)
    return found[0] if found else ""
