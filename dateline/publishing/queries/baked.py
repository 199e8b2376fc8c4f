"""Reading what has been baked."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from dateline.publishing.models import BakedFile, Shown

ARTICLE = "article"
OK = 200


@dataclass(frozen=True)
class Errand:
    """A recipe's kind and key: enough to make its files again."""

    kind: str
    key: str


def indexed_places() -> Iterator[tuple[str, datetime | None]]:
    """Yield the addresses that search engines are told of, with the last change of each."""
    rows = BakedFile.objects.filter(is_indexed=True, status=OK).order_by("path")
    yield from rows.values_list("path", "changed_at").iterator(chunk_size=2000)


def that_show(piece: uuid.UUID) -> list[Errand]:
    """Return what has to be made again when an article changes: every file that says anything of it."""
    return that_show_any([piece])


def that_show_any(pieces: Collection[uuid.UUID]) -> list[Errand]:
    """Return every file that says anything of one of some articles, each once."""
    rows = Shown.objects.filter(piece__in=pieces).order_by("baked__kind", "baked__key")
    return [Errand(kind, key) for kind, key in rows.values_list("baked__kind", "baked__key").distinct()]


def made_by(errand: Errand) -> list[BakedFile]:
    """Return the files that a recipe has made from a key."""
    return list(BakedFile.objects.filter(kind=errand.kind, key=errand.key))


def page_of(piece: uuid.UUID) -> BakedFile | None:
    """Return the file of an article's own page."""
    return BakedFile.objects.filter(kind=ARTICLE, piece=piece).first()


def pages_of(pieces: Collection[uuid.UUID]) -> list[BakedFile]:
    """Return the files of some articles' own pages."""
    return list(BakedFile.objects.filter(kind=ARTICLE, piece__in=pieces))


def standing() -> list[Errand]:
    """Return everything from which files stand now."""
    rows = BakedFile.objects.order_by("kind", "key").values_list("kind", "key").distinct()
    return [Errand(kind, key) for kind, key in rows]


def pages_beyond(kind: str, base: str, count: int) -> list[str]:
    """Return the keys of a list's pages that stand and have become too many: those from `count` on."""
    keys = BakedFile.objects.filter(kind=kind, key__startswith=f"{base}/").values_list("key", flat=True)
    return [key for key in keys if int(key.rpartition("/")[2]) >= count]
