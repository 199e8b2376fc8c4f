"""What may follow, or come before, a word's stem in each language: general rules, no dictionary.

Words are compared as `beat_letters.alike` leaves them, so the rules have no accents. A rule that lets a little too
much through costs less here than one that misses a case: a form is long, and the piece has other witnesses.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from dateline.lib.text import names

# A stem shorter than this stands for itself only, with what the language writes on everything.
SHORTEST: Final = 4
_COMPOUND_FROM: Final = 5

_TURKIC = (
    r"(?:l[iuy](?:[kqg])?|s[iuy]z|[cç][iuy])?(?:l[aeə]r)?(?:[iuy]?m|[iuy]?[nň]|s?[iuy]|[iuy]?m[iuy]z|[iuy]?n[iuy]z)?"
    r"(?:n?[dt][aeə](?:n|ki|gi|y)?|n?[iuy][nň]|[nygk]?[iuy]|[nygkqğ]?[aeə]|y?l[aeə]|ning|dagi|c[aeə])?(?:d[iuy]r|ki)?"
)
_KAZAKH = (
    r"(?:л[ыі][қкғг]|с[ыі]з|ш[ыі])?(?:[лдт][ае]р)?(?:[ыі]|с[ыі]|[ыі]?м|[ыі]?ң|[ыі]?н|[ыі]?м[ыі]з)?"
    r"(?:н?[дт][ае]н?|[ндт][ыі]ң|[ндт][ыі]|[ғгқк][ае]|н[ае]н?|[мбп]ен|[дт][ае]ғы|[дт][ае]гі)?"
)
_SLAVIC = (
    r"(?:ск|ськ|цьк|зьк|ическ|овск|евск|инск|н)?(?:[аяоеыиьйуюіїєъ]|[оеєі]й|[оеєиуюы]ю|[оеє][мвї]|[аяуюоеыиії]м|[аяыиії][хм]|[аяыиі]ми|"
    r"[ое]го|[ое]му|[ыиі]х|[ыиі]й|ая|яя|ое|ее|ые|ие|ої|[ії]й|і[вїйяю]|и[яиюй]|и[ея]м|иях|иями|ией|ею|ою|ові|еві|"
    r"[ъая]т|ята?|та|то|те|ите|а?ми|ах|ях|ам|ям|ів|їв|их)?"
)
_POLISH = (
    r"(?:sk|ck|ow|n)?(?:[aeiouy]|ow|ow[iaey]|em|iem|om|am[i]?|ach|iach|iami|ie|ia|iu|ego|emu|ej|iej|ym[i]?|im[i]?|ych|ich|ia?|"
    r"ovi|ech|ich|ou|uv|mi|he|ho|mu)?"
)
_SERBIAN = r"(?:sk|ov|n)?(?:[aeiou]|om|em|ima|ama|oj|og|omu|im|ih|e|ev[ai]|iju|ija|ije|iji)?"
_ROMANCE = r"(?:[aeiox]|es|s|os|as|is|ne|nes|en|ens|n|ns|le|les|ui|ului|lui|ul|a|i|ilor|lor|an[aio]s?)?"
_GERMAN = r"(?:[a-z]*)"
_NORDIC = r"(?:[a-z]{0,8})"
_ARMENIAN = (
    r"(?:ական|յան|ցի|եցի)?(?:ներ|եր)?(?:[ըն]|ի[ցսդնը]?|ին|ով|ում[ն]?|ից|ու|ուն|ուց|յի|յին|այի|այում|այից|ան|անը|ա[նյ]|ուն|ության|ությունը?|"
    r"ի[աայ]*|իայի|իայում|իան|իայից|իային)?"
)
_GEORGIAN = (
    r"(?:ელი?|ურ|ულ|იან)?(?:ებ)?(?:ი|ა|ე|ს|ის|ისა|ისას|ას|ად|ით|ითა|მა|მ|ო|ში|ზე|თან|იდან|დან|ისთვის|სთვის|თვის|ამდე|მდე|იც|აც|სა|"
    r"ისგან|სგან|გან|ისკენ|სკენ|ების|ებმა|ებს|ებში|ებზე|სი|აში|იში|აზე|სთან|ასთან|ისთან|იდანაც|შიც)?"
)
_PERSIAN = r"(?:ی|یی|های|ها|هایی|هایش|ان|انی|ای|م|ت|ش|مان|تان|شان|را|یها|یهای|یان|یانی)?"
_KURDISH = r"(?:ی|یی|ه|ان|انی|ان|ه?که|ه?کان|ه?کانی|دا|ه?وه|یک|ێک|یدا|ان?ه?وه|ییه?کان|ش|یش)?"
_ARABIC = r"(?:ی|یه|یا|یون|یین|ها|هم|ه|ات|ین|ون|ان|نا|ا)?"
_ARABIC_BEFORE = ("وال", "بال", "فال", "کال", "ال", "ولل", "لل", "و", "ب", "ل", "ف", "ک", "وب", "ول")
_HEBREW_BEFORE = ("וה", "שה", "מה", "כש", "ו", "ה", "ב", "ל", "כ", "מ", "ש", "וב", "ול")
_HEBREW = r"(?:י|ים|ית|ות|ה|יים|יות|ו|ם|יה)?"
_ENGLISH = r"(?:s|es|d|ed|ing|ings|er|ers|n|ns|an|ans|ian|ians|ese|ist|ists|ish|ive|ment|ments)?"
_HINDI = r"[\u0900-\u097f]{0,4}"
_UGRIC = r"[a-z]{0,7}"
_PLAIN = r"(?:s)?"

_ENDINGS: Final = {
    **dict.fromkeys(("tr", "az", "uz", "tk", "gag", "crh"), _TURKIC),
    **dict.fromkeys(("kk", "ky", "tt", "ba"), _KAZAKH),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk"), f"{_SLAVIC}(?:ся)?"),
    "sr": f"{_SLAVIC}|{_SERBIAN}",
    **dict.fromkeys(("hr", "bs", "sl"), _SERBIAN),
    **dict.fromkeys(("pl", "cs", "sk"), _POLISH),
    **dict.fromkeys(("fr", "es", "it", "pt", "ro", "ca", "gl"), _ROMANCE),
    "de": _GERMAN,
    **dict.fromkeys(("nl", "sv", "no", "da", "is"), _NORDIC),
    **dict.fromkeys(("hu", "fi", "et", "lv", "lt", "eu"), _UGRIC),
    "hy": _ARMENIAN,
    "ka": _GEORGIAN,
    **dict.fromkeys(("fa", "tg"), f"{_PERSIAN}|{_SLAVIC}"),
    **dict.fromkeys(("ckb", "ku"), f"{_KURDISH}|{_NORDIC}"),
    **dict.fromkeys(("ar", "ps", "ur"), _ARABIC),
    "he": _HEBREW,
    "en": _ENGLISH,
    "hi": _HINDI,
    "el": r"[\u0370-\u03ff]{0,3}",
}  # fmt: skip
_RULES: Final = {tag: re.compile(rule) for tag, rule in _ENDINGS.items()}
_OTHER: Final = re.compile(_PLAIN)
# Where words are written together or endings pile up, a short stem has only what all nouns have.
_SHORT_RULE: Final = re.compile(r"(?:s|es|en|er|e|n|t|a|k|ek|ok|et|at|nak|nek|ban|ben|ssa|sta|n)?")
_LOOSE: Final = names("de nl sv no da is hu fi et lv lt eu hi")
_SLAVIC_LOST: Final = "ийся|аяся|ееся|иеся|ый|ий|ой|ая|яя|ое|ее|ия|ія|ие|[аяоеыиьйуюіїє]"
# What falls away from the end of a basic form before an ending comes.
_LOST: Final = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "sr"), re.compile(rf"(?:{_SLAVIC_LOST})$")),
    **dict.fromkeys(("pl", "cs", "sk", "hr", "bs", "sl"), re.compile(r"[aeiouy]$")),
    **dict.fromkeys(("es", "it", "pt", "ro", "ca", "gl"), re.compile(r"[aeio]$")),
    "hy": re.compile(r"(?:իա|[աի])$"),
    "ka": re.compile(r"[აეი]$"),
    "el": re.compile(r"(?:ος|η|α|ο|ας|ης|οσ|ασ|ησ)$"),
    "hu": re.compile(r"a$"),
}  # fmt: skip
# The last consonant of a stem turns soft before a vowel.
_SOFT: Final = {"p": "b", "c": "c", "t": "d", "k": "g", "q": "g", "қ": "ғ", "к": "г", "п": "б"}
_SOFTENS: Final = names("tr az uz tk kk ky")
_COMPOUNDS: Final = names("de nl sv no da")
_BEFORE: Final = {"ar": _ARABIC_BEFORE, "he": _HEBREW_BEFORE, "ckb": (), "fa": ()}
_ARTICLE: Final = re.compile("^ال(?=.{3})")
_FLEETING: Final = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[еоі](?=[бвгджзклмнпрстфхцчшщ]$)")


def stems(word: str, language: str) -> frozenset[str]:
    """Return the stems of a basic form, as endings are put to them; `word` itself is one."""
    if language == "ar":
        word = _ARTICLE.sub("", word)
    found = {word}
    lost = _LOST.get(language)
    if lost and len(word) >= SHORTEST:
        shorter = lost.sub("", word)
        if len(shorter) >= SHORTEST - 1:
            found.add(shorter)
    if language in _SOFTENS and len(word) >= SHORTEST and word[-1] in _SOFT:
        found.add(word[:-1] + _SOFT[word[-1]])
    if language in {"ru", "uk", "be"} and len(word) > SHORTEST:
        found.add(_FLEETING.sub("", word))
    return frozenset(found)


@lru_cache(maxsize=50_000)
def is_ending(rest: str, language: str) -> bool:
    """Whether a word of that language may go on so after its stem."""
    return not rest or _RULES.get(language, _OTHER).fullmatch(rest) is not None


def may_follow(rest: str, language: str, *, stem: str) -> bool:
    """Whether `stem` and `rest` can be one word of that language: a short stem allows less."""
    if language in _LOOSE and len(stem) < _COMPOUND_FROM:
        return _SHORT_RULE.fullmatch(rest) is not None
    return is_ending(rest, language)


def is_open(stem: str, language: str) -> bool:
    """Whether a stem of few letters takes the endings of its language, as in scripts and languages of short roots."""
    return stem.isalpha() and (not stem.isascii() or (language in _SOFTENS and len(stem) == SHORTEST - 1))


def starts(word: str, language: str) -> Iterator[str]:
    """Yield a word of a text, and what is left of it without the small words that its language writes on before it."""
    yield word
    for before in _BEFORE.get(language, ()):
        if word.startswith(before) and len(word) - len(before) >= SHORTEST - 1:
            yield word[len(before) :]


def makes_compounds(language: str) -> bool:
    """Whether words of the language are written together."""
    return language in _COMPOUNDS


def may_compound(stem: str) -> bool:
    """Whether a stem is long enough to be told within another word."""
    return len(stem) >= _COMPOUND_FROM
