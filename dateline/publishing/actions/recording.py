"""Records of what was published: sealed when a page is made, one for each change, in one chain for the site.

What a record says was so when it was sealed. Nothing here is ever changed or deleted; that a piece was taken
back is one more record.
"""

import uuid
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from dateline.articles.models import Article
from dateline.lib.records import FIRST, seal
from dateline.publishing.content import told_by
from dateline.publishing.models import Record
from dateline.publishing.queries import record as records
from dateline.publishing.queries.press import Press
from dateline.rights.models import Withdrawal

_TRIES: Final = 8


class ChainBusy(RuntimeError):
    """Others wrote records so fast that ours found no place in the chain. The job is tried again."""


def record_published(press: Press, article: Article, *, page: bytes) -> Record:
    """Return the record of an article as this page tells it; a new one where it says something new."""
    body = records.body_of(press, article, content_sha256=told_by(page).content_sha256)
    last = records.last_of(article.uid)
    if last is not None and last.says(body):
        return last
    return _seal(body, piece=article.uid, now=press.now)


def record_ended(press: Press, piece: uuid.UUID) -> Record | None:
    """Write down that a piece does not stand any more. None where it never stood."""
    last = records.last_of(piece)
    if last is None:
        return None
    event = "withdrawn" if Withdrawal.objects.standing().filter(piece=piece).exists() else "taken-down"
    if last.event in {event, "withdrawn"}:
        return last
    return _seal(records.ended(last, event=event), piece=piece, now=press.now)


def _seal(body: records.Body, *, piece: uuid.UUID, now: datetime) -> Record:
    said = {**body, "at": records.moment(now)}
    for _try in range(_TRIES):
        try:
            with transaction.atomic():
                return _append(said, piece=piece, now=now)
        except IntegrityError:  # somebody else wrote the next one first
            continue
    raise ChainBusy(f"No place was found in the chain for the record of {piece}.")


def _append(said: records.Body, *, piece: uuid.UUID, now: datetime) -> Record:
    last = records.newest()
    number, previous = (last.number + 1, last.sha256) if last else (1, FIRST)
    line = seal(said, number=number, previous=previous, key=records.keys().private())
    record = Record.of(line, piece=piece, now=now)
    record.save(force_insert=True)
    return record
