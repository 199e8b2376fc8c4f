"""Extracts: the stretch of a text that has most of what was asked, in parts of which some are hits. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final

from dateline.reader.search.roots import has_roots, root
from dateline.reader.search.spelling import is_near
from dateline.reader.search.words import INNER, MARKS, WORD, Sought, fold, of_word, spellings

LENGTH: Final = 240
_BEFORE: Final = 40
# So far into a text a hit is looked for, first near its beginning; where there is none that is what is shown.
_NEAR: Final = 6_000
_DEPTH: Final = 30_000
# So far verbs are looked for that begin otherwise: that has to look at each word.
_ROOTS: Final = 800
# So many letters say whether a word needs a closer look.
_TELLING: Final = 3
# Letters with accents and in several spellings: Latin, Greek, Cyrillic, Armenian, Arabic, digits among them.
_WITH_ACCENTS: Final = ((0x00C0, 0x0250), (0x0370, 0x0590), (0x0620, 0x06F0 + 10), (0x1E00, 0x2000))

# Start, end, which word of the query.
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Part:
    """A part of an extract."""

    text: str
    is_hit: bool = False


class Asked:
    """The words of a query, and which words of texts they have met so far: one for all extracts of an answer."""

    def __init__(self, words: Sequence[Sought]) -> None:
        self._words = words
        self._keys = {key: number for number, one in reversed(list(enumerate(words))) for key in _keys(one)}
        self._met: dict[tuple[str, str], int | None] = {}
        self._slipped: dict[tuple[str, str], int | None] = {}
        self._forgiving = [(number, one) for number, word in enumerate(words) for one in word.forgiving]
        self._alike: dict[frozenset[int], re.Pattern[str] | None] = {}

    def which(self, word: str, language: str) -> int | None:
        """Return the number of the query's word that has a form or a stem in common with `word`."""
        key = word, language
        if key not in self._met:
            written, stems = of_word(word, language)
            found = [self._keys[one] for one in written if one in self._keys]
            found += [self._keys[f"+{one}"] for one in stems if f"+{one}" in self._keys]
            self._met[key] = min(found, default=None)
        return self._met[key]

    def which_slipped(self, word: str, language: str) -> int | None:
        """Return the number of the query's word that is `word` but for a slip."""
        key = word, language
        if key not in self._slipped:
            written = spellings(word, language)
            self._slipped[key] = next(
                (number for number, mine in self._forgiving for theirs in written if is_near(mine, theirs)),
                None,
            )
        return self._slipped[key]

    def places(self, text: str, language: str) -> list[Place]:
        """Return where words stand that were asked for; with slips only for those that stand nowhere as they are."""
        near = self._places(text[:_NEAR], language)
        return near or (self._places(text[:_DEPTH], language) if len(text) > _NEAR else [])

    def _places(self, text: str, language: str) -> list[Place]:
        places = [*self._runs(text), *self._met_at(self._beginnings, text, language, self.which)]
        missing = frozenset(range(len(self._words))) - {which for _start, _end, which in places}
        if any(number in missing for number, _spelling in self._forgiving):
            slipped = self._met_at(self._like(missing), text, language, self.which_slipped)
            places += [place for place in slipped if place[2] in missing]
        # Last, since it looks at every word: a query with a slip has been met by now.
        if not places and has_roots(language):
            places = self._by_roots(text[:_ROOTS], language)
        return sorted(places)

    def _by_roots(self, text: str, language: str) -> list[Place]:
        """Return where verbs stand that begin otherwise than the one that was asked for."""
        found = ((one, self._keys.get(f"+~{_remnant(one.group(), language)}")) for one in WORD.finditer(text))
        return [(one.start(), one.end(), which) for one, which in found if which is not None]

    def _runs(self, text: str) -> list[Place]:
        """Return where words of a script without spaces stand, wherever in a run of letters."""
        return [
            (found.start(), found.end(), number)
            for number, one in enumerate(self._words)
            if one.together
            for found in re.finditer(re.escape(one.word), text)
        ]

    def _met_at(
        self,
        pattern: re.Pattern[str] | None,
        text: str,
        language: str,
        which: Callable[[str, str], int | None],
    ) -> list[Place]:
        if pattern is None:
            return []
        words = (WORD.match(text, found.start()) for found in pattern.finditer(text))
        met = ((one.start(), one.end(), which(one.group(), language)) for one in words if one)
        return [(start, end, number) for start, end, number in met if number is not None]

    @cached_property
    def _beginnings(self) -> re.Pattern[str] | None:
        """Finds the words that can have a key in common with one of the query: most need no closer look."""
        keys = (key.lstrip("+") for key in self._keys)
        return beginning({key[:_TELLING] for key in keys if key[:1] not in "~^"})

    def _like(self, missing: frozenset[int]) -> re.Pattern[str] | None:
        """Finds the words that begin as those of the query that were not met yet, and are about as long."""
        if missing not in self._alike:
            self._alike[missing] = alike_in_length(
                one for number, one in self._forgiving if number in missing
            )
        return self._alike[missing]


