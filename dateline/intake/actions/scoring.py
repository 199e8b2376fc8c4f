"""Scoring by the beat: a piece, a story, all of what came in again, and what the judgements propose."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from dateline.intake.actions.remembering import embedder
from dateline.intake.beat import Judged, Piece, Reason
from dateline.intake.beat_changes import key_of
from dateline.intake.beat_learning import Ruling, suggestions
from dateline.intake.beat_reading import read_beat
from dateline.intake.beat_scoring import Scorer
from dateline.intake.beat_story import Member, judge_story
from dateline.intake.beat_weighing import Background, learn_background
from dateline.intake.embeddings.base import Embedder
from dateline.intake.embeddings.char_tfidf import CharTfidf
from dateline.intake.models import Beat, BeatScore, Judgement, Original, Proposal, Story, Vector
from dateline.intake.stories_packing import unpacked
from dateline.work.progress import progress, should_stop

Row = TypeVar("Row", Original, Story)

BATCH: Final = 50
# Common words are told by so many of the latest pieces.
BACKGROUND: Final = 1_000
JUDGEMENTS: Final = 2_000


def score_original(*, original: Original, now: datetime) -> BeatScore | None:
    """Write how the piece is judged by the active beat; None where there is no beat."""
    beat = Beat.objects.active()
    if beat is None:
        return None
    return _write(beat, _judged(beat, original), now=now, original=original)


@transaction.atomic
def score_story(*, story: Story, now: datetime) -> BeatScore | None:
    """Write how the story is judged by the active beat, from the scores of its pieces; None without a beat.

    A piece that was not scored yet is scored on the way.
    """
    beat = Beat.objects.active()
    if beat is None:
        return None
    members = [
        _member(beat, membership.original, now=now)
        for membership in story.memberships.select_related("original__outlet").order_by("told_at", "pk")
    ]
    return _write(beat, judge_story(beat.read(), members), now=now, story=story)


def rescore(*, beat: Beat, now: datetime) -> int:
    """Score all that came in by the beat as it is now, the newest first; return how many were scored.

    May die or be stopped anywhere and be begun again: what has this version's score is passed over.
    """
    _learn_background(beat)
    stale = _stale(Original.objects.all(), beat)
    total, done = stale.count() + _stale(Story.objects.all(), beat).count(), 0
    while batch := list(_stale(Original.objects.newest(), beat)[:BATCH]):
        if should_stop() or _moved_on(beat):
            return done
        for original in batch:
            _write(beat, _judged(beat, original), now=now, original=original)
        done += len(batch)
        progress(done, total)
    while stories := list(_stale(Story.objects.order_by("-last_at", "-pk"), beat)[:BATCH]):
        if should_stop() or _moved_on(beat):
            return done
        for story in stories:
            score_story(story=story, now=now)
        done += len(stories)
        progress(done, total)
    return done


@transaction.atomic
def propose_changes(*, beat: Beat, now: datetime) -> list[Proposal]:
    """Write down what editors' judgements speak for, and return what is new. It takes a person to accept it."""
    rulings = _rulings(beat)
    if not rulings:
        return []
    judged = [ruling.original for ruling in rulings]
    others = [piece_of(one) for one in Original.objects.newest().exclude(pk__in=judged)[:BACKGROUND]]
    made = []
    for suggestion in suggestions(beat.read(), rulings, others=others):
        row, is_new = Proposal.objects.get_or_create(
            beat=beat,
            key=key_of(suggestion.change),
            defaults={
                "change": dict(suggestion.change),
                "why": _told(suggestion.why),
                "originals": list(suggestion.originals),
                "made_at": now,
            },
        )
        made += [row] if is_new else []
    return made


def try_out(*, beat: Beat, piece: Piece) -> Judged:
    """Return how a text would be judged; nothing is written."""
    return scorer_of(beat).judge(piece)


def piece_of(original: Original) -> Piece:
    """Return an original as the beat reads it."""
    return Piece(
        title=original.headline,
        standfirst=original.standfirst,
        text=original.body_text,
        language=original.language,
        outlet=original.outlet.name,
    )


def engine() -> Embedder:
    """Return the stories' engine; one that learns from what it reads is begun anew, so that a score stays."""
    shared = embedder()
    return CharTfidf() if shared.traits.learns else shared


def scorer_of(beat: Beat) -> Scorer:
    """Return the beat made ready; a process keeps what it made last."""
    return _scorer(json.dumps(beat.description, sort_keys=True), json.dumps(beat.background, sort_keys=True))


@lru_cache(maxsize=2)
def _scorer(description: str, background: str) -> Scorer:
    learnt = Background(**json.loads(background)) if background != "{}" else Background()
    return Scorer(read_beat(json.loads(description)), background=learnt, embedder=engine())


def _learn_background(beat: Beat) -> None:
    """Count, once for each version, how often each concept stands alone in what came in lately."""
    if beat.background_version == beat.version:
        return
    pieces = [piece_of(original) for original in Original.objects.newest()[:BACKGROUND]]
    learnt = learn_background(beat.read(), pieces)
    beat.background = {"pieces": learnt.pieces, "alone": dict(learnt.alone)}
    beat.background_version = beat.version
    Beat.objects.filter(pk=beat.pk, version=beat.version).update(
        background=beat.background, background_version=beat.version
    )


def _stale(rows: QuerySet[Row], beat: Beat) -> QuerySet[Row]:
    """Return those without a score by this version of the beat."""
    return rows.exclude(beat_scores__in=BeatScore.objects.filter(beat=beat, version=beat.version))


def _moved_on(beat: Beat) -> bool:
    return not Beat.objects.filter(pk=beat.pk, version=beat.version, is_active=True).exists()


def _judged(beat: Beat, original: Original) -> Judged:
    """Judge an original; the vector that its story was found by is not reckoned again."""
    scorer = scorer_of(beat)
    name = scorer.reads_vectors_of
    kept = Vector.objects.filter(original=original, engine=name).first() if name else None
    return scorer.judge(piece_of(original), vector=unpacked(kept.packed) if kept else None)


def _member(beat: Beat, original: Original, *, now: datetime) -> Member:
    row = BeatScore.objects.filter(beat=beat, original=original, version=beat.version).first()
    if row is None:
        row = _write(beat, _judged(beat, original), now=now, original=original)
    reasons = tuple(Reason(one["code"], tuple(one["values"])) for one in row.reasons)
    judged = Judged(row.score, row.is_over_the_line, tuple(row.labels), reasons)
    return Member(original.headline, original.outlet.name, judged)


def _write(
    beat: Beat,
    judged: Judged,
    *,
    now: datetime,
    original: Original | None = None,
    story: Story | None = None,
) -> BeatScore:
    told = {
        "score": judged.score,
        "is_over_the_line": judged.is_over_the_line,
        "label_lines": BeatScore.lines_of(judged.labels),
        "reasons": [_told(reason) for reason in judged.reasons],
        "version": beat.version,
        "scored_at": now,
    }
    of = {"original": original} if original is not None else {"story": story}
    return BeatScore.objects.update_or_create(beat=beat, **of, defaults=told)[0]


def _told(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "values": list(reason.values)}


def _rulings(beat: Beat) -> Sequence[Ruling]:
    judgements = Judgement.objects.select_related("original__outlet").order_by("-at")[:JUDGEMENTS]
    scores = dict(
        BeatScore.objects.filter(beat=beat, original__judgement__isnull=False).values_list(
            "original", "score"
        )
    )
    return [
        Ruling(one.original_id, piece_of(one.original), one.is_wanted, scores[one.original_id])
        for one in judgements
        if one.original_id in scores
    ]
