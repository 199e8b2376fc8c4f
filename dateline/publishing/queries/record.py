"""What the record of an article says: facts that are so whether or not anybody looks at the page."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from dateline.articles.models import Article
from dateline.lib.records import FIRST, seal_head
from dateline.people.models import AuditEntry
from dateline.publishing.models import Record
from dateline.publishing.queries.cards import names, published_at
from dateline.publishing.queries.gathering import gathered_for
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.review import reviewed_help
from dateline.publishing.stores.keys import KeyStore
from dateline.rights.models import Permission

Body = dict[str, Any]


def last_of(piece: Any) -> Record | None:
    """Return the newest record of a piece, None where it has none."""
    return Record.objects.filter(piece=piece).order_by("-number").first()


def hashes_of(pieces: Collection[UUID]) -> dict[UUID, str]:
    """Return the hash of the newest record of each of some pieces; those that have none are absent."""
    rows = Record.objects.filter(piece__in=pieces).order_by("number")
    return dict(rows.values_list("piece", "sha256"))


def newest() -> Record | None:
    """Return the end of the chain, None where it has not begun."""
    return Record.objects.order_by("-number").first()


def lines() -> Iterator[str]:
    """Yield the whole chain, oldest first."""
    yield from Record.objects.order_by("number").values_list("line", flat=True).iterator(chunk_size=500)


def keys() -> KeyStore:
    """Return where the site's key lies."""
    return KeyStore(settings.HOME.keys)


def head_line(*, now: datetime) -> str:
    """Return the chain's head as of now, signed."""
    last = newest()
    number, digest = (last.number, last.sha256) if last else (0, FIRST)
    return seal_head(number=number, last=digest, at=str(moment(now)), key=keys().private())


def body_of(press: Press, article: Article, *, content_sha256: str) -> Body:
    """Return what is to be sealed of an article as it stands, save when that is done."""
    review = gathered_for(press, article).reviews[article.pk]
    return {
        "event": "published",
        "site": press.base,
        "piece": str(article.uid),
        "address": press.absolute(article.get_absolute_url()),
        "kind": article.kind,
        "genre": article.genre,
        "language": article.language,
        "headline": article.headline,
        "content_sha256": content_sha256,
        "published_at": moment(published_at(article)),
        "credits": [{"role": name.role, "name": name.name} for name in names(article)],
        "machine": {"help": str(reviewed_help(article, review)), "name": article.machine_name},
        "approved": _approved(gathered_for(press, article).approvals.get(article.pk)),
        "review": review.told(),
        "original": _original(article),
        "permission": _permission(article.permission),
    }


def ended(record: Record, *, event: str) -> Body:
    """Return what is to be sealed of a piece that stands no more: what it was stays in the records before."""
    said = record.body()
    return {"event": event, **{name: said[name] for name in ("site", "piece", "address")}}


def _approved(entry: AuditEntry | None) -> Body | None:
    return {"by": str(entry.by) if entry.by else "", "at": moment(entry.at)} if entry else None


def _original(article: Article) -> Body | None:
    source = article.original
    if source is None:
        return None
    snapshot = min(source.snapshots.all(), key=lambda one: one.pk, default=None)
    return {
        "url": source.url,
        "outlet": source.outlet.name,
        "headline": source.headline,
        "language": source.language,
        "authors": list(source.author_names),
        "published_at": moment(source.published_at),
        "fetched_at": moment(snapshot.fetched_at) if snapshot else None,
        "snapshot_sha256": snapshot.sha256 if snapshot else None,
    }


def _permission(held: Permission | None) -> Body | None:
    if held is None:
        return None
    return {
        "ground": "agreement" if held.agreement_id else "granted",
        "number": held.pk,
        "use": held.use,
        "language": held.language,
        "licence": held.agreement.licence if held.agreement else "",
        "until": held.ends_on.isoformat() if held.ends_on else None,
    }


def moment(at: datetime | None) -> str | None:
    """Return a time as records tell it: in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
