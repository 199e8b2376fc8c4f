"""Making the pages of errands, if the gate lets their articles through when it is asked again.

What is alike is made together: its rows are read, the gate asked and the records sealed once for all of them.
"""

import logging
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db import transaction

from dateline.articles.gate import Lack, lacks_many
from dateline.articles.models import Article
from dateline.people.actions import write_down
from dateline.people.models import AuditEntry
from dateline.publishing.actions.recording import record_all, record_ended
from dateline.publishing.leaf import JSON, Leaf, record_path
from dateline.publishing.models import Clearance
from dateline.publishing.queries.baked import ARTICLE, Errand
from dateline.publishing.queries.gathering import live_pieces
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.sheets import sheet_of
from dateline.publishing.recipes import RECIPES
from dateline.rights.models import Ending

logger = logging.getLogger(__name__)

# So many are read together: enough that the queries cost little, few enough that nobody waits long for their locks.
TOGETHER: Final = 50

Made = tuple[Errand, list[Leaf] | Exception]


def leaves_of(press: Press, errand: Errand) -> list[Leaf]:
    """Return the files that an errand makes now; none where nothing of it may stand. Call it under its lock.

    Raises whatever making it raises.
    """
    [(_errand, leaves)] = made_of(press, [errand])
    if isinstance(leaves, Exception):
        raise leaves
    return leaves


def made_of(press: Press, errands: Iterable[Errand]) -> Iterator[Made]:
    """Yield each errand with the files that it makes now, or with why it could not. Call it under their locks."""
    for kind, few in _few_alike(errands):
        yield from _made_together(press, kind, few)


def made_ahead(press: Press, errands: Iterable[Errand]) -> Iterator[Made]:
    """Yield each errand with the files that it will make. It has not happened yet: no gate is asked, nothing sealed."""
    for kind, few in _few_alike(errands):
        yield from _made_together(press, kind, few, is_ahead=True)


def _few_alike(errands: Iterable[Errand]) -> Iterator[tuple[str, list[Errand]]]:
    for kind, alike in groupby(errands, key=lambda errand: errand.kind):
        waiting = list(alike)
        for start in range(0, len(waiting), TOGETHER):
            yield kind, waiting[start : start + TOGETHER]


def _made_together(
    press: Press, kind: str, errands: Sequence[Errand], *, is_ahead: bool = False
) -> list[Made]:
    recipe = RECIPES.get(kind)
    if recipe is None:
        return [(errand, []) for errand in errands]
    is_sealed = kind == ARTICLE and not is_ahead
    try:
        if is_sealed:
            through = _let_through([uuid.UUID(errand.key) for errand in errands], now=press.now)
            press.cleared = {article.uid: article for article in through}
        recipe.ahead(press, [errand.key for errand in errands])
        made = [(errand, _leaves(press, errand)) for errand in errands]
        return _with_records(press, made) if is_sealed else made
    except Exception as error:  # noqa: BLE001  # one that cannot be read keeps no other from being made
        if len(errands) == 1:
            return [(errands[0], error)]
        return [one for errand in errands for one in _made_together(press, kind, [errand], is_ahead=is_ahead)]
    finally:
        press.gathered = press.cleared = None  # what was read is true under these locks only


def _leaves(press: Press, errand: Errand) -> list[Leaf] | Exception:
    press.begin()
    try:
        # Signed one by one: while a recipe waits at its yield, the press has the notes of that page.
        return [
            replace(press.signed(leaf), sheet=sheet_of(press, leaf))
            for leaf in RECIPES[errand.kind].bake(press, errand.key)
        ]
    except Exception as error:  # noqa: BLE001  # as above
        return error


# Records


def _with_records(press: Press, made: Sequence[Made]) -> list[Made]:
    """Seal what the pages of articles say, or that they stand no more, and add the files of the records."""
    known = press.gathered
    found = known.articles if known else {}
    told = [
        (found[uid], leaf)
        for errand, leaves in made
        if not isinstance(leaves, Exception) and (uid := uuid.UUID(errand.key)) in found
        for leaf in leaves
        if leaf.piece
    ]
    sealed = record_all(press, [(article, leaf.content) for article, leaf in told])
    beside = {
        article.uid: Leaf(
            path=record_path(leaf.path),
            content=record.line.encode() + b"\n",
            content_type=JSON,
            language=leaf.language,
            shows=frozenset({article.uid}),
            sheet=sheet_of(press, replace(leaf, content_type=JSON)),
        )
        for (article, leaf), record in zip(told, sealed, strict=True)
    }
    whole: list[Made] = []
    for errand, leaves in made:
        uid = uuid.UUID(errand.key)
        if uid in beside and not isinstance(leaves, Exception):
            whole.append((errand, [*leaves, beside[uid]]))
            continue
        if uid not in found:
            record_ended(press, uid)
        whole.append((errand, leaves))
    return whole


# The gate


def ask_gate(*, piece: uuid.UUID, now: datetime) -> bool:
    """Ask the gate whether an article may be printed, and keep its answer for all lists."""
    return piece in ask_gate_of_all(pieces=[piece], now=now)


def ask_gate_of_all(*, pieces: Collection[uuid.UUID], now: datetime) -> set[uuid.UUID]:
    """Ask the gate which of some articles may be printed, and keep its answers for all lists. Returns the cleared.

    One that is live and not cleared was made live past the gate, or has lost its right since: it is logged,
    and the audit has it once.
    """
    return {article.uid for article in _let_through(pieces, now=now)}


def _let_through(pieces: Collection[uuid.UUID], *, now: datetime) -> list[Article]:
    """Ask the gate of some articles; return those that may be printed, with what their pages need."""
    live = live_pieces(pieces)
    answers = dict(zip((article.uid for article in live), lacks_many(live, now=now), strict=True))
    cleared = {uid for uid, missing in answers.items() if not missing}
    known = set(Clearance.objects.filter(piece__in=pieces).values_list("piece", flat=True))
    Clearance.objects.bulk_create(
        [Clearance(piece=uid, cleared_at=now) for uid in cleared - known], ignore_conflicts=True
    )
    lost = known - answers.keys()
    refused = [article for article in live if article.uid not in cleared]
    if refused:
        due = Ending.objects.filter(piece__in=[one.uid for one in refused], at__lte=now)
        ending = set(due.values_list("piece", flat=True))  # their end has come and is being carried out
        lost |= known & ending
        for article in refused:
            if article.uid not in ending:
                _refuse(article, answers[article.uid], now=now)
    if lost:
        Clearance.objects.filter(piece__in=lost).delete()
    return [article for article in live if article.uid in cleared]


@transaction.atomic
def _refuse(article: Article, missing: Sequence[Lack], *, now: datetime) -> None:
    why = " ".join(lack.message for lack in missing)
    had_one = Clearance.objects.filter(piece=article.uid).delete()[0]
    logger.warning("Article %s is live and not cleared, so nothing of it is baked: %s", article.pk, why)
    entries = AuditEntry.objects.filter(
        verb="refuse-to-print", subject_type=article._meta.label_lower, subject_id=str(article.pk)
    )
    if had_one or not entries.exists():
        write_down(verb="refuse-to-print", subject=article, by=None, now=now, summary=why)
