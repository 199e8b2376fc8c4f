"""The reasons of a score as sentences."""

from typing import Final

from django.utils.translation import gettext, gettext_noop

from dateline.intake.beat import Reason

# Each code's sentence; where it takes several names, they are set with commas.
SENTENCES: Final = {
    "title": gettext_noop("names %s in the headline"),
    "lede": gettext_noop("names %s in its first lines"),
    "often": gettext_noop("names %s %s times"),
    "several": gettext_noop("names %s things of the beat together"),
    "passing": gettext_noop("only mentions %s once, in passing"),
    "late": gettext_noop("names %s only further down"),
    "outlet": gettext_noop("comes from %s, which counts by itself"),
    "about": gettext_noop("reads like what the beat is about"),
    "like-for": gettext_noop("is like the examples for it"),
    "like-against": gettext_noop("is like the examples against it"),
    "nothing": gettext_noop("names nothing of the beat"),
    "told-apart": gettext_noop("told apart: %s is something else here"),
    "alone": gettext_noop("names %s, which needs company to count"),
    "outlets": gettext_noop("%s outlets have it: %s"),
    "members": gettext_noop("%s of its %s pieces are over the line"),
    # Why a change is proposed.
    "shared-by-picks": gettext_noop("%s of %s pieces that you picked share it, and others hardly have it"),
    "leads-to-spikes": gettext_noop("%s of %s pieces that name it were spiked"),
    "every-piece-picked": gettext_noop("each of its %s pieces was picked"),
    "picked-below": gettext_noop("it was picked, though its score is %s"),
    "spiked-above": gettext_noop("it was spiked, though its score is %s"),
}
_COUNTED: Final = frozenset({"often", "members", "outlets", "shared-by-picks", "leads-to-spikes"})


def in_words(reason: Reason) -> str:
    """Return a reason as the middle of a sentence, in the reader's language."""
    return _filled(gettext(SENTENCES[reason.code]), reason)


def plainly(reason: Reason) -> str:
    """Return a reason in English, where there is no catalogue to ask."""
    return _filled(SENTENCES[reason.code], reason)


def _filled(sentence: str, reason: Reason) -> str:
    if reason.code in _COUNTED:
        first, *rest = reason.values
        return sentence % (first, ", ".join(rest))
    return sentence % ", ".join(reason.values) if reason.values else sentence
