"""Which words of a language are in its dictionary, so that a name is told from them; and what countries are called."""

from functools import cache, lru_cache
from typing import Final

import simplemma
from babel import Locale, UnknownLocaleError

from dateline.lib.scripts import primary
from dateline.lib.text import names
from dateline.translation.checks.tables import WORD, low

_LANGUAGES: Final = names(
    "ast be bg ca cs cy da de el en es et fa fi fr ga gd gl gv he hbs hi hu hy id is it ka la lb lt lv mk ms nb nl nn "
    "pl pt ro ru se sk sl sq sv sw tl tr uk"
)
_STEM: Final = 5
_SHORTEST: Final = 3  # no articles


def has_dictionary(language: str) -> bool:
    """Return whether there is a dictionary for a BCP 47 tag."""
    return primary(language) in _LANGUAGES


@lru_cache(maxsize=50_000)
def is_word(word: str, language: str) -> bool:
    """Return whether the dictionary has `word`, however it is written; False where there is no dictionary."""
    if not has_dictionary(language):
        return False
    small = low(word)
    return any(simplemma.is_known(one, lang=primary(language)) for one in (small, small.capitalize()))


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
