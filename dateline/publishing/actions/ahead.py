"""Making ready what a minute to come will change, so that at the minute everything changes at one stroke.

What goes is known ahead: its pages, and all that show it, are made as if it had gone, and laid aside. At the minute
they are put in place by renames alone, if nothing on which it was decided has changed meanwhile. What goes at once
takes the same way. The database follows the stroke; a clearance that is taken away before it keeps the pieces off
every page that is made in between.
"""

import json
import logging
import shutil
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from dateline.articles.queries import foundation_of
from dateline.articles.signals import Going
from dateline.lib.crash import crash_point
from dateline.lib.files import write_atomically
from dateline.publishing.actions.baking import (
    PAGES,
    around,
    bake_one_by_one,
    in_order,
    write_redirects,
)
from dateline.publishing.actions.following import let_follow
from dateline.publishing.actions.making import made_ahead
from dateline.publishing.actions.placing import forget, store
from dateline.publishing.actions.recording import record_ended
from dateline.publishing.actions.rows import Line, write_lines
from dateline.publishing.actions.together import change_together
from dateline.publishing.leaf import Leaf, record_path
from dateline.publishing.models import Clearance, PieceDue
from dateline.publishing.queries.baked import Errand, made_by, that_show_any
from dateline.publishing.queries.going import as_if_gone
from dateline.publishing.queries.press import Press, open_press
from dateline.publishing.recipes import RECIPES, sitemap
from dateline.publishing.stores.disk import BACKSTAGE, DiskStore
from dateline.publishing.stores.staging import Stage
from dateline.rights.models import Withdrawal

logger = logging.getLogger(__name__)

AHEAD: Final = "ahead"
LIST: Final = "ready.json"
# What is laid aside; the rest (the sitemap) is made from what stands, after the stroke.
AT_ONCE: Final = PAGES | {"feed"}


@dataclass(frozen=True)
class _Made:
    """What one errand will make: its files that change, those that go, and what stood there when it was made."""

    errand: Errand
    leaves: tuple[Leaf, ...]
    gone: tuple[str, ...]
    base: dict[str, str]


def make_ready(*, going: Sequence[Going], at: datetime) -> int:
    """Make and lay aside what will stand when some pieces have gone at `at`. Returns how many files will change.

    What cannot be made is left for the minute itself.
    """
    pieces = [one.piece for one in going]
    with store().making_ready():
        return _laid_aside(going, pieces, at)


def _laid_aside(going: Sequence[Going], pieces: list[uuid.UUID], at: datetime) -> int:
    foundation = foundation_of(pieces)  # before anything is read: a change while we read is seen
    disk, press = store(), open_press(now=at)
    folder = _folder(disk, pieces, at)
    shutil.rmtree(folder, ignore_errors=True)
    with as_if_gone({one.piece: _to_come(one, at) for one in going}):
        made = list(_all_made(disk, press, pieces))
    stage = Stage(disk.root, errands=[], aside=folder)
    for one in made:
        for leaf in one.leaves:
            stage.lay(leaf.file, leaf.content, status=leaf.status)
        for name in one.gone:
            stage.take(name)
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "at": at.isoformat(),
        "going": [{**vars(one), "piece": str(one.piece)} for one in going],
        "foundation": foundation,
        "held": stage.keep(),
        "made": [_in_words(one) for one in made],
    }
    write_atomically(folder / LIST, json.dumps(told).encode())
    crash_point("publishing.made-ready")
    return sum(len(one.leaves) + len(one.gone) for one in made)


def strike_ready(*, pieces: Collection[uuid.UUID], now: datetime) -> set[uuid.UUID]:
    """Put in place what was made ready for some of these pieces, and make what follows from it.

    Returns the pieces that are gone from readers. What was decided on other grounds than hold now is forgotten.
    """
    with store().making_ready():  # where the minute has come before all was ready, it is waited for
        return _all_struck(pieces, now=now)


def _all_struck(pieces: Collection[uuid.UUID], *, now: datetime) -> set[uuid.UUID]:
    struck: set[uuid.UUID] = set()
    for folder in sorted((store().root / BACKSTAGE / AHEAD).glob("*")):
        told = _read(folder)
        concerned = {uuid.UUID(one["piece"]) for one in told.get("going", ())}
        if not concerned or not concerned <= set(pieces) or datetime.fromisoformat(told["at"]) > now:
            continue
        if foundation_of(sorted(concerned)) == told["foundation"]:
            _strike(folder, told, concerned, now=now)
            struck |= concerned
        shutil.rmtree(folder, ignore_errors=True)
    return struck


def settle_struck(*, pieces: Collection[uuid.UUID], now: datetime) -> None:
    """Seal that some pieces have gone whose pages a stroke has changed, now that the database says so too."""
    press = open_press(now=now)
    for piece in pieces:
        record_ended(press, piece)
    PieceDue.objects.filter(piece__in=pieces).delete()


# Laying aside


def _to_come(going: Going, at: datetime) -> Withdrawal | None:
    if not going.ground:
        return None
    ground = Withdrawal.Ground(going.ground)
    return Withdrawal(
        piece=going.piece, address=going.address, title=going.title, ground=ground, reason=going.reason, at=at
    )


def _folder(disk: DiskStore, pieces: Collection[uuid.UUID], at: datetime) -> Path:
    name = sha256(f"{at.isoformat()} {sorted(map(str, pieces))}".encode()).hexdigest()[:16]
    return disk.root / BACKSTAGE / AHEAD / name


