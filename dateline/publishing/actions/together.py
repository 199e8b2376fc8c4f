"""Changing many pages as one: all are made first and laid aside, then put in place in one stroke.

Who reads the site sees the old state of all of them or the new one, but for the few milliseconds of the stroke.
A press that dies before it leaves everything old; one that dies within is made good by whoever comes next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from dateline.publishing.actions.following import let_follow
from dateline.publishing.actions.making import made_of
from dateline.publishing.actions.placing import Sheaf, forget, is_new, sheaves, store
from dateline.publishing.actions.rows import write_lines
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.press import Press
from dateline.publishing.stores.disk import DiskStore
from dateline.publishing.stores.staging import Stage

if TYPE_CHECKING:
    from dateline.publishing.leaf import Leaf

Trouble = tuple[Errand, Exception]


@dataclass(frozen=True)
class Changed:
    """What one stroke did. window_seconds: from the first file put in place to the last."""

    files: int
    window_seconds: float
    troubles: tuple[Trouble, ...] = ()


def change_together(press: Press, errands: Iterable[Errand], *, why: str = "") -> Changed:
    """Make the files of many errands and put them in place at one stroke. Safe to repeat.

    An errand that cannot be made keeps its old files, and no other from being made. What an earlier stroke left
    half done is part of this one.
    """
    disk = store()
    with disk.changing():
        wanted = list(dict.fromkeys([*_left_by_a_crash(disk), *errands]))
        with disk.holding_all([f"{one.kind}:{one.key}" for one in wanted]):
            made, troubles = _all_made(press, wanted)
            new = [
                leaf
                for one in made
                for leaf in one.leaves
                if is_new(disk, leaf, sha256(leaf.content).hexdigest())
            ]
            stage = Stage(disk.root, errands=[(one.errand.kind, one.errand.key) for one in made])
            for leaf in new:
                stage.lay(leaf.file, leaf.content, status=leaf.status)
            for one in made:
                for row in one.old:
                    stage.take(row.file)
            window = stage.strike()
            write_lines([line for one in made for line in one.lines(why=why)], now=press.now)
            forget(row for one in made for row in one.old)
            Stage.settle(disk.root)
            gone = [row.path for one in made for row in one.old]
            let_follow([*(leaf.path for leaf in new), *gone], now=press.now)
    removed = sum(len(one.old) for one in made)
    return Changed(len(new) + removed, window, tuple(troubles))


def _left_by_a_crash(disk: DiskStore) -> list[Errand]:
    """What stands may be half of a stroke: it is made again, from the database, which has gone on meanwhile."""
    return [Errand(kind, key) for kind, key in Stage.left_in(disk.root)]


def _all_made(press: Press, errands: list[Errand]) -> tuple[list[Sheaf], list[Trouble]]:
    made: list[tuple[Errand, list[Leaf]]] = []
    troubles: list[Trouble] = []
    for errand, leaves in made_of(press, errands):
        if isinstance(leaves, Exception):
            troubles.append((errand, leaves))  # one broken page keeps no other from being made
        else:
            made.append((errand, leaves))
    return sheaves(made), troubles
