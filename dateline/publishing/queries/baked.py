"""Reading what has been baked."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dateline.publishing.models import BakedFile, Shown

_TOGETHER = 500
_A_FEW_PAGES = 50
ARTICLE = "article"
OK = 200


@dataclass(frozen=True)
class Errand:
    """A recipe's kind and key: enough to make its files again."""

    kind: str
    key: str


def indexed_places(
    *, of_month: str | None = None, but_pieces: bool = False
) -> Iterator[tuple[str, datetime | None]]:
    """Yield the addresses that search engines are told of, with the last change of each.

    of_month: only pieces of a language and month, as `en/2026/11`. but_pieces: all that is none.
    """
    rows = _indexed().order_by("path")
    if of_month is not None:
        rows = rows.filter(path__gte=f"/{of_month}/", path__lt=f"/{of_month}0", kind=ARTICLE)
    if but_pieces:
        rows = rows.exclude(kind=ARTICLE)
    yield from rows.values_list("path", "changed_at").iterator(chunk_size=2000)


def indexed_of(kind: str, keys: Collection[str]) -> dict[str, dict[str, datetime | None]]:
    """Return of which addresses made from each key search engines are told, with the last change of each."""
    found: dict[str, dict[str, datetime | None]] = {key: {} for key in keys}
    rows = _indexed().filter(kind=kind, key__in=keys)
    for key, path, changed_at in rows.values_list("key", "path", "changed_at"):
        found[key][path] = changed_at
    return found


def count_of_indexed() -> int:
    """Return of how many addresses search engines are told."""
    return _indexed().count()


def months_of_pieces() -> list[str]:
    """Return the languages and months of which there are indexed pieces, as `en/2026/11`, in order."""
    found: list[str] = []
    pieces = _indexed().filter(kind=ARTICLE).order_by("path").values_list("path", flat=True)
    path = pieces.first()
    while path is not None:  # from month to month by the index, not from piece to piece
        found.append("/".join(path.split("/")[1:4]))
        path = pieces.filter(path__gte=f"/{found[-1]}0").first()
    return found


def _indexed() -> QuerySet[BakedFile]:
    # Not `is_indexed=True`: what Django writes for that is a bare column, and SQLite finds no index by it.
    return BakedFile.objects.filter(is_indexed__in=(True,), status=OK)


def that_show(piece: uuid.UUID) -> list[Errand]:
    """Return what has to be made again when an article changes: every file that says anything of it."""
    return that_show_any([piece])


def that_show_any(pieces: Collection[uuid.UUID], *, also_present: bool = True) -> list[Errand]:
    """Return every file that says anything of one of some articles, each once.

    also_present: those too that show one among the newest of the moment, on a page about something else.
    """
    rows = Shown.objects.filter(piece__in=pieces).order_by("baked__kind", "baked__key")
    if not also_present:
        rows = rows.filter(is_present=False)
    return [Errand(kind, key) for kind, key in rows.values_list("baked__kind", "baked__key").distinct()]


def made_by(errand: Errand) -> list[BakedFile]:
    """Return the files that a recipe has made from a key."""
    return list(BakedFile.objects.filter(kind=errand.kind, key=errand.key))


def made_by_any(errands: Collection[Errand]) -> dict[Errand, list[BakedFile]]:
    """Return the files that recipes have made from some keys; what made none is absent."""
    found: dict[Errand, list[BakedFile]] = defaultdict(list)
    keys: dict[str, list[str]] = defaultdict(list)
    for errand in errands:
        keys[errand.kind].append(errand.key)
    for kind, of_kind in keys.items():
        for start in range(0, len(of_kind), _TOGETHER):
            for row in BakedFile.objects.filter(kind=kind, key__in=of_kind[start : start + _TOGETHER]):
                found[Errand(kind, row.key)].append(row)
    return found


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
    """Return the keys of a list's pages that stand and have become too many: those from `count` on.

    They are looked for a few at a time from there on, as no list has a gap: its older pages are not read.
    """
    found: list[str] = []
    start = max(count, 1)
    while True:
        keys = [f"{base}/{number}" for number in range(start, start + _A_FEW_PAGES)]
        rows = BakedFile.objects.filter(kind=kind, key__in=keys).order_by("key")
        here = list(rows.values_list("key", flat=True).distinct())
        if not here:
            return found
        found += here
        start += _A_FEW_PAGES
