"""What an editor chooses from for a press review: the sentences of an original, and what covers its excerpt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.agreements.may import may
from dateline.agreements.models import Agreement
from dateline.agreements.terms import Wish
from dateline.articles.queries import reserved_from_machines
from dateline.editions.choosing import Candidate, chosen
from dateline.editions.excerpts import Quoted, counted_words
from dateline.editions.models import Voice
from dateline.intake.models import Original, Story
from dateline.intake.queries import reading_for
from dateline.intake.queries.stories import time_line
from dateline.lib.scripts import primary
from dateline.lib.text import one_line
from dateline.rights.models import Permission
from dateline.rights.quoting import QUOTED_WORDS
from dateline.site.queries import identity
from dateline.translation.segments import split

# Sentences of an original that are offered; the rest is behind the link to it.
MOST_SENTENCES: Final = 60
# A translation may be longer than its original, and its words are counted too.
ROOM_RATIO: Final = 0.8
# What is proposed where nobody limits it.
UNLIMITED_WORDS: Final = 100


def sentences_of(original: Original) -> list[Quoted]:
    """Return the sentences of an original in order, of its standfirst first where the body does not begin with it."""
    reading = reading_for(original)
    body, top = reading.body_text.strip(), reading.standfirst.strip()
    text = body if not top or body.startswith(top) else f"{top}\n\n{body}"
    found = [one_line(one) for paragraph in split(text, language=original.language) for one in paragraph]
    return [Quoted(number, one) for number, one in enumerate(one for one in found if one)][:MOST_SENTENCES]


@dataclass(frozen=True)
class Teller:
    """An original of a story that could speak. copies_of: whose text it has; is_chosen: proposed as a voice."""

    original: Original
    is_covered: bool
    is_copy: bool
    is_chosen: bool


def tellers(story: Story, *, language: str, on: date) -> list[Teller]:
    """Return everything that a review of a story could be made of: first what is proposed, then the rest by time."""
    rows: list[tuple[Original, bool]] = []
    for telling in time_line(story):
        rows.append((telling.membership.original, False))
        rows += [(copy.membership.original, True) for copy in telling.copies]
    covered = {one.pk for one, _copy in rows if covering(one, language=language, on=on) is not None}
    order = chosen(
        Candidate(
            original=one.pk,
            outlet=one.outlet_id,
            country=one.outlet.country,
            language=primary(one.language),
            is_copy=is_copy,
            is_covered=one.pk in covered,
            sentences=len(sentences_of(one)),
            told=place,
        )
        for place, (one, is_copy) in enumerate(rows)
    )
    found = [Teller(one, one.pk in covered, is_copy, one.pk in order) for one, is_copy in rows]
    rank = {number: place for place, number in enumerate(order)}
    return sorted(found, key=lambda one: rank.get(one.original.pk, len(rank)))


def covering(original: Original, *, language: str, on: date) -> Permission | Agreement | None:
    """Return what covers an excerpt of an original: a grant for the piece first, else an agreement of its outlet.

    None: it may be quoted as anybody may. Agreements whose outlet approves each text cover no voice.
    """
    wish = Wish(use="excerpt", language=language, on=on, is_commercial=identity().is_commercial)
    held = original.permissions.filter(use="excerpt", language=language, state=Permission.State.GRANTED)
    for permission in held.select_related("agreement"):
        if may(wish, permission.grants()).is_yes:
            return permission
    agreements = Agreement.objects.of(original.outlet).in_force(on=on).filter(needs_approval=False)
    return next((one for one in agreements if may(wish, [one.terms()]).is_yes), None)


def quota_of(voice: Voice) -> int | None:
    """Return how many words of its outlet's piece a voice may quote at most; None where nobody limits it."""
    if voice.permission is None:
        return QUOTED_WORDS
    limits = [terms.max_words for terms in voice.permission.grants()]
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None


def may_machine_read(voice: Voice) -> bool:
    """May a machine read the original's text for this voice?"""
    if not reserved_from_machines(voice.original):
        return True
    return voice.permission is not None and any(one.may_by_machine for one in voice.permission.grants())


def speaks_already(original: Original, language: str) -> bool:
    """Is the original in the language of the review, or one so near that nobody translates it?"""
    return primary(original.language) == primary(language)


def within(sentences: Iterable[Quoted], *, most: int | None, language: str) -> list[Quoted]:
    """Return the first sentences that fit into a quota together, with room for a longer translation."""
    room = most if most is not None else UNLIMITED_WORDS
    found: list[Quoted] = []
    taken = 0
    for one in sentences:
        words = counted_words(one.text, language=language)
        if taken + words > room * ROOM_RATIO:
            break
        found.append(one)
        taken += words
    return found
