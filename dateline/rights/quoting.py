"""Quotation: what every law that we know of lets anybody do with a published piece, without asking. Pure."""

from datetime import date
from typing import Final

from dateline.agreements.terms import ANY_LANGUAGE, Terms

# A quotation of this length is one in every law that we know of.
QUOTED_WORDS: Final = 40
QUOTATION: Final = Terms(
    source="quotation",
    uses=frozenset({"excerpt"}),
    languages=ANY_LANGUAGE,
    starts_on=date.min,
    max_words=QUOTED_WORDS,
)
