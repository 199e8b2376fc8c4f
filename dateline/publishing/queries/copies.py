"""What stands here and what was brought to the store elsewhere."""

import json
import os
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from dateline.publishing.leaf import NoSuchPlace, file_of
from dateline.publishing.models import BakedFile, Copy
from dateline.publishing.parcels import ENCODINGS, MOVED, OK, WITHDRAWN, leads_to, parcels_of, rank_of
from dateline.publishing.stores.base import Parcel
from dateline.publishing.stores.disk import BACKSTAGE, STATIC, STATUS, DiskStore

TOGETHER: Final = 64
_ROWS: Final = 500
# What a row remembers of the file that was brought, beside the prints of its objects.
SEEN: Final = "seen"
_MEDIA: Final = "media/"
_PROGRAM: Final = f"{STATIC}/"


@dataclass(frozen=True)
class Box:
    """A file as it stands here now. parcels: by suffix; none where it is to be taken away. told: what is remembered."""

    parcels: dict[str, Parcel]
    told: dict[str, str] = field(default_factory=dict)


def next_due(*, since: datetime | None, but: Collection[int]) -> list[Copy]:
    """Return the next files to be brought: some of the lowest rank that waits."""
    waiting = Copy.objects.filter(is_due=True)
    if since is not None:
        waiting = waiting.filter(asked_at__gte=since)
    if but:
        waiting = waiting.exclude(pk__in=list(but))
    rows = list(waiting.order_by("rank", "pk")[:TOGETHER])
    return [row for row in rows if row.rank == rows[0].rank]


def ranks_of(names: Iterable[str]) -> dict[str, int]:
    """Return when each of some files goes. What stands no more goes first, what has moved last."""
    wanted = list(names)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _ROWS):
        rows = BakedFile.objects.filter(file__in=wanted[start : start + _ROWS])
        told = rows.values_list("file", "kind", "status")
        found |= {name: rank_of(kind, status=status) for name, kind, status in told}
    moved = redirects_by_name() if len(found) < len(wanted) else {}
    return {name: found.get(name, MOVED if name in moved else WITHDRAWN) for name in wanted}


def box_of(name: str) -> Box:
    """Return a file as it stands here now, with the forms that are its own."""
    file = local(name)
    try:
        stamp = file.stat()
        forms = {"": file.read_bytes()}
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        place = redirects_by_name().get(name)
        return Box(leads_to(name, place), {SEEN: f"→ {place}"}) if place else Box({})
    for suffix in ENCODINGS:
        beside = file.with_name(file.name + suffix)
        try:
            if beside.stat().st_mtime_ns == stamp.st_mtime_ns:
                forms[suffix] = beside.read_bytes()
        except FileNotFoundError:
            continue
    status = DiskStore(settings.HOME.site).status_of(name) if not name.startswith(_MEDIA) else OK
    is_program = name.startswith(_PROGRAM)
    seen = (
        f"{stamp.st_mtime_ns}-{stamp.st_size}" if is_program else _seen(sha256(forms[""]).hexdigest(), status)
    )
    return Box(parcels_of(name, forms, status=status), {SEEN: seen})


def of_program() -> Iterator[str]:
    """Yield the names of styles, scripts and fonts that were not brought as they stand here."""
    root = settings.HOME.site / STATIC
    stands = {}
    for folder, _folders, files in os.walk(root):
        for one in files:
            if not one.endswith((*ENCODINGS, STATUS)) and not one.startswith("."):
                file = Path(folder) / one
                found = file.stat()
                stands[f"{STATIC}/{file.relative_to(root)}"] = f"{found.st_mtime_ns}-{found.st_size}"
    known = _seen_of(Copy.objects.filter(name__startswith=_PROGRAM).values_list("name", "parts"))
    yield from (name for name, stamp in stands.items() if known.get(name) != stamp)
    yield from known.keys() - stands.keys()


def redirects_by_name(*, only_new: bool = False) -> dict[str, str]:
    """Return where old addresses lead, by the names of the files that would stand there.

    only_new: those that were not brought as they are.
    """
    try:
        places = json.loads((settings.HOME.site / BACKSTAGE / "redirects.json").read_bytes())
    except FileNotFoundError:
        return {}
    found = {}
    for old, new in places.items():
        try:
            name = file_of(old)
        except NoSuchPlace:
            continue
        if not local(name).is_file():
            found[name] = str(new)
    if not only_new:
        return found
    names = list(found)
    known: dict[str, str] = {}
    for start in range(0, len(names), _ROWS):
        rows = Copy.objects.filter(name__in=names[start : start + _ROWS]).values_list("name", "parts")
        known |= _seen_of(rows)
    return {name: place for name, place in found.items() if known.get(name) != f"→ {place}"}


def differing() -> Iterator[str]:
    """Yield the names of pages and pictures that stand here otherwise than they were brought, or not any more."""
    rows = Copy.objects.exclude(name__startswith=_PROGRAM).values_list("name", "parts")
    known = _seen_of(rows.iterator(chunk_size=2000))
    for name, digest, status in BakedFile.objects.values_list("file", "sha256", "status").iterator(
        chunk_size=2000
    ):
        if known.pop(name, None) != _seen(digest, status):
            yield name
    redirected = redirects_by_name()
    yield from (name for name in known if name not in redirected and not stands_here(name))


def wandering(listing: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return what a store has lost or holds otherwise, with what is left of each file; and the keys that are not ours.

    listing: every key with the MD5 of what stands there, empty where that is not known.
    """
    lost: dict[str, dict[str, str]] = {}
    ours: set[str] = set()
    for name, parts in Copy.objects.values_list("name", "parts").iterator(chunk_size=2000):
        objects = {suffix: told for suffix, told in parts.items() if suffix != SEEN}
        ours |= {name + suffix for suffix in objects}
        kept = {
            suffix: told for suffix, told in objects.items() if _is_as_given(listing.get(name + suffix), told)
        }
        if kept != objects:
            lost[name] = kept
    return lost, sorted(listing.keys() - ours)


def names_of(piece: uuid.UUID) -> list[str]:
    """Return the files of a piece's own."""
    return list(BakedFile.objects.filter(piece=piece).values_list("file", flat=True))


def stands_here(name: str) -> bool:
    """Is there such a file on our own disk?"""
    return local(name).is_file()


def local(name: str) -> Path:
    """Return where a file stands on our own disk: pictures have a folder of their own."""
    if name.startswith(_MEDIA):
        return Path(settings.HOME.media) / name.removeprefix(_MEDIA)
    return Path(settings.HOME.site) / name


def _is_as_given(etag: str | None, told: str) -> bool:
    return etag is not None and (not etag or told.startswith(etag))


def _seen(digest: str, status: int) -> str:
    return f"{digest} {status}"


def _seen_of(rows: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    return {name: parts.get(SEEN, "") for name, parts in rows}
