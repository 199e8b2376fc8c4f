"""Words of texts and of queries as the index compares them: folded, and cut down to what their forms share.

A word is kept twice: as it is written (folded: capitals, accents, digits and letters with two spellings do not
matter) and by its stems (the dictionary's lemma, what is left without endings, the root of a verb). Scripts that set
no space between words are kept by pairs of letters.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dateline.intake.beat_letters import UNSPACED, alike
from dateline.lib.scripts import primary
from dateline.reader.search.roots import has_roots, root
from dateline.translation.glossary.stems import endings_of, folded, keys, own_keys
from dateline.translation.names.dictionary import has_dictionary

MARKS: Final = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u00ad\u200d"
INNER: Final = "'’ʼʻ\u200c"
WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:[{INNER}][^\W_](?:[^\W_]|[{MARKS}])*)*")
_APART: Final = re.compile(f"[{INNER}]")
_RUN: Final = re.compile(f"(?:{UNSPACED.pattern})+")
_SHORTEST_PART: Final = 3
_LONGEST_WORD: Final = 60
# The words of a query that are looked for; the rest of a longer one is left out.
MOST_WORDS: Final = 8
# A word of at least so many letters may have one letter wrong, left out, too many, or two changed about.
FORGIVING_FROM: Final = 5
_LONG: Final = 6


@dataclass(frozen=True)
class Sought:
    """A word of a query. written: spellings, any of which will do; together: pairs of letters, all of which must be."""

    word: str
    written: tuple[str, ...]
    stems: tuple[str, ...]
    together: bool = False

    @property
    def forgiving(self) -> tuple[str, ...]:
        """The spellings that may have a letter wrong."""
        return () if self.together else tuple(one for one in self.written if len(one) >= FORGIVING_FROM)


def fold(word: str, language: str) -> str:
    """Return a word in the one spelling in which it is compared."""
    if word.isascii() and primary(language) not in {"az", "tr"}:
        return word.lower()
    plain = alike(folded(word, language))
    if plain.isascii():
        return plain
    return "".join(
        str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in plain
    )


def indexed(text: str, language: str) -> tuple[list[str], list[str]]:
    """Return the words of a text as they are written, and their stems, in order and with repeats."""
    written: list[str] = []
    stems: list[str] = []
    for found in WORD.finditer(text):
        spelt, cut = of_word(found.group(), language)
        written += spelt
        stems += cut
    return written, stems


@lru_cache(maxsize=200_000)
def of_word(word: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the spellings of one word of a text, and its stems."""
    word = word[:_LONGEST_WORD]
    if UNSPACED.search(word):
        return spellings(word, language), ()
    stems = dict.fromkeys(key for one in _whole_and_parts(word) for key in _stems(one, language))
    return spellings(word, language), tuple(stems)


@lru_cache(maxsize=50_000)
def spellings(word: str, language: str) -> tuple[str, ...]:
    """Return the spellings of one word of a text, without its stems, which cost more."""
    word = word[:_LONGEST_WORD]
    if UNSPACED.search(word):
        return tuple(_pairs(word, language))
    return tuple(dict.fromkeys(fold(one, language) for one in _whole_and_parts(word)))


def _whole_and_parts(word: str) -> list[str]:
    """Return a word without the signs within it, and what stands between them."""
    whole = _APART.sub("", word)
    return [whole, *(part for part in _APART.split(word) if len(part) >= _SHORTEST_PART and part != whole)]


def sought(query: str, languages: tuple[str, ...]) -> tuple[Sought, ...]:
    """Return the words of a query, as they may stand in texts of these languages; each once."""
    found: dict[str, Sought] = {}
    for match in WORD.finditer(query):
        one = _sought(match.group(), languages)
        found.setdefault(one.word, one)
    return tuple(found.values())[:MOST_WORDS]


@lru_cache(maxsize=20_000)
def _sought(word: str, languages: tuple[str, ...]) -> Sought:
    word = word[:_LONGEST_WORD]
    first = languages[0] if languages else ""
    if UNSPACED.search(word):
        return Sought(word, tuple(dict.fromkeys(_pairs(word, first))), (), together=True)
    whole = _APART.sub("", word)
    written = dict.fromkeys(fold(whole, language) for language in languages or ("",))
    stems = dict.fromkeys(key for language in languages for key in sorted(_asked_stems(word, language)))
    return Sought(fold(whole, first), tuple(written), tuple(stems))


def _asked_stems(word: str, language: str) -> set[str]:
    """Return every stem under which a word may be kept: more than a text keeps of it."""
    found: set[str] = set()
    for one in {_APART.sub("", word), *(part for part in _APART.split(word) if len(part) >= _SHORTEST_PART)}:
        found.update(_stems(one, language))
        if not endings_of(language).is_empty:
            found |= {fold(key, language) for key in keys(one, language)}
    return found


@lru_cache(maxsize=100_000)
def _stems(word: str, language: str) -> frozenset[str]:
    """Return the stems under which a text keeps a word: its lemma, the shortest without endings, its root."""
    found = set()
    if has_dictionary(language) or not endings_of(language).is_empty:
        every = keys(word, language)
        found.add(fold(min(every, key=lambda key: (len(key), key)), language))
        if has_dictionary(language):
            found |= {fold(key, language) for key in own_keys(word, language)}
    elif len(word) >= _LONG and not has_roots(language):
        small = fold(word, language)
        found.add(f"^{small[: max(4, round(len(small) * 0.65))]}")
    remnant = root(fold(word, language), language)
    return frozenset(found | ({f"~{remnant}"} if remnant else set()))


def _pairs(word: str, language: str) -> list[str]:
    """Return the pairs of letters of a run without spaces; what stands between runs as it is."""
    found, end = [], 0
    for run in _RUN.finditer(word):
        found += [fold(word[end : run.start()], language)] if run.start() > end else []
        signs = fold(run.group(), language)
        found += [signs[at : at + 2] for at in range(max(1, len(signs) - 1))]
        end = run.end()
    return found + ([fold(word[end:], language)] if end < len(word) else [])
