"""The board: every piece of ours that is being worked on, with where it stands, who has it, and until when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet
from wagtail.admin.models import EditingSession

from dateline.articles.kinds import USE_OF_KIND, Kind
from dateline.articles.models import Article, Correction
from dateline.desk.models import Assignment, DeskStep
from dateline.desk.queries.given import articles_for, publishers, revisions_of_articles
from dateline.desk.stages import Facts, Move, Rights, Stage, moves_from, stage_of
from dateline.people.models import User
from dateline.rights.models import Permission, Withdrawal
from dateline.translation.models import Job, Segment

# What is done leaves the board after so long; the list finds it ever after.
KEPT: Final = timedelta(days=3)
# An editor's page says every ten seconds that it is open.
AWAKE: Final = timedelta(minutes=1)
MOST: Final = 600

_RIGHTS_OF_STATE: Final = {
    Permission.State.ASKED: Rights.ASKED,
    Permission.State.GRANTED: Rights.GRANTED,
    Permission.State.REFUSED: Rights.REFUSED,
}


@dataclass(frozen=True, kw_only=True)
class BoardFilters:
    """What the board is narrowed to; what is empty does not narrow. who: number of a person."""

    who: int | None = None
    kind: str = ""
    language: str = ""
    words: str = ""
    stage: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """A piece on the board, or an idea that somebody was given (then `article` is None).

    held_by: who has locked it. at_it: who has it open in an editor at this moment.
    """

    article: Article | None
    title: str
    stage: Stage
    rights: Rights
    assignments: tuple[Assignment, ...]
    held_by: User | None = None
    at_it: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    ready_by: User | None = None
    is_late: bool = False

    @property
    def language(self) -> str:
        """BCP 47 tag of the language of its headline; empty for an idea."""
        return self.article.language if self.article else ""


def cards(filters: BoardFilters, *, user: User, now: datetime) -> list[Card]:
    """Return what the filters leave of the desk's work that this person sees, the most urgent first."""
    since = now - KEPT
    fresh = Q(live=False) | Q(last_published_at__gte=since) if not filters.stage else Q()
    pieces = _narrowed(articles_for(user).filter(fresh), filters)
    found = [
        *_cards_of(pieces.order_by("-pk")[:MOST], since=since, now=now),
        *_ideas(filters, user=user, now=now),
    ]
    kept = [card for card in found if _passes(card, filters)]
    return sorted(kept, key=_urgency)


def card_of(article: Article, *, now: datetime) -> Card:
    """Return where one piece stands."""
    (card,) = _cards_of(Article.objects.filter(pk=article.pk), since=None, now=now)
    return card


def _narrowed(pieces: QuerySet[Article], filters: BoardFilters) -> QuerySet[Article]:
    if filters.who:
        given = Assignment.objects.open().filter(who=filters.who, article=OuterRef("pk"))
        pieces = pieces.filter(Exists(given))
    if filters.kind:
        pieces = pieces.filter(kind=filters.kind)
    if filters.language:
        pieces = pieces.filter(locale__language_code=filters.language)
    if filters.words:
        pieces = pieces.filter(
            Q(headline__icontains=filters.words)
            | Q(slugline__icontains=filters.words)
            | Q(latest_revision__object_str__icontains=filters.words)
        )
    return pieces


def _passes(card: Card, filters: BoardFilters) -> bool:
    return (not filters.stage or card.stage == filters.stage) and (card.is_late or not filters.is_overdue)


def _urgency(card: Card) -> tuple[bool, float, int]:
    due = [one.due_at.timestamp() for one in card.assignments if one.due_at]
    return (not due, min(due, default=0.0), -(card.article.pk if card.article else 0))