def _all_made(disk: DiskStore, press: Press, pieces: Collection[uuid.UUID]) -> Iterator[_Made]:
    wanted = [one for one in in_order(around(press, pieces)) if one.kind in AT_ONCE and one.kind in RECIPES]
    for errand, leaves in made_ahead(press, wanted):
        if isinstance(leaves, Exception):
            logger.error("%s cannot be made ready ahead", errand, exc_info=leaves)
        else:
            yield _made(disk, errand, leaves)


def _made(disk: DiskStore, errand: Errand, leaves: list[Leaf]) -> _Made:
    stood = made_by(errand)
    # The record of a piece that stays is sealed from its page, and stays with it.
    kept = {leaf.path for leaf in leaves} | {record_path(leaf.path) for leaf in leaves if leaf.status == _OK}
    gone = tuple(row.file for row in stood if row.path not in kept)
    base = {
        name: disk.digest(name) for name in {*(row.file for row in stood), *(leaf.file for leaf in leaves)}
    }
    new = tuple(
        leaf
        for leaf in leaves
        if base[leaf.file] != sha256(leaf.content).hexdigest() or disk.status_of(leaf.file) != leaf.status
    )
    return _Made(errand, new, gone, base)


_OK: Final = 200


def _in_words(made: _Made) -> dict[str, Any]:
    return {
        "kind": made.errand.kind,
        "key": made.errand.key,
        "base": made.base,
        "gone": list(made.gone),
        "leaves": [
            {
                "path": leaf.path,
                "content_type": leaf.content_type,
                "language": leaf.language,
                "piece": str(leaf.piece) if leaf.piece else "",
                "status": leaf.status,
                "is_indexed": leaf.is_indexed,
                "changed_at": leaf.changed_at.isoformat() if leaf.changed_at else "",
                "shows": [str(piece) for piece in leaf.shows],
                "present": [str(piece) for piece in leaf.present],
                "tags": sorted(leaf.tags),
                "stale_on": leaf.stale_on.isoformat() if leaf.stale_on else "",
                "sheet": leaf.sheet,
                "sha256": sha256(leaf.content).hexdigest(),
            }
            for leaf in made.leaves
        ],
    }


# At the minute


def _read(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / LIST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}  # it is just being made, or whoever made it died
    return told


def _strike(folder: Path, told: dict[str, Any], pieces: Collection[uuid.UUID], *, now: datetime) -> None:
    disk, press = store(), open_press(now=now)
    if Stage.left_in(disk.root):
        change_together(press, [])  # another stroke died within: what it left is made first
    errands = [Errand(one["kind"], one["key"]) for one in told["made"]]
    with disk.changing(), disk.holding_all([f"{one.kind}:{one.key}" for one in errands]):
        fresh = [one for one in told["made"] if _stands_as_then(disk, one)]
        names = [(one["kind"], one["key"]) for one in fresh]
        stage = Stage.kept_in(folder, disk.root, errands=names, held=told["held"], only=_files(fresh))
        Clearance.objects.filter(piece__in=pieces).delete()
        stage.strike()
        for one in fresh:
            _write_rows(one, now=now)
        Stage.settle(disk.root)
    stale = set(errands) - {Errand(kind, key) for kind, key in names}
    coming = {
        uuid.UUID(one["piece"]): _to_come(Going(**{**one, "piece": uuid.UUID(one["piece"])}), now)
        for one in told["going"]
    }
    with as_if_gone(coming):
        change_together(press, stale)
        others = {one for one in that_show_any(pieces) if one.kind not in AT_ONCE}
        maps = {Errand("sitemap", key) for one in told["going"] for key in sitemap.keys_of(one["address"])}
        bake_one_by_one(press, in_order({*others, *maps}))
        write_redirects()


def _stands_as_then(disk: DiskStore, made: dict[str, Any]) -> bool:
    """Is there still what stood when it was made ready? Else somebody made it anew meanwhile, and knew more."""
    return all(disk.digest(name) == digest for name, digest in made["base"].items())


def _files(made: list[dict[str, Any]]) -> set[str]:
    return {name for one in made for name in one["base"]}


def _write_rows(made: dict[str, Any], *, now: datetime) -> None:
    errand, lines = Errand(made["kind"], made["key"]), []
    for one in made["leaves"]:
        leaf = Leaf(
            path=one["path"],
            content=b"",
            content_type=one["content_type"],
            language=one["language"],
            piece=uuid.UUID(one["piece"]) if one["piece"] else None,
            status=one["status"],
            is_indexed=one["is_indexed"],
            changed_at=datetime.fromisoformat(one["changed_at"]) if one["changed_at"] else None,
            shows=frozenset(uuid.UUID(piece) for piece in one["shows"]),
            present=frozenset(uuid.UUID(piece) for piece in one["present"]),
            tags=frozenset(one["tags"]),
            stale_on=date.fromisoformat(one["stale_on"]) if one["stale_on"] else None,
            sheet=one["sheet"],
        )
        lines.append(Line(leaf=leaf, errand=errand, sha256=one["sha256"], why="a piece on it has gone"))
    write_lines(lines, now=now)
    gone = [row for row in made_by(errand) if row.file in made["gone"]]
    forget(gone)
    let_follow([*(line.leaf.path for line in lines), *(row.path for row in gone)], now=now)
