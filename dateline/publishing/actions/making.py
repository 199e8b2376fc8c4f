"""Making the pages of one errand, if the gate lets its article through when it is asked again."""

import logging
import uuid
from datetime import datetime

from django.db import transaction

from dateline.articles.gate import lacks
from dateline.articles.models import Article
from dateline.people.actions import write_down
from dateline.people.models import AuditEntry
from dateline.publishing.actions.recording import record_ended, record_published
from dateline.publishing.leaf import JSON, Leaf, record_path
from dateline.publishing.models import Clearance
from dateline.publishing.queries.baked import ARTICLE, Errand
from dateline.publishing.queries.listed import for_the_gate, piece
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes import RECIPES
from dateline.rights.models import Ending

logger = logging.getLogger(__name__)


def leaves_of(press: Press, errand: Errand) -> list[Leaf]:
    """Return the files that an errand makes now; none where nothing of it may stand. Call it under its lock."""
    recipe = RECIPES.get(errand.kind)
    if errand.kind == ARTICLE:
        ask_gate(piece=uuid.UUID(errand.key), now=press.now)
    leaves = list(recipe.bake(press, errand.key)) if recipe else []
    if errand.kind == ARTICLE:
        leaves += _records_beside(press, uuid.UUID(errand.key), leaves)
    return leaves


def _records_beside(press: Press, uid: uuid.UUID, leaves: list[Leaf]) -> list[Leaf]:
    """Seal what the page of an article says, or that it stands no more; return the files of its record."""
    article = piece(uid)
    if article is None:
        record_ended(press, uid)
        return []
    return [
        Leaf(
            path=record_path(leaf.path),
            content=record_published(press, article, page=leaf.content).line.encode() + b"\n",
            content_type=JSON,
            language=leaf.language,
            shows=frozenset({uid}),
        )
        for leaf in leaves
    ]


def ask_gate(*, piece: uuid.UUID, now: datetime) -> bool:
    """Ask the gate whether an article may be printed, and keep its answer for all lists.

    One that is live and not cleared was made live past the gate, or has lost its right since: it is logged,
    and the audit has it once.
    """
    article = for_the_gate(piece)
    if article is None:
        Clearance.objects.filter(piece=piece).delete()
        return False
    missing = lacks(article, now=now)
    if not missing:
        Clearance.objects.get_or_create(piece=piece, defaults={"cleared_at": now})
        return True
    if Ending.objects.filter(piece=piece, at__lte=now).exists():
        Clearance.objects.filter(piece=piece).delete()  # its end has come and is being carried out
    else:
        _refuse(article, " ".join(lack.message for lack in missing), now=now)
    return False


@transaction.atomic
def _refuse(article: Article, why: str, *, now: datetime) -> None:
    had_one = Clearance.objects.filter(piece=article.uid).delete()[0]
    logger.warning("Article %s is live and not cleared, so nothing of it is baked: %s", article.pk, why)
    entries = AuditEntry.objects.filter(
        verb="refuse-to-print", subject_type=article._meta.label_lower, subject_id=str(article.pk)
    )
    if had_one or not entries.exists():
        write_down(verb="refuse-to-print", subject=article, by=None, now=now, summary=why)
