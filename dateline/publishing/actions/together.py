"""Changing many pages as one: all are made first and laid aside, then put in place in one stroke.

Who reads the site sees the old state of all of them or the new one, but for the few milliseconds of the stroke.
A press that dies before it leaves everything old; one that dies within is made good by whoever comes next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from dateline.publishing.actions.making import leaves_of
from dateline.publishing.actions.placing import is_written_down, store, write_row
from dateline.publishing.leaf import Leaf
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.baked import Errand, made_by
from dateline.publishing.queries.press import Press
from dateline.publishing.stores.disk import DiskStore
from dateline.publishing.stores.staging import Stage

Trouble = tuple[Errand, Exception]


@dataclass(frozen=True)
class Changed:
    """What one stroke did. window_seconds: from the first file put in place to the last."""

    files: int
    window_seconds: float
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True)
class _Made:
    errand: Errand
    leaves: tuple[Leaf, ...]
    old: tuple[BakedFile, ...]


def change_together(press: Press, errands: Iterable[Errand]) -> Changed:
    """Make the files of many errands and put them in place at one stroke. Safe to repeat.

    An errand that cannot be made keeps its old files, and no other from being made. What an earlier stroke left
    half done is part of this one.
    """
    disk = store()
    with disk.changing():
        wanted = list(dict.fromkeys([*_left_by_a_crash(disk), *errands]))
        with disk.holding_all([f"{one.kind}:{one.key}" for one in wanted]):
            made, troubles = _all_made(press, wanted)
            new = _new_among(disk, made)
            stage = Stage(disk.root, errands=[(one.errand.kind, one.errand.key) for one in made])
            for leaf in new:
                stage.lay(leaf.file, leaf.content, status=leaf.status)
            for one in made:
                for row in one.old:
                    stage.take(row.file)
            window = stage.strike()
            _write_rows(made, press)
            Stage.settle(disk.root)
    removed = sum(len(one.old) for one in made)
    return Changed(len(new) + removed, window, tuple(troubles))


def _left_by_a_crash(disk: DiskStore) -> list[Errand]:
    """What stands may be half of a stroke: it is made again, from the database, which has gone on meanwhile."""
    return [Errand(kind, key) for kind, key in Stage.left_in(disk.root)]


def _all_made(press: Press, errands: list[Errand]) -> tuple[list[_Made], list[Trouble]]:
    made: list[_Made] = []
    troubles: list[Trouble] = []
    for errand in errands:
        try:
            leaves = tuple(leaves_of(press, errand))
        except Exception as error:  # noqa: BLE001  # one broken page keeps no other from being made
            troubles.append((errand, error))
            continue
        paths = {leaf.path for leaf in leaves}
        old = tuple(row for row in made_by(errand) if row.path not in paths)
        made.append(_Made(errand, leaves, old))
    return made, troubles


def _new_among(disk: DiskStore, made: list[_Made]) -> list[Leaf]:
    return [
        leaf
        for one in made
        for leaf in one.leaves
        if disk.digest(leaf.file) != sha256(leaf.content).hexdigest()
        or disk.status_of(leaf.file) != leaf.status
    ]


def _write_rows(made: list[_Made], press: Press) -> None:
    for one in made:
        for leaf in one.leaves:
            digest = sha256(leaf.content).hexdigest()
            if not is_written_down(leaf, one.errand, digest):
                write_row(leaf, one.errand, digest, now=press.now)
        for row in one.old:
            row.delete()
