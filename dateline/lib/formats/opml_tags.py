"""The tags of a small XML document, however damaged, in one pass whose time grows with its length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z_][\w:.-]{0,80}+")
_ATTRIBUTE: Final = re.compile(r"""[^\s=/<>"']{1,100}+(?=\s*+=)""")
_EQUALS: Final = re.compile(r"\s*+=\s*+")
_BARE: Final = re.compile(r"""[^\s<>"']*+""")
_SKIPPED: Final = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_MOST_ATTRIBUTES: Final = 200
_MOST_QUOTES: Final = 20
# The longest list of the world has a few thousand tags; what has so many angle brackets is none, and costs seconds.
MOST_BRACKETS: Final = 400_000
_OUTLINE: Final = re.compile(r"<(?:/?outline|/body|/opml)\b", re.IGNORECASE)
# What may follow a value: another attribute, or the tag's end and then the next tag.
_AFTER_VALUE: Final = re.compile(r"""\s*+(?:[\w:.-]{1,100}+\s*+=\s*+["']|[/?]?>\s*+(?:<|\Z))""")


@dataclass(frozen=True)
class Tag:
    """A tag with its attributes as written, entities and all. text_after: what follows it, up to the next tag."""

    name: str
    line: int
    is_end: bool = False
    is_empty: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    text_after: str = ""


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of `text` in their order; comments, declarations and sections of characters are passed over.

    What stands behind MOST_BRACKETS of them is not read.
    """
    scan = _Scan(text)
    for _bracket in range(MOST_BRACKETS):
        at = text.find("<", scan.at)
        if at < 0:
            return
        scan.go_to(at)
        if not scan.skipped():
            tag = scan.tag()
            if tag:
                yield tag


class _Scan:
    """Where we are in the text. What was searched for in vain is not searched for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._line, self._counted = 1, 0
        self._never: set[str] = set()
        self._outline_at = -1

    def go_to(self, at: int) -> None:
        self._line += self.text.count("\n", self._counted, at)
        self.at = self._counted = at

    def skipped(self) -> bool:
        """Pass over a comment or its like. One without an end is passed over alone: what follows is read."""
        for start, end in _SKIPPED:
            if self.text.startswith(start, self.at):
                found = self._find(end, self.at + len(start))
                self.at = self.at + len(start) if found < 0 else found + len(end)
                return True
        return False

    def tag(self) -> Tag | None:
        line = self._line
        is_end = self.text.startswith("</", self.at)
        name = _NAME.match(self.text, self.at + 1 + is_end)
        if name is None:
            self.at += 1
            return None
        self.at = name.end()
        attributes, is_empty = self._attributes()
        return Tag(name[0], line, is_end, is_empty, attributes, self._text_here())

    def _attributes(self) -> tuple[dict[str, str], bool]:
        """Return the attributes, and whether the tag ends itself. The first of two with one name counts."""
        found: dict[str, str] = {}
        was_slash = False
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == ">":
                self.at += 1
                break
            if letter == "<":
                break
            name = _ATTRIBUTE.match(self.text, self.at) if letter not in " \t\r\n/\"'=" else None
            if name is None:
                was_slash = letter == "/" or (was_slash and letter.isspace())
                self.at += 1
                continue
            was_slash = False
            equals = _EQUALS.match(self.text, name.end())
            self.at = equals.end() if equals else name.end()
            value = self._value()
            if len(found) < _MOST_ATTRIBUTES:
                found.setdefault(name[0], value)
        return found, was_slash

    def _value(self) -> str:
        quote = self.text[self.at : self.at + 1]
        if quote not in {'"', "'"}:
            return self._bare(self.at).rstrip("/")
        start = self.at + 1
        end = self._end_of_value(quote, start)
        if end < 0:
            return self._bare(start)
        self.at = end + 1
        return self.text[start:end]

    def _bare(self, start: int) -> str:
        bare = _BARE.match(self.text, start)
        self.at = bare.end() if bare else start
        return bare[0] if bare else ""

    def _end_of_value(self, quote: str, start: int) -> int:
        """Return where the value ends, -1 where its quote was lost before the next outline.

        A quote after which nothing may follow that does follow is one of the text, which nobody escaped.
        """
        first = end = self._find(quote, start)
        limit = self._next_outline(start)
        for _try in range(_MOST_QUOTES):
            if not start <= end < limit:
                break
            if _AFTER_VALUE.match(self.text, end + 1):
                return end
            end = self._find(quote, end + 1)
        return first if start <= first < limit else -1

    def _next_outline(self, start: int) -> int:
        if self._outline_at < start:
            found = _OUTLINE.search(self.text, start)
            self._outline_at = found.start() if found else len(self.text)
        return self._outline_at

    def _text_here(self) -> str:
        end = self.text.find("<", self.at)
        return self.text[self.at : min(end if end >= 0 else len(self.text), self.at + 2000)]

    def _find(self, wanted: str, start: int) -> int:
        if wanted in self._never:
            return -1
        found = self.text.find(wanted, start)
        if found < 0:
            self._never.add(wanted)
        return found
