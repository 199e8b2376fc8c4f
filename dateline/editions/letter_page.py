"""A letter as it is read: what its page in the mail and its plain text show. Pure.

`LetterPage` is plain data; the template makes HTML of it, `plain` makes text of equal worth.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import mrml

from dateline.lib.text import cut

# What a letter may weigh as it is sent. Larger ones are cut off by some readers' programs.
MOST_BYTES: Final = 60 * 1024
_SHORT: Final = 140
_FEW: Final = 12


@dataclass(frozen=True, kw_only=True)
class LetterPicture:
    """A picture on our own site. src is absolute."""

    src: str
    alt: str
    width: int
    height: int
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterItem:
    """A piece. label: its kind and where it comes from, as one line. href is absolute."""

    uid: str
    headline: str
    href: str
    label: str
    credit: str = ""
    standfirst: str = ""
    kicker: str = ""
    byline: str = ""
    note: str = ""
    language: str = ""
    direction: str = "ltr"
    picture: LetterPicture | None = None


@dataclass(frozen=True, kw_only=True)
class LetterPart:
    """A slot of the edition."""

    name: str
    items: tuple[LetterItem, ...]


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """The standing words of a letter, in its language."""

    read_on_site: str
    why: str
    change: str
    stop: str
    corrections: str
    more: str
    picture: str


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """A letter. said: of a correction, what is right. stop and manage: the slots of a reader's own addresses."""

    language: str
    direction: str
    subject: str
    preheader: str
    site_name: str
    home: str
    title: str
    line: str
    foreword: tuple[str, ...]
    parts: tuple[LetterPart, ...]
    archive: str
    stop: str
    manage: str
    words: LetterWords
    said: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def items(self) -> tuple[LetterItem, ...]:
        """All pieces, in order."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def start(self) -> str:
        """The side at which its lines begin, as mail programs want it said."""
        return "right" if self.direction == "rtl" else "left"


def html_of(mjml: str) -> str:
    """Return the HTML of a letter written in MJML: tables and styles that every mail program knows.

    Nothing is fetched, no font is asked for. What MJML calls an article is the page's main part to those who hear it.
    """
    made = mrml.to_html(
        _numbered(mjml),
        mrml.ParserOptions(include_loader=mrml.noop_loader()),
        mrml.RenderOptions(disable_comments=True, fonts={}),
    )
    return str(made.content).replace('role="article"', 'role="main"', 1)


_ATTRIBUTE: Final = re.compile(r'="[^"<>]*"')
_PLAIN_BLANKS: Final = frozenset(" \t\n\r")


def _numbered(mjml: str) -> str:
    r"""Write by number what mrml would write as Rust shows it in an attribute: "\u{200c}" in an alternative text.

    These are marks that join, part and order letters (Persian and Hindi have them in every sentence), and in
    attributes backslashes and breaks of lines.
    """
    apart = "".join(f"&#{ord(letter)};" if _is_escaped(letter) else letter for letter in mjml)
    return _ATTRIBUTE.sub(lambda value: re.sub(r"[\\\n\t\r]", lambda it: f"&#{ord(it[0])};", value[0]), apart)


def _is_escaped(letter: str) -> bool:
    if letter.isascii():
        return False
    return letter not in _PLAIN_BLANKS and unicodedata.category(letter)[0] in "MZC"


def shorter(page: LetterPage, *, step: int) -> LetterPage:
    """Return a letter that weighs less. step: 1 short standfirsts, 2 none, no pictures, 3 fewer pieces."""
    cuts = [_briefer, _bare, _fewer][: max(0, step)]
    for cut_down in cuts:
        page = cut_down(page)
    return page


LAST_STEP: Final = 3


def plain(page: LetterPage) -> str:
    """Return the letter as plain text, for those who read it so: the same pieces, credits and addresses."""
    lines = [page.site_name, page.title, page.line, ""]
    lines += _spaced(page.said) + _spaced(page.foreword)
    for part in page.parts:
        lines += [part.name, "-" * max(3, min(40, len(part.name))), ""]
        for item in part.items:
            lines += [*_item_lines(item), ""]
    if page.late:
        lines += [page.words.corrections, *(f"* {one}" for one in page.late), ""]
    if page.is_cut:
        lines += [page.words.more, page.archive, ""]
    lines += ["--", page.words.read_on_site, page.archive, "", page.words.why]
    lines += [page.words.change, page.manage, page.words.stop, page.stop, "", *page.footer]
    return "\n".join(lines).rstrip() + "\n"


def _item_lines(item: LetterItem) -> list[str]:
    told = [
        f"{item.kicker}: {item.headline}" if item.kicker else item.headline,
        item.label,
        item.byline,
        item.note,
        item.standfirst,
        item.credit,
        f"[{item.picture.alt}]" if item.picture and item.picture.alt else "",
        item.href,
    ]
    return [line for line in told if line]


def _spaced(paragraphs: Sequence[str]) -> list[str]:
    return [line for paragraph in paragraphs for line in (paragraph, "")]


def _briefer(page: LetterPage) -> LetterPage:
    return _each(
        page, lambda item: replace(item, standfirst=cut(item.standfirst, _SHORT), note=cut(item.note, 300))
    )


def _bare(page: LetterPage) -> LetterPage:
    page = _each(page, lambda item: replace(item, standfirst="", note=cut(item.note, _SHORT), picture=None))
    foreword = page.foreword[:3]
    return replace(
        page,
        foreword=tuple(cut(one, 600) for one in foreword),
        late=tuple(cut(one, _SHORT) for one in page.late[:5]),
        is_cut=len(foreword) < len(page.foreword),
    )


def _fewer(page: LetterPage) -> LetterPage:
    left, parts = _FEW, []
    for part in page.parts:
        if left:
            parts.append(replace(part, items=part.items[:left]))
            left -= len(parts[-1].items)
    page = replace(page, parts=tuple(parts), is_cut=True, said=tuple(cut(one, 2000) for one in page.said[:4]))
    return _each(
        page,
        lambda item: replace(
            item, headline=cut(item.headline, 160), credit=cut(item.credit, 160), label=cut(item.label, 160)
        ),
    )


def _each(page: LetterPage, change: Callable[[LetterItem], LetterItem]) -> LetterPage:
    return replace(
        page,
        parts=tuple(replace(part, items=tuple(change(item) for item in part.items)) for part in page.parts),
    )
