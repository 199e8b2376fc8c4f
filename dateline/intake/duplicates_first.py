"""Who had a text first: what its own words credit, and what the times say."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dateline.lib.text import one_line

# Two times that are nearer than this tell nothing: feeds round, clocks differ.
TELLING: Final = timedelta(minutes=2)
_OPENING: Final = 160
_ENDING: Final = 200
_SHORTEST: Final = 3
# A mark as agencies set it before the first sentence: (XYZ) —, /XYZ/, XYZ. —, "PLACE, May 2 (Name) -".
_MARKS = (
    re.compile(r"^[^()\n]{0,80}\(([^()\n\d]{2,40})\)\s*[-–—:.]"),
    re.compile(r"^[^/\n]{0,80}?/\s?([^/\n\d]{2,40}?)\s?/"),
    re.compile(r"^[^\n.]{3,60}?,\s[^\n.]{2,30}?\s[-–—]\s([^\n.\d]{2,30})\.\s"),
)
# Words that name whose text it is, before the name; taken from how the press of our languages writes it.
_SAYS: Final = (
    "according to", "source:", "originally published by", "originally published in", "first published in",
    "reports", "reported", "via", "courtesy of",
    "источник:", "сообщает", "сообщили", "передает", "передаёт", "по данным", "по сообщению", "пишет",
    "kaynak:", "mənbə:", "istinadən", "xəbər verir", "bildirir", "haber verdi", "haberine göre",
    "աղբյուրը՝", "աղբյուրը", "փոխանցում է", "տեղեկացնում է", "հայտնում է",
    "წყარო:", "ინფორმაციით", "იტყობინება", "წერს",
    "منبع:", "به گزارش", "به نقل از", "المصدر:", "وفقا ل", "نقلا عن",
    "selon", "source :", "laut", "quelle:", "fuente:", "según",
)  # fmt: skip
_NEAR_A_NAME: Final = 40


@dataclass(frozen=True)
class Credit:
    """Somebody whom a text credits. how: "mark" before its first sentence, "words", or "author"."""

    name: str
    how: str


@dataclass(frozen=True)
class Known:
    """What is known of one copy of a text. names: of its outlet, in every spelling."""

    id: int
    names: tuple[str, ...]
    text: str
    authors: tuple[str, ...]
    published_at: datetime | None


@dataclass(frozen=True)
class First:
    """Which copy came first, None where nothing tells, and what says so, as data for a sentence."""

    id: int | None
    evidence: tuple[dict[str, object], ...]


def who_was_first(one: Known, other: Known) -> First:
    """Return which of two copies was first: the one whose outlet the other credits, else the earlier one.

    Where neither copy's outlet is credited but both name the same third party, that is told as evidence, and no
    copy is the first.
    """
    found_in = {copy.id: credited(copy) for copy in (one, other)}
    for copy, origin in ((one, other), (other, one)):
        found = _credit_to(origin, found_in[copy.id])
        if found and not _credit_to(copy, found_in[origin.id]):
            told = {"code": "credit", "name": found.name, "how": found.how, "in": copy.id}
            return First(origin.id, (told, *_by_time(one, other)[1]))
    third = _third(found_in[one.id], found_in[other.id])
    earlier, told_by_time = _by_time(one, other)
    if third:
        return First(None, ({"code": "agency", "name": third}, *told_by_time))
    return First(earlier, told_by_time)


def credited(copy: Known) -> tuple[Credit, ...]:
    """Return whom the text credits: marks before the first sentence, and the outlet as its author."""
    opening = one_line(copy.text)[:_OPENING]
    marks = [
        Credit(one_line(found[1]).strip(" .,"), "mark") for mark in _MARKS if (found := mark.match(opening))
    ]
    authors = [Credit(one_line(author), "author") for author in copy.authors if author.strip()]
    return (*marks, *authors, *_in_words(one_line(copy.text)))


def _in_words(text: str) -> Iterable[Credit]:
    for part in (text[: _OPENING * 3], text[-_ENDING:]):
        low = part.casefold()
        for says in _SAYS:
            at = low.find(says)
            if at >= 0:
                yield Credit(part[max(0, at - _NEAR_A_NAME) : at + len(says) + _NEAR_A_NAME].strip(), "words")


def _credit_to(origin: Known, told: Sequence[Credit]) -> Credit | None:
    for name in origin.names:
        for credit in told:
            if _names(name, credit):
                return Credit(name, credit.how)
    return None


def _names(name: str, credit: Credit) -> bool:
    plain, told = name.casefold().strip(), credit.name.casefold()
    if len(plain) < _SHORTEST:
        return plain == told
    if credit.how == "words":
        return re.search(rf"(?<!\w){re.escape(plain)}", told) is not None
    return plain == told


def _third(one: Sequence[Credit], other: Sequence[Credit]) -> str:
    """Return whom both copies mark before their first sentence, or empty."""
    here = {credit.name.casefold(): credit.name for credit in one if credit.how == "mark"}
    return next((here[c.name.casefold()] for c in other if c.how == "mark" and c.name.casefold() in here), "")


def _by_time(one: Known, other: Known) -> tuple[int | None, tuple[dict[str, object], ...]]:
    if one.published_at is None or other.published_at is None:
        return None, ({"code": "no-time"},)
    earlier, later = sorted((one, other), key=lambda copy: copy.published_at or datetime.max)  # noqa: DTZ901
    apart = abs(one.published_at - other.published_at)
    if apart < TELLING:
        return None, ({"code": "same-time"},)
    minutes = round(apart.total_seconds() / 60)
    return earlier.id, ({"code": "earlier", "first": earlier.id, "later": later.id, "minutes": minutes},)
