"""A version of a piece as the comparer reads it: its sentences, made alike, and how much of each is a link."""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from lxml import html
from lxml.etree import ParserError, XPath, _Element

from dateline.lib.text import names, one_line, paragraphs, without_controls

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇ʻ", "'"),
        **dict.fromkeys("“”„‟″«»‹›＂〝〞", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "ي": "ی",
        "ك": "ک",
        "\u0640": None,  # the Arabic letter that only stretches a word
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff", None),
        **{chr(code): None for code in range(0x2066, 0x206A)},
    }
)
_QUOTES = re.compile(r"\"|''")
_AROUND_DASH = re.compile(r"\s*-{1,3}\s*")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?؟،۔։])")
_END = re.compile(r"(?<=[.!?…。！？؟۔։।])[\"'”’»)\]]*\s+(?=\S)")
_ENDS = re.compile(r"[.!?…。！？؟۔։։:]['\")\]]*$")
_WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
_MARKUP = re.compile(r"<[a-z]+ [a-z-]+=[\"']", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]")
_LEAVES: Final = names("p li h1 h2 h3 h4 h5 h6 blockquote pre td th dd dt")
_AROUND = 2
_LEFT_OUT: Final = names("figure figcaption")
_TEXT = XPath(".//text()|.//br")
_SEEN = XPath(
    "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
)


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list, a heading. linked: the share of its text within links, 0 to 1."""

    text: str
    linked: float = 0.0


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the passage that it stands in. key: by which it is found again."""

    text: str
    key: str
    passage: Passage

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a sentence, and not as a line of a list or a label."""
        if _UNSPACED.search(self.key):
            return len(self.key) > 12 and bool(_ENDS.search(self.key))  # noqa: PLR2004 - characters
        return len(words_of(self.key)) > 4 and bool(_ENDS.search(self.key))  # noqa: PLR2004 - words


def passages_of(body_html: str) -> list[Passage]:
    """Return the passages of a sanitised body in their order; what stands in figures is left out."""
    if not body_html.strip():
        return []
    try:
        tree = html.fragment_fromstring(without_controls(body_html), create_parent="div")
    except ParserError:
        return []
    return [passage for passage in _passages(tree) if passage.text]


def passages_of_text(body_text: str) -> list[Passage]:
    """Return the passages of a text whose paragraphs blank lines set apart."""
    return [Passage(one_line(paragraph)) for paragraph in paragraphs(body_text)]


def sentences_of(passages: list[Passage]) -> list[Sentence]:
    """Return the sentences of passages in their order; markup that a page shows as text by mistake is none."""
    return [
        Sentence(text=text, key=key, passage=passage)
        for passage in passages
        for text in _END.split(passage.text)
        if (key := key_of(text)) and not _MARKUP.search(text)
    ]


@dataclass(frozen=True)
class Block:
    """A passage of the whole page. place: the kinds and classes of its element and of those around it."""

    passage: Passage
    place: str


def blocks_of(markup: str) -> list[Block]:
    """Return every passage of a page in its order, the piece's own and all others. Empty where nothing parses."""
    try:
        tree = html.document_fromstring(without_controls(markup))
    except (ParserError, ValueError):
        return []
    return [Block(passage, _place(element)) for element, passage in _leaves(tree) if passage.text]


def seen_text(markup: str) -> str:
    """Return all that a reader of a page could see, squeezed, to look sentences up in. Empty where nothing parses."""
    return seen_key(markup).replace(" ", "")


def seen_key(markup: str) -> str:
    """Return all that a reader of a page could see, title included, as a key."""
    try:
        tree = html.document_fromstring(without_controls(markup))
    except (ParserError, ValueError):
        return ""
    return key_of(" ".join([tree.findtext(".//title") or "", *cast("list[str]", _SEEN(tree))]))


def squeezed(text: str) -> str:
    """Return the key of a text without spaces: markup within words and between blocks then makes no difference."""
    return key_of(text).replace(" ", "")


def key_of(text: str) -> str:
    """Return `text` without what two renderings of one text differ in: case, quotes, dashes, spaces, unseen marks."""
    plain = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE).casefold()
    plain = _AROUND_DASH.sub("-", _QUOTES.sub('"', " ".join(plain.split())))
    return _BEFORE_MARK.sub(r"\1", plain).strip()


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order; numbers keep their points and commas."""
    return _WORD.findall(text)


def _passages(tree: _Element) -> Iterator[Passage]:
    found = [passage for _element, passage in _leaves(tree)]
    yield from found or [_passage(tree)]


def _leaves(tree: _Element) -> Iterator[tuple[_Element, Passage]]:
    """Yield the elements that hold running text and no further such elements, each with its passage."""
    for element in tree.iter(*_LEAVES):
        if _is_within(element, _LEFT_OUT) or next(element.iterdescendants(*_LEAVES), None) is not None:
            continue
        yield element, _passage(element)


def _place(element: _Element) -> str:
    """Return where an element stands: paragraphs of one piece stand alike, boxes between them do not."""
    around = [element, *itertools.islice(element.iterancestors(), _AROUND)]
    return " ".join(f"{one.tag}.{one.get('class', '')}" for one in around)


def _passage(element: _Element) -> Passage:
    text = one_line(_text(element))
    linked = sum(len(one_line(_text(link))) for link in element.iter("a"))
    return Passage(text, min(1.0, linked / len(text)) if text else 0.0)


def _text(element: _Element) -> str:
    """Return the text of an element; a line break is a space."""
    parts = cast("list[str | _Element]", _TEXT(element))
    return "".join(part if isinstance(part, str) else " " for part in parts)


def _is_within(element: _Element, kinds: frozenset[str]) -> bool:
    return any(ancestor.tag in kinds for ancestor in element.iterancestors())
