"""Asking the configured machines what a piece is about: its headline and first sentence in the desk's language.

Only what passes the beat's line is asked for, only as much as a day's budget lets, and never a piece whose
publisher reserves it from machines. The same words are asked for once.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dateline.articles.queries import reserved_from_machines
from dateline.desk.models import Gist
from dateline.desk.queries.gists import asked_since, desk_languages, same_words, without_gist
from dateline.intake.models import Beat, Original
from dateline.lib.text import cut, one_line, paragraphs
from dateline.translation.actions.machine_calls import ask_machines
from dateline.translation.machines.base import Machine, Unit
from dateline.translation.machines.registry import machines_for
from dateline.translation.segments import split_paragraph

AT_ONCE: Final = 30
SECONDS: Final = 20.0
LONGEST: Final = 400


@dataclass(frozen=True)
class Asked:
    """A piece and what is asked of it: a headline, and a first sentence where there is one."""

    original: Original
    sentences: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same words in the same language."""
        told = "\n".join((self.original.language, *self.sentences))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def characters(self) -> int:
        """How much is asked."""
        return sum(map(len, self.sentences))


def gist_some(*, now: datetime) -> int:
    """Have gists made of the next pieces that want one, in each of the desk's languages; return how many were.

    Call it outside a transaction: a machine takes its time, and each batch is kept as soon as it is there.
    """
    left = settings.DATELINE_GIST_CHARACTERS - asked_since(now - timedelta(days=1))
    beat, made = Beat.objects.active(), 0
    for language in desk_languages():
        found = without_gist(language, beat=beat, now=now)
        spoken = [tag for tag in _tags(found) if machines_for(source=tag, target=language)]
        wanted = found.filter(language__in=spoken).defer("body_html", "pictures", "origins")[:AT_ONCE]
        for source, group in groupby(sorted(wanted, key=_language), key=_language):
            done, spent = _gist(list(group), source=source, target=language, left=left, now=now)
            made, left = made + done, left - spent
    return made


def _language(original: Original) -> str:
    return original.language


def _tags(found: QuerySet[Original]) -> list[str]:
    return list(found.order_by().values_list("language", flat=True).distinct())


def _gist(
    originals: Sequence[Original], *, source: str, target: str, left: int, now: datetime
) -> tuple[int, int]:
    """Return how many of these have a gist now, and how many characters were asked."""
    free = []
    for original in originals:
        if reserved_from_machines(original):
            _keep(original, target, now, trouble=_("Its publisher reserves it from machines."))
        else:
            free.append(Asked(original, _first_words(original)))
    known = same_words([one.fingerprint for one in free], target)
    for one in free:
        if one.fingerprint in known:
            like = known[one.fingerprint]
            _keep(
                one.original, target, now, fingerprint=one.fingerprint, text=like.text, machine=like.machine
            )
    reused = [one for one in free if one.fingerprint in known]
    # The second of two with the same words takes the gist of the first, next time.
    fresh = _affordable({one.fingerprint: one for one in free if one not in reused}.values(), left)
    made = _asked(machines_for(source=source, target=target), fresh, source=source, target=target, now=now)
    return len(reused) + made, sum(one.characters for one in fresh)


def _affordable(asked: Iterable[Asked], left: int) -> list[Asked]:
    found = []
    for one in asked:
        left -= one.characters
        if left < 0:
            break
        found.append(one)
    return found


def _asked(
    machines: Sequence[Machine], asked: Sequence[Asked], *, source: str, target: str, now: datetime
) -> int:
    if not asked:
        return 0
    units = [
        Unit(f"{at} {n}", words) for at, one in enumerate(asked) for n, words in enumerate(one.sentences)
    ]
    drafts = ask_machines(machines, units, source=source, target=target, deadline=SECONDS, now=now)
    said = {draft.id: draft for draft in drafts.done}
    made = 0
    for at, one in enumerate(asked):
        told = [said[f"{at} {n}"] for n in range(len(one.sentences)) if f"{at} {n}" in said]
        made += bool(told)
        _keep(
            one.original,
            target,
            now,
            fingerprint=one.fingerprint,
            text=" — ".join(draft.text for draft in told),
            machine=told[0].machine if told else "",
            trouble="" if told else cut(drafts.errors.get(f"{at} 0", ""), 300),
            characters=one.characters,
        )
    return made


@transaction.atomic
def _keep(original: Original, language: str, now: datetime, **told: str | int) -> Gist:
    fresh = {"fingerprint": "", "text": "", "machine": "", "trouble": "", "characters": 0, **told, "at": now}
    row, _made = Gist.objects.update_or_create(original=original, language=language, defaults=fresh)
    return row


def _first_words(original: Original) -> tuple[str, ...]:
    """Return the headline and the first sentence of the standfirst, or of the text where there is none."""
    told = paragraphs(original.standfirst) or paragraphs(original.body_text[: 4 * LONGEST])
    first = split_paragraph(told[0], language=original.language)[:1] if told else []
    found = [cut(one_line(one), LONGEST) for one in (original.headline, *first)]
    return tuple(dict.fromkeys(one for one in found if one))
