"""What stands against a use of somebody else's piece, in words for the editor. Pure."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dateline.agreements.may import Objection

SENTENCES: Final[Mapping[str, str]] = {
    "nothing-granted": gettext_noop("The permission is not granted."),
    "use": gettext_noop("The permission does not cover this use (it covers: %s)."),
    "no-derivatives": gettext_noop(
        "The licence %s forbids making anything from the piece, a translation included."
    ),
    "language": gettext_noop("The permission does not cover this language (it covers: %s)."),
    "not-yet": gettext_noop("The permission begins on %s."),
    "ended": gettext_noop("The permission ended on %s."),
    "stay": gettext_noop("The piece might stay until %s and no longer."),
    "words": gettext_noop("The permission covers %s words at most."),
    "quota": gettext_noop("This month's %s pieces of the agreement are used up. It can go out next month."),
    "territory": gettext_noop("The permission is for readers in %s only, and the site is read everywhere."),
    "noncommercial": gettext_noop(
        "The permission is for non-commercial sites, and the owner has declared this one commercial."
    ),
    "machine-reserved": gettext_noop(
        "Its source reserves machine use (%s), and a machine helped with the text. Have it written anew by a person,"
        " or agree on it with the outlet."
    ),
}


def in_words(objection: Objection) -> str:
    """Return an objection as a sentence in the language that is active now."""
    sentence = _(SENTENCES[objection.code])
    return sentence % objection.limit if "%s" in sentence else sentence
