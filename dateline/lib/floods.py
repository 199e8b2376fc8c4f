"""A look at markup before any parser sees it: parsers hang on floods, a scan for them does not."""

import re

from dateline.lib.text import names

LONGEST = 20_000_000
DEEPEST = 2_000
MOST_ATTRIBUTES = 500
MOST_REOPENED = 300_000

_VOID = names("area base br col embed hr img input link meta param source track wbr")
_CLOSES_ITSELF = names("body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr")
_CLOSED = _VOID | _CLOSES_ITSELF
_FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
_RAW = names("script style textarea title xmp iframe noembed noframes")
_FOREIGN = ("svg", "math")

_COMMENT_END = re.compile(r"--!?>")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
# A comment's beginning, or a tag up to its end: its slash, its name, and as many attributes as it may have.
_NEXT = re.compile(
    rf"<(?:!--|(/?)([a-zA-Z][^\s/>]*+)(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+[\s/]*+(?P<end>>?))"
)


class HostileMarkup(ValueError):
    """Markup that would hang a parser."""


class _Openings:
    """Counts what is open, on the careful side: an element that never closes stays counted."""

    def __init__(self) -> None:
        self.by_name: dict[str, int] = {}
        self.depth = 0
        self.formatting = 0
        self.reopened = 0

    def open(self, name: str) -> None:
        self.reopened += self.formatting
        if name in _CLOSED:
            return
        self.by_name[name] = self.by_name.get(name, 0) + 1
        self.depth += 1
        self.formatting += name in _FORMATTING

    def close(self, name: str) -> None:
        if self.by_name.get(name):
            self.by_name[name] -= 1
            self.depth -= 1
            self.formatting -= name in _FORMATTING

    def is_foreign(self) -> bool:
        return any(self.by_name.get(name) for name in _FOREIGN)

    def refuse_a_flood(self) -> None:
        if self.depth > DEEPEST:
            raise HostileMarkup(f"more than {DEEPEST} elements are open inside one another")
        if self.reopened > MOST_REOPENED:
            raise HostileMarkup("unclosed formatting would be repeated without end")


def refuse_floods(markup: str, *, longest: int = LONGEST) -> None:
    """Read `markup` once, in time that grows with its length, and return if parsers can cope with it.

    longest: characters; more is refused unread.
    Raises HostileMarkup where elements nest too deep, a tag has too many attributes, or it is too long.
    """
    if len(markup) > longest:
        raise HostileMarkup(f"{len(markup)} characters of markup; {longest} is the most that is read")
    openings = _Openings()
    endings = _Endings(markup)
    at = 0
    while found := _NEXT.search(markup, at):
        closes, name, end = found.groups()
        at = found.end()
        if name is None:
            at = endings.after_comment(at)
            continue
        if not end and at < len(markup):
            raise HostileMarkup(f"a tag has more than {MOST_ATTRIBUTES} attributes")
        name = name.lower()
        if closes:
            openings.close(name)
            continue
        if name in _RAW and not openings.is_foreign():
            at = endings.after_raw_text(name, at)
            continue
        openings.open(name)
        openings.refuse_a_flood()


class _Endings:
    """Finds where comments and scripts end. What never ends is read as markup: parsers differ about it."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.never: set[str] = set()

    def after_comment(self, start: int) -> int:
        if self.markup.startswith((">", "->"), start):
            return start
        return self._after("--", _COMMENT_END, start)

    def after_raw_text(self, name: str, start: int) -> int:
        return self._after(name, _RAW_ENDS[name], start)

    def _after(self, kind: str, ending: re.Pattern[str], start: int) -> int:
        """Return the end, and search only once for one that is not there: the scan stays linear."""
        if kind in self.never:
            return start
        if end := ending.search(self.markup, start):
            return end.end()
        self.never.add(kind)
        return start