def _cards_of(pieces: QuerySet[Article], *, since: datetime | None, now: datetime) -> Iterable[Card]:
    words = Segment.objects.filter(job__article=OuterRef("pk")).exclude(state=Segment.State.EMPTY)
    open_ones = Assignment.objects.open().soonest().select_related("who")
    listed = list(
        pieces.defer("body")
        .select_related("locale", "permission__agreement", "locked_by", "job", "pick", "latest_revision")
        .defer("latest_revision__content")
        .annotate(
            has_words=Exists(words), was_given=Exists(Assignment.objects.filter(article=OuterRef("pk")))
        )
        .prefetch_related(
            Prefetch("assignments", open_ones, to_attr="given"),
            Prefetch("desk_steps", DeskStep.objects.select_related("by"), to_attr="steps"),
        )
    )
    around = _Around.of(listed, now=now)
    return [card for piece in listed if (card := _card(piece, around, since=since, now=now)) is not None]


@dataclass(frozen=True)
class _Around:
    """What other tables say of the pieces, read at once. By the article's number, but `ended` by its uid."""

    saved: dict[int, dict[str, Any]]
    ended: dict[Any, tuple[str, datetime]]
    asked: dict[tuple[int, str, str], Rights]
    at_it: dict[int, tuple[str, ...]]
    put_right: dict[int, set[str]]
    publishers: set[int]

    @classmethod
    def of(cls, pieces: Sequence[Article], *, now: datetime) -> "_Around":
        return cls(
            saved=_saved(pieces),
            ended=_ended(pieces),
            asked=_asked(pieces),
            at_it=_at_it(pieces, now=now),
            put_right=_put_right(pieces),
            publishers=publishers(),
        )


def _saved(pieces: Sequence[Article]) -> dict[int, dict[str, Any]]:
    """Return for each piece: times saved, when last, whether a day is set for it, and who began it."""
    revisions = revisions_of_articles().filter(object_id__in=[str(piece.pk) for piece in pieces])
    told = (
        revisions.order_by()
        .values("object_id")
        .annotate(
            times=Count("pk"), last=Max("created_at"), first=Min("pk"), planned=Max("approved_go_live_at")
        )
    )
    rows = {int(row["object_id"]): row for row in told}
    first = [row["first"] for row in rows.values()]
    by = dict(revisions.filter(pk__in=first).values_list("pk", "user"))
    return {pk: {**row, "begun_by": by.get(row["first"])} for pk, row in rows.items()}


def _ended(pieces: Sequence[Article]) -> dict[Any, tuple[str, datetime]]:
    standing = Withdrawal.objects.standing().filter(
        piece__in=[piece.uid for piece in pieces if not piece.live]
    )
    return {
        one.piece: (
            Stage.RECALLED.value if one.ground == Withdrawal.Ground.EDITORIAL else Stage.KILLED.value,
            one.at,
        )
        for one in standing
    }


def _asked(pieces: Sequence[Article]) -> dict[tuple[int, str, str], Rights]:
    originals = {piece.original_id for piece in pieces if piece.original_id}
    found = Permission.objects.filter(original__in=originals, state__in=_RIGHTS_OF_STATE).order_by("pk")
    rows = found.values_list("original", "use", "language", "state")
    return {
        (original, use, language): _RIGHTS_OF_STATE[Permission.State(state)]
        for original, use, language, state in rows
    }


def _put_right(pieces: Sequence[Article]) -> dict[int, set[str]]:
    """Return how each piece was put right: the kinds of its corrections that stand."""
    kinds: dict[int, set[str]] = {}
    standing = Correction.objects.standing().filter(article__in=[piece.pk for piece in pieces])
    for pk, kind in standing.values_list("article", "kind"):
        kinds.setdefault(pk, set()).add(kind)
    return kinds


def _at_it(pieces: Sequence[Article], *, now: datetime) -> dict[int, tuple[str, ...]]:
    """Return who has each piece open in an editor, by name."""
    kind = ContentType.objects.get_for_model(Article)
    awake = EditingSession.objects.filter(
        content_type=kind,
        object_id__in=[str(piece.pk) for piece in pieces],
        last_seen_at__gte=now - AWAKE,
    )
    names: dict[int, tuple[str, ...]] = {}
    for session in awake.select_related("user").order_by("pk"):
        known = names.get(int(session.object_id), ())
        if str(session.user) not in known:
            names[int(session.object_id)] = (*known, str(session.user))
    return names


