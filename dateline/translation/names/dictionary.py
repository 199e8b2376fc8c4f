"""Which words of a language are in its dictionary, so that a name is told from them; and what countries are called."""

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from dateline.lib.scripts import primary
from dateline.lib.text import names
from dateline.translation.spelling import WORD, low

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

_LANGUAGES: Final = names(
    "ast be bg ca cs cy da de el en es et fa fi fr ga gd gl gv he hbs hi hu hy id is it ka la lb lt lv mk ms nb nl nn "
    "pl pt ro ru se sk sl sq sv sw tl tr uk"
)
_TRANSLATED: Final = Path(__file__).parent / "translated.txt"
_CAPITAL_NOUNS: Final = frozenset({"de", "lb"})
_STEM: Final = 5
_SHORTEST: Final = 3  # no articles


def has_dictionary(language: str) -> bool:
    """Return whether there is a dictionary for a BCP 47 tag."""
    return primary(language) in _LANGUAGES


@lru_cache(maxsize=50_000)
def is_word(word: str, language: str) -> bool:
    """Return whether the dictionary has `word`, however it is written; False where there is no dictionary."""
    small = low(word)
    return has_dictionary(language) and (_is_in(small, language) or _is_in(small.capitalize(), language))


@lru_cache(maxsize=50_000)
def is_name(word: str, language: str) -> bool:
    """Return whether a capitalised word is a name to the dictionary: it has it with a capital, or not at all.

    German writes all its nouns so; there only what the dictionary does not have is a name.
    """
    if not has_dictionary(language):
        return False
    if primary(language) in _CAPITAL_NOUNS or not _is_in(low(word), language):
        return not is_word(word, language) or primary(language) not in _CAPITAL_NOUNS
    return _is_in(low(word).capitalize(), language)


def lemma(word: str, language: str) -> str:
    """Return the dictionary form of `word`; itself where the dictionary has none. The language must have one."""
    return _lemmatizer().lemmatize(word, primary(language))


# Both are made when the first word is looked up: not every process does, and reading them takes its time.


@cache
def _dictionaries() -> "StreamDictionaryFactory":
    """The dictionaries, packed: a tenth of the memory of plain ones, which have up to 140 MB for each language."""
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    return StreamDictionaryFactory(cache_max_size=32)


@cache
def _lemmatizer() -> "Lemmatizer":
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionaries()))


def _is_in(word: str, language: str) -> bool:
    return word in _dictionaries().get_dictionary(primary(language))


def is_country(word: str, language: str) -> bool:
    """Return whether `word` is part of the name of a country, or begins like one: its people, its language."""
    small = low(word)
    return small[:_STEM] in _countries(primary(language))


@cache
def _countries(language: str) -> frozenset[str]:
    try:
        territories = Locale.parse(language).territories.values()
    except (UnknownLocaleError, ValueError):
        return frozenset()
    words = (word for name in territories for word in WORD.findall(low(name)))
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)


def is_translated(word: str) -> bool:
    """Return whether languages have words of their own for the name `word`, whatever its last two letters."""
    small = low(word)
    return any(
        small[: len(small) - cut] in _translated() for cut in range(3) if len(small) - cut >= _STEM or not cut
    )


@cache
def _translated() -> frozenset[str]:
    lines = _TRANSLATED.read_text(encoding="utf-8").split("\n")
    return names(" ".join(line for line in lines if not line.startswith("#")))
