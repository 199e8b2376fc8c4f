"""Where a value of an original comes from: the witnesses' names, and what they are called for an editor."""

from typing import Final, NamedTuple


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues of translations, and return it as it is."""
    return text


# By the code that `Original.origins` keeps.
WORDS: Final = {
    "json-ld": gettext_noop("the page's description for machines (JSON-LD)"),
    "open-graph": gettext_noop("the page's description for sharing (Open Graph)"),
    "meta": gettext_noop("the page's meta fields"),
    "title": gettext_noop("the title of the page"),
    "headline": gettext_noop("the headline as printed (h1)"),
    "markup": gettext_noop("a place that the page marks for it"),
    "byline": gettext_noop("the byline as printed"),
    "printed": gettext_noop("the date as printed near the headline"),
    "address": gettext_noop("the address of the page"),
    "link": gettext_noop("the page's canonical link"),
    "html": gettext_noop("the language that the page declares, confirmed by its text"),
    "text": gettext_noop("the text itself"),
    "figure": gettext_noop("a figure in the article"),
    "feed": gettext_noop("the feed"),
    "delivery": gettext_noop("what was sent with the piece"),
    "outlet": gettext_noop("what the desk noted of the outlet"),
    "site-rule": gettext_noop("the desk's rule for this site"),
}


class Told(NamedTuple):
    """A text and the code of the witness that told it; both empty where nobody did."""

    value: str
    origin: str


NOBODY: Final = Told("", "")


def first_told(*witnesses: tuple[str, str]) -> Told:
    """Return the first witness (value, origin) that says something."""
    return next((Told(value, origin) for value, origin in witnesses if value), NOBODY)
