"""Gathering an original: what it repeats, and which story it belongs to.

Heavy thinking (the vector) is done before, the rest in one short transaction that holds the row `Gathering`: two
workers can never open two stories for one event, and one that is killed has done all or nothing.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from dateline.intake.actions.likening import liken
from dateline.intake.actions.remembering import (
    Memory,
    embedder,
    heard_from,
    keep_mean,
    remembered,
    telling_of,
    told_at,
    warm,
)
from dateline.intake.actions.telling import close_old, retell
from dateline.intake.duplicates_print import print_of
from dateline.intake.embeddings.base import Traits
from dateline.intake.models import Gathering, Likeness, Membership, Original, Story, Vector
from dateline.intake.stories import WINDOW, Heard, first_words, hear
from dateline.intake.stories_packing import packed, rounded, written
from dateline.intake.stories_reasons import Reason, reasons
from dateline.lib.crash import crash_point
from dateline.work.actions import enqueue_by_name

AT_ONCE: Final = 50
MISSED_AT_ONCE: Final = 500
SAME_TEXT: Final = "both"


def enqueue_missed() -> int:
    """Enqueue the oldest pieces that are in no story yet; return how many. Those on their way stay one job each."""
    missed = Original.objects.filter(membership__isnull=True).order_by("taken_at", "pk")
    found = list(missed.values_list("pk", flat=True)[:MISSED_AT_ONCE])
    for pk in found:
        enqueue_by_name("intake.gather_original", original_id=pk)
    return len(found)


def gather_original(*, original: Original, now: datetime) -> Membership:
    """Write down what the original repeats and put it into a story; done again it changes nothing."""
    membership = Membership.objects.filter(original=original).first()
    if membership is not None:
        return membership
    traits = embedder().traits
    warm(told=told_at(original))
    if Gathering.objects.filter(pk=1).exclude(engine__in=["", traits.name]).exists():
        reckon_vectors(now=now)
    heard = _heard(original)
    found = print_of(original.body_text)
    crash_point("intake.gather-thought")
    with transaction.atomic():
        gathering = hold()
        membership = Membership.objects.filter(original=original).first()
        if membership is not None:
            return membership
        likeness = liken(original=original, found=found)
        memory = remembered(gathering, traits, told=told_at(original))
        memory.stories.learn(heard)
        try:
            membership, vector = _place(original, heard, likeness, memory, traits)
            gathering.written, gathering.engine = uuid4(), traits.name
            gathering.save()
            retell(membership.story, now=now)
            close_old(now=now)
            crash_point("intake.gather-before-commit")
        except BaseException:
            memory.moved = None  # it has learnt what the tables have not
            raise
    memory.stories.put(heard, story=membership.story_id)
    memory.written, memory.last = gathering.written, vector.pk
    return membership


def hold() -> Gathering:
    """Return the row whose holder alone writes stories. Call it inside a transaction."""
    Gathering.objects.get_or_create(pk=1)
    return Gathering.objects.select_for_update().get(pk=1)


def reckon_vectors(*, now: datetime) -> int:
    """Give the pieces of the window vectors of today's engine, some at a time; return how many were missing.

    Killed in the middle it goes on where it was.
    """
    traits = embedder().traits
    recent = Original.objects.filter(membership__told_at__gte=now - 2 * WINDOW)
    missing = recent.exclude(vectors__engine=traits.name).order_by("pk")
    reckoned = 0
    while batch := list(missing[:AT_ONCE]):
        heard = [_heard(original) for original in batch]
        with transaction.atomic():
            gathering = hold()
            memory = remembered(gathering, traits, told=now)
            for original, one in zip(batch, heard, strict=True):
                if not Vector.objects.filter(original=original, engine=traits.name).exists():
                    memory.stories.learn(one)
                    _write_vector(original, one, memory, traits)
            gathering.moved = uuid4()
            gathering.save()
        crash_point("intake.vectors-reckoned")
        reckoned += len(batch)
    with transaction.atomic():
        gathering = hold()
        gathering.engine, gathering.moved = traits.name, uuid4()
        gathering.save()
    return reckoned


def _heard(original: Original) -> Heard:
    telling = telling_of(original)
    known = Vector.objects.filter(original=original, engine=embedder().traits.name).first()
    if known is not None:
        return heard_from(known, told=told_at(original))
    heard = hear(telling, embedder().embed([first_words(telling)])[0])
    return replace(heard, vector=rounded(heard.vector))


def _place(
    original: Original, heard: Heard, likeness: Likeness | None, memory: Memory, traits: Traits
) -> tuple[Membership, Vector]:
    story, score, why = _same_text(original, likeness) or _nearest(heard, memory)
    membership = Membership.objects.create(
        original=original,
        story=story or _opened(original),
        score=score,
        reasons=why,
        told_at=told_at(original),
    )
    return membership, _write_vector(original, heard, memory, traits)


def _same_text(original: Original, likeness: Likeness | None) -> tuple[Story, float, list[Reason]] | None:
    """Return the story of the piece that has the same text, where that is of these days."""
    if likeness is None or likeness.contained != SAME_TEXT:
        return None
    other = Membership.objects.filter(original=likeness.earlier_id).select_related("story").first()
    if other is None or abs(told_at(original) - other.told_at) > WINDOW:
        return None
    why: dict[str, Any] = {"code": "same-text", "original": likeness.earlier_id, "kind": likeness.kind}
    return other.story, likeness.containment, [why]


def _nearest(heard: Heard, memory: Memory) -> tuple[Story | None, float, list[Reason]]:
    placed = memory.stories.find(heard)
    if placed.story is None:
        return None, 0.0, reasons([])
    whys = [memory.stories.why_near(heard, one) for one in placed.nearest]
    told = reasons(whys)
    told[0]["originals"] = [int(one) for one in placed.nearest]
    return Story.objects.get(pk=placed.story), placed.score, told


def _opened(original: Original) -> Story:
    at = told_at(original)
    return Story.objects.create(
        title=original.headline, title_language=original.language, opened_at=at, last_at=at
    )


def _write_vector(original: Original, heard: Heard, memory: Memory, traits: Traits) -> Vector:
    if traits.is_centred:
        keep_mean(memory.stories.means, engine=traits.name, language=heard.language)
    vector, _new = Vector.objects.get_or_create(
        original=original,
        engine=traits.name,
        defaults={
            "size": traits.size,
            "packed": packed(heard.vector),
            "language": heard.language,
            "said": written(heard.said),
            "has_text": heard.has_text,
        },
    )
    return vector