def _card(piece: Any, around: _Around, *, since: datetime | None, now: datetime) -> Card | None:
    ended, ended_at = around.ended.get(piece.uid, ("", None))
    if since and ended_at and ended_at < since:
        return None
    steps = {step.kind: step for step in piece.steps}
    stage = stage_of(_facts(piece, steps, around, ended))
    ready = steps.get(DeskStep.Kind.READY)
    draft = piece.latest_revision
    return Card(
        article=piece,
        title=str((draft.object_str if draft else "") or piece.headline),
        stage=stage,
        rights=_rights(piece, around),
        assignments=tuple(piece.given),
        held_by=piece.locked_by if piece.locked else None,
        at_it=around.at_it.get(piece.pk, ()),
        moves=moves_from(stage),
        ready_by=ready.by if ready and stage == Stage.READY else None,
        is_late=any(one.is_overdue(now=now) for one in piece.given),
    )


def _facts(piece: Any, steps: dict[str, DeskStep], around: _Around, ended: str) -> Facts:
    saved = around.saved.get(piece.pk, {})
    ready = steps.get(DeskStep.Kind.READY)
    job = getattr(piece, "job", None)
    is_picked = hasattr(piece, "pick")
    put_right = around.put_right.get(piece.pk, set())
    is_translation = piece.kind == Kind.TRANSLATION and job is not None
    return Facts(
        is_live=piece.live,
        ended=_how_ended(ended, put_right),
        is_corrected=Correction.Kind.CORRECTION in put_right,
        is_scheduled=saved.get("planned") is not None,
        ready_at=ready.at if ready else None,
        changed_at=saved.get("last"),
        is_accepted=is_picked
        or piece.was_given
        or DeskStep.Kind.ACCEPTED in steps
        or saved.get("begun_by") in around.publishers,
        is_begun=piece.has_words if is_translation else saved.get("times", 0) > (1 if is_picked else 0),
        is_translating=is_translation and job is not None and job.state != Job.State.APPROVED,
        rights=_rights(piece, around),
    )


def _how_ended(ended: str, put_right: set[str]) -> str:
    """Return how a piece that was taken back ended: as was said then; else by why it was withdrawn."""
    if ended and Correction.Kind.KILL in put_right:
        return Stage.KILLED.value
    if ended and Correction.Kind.RECALL in put_right:
        return Stage.RECALLED.value
    return ended


def _rights(piece: Article, around: _Around) -> Rights:
    use = USE_OF_KIND.get(Kind(piece.kind))
    if use is None or piece.original_id is None:
        return Rights.NOT_NEEDED
    if piece.permission and piece.permission.grants():
        return Rights.GRANTED
    found = around.asked.get((piece.original_id, use, piece.language), Rights.MISSING)
    # A grant that is not laid under the article does not cover it.
    return Rights.MISSING if found == Rights.GRANTED else found


def _ideas(filters: BoardFilters, *, user: User, now: datetime) -> list[Card]:
    """Return what was given and is no article yet."""
    if filters.kind or filters.language:
        return []
    given = Assignment.objects.open().filter(article=None).select_related("who", "original").soonest()
    if not user.has_perm("desk.view_assignment"):
        given = given.of(user)
    if filters.who:
        given = given.filter(who=filters.who)
    if filters.words:
        given = given.filter(
            Q(idea__icontains=filters.words) | Q(original__headline__icontains=filters.words)
        )
    return [
        Card(
            article=None,
            title=one.subject,
            stage=Stage.ACCEPTED,
            rights=Rights.NOT_NEEDED,
            assignments=(one,),
            is_late=one.is_overdue(now=now),
        )
        for one in given[:MOST]
    ]


def columns(found: Sequence[Card]) -> list[tuple[Stage, list[Card]]]:
    """Return every stage in order with its cards."""
    return [(stage, [card for card in found if card.stage == stage]) for stage in Stage]


def counts(found: Sequence[Card]) -> Counter[Stage]:
    """Return how many cards stand at each stage."""
    return Counter(card.stage for card in found)


def held(user: User) -> QuerySet[Article]:
    """Return the pieces that a person has locked."""
    return (
        Article.objects.filter(locked=True, locked_by=user)
        .select_related("locale")
        .order_by(F("locked_at").desc())
    )
