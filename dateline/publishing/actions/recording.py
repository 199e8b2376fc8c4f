"""Records of what was published: sealed when a page is made, one for each change, in one chain for the site.

What a record says was so when it was sealed. Nothing here is ever changed or deleted; that a piece was taken
back is one more record.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from dateline.articles.models import Article
from dateline.lib.records import FIRST, seal
from dateline.publishing.content import own_part, told_by
from dateline.publishing.models import Record
from dateline.publishing.queries import record as records
from dateline.publishing.queries.gathering import latest_records
from dateline.publishing.queries.press import Press
from dateline.rights.models import Withdrawal

_TRIES: Final = 8


class ChainBusy(RuntimeError):
    """Others wrote records so fast that ours found no place in the chain. The job is tried again."""


def record_published(press: Press, article: Article, *, page: bytes) -> Record:
    """Return the record of an article as this page tells it; a new one where it says something new."""
    return record_all(press, [(article, page)])[0]


def record_all(press: Press, told: Sequence[tuple[Article, bytes]]) -> list[Record]:
    """Return the records of articles as their pages tell them, in their order; new ones are sealed all at once."""
    last = latest_records([article.uid for article, _page in told])
    bodies = [
        records.body_of(press, article, content_sha256=told_by(own_part(page)).content_sha256)
        for article, page in told
    ]
    new = [
        (article.uid, body)
        for (article, _page), body in zip(told, bodies, strict=True)
        if article.uid not in last or not last[article.uid].says(body)
    ]
    sealed = {record.piece: record for record in _seal(new, now=press.now)}
    return [sealed.get(article.uid) or last[article.uid] for article, _page in told]


def record_ended(press: Press, piece: uuid.UUID) -> Record | None:
    """Write down that a piece does not stand any more. None where it never stood."""
    last = records.last_of(piece)
    if last is None:
        return None
    event = "withdrawn" if Withdrawal.objects.standing().filter(piece=piece).exists() else "taken-down"
    if last.event in {event, "withdrawn"}:
        return last
    return _seal([(piece, records.ended(last, event=event))], now=press.now)[0]


def _seal(bodies: Sequence[tuple[uuid.UUID, records.Body]], *, now: datetime) -> list[Record]:
    if not bodies:
        return []
    for _try in range(_TRIES):
        try:
            with transaction.atomic():
                return _append(bodies, now=now)
        except IntegrityError:  # somebody else wrote the next one first
            continue
    raise ChainBusy(f"No place was found in the chain for the record of {bodies[0][0]}.")


def _append(bodies: Sequence[tuple[uuid.UUID, records.Body]], *, now: datetime) -> list[Record]:
    last, key, at = records.newest(), records.keys().private(), records.moment(now)
    number, previous = (last.number, last.sha256) if last else (0, FIRST)
    sealed = []
    for piece, body in bodies:
        number += 1
        line = seal({**body, "at": at}, number=number, previous=previous, key=key)
        sealed.append(Record.of(line, piece=piece, now=now))
        previous = sealed[-1].sha256
    return Record.objects.bulk_create(sealed)
