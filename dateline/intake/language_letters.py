"""Letters as witnesses: an alphabet that lacks a letter speaks against its language.

The statistics of a short headline are thin, and its letters are often worth more: Macedonian has no щ, Turkish no
ə, Persian no ي. A foreign name may bring a letter with it, so none of them decides alone.
"""

from dateline.lib.text import names

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# The letters of each alphabet in a script. A letter that one of them has counts against those without it.
_CYRILLIC = {
    "ru": _RUSSIAN,
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "kk": _RUSSIAN + "әғқңөұүһі",
    "ky": _RUSSIAN + "ңөү",
    "mn": _RUSSIAN + "өү",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "uz": "абвгғдеёжзийкқлмнопрстуўфхҳцчшъьэюя",
}
_COMMON_ARABIC = "ابتجحخدرزسشعغفقلمنهوئء"
_ARABIC = {
    "ar": _COMMON_ARABIC + "ثذصضطظكيةىأإآؤ",
    "fa": _COMMON_ARABIC + "ثذصضطظکیپچژگآأؤ",
    "ckb": _COMMON_ARABIC + "کیپچژگڕڵۆێەڤھ",
    "ur": _COMMON_ARABIC + "ثذصضطظکیپچژگآأؤٹڈڑںےہھۓ",
    "ps": _COMMON_ARABIC + "ثذصضطظکیيپچژآأؤټډړږښڼېۍګڅځئ",
    "ug": _COMMON_ARABIC + "كيپچژگڭېۇۈۋەۆھى",
}
# Latin letters with marks that few languages write; those of names that travel (é, ö, ü) are left out.
_LATIN = {
    "ə": "az",
    "ğ": "az tr",
    "ı": "az tr",
    "ş": "az tr ku tk",
    "ň": "tk cs sk",
    "ý": "tk cs sk is vi",
    "ž": "tk cs sk sl hr sr bs lt lv et",
    "ʻ": "uz",
    "ñ": "es gl eu tl",
    "¿": "es",
    "¡": "es",
    "ã": "pt vi",
    "õ": "pt et vi",
    "ß": "de lb",
    "ł": "pl",
    "ą": "pl lt",
    "ę": "pl lt",
    "ś": "pl",
    "ź": "pl",
    "ż": "pl mt",
    "ő": "hu",
    "ű": "hu",
    "ă": "ro vi",
    "ș": "ro",
    "ț": "ro",
    "ř": "cs",
    "ů": "cs",
    "ě": "cs",
    "đ": "hr sr bs vi",
    "ø": "no da",
    "æ": "no da is",
    "å": "no da sv fi",
    "ð": "is",
    "þ": "is",
    "ŭ": "eo",
    "ĝ": "eo",
    "ĉ": "eo",
}


def writers(languages: list[str]) -> dict[str, list[bool]]:
    """Return, for each letter that tells something, which of `languages` write with it.

    Letters that a script's languages all have tell nothing and are left out.
    """
    by_letter = {letter: names(tags) for letter, tags in _LATIN.items()}
    for alphabets in (_CYRILLIC, _ARABIC):
        for letter in set("".join(alphabets.values())):
            tags = frozenset(tag for tag, alphabet in alphabets.items() if letter in alphabet)
            if len(tags) < len(alphabets):
                by_letter[letter] = tags
    return {letter: [language in tags for language in languages] for letter, tags in by_letter.items()}


_LOOKALIKES = str.maketrans("aceijopsxyABCEHIJKMOPSTX", "асеіјорѕхуАВСЕНІЈКМОРЅТХ")


def unmixed(text: str) -> str:
    """Return `text` with Latin letters that stand for Cyrillic ones, as some typists mix them, put right.

    Only words that have letters of both scripts are touched.
    """
    return " ".join(word.translate(_LOOKALIKES) if _is_mixed(word) else word for word in text.split())


def _is_mixed(word: str) -> bool:
    return any("а" <= letter <= "ӿ" for letter in word.lower()) and any(
        "a" <= letter <= "z" for letter in word.lower()
    )