@lru_cache(maxsize=50_000)
def _remnant(word: str, language: str) -> str:
    return root(fold(word, language), language)


def beginning(parts: Collection[str]) -> re.Pattern[str] | None:
    """Return a pattern for places where a word begins with one of some folded parts; None for no parts."""
    spelt = ["".join(_spellings(sign) for sign in part) for part in sorted(parts) if part]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})", re.IGNORECASE) if spelt else None


def alike_in_length(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for words that may be one of these but for a slip within it; None for none.

    A letter may carry marks that its folded form has not: so they may be a little longer than a slip makes them.
    """
    signs = f"[\\w{MARKS}{INNER}]"
    spelt = sorted({f"{_spellings(one[0])}{signs}{{{len(one) - 2},{len(one) + 3}}}(?!\\w)" for one in words})
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})", re.IGNORECASE) if spelt else None


def _spellings(sign: str) -> str:
    return f"[{re.escape(sign + _unfolded().get(sign, ''))}]"


@cache
def _unfolded() -> dict[str, str]:
    """Return for each letter those that fold into it: é and É for e."""
    found: dict[str, str] = {}
    for first, last in _WITH_ACCENTS:
        for sign in map(chr, range(first, last)):
            plain = fold(sign, "")
            if len(plain) == 1 and plain != sign:
                found[plain] = found.get(plain, "") + sign
    return found


def extract(text: str, asked: Asked, *, language: str, length: int = LENGTH) -> tuple[Part, ...]:
    """Return the best stretch of about `length` letters; the beginning where no word of the query is in the text."""
    places = asked.places(text, language)
    start, end = _window(text, places, length)
    parts = list(_cut(text, [place for place in places if start <= place[0] and place[1] <= end], start, end))
    if start > 0:
        parts.insert(0, Part("… "))
    return (*parts, Part(" …")) if end < len(text) else tuple(parts)


def marked(text: str, asked: Asked, *, language: str) -> tuple[Part, ...]:
    """Return a whole short text, a headline, in parts."""
    return tuple(_cut(text, asked.places(text, language), 0, len(text)))


def _keys(one: Sought) -> tuple[str, ...]:
    return (*one.written, *(f"+{stem}" for stem in one.stems))


def _window(text: str, places: Sequence[Place], length: int) -> tuple[int, int]:
    """Return the stretch with most different words of the query, then most hits; cut between words."""
    if not places:
        return 0, _word_end(text, min(len(text), length))
    best, best_score = places[0][0], (0, 0)
    for number, (at, _end, _which_one) in enumerate(places):
        near = [place for place in places[number : number + 30] if place[1] <= at + length - _BEFORE]
        score = (len({which for _s, _e, which in near}), len(near))
        if score > best_score:
            best, best_score = at, score
    start = max(0, best - _BEFORE)
    if start:
        space = text.find(" ", start, best)
        start = space + 1 if space >= 0 else best
    return start, _word_end(text, min(len(text), start + length))


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, end - _BEFORE), end)
    return space if space > 0 else end


def _cut(text: str, places: Sequence[Place], start: int, end: int) -> Iterator[Part]:
    at = start
    for begins, ends, _which_one in places:
        if begins < at:  # a word of a script without spaces stands within a run that was found too
            continue
        if begins > at:
            yield Part(text[at:begins])
        yield Part(text[begins:ends], is_hit=True)
        at = ends
    if at < end:
        yield Part(text[at:end])
