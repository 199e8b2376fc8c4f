"""The daily letter: of each edition of the site's daily run, in every reader's morning. Pure."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dateline.editions.letters.kind import LetterKind


def takes(rhythm: str) -> bool:
    """Is a letter made of editions that come out so often?"""
    return rhythm == "daily"


DAILY: Final = LetterKind(
    code="daily",
    name=_("Daily letter"),
    promise=_("The day’s edition, once a day, in your morning."),
    takes=takes,
)
