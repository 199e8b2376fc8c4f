"""How long a text takes to read, by its language.

Sources: Trauzettel-Klosinski & Dietz 2012, "Standardized assessment of reading performance: the new
international reading speed texts IReST" (words a minute, read aloud, means of 17 languages); for
languages outside it the mean of all of them, 184. People read silently a third faster (Brysbaert 2019,
"How many words do we read per minute?": English 238 silent against 183 aloud, both means), so each figure is raised
by that ratio.
"""

from typing import Final

SILENT_RATIO: Final = 238 / 183
_ALOUD: Final = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "ja": 193,
    "nl": 202, "pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166, "zh": 158,
}  # fmt: skip
_MEAN_ALOUD: Final = 184


def words_per_minute(language: str) -> float:
    """Return how many words a reader of a language takes in a minute, silently."""
    return _ALOUD.get(language.partition("-")[0].lower(), _MEAN_ALOUD) * SILENT_RATIO


def reading_minutes(words: int, *, language: str, said: int | None = None) -> int:
    """Return the minutes that a text of `words` takes, rounded, never less than one.

    said: what the site that a piece came from said of it; it holds where there is one.
    """
    return said or max(1, round(words / words_per_minute(language)))
