"""Roots of verbs, for search alone: what is left of a form without what its language puts before and behind.

A dictionary of lemmas and the endings of nouns are in `translation.glossary.stems`. Verbs change more than they tell:
here both the form of a text and the form of a query are cut down to the same remnant, which need be no word. Two
verbs may share one; search weighs such a meeting least. Tables by language, made from school grammars.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from dateline.lib.scripts import primary

_SHORTEST: Final = 2
# Turkic verbs of two letters end in a consonant but for two of them: al, et, ol. What stands between words does not.
_SHORT: Final = frozenset({"az", "tr"})
_CLOSED: Final = re.compile(r"[aeəıioöuü][^aeəıioöuü]")

# Negation, then tense, mood or verbal noun, then what was (with or without a copula), plural, person, case or "is".
_AZ: Final = re.compile(
    r"(.{2,}?)y?(?:m[aəiıuü]?y?)?(?:(?:m[aə](?:[qkğygx])|m[aə](?=s|y|n|l|d)|d[ıiuü][qğkygx]|m[ıiuü][şs]|"
    r"[ae]?[aə]?c[aə][qkğygx]|[ıiuü][br]|[aə]r[aə][qk]|m[aə]l[ıi]|d[ıiuü]|t[ıiuü]|s[aə]|s[ıiuü]n|[aə]n|[aə]r|"
    r"[ıiuü]m|[ıiuü]n(?:[ıiuü]z)?|r|n|b|m[aə]z|[aə])"
    r"(?:[iy]?d[ıiuü]r?|[iy]?m[ıiuü][şs]|[iy]?s[aə])?)(?:l[aə]r)?"
    r"(?:[ıiuü]?m|[aə]m|s?[aə]n|[ıiuü]?[qk]|s?[ıiuü]z|s?[ıiuü]n[ıiuü]?z|s?[ıiuü]?n|s?[ıiuü])?"
    r"(?:n?[ıiuüaə]|n?d[aə]n?|n?[ıiuü]n|d[ıiuü]r|ca|cə|k[əi]n)?"
)
_TR: Final = re.compile(
    r"(.{2,}?)y?(?:m[aeıiuü]?)?(?:(?:m[ae]k|m[ae](?=s|y|n)|[dt][ıiuü][kğ]|m[ıiuü]ş|[ae]c[ae][kğ]|[ıiuü]yor|yor|[ıiuü][pr]|"
    r"[ae]r[ae]k|m[ae]l[ıi]|[dt][ıiuü]|s[ae]|[ae]n|[ae]r|m[ae])"
    r"(?:[dt][ıiuü]r?|m[ıiuü]ş|s[ae])?)(?:l[ae]r)?"
    r"(?:[ıiuü]?m|s[ıiuü]n|[ıiuü]?k|[ıiuü]z|s?[ıiuü]n[ıiuü]z|[ıiuü]?n|s?[ıiuü])?"
    r"(?:n?[ıiuüae]|n?d[ae]n?|n?[ıiuü]n|d[ıiuü]r)?"
)
_FA: Final = re.compile(
    r"(?:ن?می|همی|ب|ن|بی)?(.{2,}?)"
    r"(?:هایی?|ها|انید|اند|انده|ید|یده|ه)?"
    r"(?:ن|نده|گان|گی|ه?ام|ه?ای|ه?است|ه?ایم|ه?اید|ه?اند|م|ی|د|یم|ید|ند|ترین|تری|تر)?"
)
_AR: Final = re.compile(
    r"(?:و|ف)?(?:ال|بال|کال|لل|ل|ب|ی|ت|ن|سی|ست)?(.{3,}?)(?:ات|ون|ین|ان|ها|هم|هن|کم|نا|وا|ته|تها|یه|ت|ه|ی|ا)?"
)
_HY: Final = re.compile(
    r"(?:չ|կ|ամենա)?(.{2,}?)(?:եցր|ացր|ցր|եց|աց|ե?ցն|ացն|ն|ց|չ)?վ?"
    r"(?:ել|ալ|ում|ած|ող|եց|եցին|եցի|եցինք|աց|ացին|ացի|եր|ի|իս|իր|ին|ենք|եք|են|ան|ա|ե|եմ|ես|ամ|աս|եի|եիր|եին|եինք|ելու|ալու|"
    r"ելիս|ալիս|իր|ելով|ալով|ելուց|ելի|ու|ածի|ածը|ողը|ողի|ողները|ողների|վածք|ածները|ածների|ելը|ելն|ելու|ելուն|մ?ան|ումը|ումն|ումով|ումի|ումից|"
    r"ությունը?|ությունների?|ության)(?:ը|ն)?"
)
_KA_BEFORE: Final = re.compile(
    r"(?:გარდა|გადმო|გადა|გამო|დამო|შემო|ჩამო|წამო|აღმო|მიმო|ამო|და|გა|შე|ჩა|წა|აღ|მო|მი|ა)?(?:მო)?(?:გვ|ვ|გ|მ|ს|ჰ)?(?:ა|ე|ი|უ)?"
)
_KA_BEHIND: Final = re.compile(
    r"(?:ებულ|ილ|ულ|ებ|ობ|ავ|ამ|ემ|ევ|ოფ|ინ|ენ|ევინ|ან|ნ)?(?:ებ|ობ)?(?:ოდ|დ)?"
    r"(?:ნენ|ნდ[აე]?ნ?|ათ|ეთ|იათ|იან|ენ|ნ|ეს|ის|ას|ს|ა|ე|ო|ი|თ|ია|იყო|ულია|ისთვის|ისას?|ით|მა|ად|ში|ზე)?"
)
_KA_VOWELS: Final = str.maketrans("", "", "აეიოუ")


def root(word: str, language: str) -> str:
    """Return the remnant of a folded word, "" where its language has no table or too little is left."""
    code = primary(language)
    cut = _CUTS.get(code)
    if cut is None or len(word) > _SHORTEST:
        return cut(word) if cut else ""
    return cut(word) if code in _SHORT and _CLOSED.fullmatch(word) else ""


def has_roots(language: str) -> bool:
    """Is there a table for a language?"""
    return primary(language) in _CUTS


def _by(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def cut(word: str) -> str:
        found = pattern.fullmatch(word)
        return found.group(1) if found else word

    return cut


def _azerbaijani(word: str) -> str:
    """Return the root of an Azerbaijani verb: its last open vowel goes before another one, its last t grows soft."""
    found = _AZ.fullmatch(word)
    rest = found.group(1) if found else word
    rest = rest[:-1] if len(rest) > _SHORTEST and rest[-1] in "aə" else rest
    return rest[:-1] + "t" if rest[-1] == "d" else rest


def _georgian(word: str) -> str:
    """Return the consonants of a Georgian root: its vowels come and go."""
    rest = word[_KA_BEFORE.match(word).end() :]  # type: ignore[union-attr]  # it matches nothing too
    for start in range(min(2, len(rest)), len(rest) + 1):
        if _KA_BEHIND.fullmatch(rest, start):
            rest = rest[:start]
            break
    bare = rest.translate(_KA_VOWELS)
    return bare if len(bare) >= _SHORTEST else ""


_CUTS: Final[Mapping[str, Callable[[str], str]]] = {
    "ar": _by(_AR),
    "az": _azerbaijani,
    "tr": _by(_TR),
    "fa": _by(_FA),
    "hy": _by(_HY),
    "ka": _georgian,
}
