"""What the system proposes for an edition, and why. Pure: what is known of each piece is handed in.

To propose for a new kind of slot write a test of what may stand in it and add it to FITS.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.editions import slots

LONG_READ_WORDS: Final = 1200
OLD: Final = timedelta(days=300)
# A piece is half as new after so long.
HALF_NEW_HOURS: Final = 12.0
MOST_PROPOSED: Final = 6


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a piece. at: when readers saw it first, or will. outlets: that tell its story.

    reads: of late; None where nobody counts. was_lead_on: of a weekly edition, the days on which it led.
    anniversary_years: it came out on this day so many years ago. about: topics that the lead shares.
    """

    article: int
    at: datetime
    genre: str
    kind: str
    words: int
    is_live: bool = True
    has_picture: bool = False
    has_chart: bool = False
    outlets: int = 0
    reads: int | None = None
    was_put_right: bool = False
    editions: int = 0
    leads: int = 0
    anniversary_years: int = 0
    about: int = 0


@dataclass(frozen=True)
class Proposal:
    """A piece for a slot, with the reasons in words."""

    article: int
    slot: str
    score: float
    reasons: tuple[str, ...]


Fits = Callable[[Known, datetime], bool]


def _is_fresh(piece: Known, now: datetime) -> bool:
    return piece.at > now - OLD and not piece.was_put_right


FITS: Final[Mapping[str, Fits]] = {
    slots.LEAD: lambda piece, now: (
        _is_fresh(piece, now) and piece.genre != "opinion" and piece.kind != "press-review"
    ),
    slots.FIVE: lambda piece, now: (
        _is_fresh(piece, now) and piece.genre != "opinion" and piece.kind != "press-review"
    ),
    slots.VOICES: lambda piece, now: _is_fresh(piece, now) and piece.kind == "press-review",
    slots.LONG_READ: lambda piece, now: _is_fresh(piece, now) and piece.words >= LONG_READ_WORDS,
    slots.OPINION: lambda piece, now: _is_fresh(piece, now) and piece.genre == "opinion",
    slots.CHART: lambda piece, now: _is_fresh(piece, now) and piece.has_chart,
    slots.ARCHIVE: lambda piece, now: piece.at <= now - OLD and bool(piece.anniversary_years or piece.about),
    slots.CORRECTIONS: lambda piece, _now: piece.was_put_right,
}


def propose(
    pieces: Iterable[Known], *, template: Sequence[tuple[str, int]], now: datetime
) -> dict[str, list[Proposal]]:
    """Return proposals for each slot of a template, best first; each piece is proposed for one slot only.

    The first slots of the template choose first: as many as they hold. What is left over is proposed behind it,
    again for the first slot that it fits into.
    """
    known = list(pieces)
    made: dict[str, list[Proposal]] = {slot: [] for slot, _most in template}
    taken: set[int] = set()
    for share in (1, MOST_PROPOSED):
        for slot, most in template:
            room = most if share == 1 else MOST_PROPOSED
            fitting = [one for one in known if one.article not in taken and FITS[slot](one, now)]
            ranked = sorted(fitting, key=lambda one: (-_score(one, slot, now), one.article))
            for one in ranked[: max(0, room - len(made[slot]))]:
                made[slot].append(
                    Proposal(one.article, slot, _score(one, slot, now), _reasons(one, slot, now))
                )
                taken.add(one.article)
    return made


def _score(piece: Known, slot: str, now: datetime) -> float:
    hours = abs((now - piece.at).total_seconds()) / 3600
    score: float = 2.0 ** (-hours / HALF_NEW_HOURS)
    score += 0.5 * log2(1 + piece.outlets)
    score += 0.25 * log2(1 + (piece.reads or 0))
    score += 0.5 * piece.editions + 1.5 * piece.leads
    if slot == slots.LEAD and piece.has_picture:
        score += 0.5
    if slot == slots.ARCHIVE:
        score = 2.0 * bool(piece.anniversary_years) + piece.about
    return score


def _reasons(piece: Known, slot: str, now: datetime) -> tuple[str, ...]:
    return tuple(said for said in _said(piece, slot, now) if said)


def _said(piece: Known, slot: str, now: datetime) -> Iterable[Any]:
    if not piece.is_live:
        yield _("is scheduled, and not out yet")
    elif slot == slots.ARCHIVE:
        yield _years(piece.anniversary_years)
        yield _("is about what the lead is about") if piece.about else ""
    elif slot == slots.CORRECTIONS:
        yield _("was put right since the last edition")
    else:
        yield _age(int((now - piece.at).total_seconds() // 3600))
    if piece.outlets > 1:
        yield ngettext(
            "%(number)s outlet tells this story", "%(number)s outlets tell this story", piece.outlets
        ) % {"number": piece.outlets}
    if piece.reads:
        yield ngettext("read once", "read %(number)s times", piece.reads) % {"number": piece.reads}
    yield from _of_the_week(piece)
    if slot == slots.LEAD and piece.has_picture:
        yield _("has a picture")
    if slot == slots.LONG_READ:
        yield ngettext("%(number)s word", "%(number)s words", piece.words) % {"number": piece.words}


def _of_the_week(piece: Known) -> Iterable[str]:
    if piece.leads:
        yield ngettext("led an edition of the week", "led %(number)s editions of the week", piece.leads) % {
            "number": piece.leads
        }
    elif piece.editions:
        yield _("stood in an edition of the week")


def _age(hours: int) -> str:
    if hours < 1:
        return _("came out within the hour")
    return ngettext("came out %(number)s hour ago", "came out %(number)s hours ago", hours) % {
        "number": hours
    }


def _years(years: int) -> str:
    if not years:
        return ""
    return ngettext("came out on this day a year ago", "came out on this day %(number)s years ago", years) % {
        "number": years
    }
