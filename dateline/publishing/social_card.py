"""The picture that stands for a piece where it is linked: headline, kind and outlet in our own letters. Pure.

Letters come from the subsets that our pages use; a text with a letter that none of them has gets no card.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

from PIL import Image, ImageColor, ImageDraw, ImageFont

WIDTH, HEIGHT, EDGE = 1200, 630, 72
PAPER, INK, QUIET = "#ffffff", "#15181b", "#50575d"
MARKS: Final = {
    "exclusive": "#a8141c", "translation": "#0a5474", "reprint": "#5d4a00", "excerpt": "#5d4a00",
    "press-review": "#0a5474",
}  # fmt: skip
# The first file that has a letter draws it.
_RANGES: Final = (
    ("serif-ext", ((0x100, 0x151), (0x154, 0x17F), (0x18F, 0x18F), (0x218, 0x21B), (0x259, 0x259), (0x20BC, 0x20BC))),
    ("serif-lat", ((0x21, 0x7E), (0xA1, 0xFF), (0x152, 0x153), (0x2010, 0x2026), (0x2039, 0x203A), (0x20AC, 0x20AC))),
    ("serif-cyr", ((0x400, 0x45F), (0x490, 0x491), (0x4B0, 0x4B1), (0x2116, 0x2116))),
    ("armenian", ((0x531, 0x58A),)),
    ("georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))),
    ("hebrew", ((0x590, 0x5F4),)),
    ("naskh", ((0x600, 0x6FF), (0x200C, 0x200D))),
)  # fmt: skip
FONTS: Final = tuple(name for name, _ranges in _RANGES)
_SIZES: Final = (84, 72, 62, 54, 46)
_MOST_LINES: Final = 4
_SPACE: Final = 0.26

# How much of a colour covers the paper at a place; the label stands in a strip in which no other colour is.
_BARE, _FULL, _STEPS = 0, 255, 8
_STRIP: Final = (0, 84, WIDTH, 140)

Way = Literal["ltr", "rtl"]


class NoLetters(ValueError):
    """A text has a letter that none of our fonts has."""


@dataclass(frozen=True)
class Told:
    """What a card says. kind: the machine word; label: kind and outlet as readers say them."""

    kind: str
    label: str
    headline: str
    site: str
    direction: Way = "ltr"


@dataclass(frozen=True)
class _Case:
    """The letters at one size and weight."""

    fonts: Mapping[str, bytes]
    size: int
    weight: int

    def font(self, name: str) -> ImageFont.FreeTypeFont:
        return _font(self.fonts[name], self.size, self.weight)

    def width(self, word: str, way: Way) -> float:
        return sum(self.font(name).getlength(text, direction=way) for name, text in _runs(word))


@lru_cache(maxsize=64)
def _font(data: bytes, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.RAQM)
    font.set_variation_by_axes([weight])
    return font


def draw_card(told: Told, *, fonts: Mapping[str, bytes]) -> bytes:
    """Return a PNG of 1200 × 630. fonts: the files that FONTS names. Raises NoLetters."""
    ink, mark = Image.new("L", (WIDTH, HEIGHT), _BARE), Image.new("L", (WIDTH, HEIGHT), _BARE)
    pen = ImageDraw.Draw(ink)
    pen.rectangle((EDGE, EDGE - 12, WIDTH - EDGE, EDGE - 9), fill=_FULL)
    pen.rectangle((EDGE, EDGE - 5, WIDTH - EDGE, EDGE - 4), fill=_FULL)
    _label(ImageDraw.Draw(mark), told, _Case(fonts, 34, 600))
    case, lines = _fitted(told, fonts)
    for number, line in enumerate(lines):
        _line(pen, line, case, top=168 + number * round(case.size * 1.18), way=told.direction)
    _line(pen, told.site.split(), _Case(fonts, 36, 700), top=HEIGHT - 104, way=told.direction, indent=52)
    _mark(pen, "translation", top=HEIGHT - 92, side=34, way=told.direction)
    out = io.BytesIO()
    _printed(ink, mark, MARKS.get(told.kind, INK)).save(out, "PNG")
    return out.getvalue()


def _printed(ink: Image.Image, mark: Image.Image, colour: str) -> Image.Image:
    """Return both layers in one picture of few colours: how much of each colour covers the paper, in steps."""
    steps = [round(cover / _FULL * (_STEPS - 1)) for cover in range(_FULL + 1)]
    picture = ink.point(steps)
    picture.paste(mark.crop(_STRIP).point([_STEPS + step for step in steps]), _STRIP[:2])
    picture.putpalette(
        [part for one in (INK, colour) for step in range(_STEPS) for part in _shade(one, step)]
    )
    return picture


def _shade(colour: str, step: int) -> list[int]:
    full, bare = ImageColor.getrgb(colour), ImageColor.getrgb(PAPER)
    return [
        round(under + (over - under) * step / (_STEPS - 1))
        for over, under in zip(full[:3], bare[:3], strict=True)
    ]


def has_letters(told: Told) -> bool:
    """Tell whether our fonts have all that a card would say."""
    try:
        for word in f"{told.label} {told.headline} {told.site}".split():
            _runs(word)
    except NoLetters:
        return False
    return True


def _label(pen: ImageDraw.ImageDraw, told: Told, case: _Case) -> None:
    _mark(pen, told.kind, top=100, side=26, way=told.direction)
    room = WIDTH - 2 * EDGE - 44
    words = told.label.split()
    while len(words) > 1 and _long(words, case, told.direction) > room:
        words.pop()
    _line(pen, words, case, top=88, way=told.direction, indent=44)


def _mark(pen: ImageDraw.ImageDraw, kind: str, *, top: int, side: int, way: Way) -> None:
    """Draw the shape of a kind: full, half or empty."""
    left = EDGE if way == "ltr" else WIDTH - EDGE - side
    pen.rectangle((left, top, left + side, top + side), outline=_FULL, width=4)
    half = left if way == "ltr" else left + side // 2
    full = {"exclusive": (left, left + side), "translation": (half, half + side // 2)}.get(kind)
    if full:
        pen.rectangle((full[0], top, full[1], top + side), fill=_FULL)


def _fitted(told: Told, fonts: Mapping[str, bytes]) -> tuple[_Case, list[list[str]]]:
    """Return the largest letters in which the headline stands in four lines; cut where none does."""
    lines: list[list[str]] = []
    case = _Case(fonts, _SIZES[-1], 650)
    for size in _SIZES:
        case = _Case(fonts, size, 650)
        lines = _broken(told.headline.split(), case, told.direction)
        if len(lines) * size * 1.18 < HEIGHT - 168 - 120 and len(lines) <= _MOST_LINES:
            return case, lines
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], [*lines[_MOST_LINES - 1][:-1], "…"]]
    return case, lines


def _broken(words: Sequence[str], case: _Case, way: Way) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for word in words:
        if lines[-1] and _long([*lines[-1], word], case, way) > WIDTH - 2 * EDGE:
            lines.append([])
        lines[-1].append(word)
    return lines


def _long(words: Sequence[str], case: _Case, way: Way) -> float:
    return sum(case.width(word, way) for word in words) + (len(words) - 1) * case.size * _SPACE


def _line(
    pen: ImageDraw.ImageDraw,
    words: Sequence[str],
    case: _Case,
    *,
    top: int,
    way: Way,
    indent: int = 0,
) -> None:
    """Set words from the side on which the script begins."""
    at = float(EDGE + indent)
    for word in words:
        for name, text in _runs(word):
            font = case.font(name)
            long = font.getlength(text, direction=way)
            left = at if way == "ltr" else WIDTH - at - long
            # One foot line for all fonts, whatever their own heights.
            pen.text((left, top + case.size), text, font=font, fill=_FULL, direction=way, anchor="ls")
            at += long
        at += case.size * _SPACE


def _runs(word: str) -> list[tuple[str, str]]:
    """Return the parts of a word, each with the font that draws it."""
    return [(name, "".join(letters)) for name, letters in groupby(word, key=_font_of)]


@lru_cache(maxsize=2048)
def _font_of(letter: str) -> str:
    code = ord(letter)
    for name, ranges in _RANGES:
        if any(first <= code <= last for first, last in ranges):
            return name
    raise NoLetters(f"None of our fonts has U+{code:04X}.")
