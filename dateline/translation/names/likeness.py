"""Whether a word is another spelling of a name, in the same script or in another one.

Names are compared by the classes of their consonants, which survive transliteration, and by their letters.
Source: the idea of Soundex (Russell 1918), with classes for what Arabic, Cyrillic and the Caucasus do to sounds.
"""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"^kn|^gn", "n"),
        (r"(?<=[aeiou])gh(?=t|l|$|n)|(?<=eau)(?:x|lt|d)$|(?<=[ou])(?:ll)?y$", ""),
        (r"dzh|dsch|tsch|tch|sch|sh|ch|zh|ts|tz|cz|dz|dj|sz|j|c(?=[eiy])", "s"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gn", "n"),
        (r"kh|gh|ck|qu|[cgkq]", "k"),
        (r"x", "ks"),
        (r"[bp]", "b"),
        (r"[td]", "t"),
        (r"[sz]", "s"),
        (r"[fv]", "f"),
        (r"[aeiouyh]", ""),
        (r"(.)\1+", r"\1"),
    )
)
# W as a vowel, G before E and I as in Gerry, H that is written with a G in Cyrillic.
_VARIANTS: Final = {
    "v": (re.compile("w"), ""),
    "g": (re.compile("g(?=[ei])"), "j"),
    "h": (re.compile("(?<![csktpgzd])h(?=[aeiou])"), "g"),
}
_ABJAD: Final = re.compile("[\u0590-\u07ff]")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")
_PREFIX: Final = re.compile("^[وفبلك]?(?:ال|لل)?")
_ENOUGH: Final = 74
_ENOUGH_LETTERS: Final = 36
_SAME_START: Final = 4
_ENOUGH_PLAIN: Final = 70
_SHORT: Final = 2


@lru_cache(maxsize=20_000)
def letters(name: str) -> str:
    """Return a name in plain Latin letters."""
    return re.sub(r"[^a-z]", "", anyascii(name).lower())


@lru_cache(maxsize=50_000)
def sounds(name: str, variant: str = "") -> str:
    """Return the classes of a name's consonants, in order. variant: a letter that is heard otherwise here."""
    heard = anyascii(name).lower()
    for letter, (pattern, sound) in _VARIANTS.items():
        heard = pattern.sub(sound if letter == variant else letter, heard)
    for pattern, sound in _SOUNDS:
        heard = pattern.sub(sound, heard)
    return heard


def is_like(name: str, word: str) -> bool:
    """True where `word` may be `name` in another spelling, with an ending, or transliterated."""
    ours, theirs = letters(name), letters(word)
    if not ours or not theirs:
        return False
    if _ABJAD.search(name) or _ABJAD.search(word):
        return _is_like_in_abjad(name, word)
    start = min(len(ours), max(_SAME_START, len(ours) - 2))
    if ours[:start] == theirs[:start] or ratio(ours, theirs) >= _ENOUGH_PLAIN:
        return True
    if word[0].islower() or (len(sounds(name)) < _SHORT and _LATIN.match(name) and _LATIN.match(word)):
        return False
    return _sounds_alike(name, word) and ratio(ours, theirs) >= _ENOUGH_LETTERS


def _is_like_in_abjad(name: str, word: str) -> bool:
    """Compare consonants alone, with and without what Arabic writes in front of a word."""
    spelt = {(one, other) for one in (name, _PREFIX.sub("", name)) for other in (word, _PREFIX.sub("", word))}
    if len(sounds(name, "v")) < _SHORT:
        return True
    return any(_sounds_alike(one, other) for one, other in spelt)


def _sounds_alike(name: str, word: str) -> bool:
    heard = {sounds(name, variant) for variant in ("", *_VARIANTS)}
    return any(_is_near(ours, theirs) for ours in heard for theirs in {sounds(word), sounds(word, "v")})


def _is_near(ours: str, theirs: str) -> bool:
    if len(ours) < _SHORT:
        return bool(ours) and theirs[: len(ours) + 1].startswith(ours)
    # Endings of the word are no part of the name.
    shorter = ratio(ours, theirs[: len(ours)]) if len(ours) > _SHORT else 0
    return max(ratio(ours, theirs), shorter) >= _ENOUGH
