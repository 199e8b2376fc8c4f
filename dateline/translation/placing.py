"""Where the marks of a sentence go in a translation that lost them: in proportion, at the borders of words."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from dateline.translation.marks import Token, check_marks, pieces, plain

# From the number of source words before a mark, and whether it opens, to the number of words before it here.
Position = Callable[[int, bool], int]

_WORD = re.compile(r"\w+(?:[-'’.,/]\w+)*")


def mended(source: str, text: str) -> str:
    """Return `text` as it is where it has every placeholder of `source` and no other, else with them put anew."""
    return place_marks(source, plain(text)) if check_marks(source, text) else text


def place_marks(source: str, text: str) -> str:
    """Return `text`, which has no placeholders, with those of `source` around the words that correspond by place.

    The order and nesting of the source is kept, none is lost; what stands at an end of the source stays there.
    """
    words, into = len(_WORD.findall(plain(source))), len(_WORD.findall(text))

    def in_proportion(count: int, _is_opening: bool) -> int:  # noqa: FBT001 - see Position
        return round(count * into / words) if words else into

    return _placed(source, text, in_proportion)


def carry_marks(marked: str, text: str) -> str:
    """Return `text`, another wording of `marked`, with the placeholders of `marked` at the same words."""
    partner = _partners(_folded(plain(marked)), _folded(text))

    def beside_the_same_word(count: int, is_opening: bool) -> int:  # noqa: FBT001 - see Position
        if is_opening:
            return partner[count] if count < len(partner) else len(_WORD.findall(text))
        return partner[count - 1] + 1 if count else 0

    return _placed(marked, text, beside_the_same_word)


def _placed(source: str, text: str, position: Position) -> str:
    head, middle, tail = _ends(list(pieces(source)))
    words = [match.span() for match in _WORD.finditer(text)]
    spots = _spots(list(_counted(middle)), position, len(words))
    inner = _inserted(text, [(token, _offset(token, spot, words, text)) for token, spot in spots])
    return f"{head}{inner}{tail}"


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _partners(words: list[str], others: list[str]) -> list[int]:
    """Return for each of `words` the place of the word of `others` that stands for it."""
    partners = []
    for _, start, end, other_start, other_end in SequenceMatcher(
        None, words, others, autojunk=False
    ).get_opcodes():
        share = (other_end - other_start) / (end - start) if end > start else 0
        partners += [
            min(other_start + int((at - start) * share), max(len(others) - 1, 0)) for at in range(start, end)
        ]
    return partners


def _ends(parts: list[str | Token]) -> tuple[str, list[str | Token], str]:
    """Return the openings that the source begins with, what is between, and the other marks that it ends with."""
    start, end = 0, len(parts)
    while start < end and _is(parts[start], opening=True):
        start += 1
    while end > start and _is(parts[end - 1], opening=False):
        end -= 1
    return "".join(map(_text, parts[:start])), parts[start:end], "".join(map(_text, parts[end:]))


def _is(part: str | Token, *, opening: bool) -> bool:
    return isinstance(part, Token) and (part.shape == "open") == opening


def _text(part: str | Token) -> str:
    return part if isinstance(part, str) else part.text


def _counted(parts: Sequence[str | Token]) -> Iterator[tuple[Token, int]]:
    """Yield each placeholder with the number of words that begin before it; inside a word, an opening goes before."""
    before = ""
    for index, part in enumerate(parts):
        if isinstance(part, str):
            before += part
            continue
        count = len(_WORD.findall(before))
        yield part, count - (part.shape == "open" and _splits_a_word(before, parts[index + 1 :]))


def _splits_a_word(before: str, rest: Sequence[str | Token]) -> bool:
    following = next((part for part in rest if isinstance(part, str)), "")
    return bool(re.search(r"\w\Z", before) and re.match(r"\w", following))


def _spots(found: list[tuple[Token, int]], position: Position, words: int) -> list[tuple[Token, int]]:
    """Return the word of the target that each placeholder stands before (opening) or after (all others)."""
    placed: list[tuple[Token, int]] = []
    begun: dict[str, int] = {}
    least = 0
    for token, count in found:
        spot = position(count, token.shape == "open")
        if token.shape == "open":
            spot = min(spot, max(words - 1, 0))
        elif token.shape == "close":
            spot = max(spot, min(begun.get(token.number, 0) + 1, words))
        least = max(least, spot)
        if token.shape == "open":
            begun[token.number] = least
        placed.append((token, least))
    return placed


def _offset(token: Token, spot: int, words: list[tuple[int, int]], text: str) -> int:
    if not words:
        return 0 if token.shape == "open" else len(text)
    if token.shape == "open":
        return words[spot][0] if spot < len(words) else words[-1][1]
    return words[spot - 1][1] if spot else 0


def _inserted(text: str, marks: list[tuple[Token, int]]) -> str:
    out, end = "", 0
    for token, offset in marks:
        start = max(offset, end)
        out += text[end:start] + token.text
        end = start
    return out + text[end:]
