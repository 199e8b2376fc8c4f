"""Names the language of a text, with the page's or the outlet's word as a prior."""

import math
import re
from dataclasses import dataclass
from functools import cache

from dateline.intake.language_letters import unmixed, writers
from dateline.intake.language_words import users, witnesses
from dateline.lib.text import names, words

# What a press digest meets; fewer languages make fewer mistakes in short texts. BCP 47 tags.
KNOWN = names(
    "af am ar az be bg bn bs ca ckb cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk "
    "km kn ko ku ky lb lo lt lv mk ml mn mr ms mt ne nl no pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th tk "
    "tl tr ug uk ur uz vi zh"
)
_MODEL_ONLY = names("nb nn sdh")
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr", "sdh": "ckb"}
# Small words that one language has and its neighbours have not: enough to believe a page that declares it.
_OWN_WORDS = {
    "ar": names("في من على إلى أن التي الذي هذا هذه بعد كان ما"),
    "az": names("və bu üçün ilə bir də olan edib olub həm görə deyib"),
    "de": names("der die und das den nicht mit ist von ein eine dem auf"),
    "en": names("the of and to that was for with is on he it has at this from"),
    "es": names("el los las del una por con que para como más pero su y"),
    "fa": names("در به از که این را است با برای آن های می شد"),
    "fr": names("le les des une dans est pour qui sur pas au avec et du"),
    "it": names("il di che della per una sono con non gli del anche è"),
    "nl": names("het een van dat niet zijn voor met op aan ook maar"),
    "pt": names("não uma dos das com para mais foi são ao pela do da os"),
    "ru": names("и в на что не с он как это по но из был для также"),
    "tr": names("ve bir bu için ile olarak çok daha olan da göre kadar"),
    "uk": names("і в на що не з він як це та але від було для також"),
}
# Letters that one language writes with; Greek, Hebrew and Thai have small neighbours that the desk can name.
_OWN_LETTERS = {
    "hy": re.compile(r"[\u0531-\u058f]"),
    "ka": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "ko": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
}
_OWN_LETTER_SHARE = {"ja": 0.2}
_OWN_SHARE = 0.12
_OWN_ENOUGH = 60
_ANY_OWN = re.compile("|".join(own.pattern for own in _OWN_LETTERS.values()))
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_PRIOR = 30.0
# Weights on the model's own scale, chosen on one half of a news set (benchmarks/intake/language.py).
_FOREIGN_LETTER = 8.0
_SELDOM = 5.0
_SMALL_WORD = 4.0
_SHORT = 300
# Languages with a large press, or of the digests that are made with this.
_PRESS = names(
    "ar az bg ckb cs da de el en es fa fi fr he hi hr hu hy id it ja ka kk ko ky nl no pl pt ro ru sr sv tg tk tr uk "
    "ur uz vi zh"
)
_ENOUGH = 4_000


@dataclass(frozen=True)
class Detected:
    """A language tag with how sure we are, 0 to 1."""

    language: str
    confidence: float


def detect(text: str, *, declared: str | None = None) -> Detected | None:
    """Return the language of `text`, or None where it has no words.

    declared: the language tag that the page or the outlet gives; it decides short and doubtful texts, and a
    clear text overrules it.
    """
    text = text[:_ENOUGH]
    if not _LETTER.search(text):
        return None
    if not text.isascii() and (written := _by_letters(text)):
        return Detected(written, 1.0)
    prior = primary(declared)
    if prior and len(text) > _OWN_ENOUGH and _speaks_for_itself(words(text), prior):
        return Detected(prior, 1.0)
    return _scorer().best(text, prior)


def primary(tag: str | None) -> str | None:
    """Return the language of a tag, without script and region: `pt` of `pt-BR`. None where it has none."""
    if not tag:
        return None
    language = tag.replace("_", "-").split("-")[0].lower()
    return _SAME.get(language, language)


def _by_letters(text: str) -> str | None:
    if not _ANY_OWN.search(text):
        return None
    letters = sum(map(str.isalpha, text))
    found = ((tag, len(own.findall(text))) for tag, own in _OWN_LETTERS.items())
    return next((tag for tag, n in found if n > letters * _OWN_LETTER_SHARE.get(tag, 0.5)), None)


def _speaks_for_itself(found: list[str], language: str) -> bool:
    """True where a text is full of `language`'s own small words, and of no other's: no model need be loaded."""
    if len(found) < _OWN_ENOUGH or language not in _OWN_WORDS:
        return False
    shares = {tag: sum(w in own for w in found) / len(found) for tag, own in _OWN_WORDS.items()}
    return shares[language] >= _OWN_SHARE and all(
        share * 2 < shares[language] for tag, share in shares.items() if tag != language
    )


class _Scorer:
    """The model's scores for the languages that we know, with what the letters add to them."""

    def __init__(self) -> None:
        import numpy as np
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        self.np = np
        self.model = LanguageIdentifier.from_model_file(MODEL_FILE)
        self.model.set_languages(sorted({str(label) for label in self.model.labels} & (KNOWN | _MODEL_ONLY)))
        columns = [_SAME.get(str(label), str(label)) for label in self.model.nb_classes]
        self.tags = sorted(set(columns))
        self.merged = np.array([self.tags.index(tag) for tag in columns])
        self.usual = np.array([0.0 if tag in _PRESS else -_SELDOM for tag in columns])
        told = writers(columns)
        used = users(columns)
        self.words = {word: np.where(using, _SMALL_WORD, 0.0) for word, using in used.items()}
        self.against = {letter: np.where(having, 0.0, -_FOREIGN_LETTER) for letter, having in told.items()}

    def best(self, text: str, prior: str | None) -> Detected:
        np = self.np
        if _CYRILLIC.search(text) and _LATIN.search(text):
            text = unmixed(text)
        scores = self.model._raw_score(self.model._encode(text)).astype(float) + self.usual
        for word in witnesses(words(text[:_SHORT])) & self.words.keys():
            scores += self.words[word]
        if not text.isascii():
            for letter in set(text.lower()) & self.against.keys():
                scores += self.against[letter]
        scores /= math.sqrt(len(text.encode(errors="replace")))
        shares = np.bincount(self.merged, np.exp(scores - scores.max()))
        if prior in self.tags:
            shares[self.tags.index(prior)] *= _PRIOR
        at = int(shares.argmax())
        return Detected(self.tags[at], round(float(shares[at] / shares.sum()), 4))


@cache
def _scorer() -> _Scorer:
    """Load the model once, when it is first needed: it costs more than an extraction."""
    return _Scorer()
