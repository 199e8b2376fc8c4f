"""Witnesses that two pieces are about one event: names, rare words and numbers, alike across scripts.

A word is reduced to the skeleton of its consonants in Latin letters, so that Путин, Putin and Պուտին meet; vowels,
endings and doubled letters are what spellings differ in.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

# Consonants only: what is not here and not Latin falls away with the vowels. An x is any of sh, ch.
_LATIN: Final = {
    "б": "b", "в": "v", "г": "g", "ґ": "g", "ғ": "g", "д": "d", "ж": "j", "з": "z", "й": "", "к": "k", "қ": "k",
    "л": "l", "м": "m", "н": "n", "ң": "n", "п": "p", "р": "r", "с": "s", "т": "t", "ф": "f", "х": "h", "һ": "h",
    "ц": "s", "ч": "x", "ш": "x", "щ": "x", "ђ": "j", "ј": "", "љ": "l", "њ": "n", "ћ": "x", "џ": "j",
    "բ": "b", "գ": "g", "դ": "d", "զ": "z", "թ": "t", "ժ": "j", "լ": "l", "խ": "h", "ծ": "s", "կ": "k", "հ": "h",
    "ձ": "z", "ղ": "g", "ճ": "x", "մ": "m", "յ": "", "ն": "n", "շ": "x", "չ": "x", "պ": "p", "ջ": "j", "ռ": "r",
    "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "s", "փ": "p", "ք": "k", "ֆ": "f",
    "ბ": "b", "გ": "g", "დ": "d", "ვ": "v", "ზ": "z", "თ": "t", "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "პ": "p",
    "ჟ": "j", "რ": "r", "ს": "s", "ტ": "t", "ფ": "f", "ქ": "k", "ღ": "g", "ყ": "k", "შ": "x", "ჩ": "x", "ც": "s",
    "ძ": "z", "წ": "s", "ჭ": "x", "ხ": "h", "ჯ": "j", "ჰ": "h",
    "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "x", "ح": "h", "خ": "h", "د": "d", "ذ": "z", "ر": "r",
    "ز": "z", "ژ": "j", "س": "s", "ش": "x", "ص": "s", "ض": "z", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ڤ": "v",
    "ق": "k", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ه": "h", "ھ": "h", "ڕ": "r",
    "ב": "b", "ג": "g", "ד": "d", "ז": "z", "ח": "h", "ט": "t", "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m",
    "נ": "n", "ן": "n", "ס": "s", "פ": "p", "ף": "p", "צ": "s", "ץ": "s", "ק": "k", "ר": "r", "ש": "x", "ת": "t",
    "β": "v", "γ": "g", "δ": "d", "ζ": "z", "θ": "t", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "ks", "π": "p",
    "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "φ": "f", "χ": "h", "ψ": "ps",
    "ç": "x", "ş": "x", "š": "x", "č": "x", "ć": "x", "ž": "j", "ğ": "g", "đ": "d", "ł": "l", "ß": "s",
    "q": "k", "w": "v", "x": "ks",
}  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]")
_FOREIGN = re.compile(r"[^a-z]")
_TWICE = re.compile(r"(.)\1+")
_PAIRS = (
    ("sch", "x"),
    ("sh", "x"),
    ("ch", "x"),
    ("kh", "h"),
    ("zh", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
)
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_LONGEST = 5
_FEWEST_CONSONANTS = 3
_FEWEST_DIGITS = 2
_SHORTEST = 4
_READ = 1_200
# A number with the word after it: what is counted, and how many.
_COUNTED = re.compile(r"(\d+(?:[.,:]\d+)*)\s+([^\W\d_]{3,})")
_COUNTED_READ = 200
_THING = 5
_STEM = 6


@dataclass(frozen=True)
class Said:
    """What in a piece could bear witness.

    words: skeletons and numbers of headline and text, each with a word that it stands for. headline: those of the
    headline alone. stems: beginnings of the words of headline and text, to compare within one language.
    counted: for each thing that its first lines count, the numbers ("11" of November, "8" of May).
    """

    words: dict[str, str]
    headline: frozenset[str]
    stems: frozenset[str]
    counted: dict[str, frozenset[str]]


def said(title: str, text: str = "") -> Said:
    """Return what in a piece could bear witness."""
    return Said(
        words=witnesses(title, text),
        headline=frozenset(witnesses(title)),
        stems=frozenset(_stem(word) for word in _WORD.findall(f"{title}\n{text[:_READ]}") if len(word) > 1),
        counted=_counted(f"{title} {text[:_COUNTED_READ]}"),
    )


def _stem(word: str) -> str:
    return f"~{word.lower()[:_STEM]}"


def _counted(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number, thing in _COUNTED.findall(text):
        found[thing.lower()[:_THING]].add(number)
    return {thing: frozenset(numbers) for thing, numbers in found.items()}


def witnesses(title: str, text: str = "") -> dict[str, str]:
    """Return what in a piece could bear witness: skeletons and numbers, each with a word that it stands for."""
    found: dict[str, str] = {}
    for word in _WORD.findall(f"{title}\n{text[:_READ]}"):
        if key := _key(word):
            found.setdefault(key, word)
    return found


def _key(word: str) -> str:
    if word[0].isdigit():
        digits = "".join(str(unicodedata.digit(sign)) for sign in word if sign.isdigit())
        return f"#{digits}" if len(digits) >= _FEWEST_DIGITS else ""
    if len(word) < _SHORTEST and not word.isupper():
        return ""
    bones = skeleton(word)
    return bones if len(bones) >= _FEWEST_CONSONANTS else f"={word.lower()[:6]}"


def skeleton(word: str) -> str:
    """Return the consonants of `word` in Latin letters, at most five, none doubled; empty where it has none."""
    romanised = "".join(_LATIN.get(sign, sign) for sign in word.lower())
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", romanised) if not unicodedata.combining(sign)
    )
    for written, sound in _PAIRS:
        plain = plain.replace(written, sound)
    plain = plain.replace("c", "k")
    return _TWICE.sub(r"\1", _FOREIGN.sub("", _VOWELS.sub("", plain)))[:_LONGEST]
