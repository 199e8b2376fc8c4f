"""A stroke: files laid aside with their compressed forms, then put in place by renames alone.

The list of what is concerned is on the disk before the first rename and goes after the last row was written: where
a list lies about, a press died within, and what it names has to be made again.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from dateline.lib.crash import crash_point
from dateline.lib.files import sync_folder, write_atomically
from dateline.publishing.stores.disk import (
    BACKSTAGE,
    FORMS,
    LATER,
    OK,
    STATUS,
    TEXTS,
    forget_later,
    forms_for,
    place,
    told_if_full,
)

STROKES: Final = "strokes"
LIST: Final = "concerned.json"

# What has to be made again: a recipe's kind and key.
Concerned = tuple[str, str]


class Stage:
    """One stroke below the store's `root`. lay and take first, then strike once, then settle.

    aside: another folder in which it is laid aside for a minute to come; `keep` writes down what it holds and
    `kept_in` finds it again, in another process.
    """

    def __init__(self, root: Path, *, errands: Sequence[Concerned], aside: Path | None = None) -> None:
        self.root = root
        self.folder = aside or _new_folder(root)
        self._errands = [list(one) for one in errands]
        self._moves: list[tuple[str, Path]] = []
        self._pages: list[Path] = []
        self._gone: list[Path] = []

    def lay(self, name: str, content: bytes, *, status: int = OK) -> None:
        """Lay a file aside, with its forms and its status, written through to the disk.

        Raises OSError, NoRoom: then what was laid aside before is gone, too, and takes no room.
        """
        try:
            self._lay_all(name, content, status=status)
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _lay_all(self, name: str, content: bytes, *, status: int) -> None:
        file, stamp = self.root / name, time.time_ns()
        self.folder.mkdir(parents=True, exist_ok=True)
        if status != OK:
            self._lay(_beside(file, STATUS), str(status).encode(), stamp)
        forms = forms_for(file, content)
        for suffix, form in forms.items():
            self._lay(_beside(file, suffix), form, stamp)
        self._lay(file, content, stamp)
        if file.suffix in TEXTS and not forms:
            self._gone += [_beside(file, suffix) for suffix in FORMS]  # of an older file that was larger
        if status == OK:
            self._pages.append(file)

    def take(self, name: str) -> None:
        """Have a file taken away with all that stands beside it."""
        file = self.root / name
        self._gone += [file, *(_beside(file, suffix) for suffix in (*FORMS, *LATER, STATUS))]

    def keep(self) -> dict[str, Any]:
        """Return what it holds, to be given to `kept_in` again."""
        return {
            "moves": [[aside, self._name(file)] for aside, file in self._moves],
            "pages": [self._name(file) for file in self._pages],
            "gone": [self._name(file) for file in self._gone],
        }

    @classmethod
    def kept_in(
        cls,
        aside: Path,
        root: Path,
        *,
        errands: Sequence[Concerned],
        held: Mapping[str, Any],
        only: Collection[str],
    ) -> Self:
        """Return a stroke that was laid aside before, ready to strike: those of its files that are in `only`."""
        stage = cls(root, errands=errands)
        stage.folder.parent.mkdir(parents=True, exist_ok=True)
        aside.rename(stage.folder)
        wanted = {one + suffix for one in only for suffix in ("", *FORMS, *LATER, STATUS)}
        stage._moves = [(number, root / name) for number, name in held["moves"] if name in wanted]
        stage._pages = [root / name for name in held["pages"] if name in wanted]
        stage._gone = [root / name for name in held["gone"] if name in wanted]
        return stage

    def _name(self, file: Path) -> str:
        return str(file.relative_to(self.root))

    def strike(self) -> float:
        """Put everything in place and take away what goes. Returns how many seconds passed from first to last.

        Each page is whole at every moment: its marker and its forms come before it, as the shelf expects.
        """
        if not self._moves and not self._gone:
            return 0.0
        with told_if_full():
            write_atomically(self.folder / LIST, json.dumps(self._errands).encode())
        for folder in {place_of_it.parent for _aside, place_of_it in self._moves}:
            folder.mkdir(parents=True, exist_ok=True)
        marked = [file for file in self._pages if _beside(file, STATUS).exists()]
        crash_point("publishing.set-staged")
        began = time.perf_counter()
        for number, (aside, place_of_it) in enumerate(self._moves):
            forget_later(place_of_it)
            (self.folder / aside).replace(place_of_it)
            if number == len(self._moves) // 2:
                crash_point("publishing.set-half")
            crash_point("publishing.file-written")
        for file in self._gone:
            with suppress(FileNotFoundError, NotADirectoryError):
                file.unlink()
                crash_point("publishing.file-removed")
        _unmark(marked)
        window = time.perf_counter() - began
        for folder in {place_of_it.parent for _aside, place_of_it in self._moves}:
            sync_folder(folder)
        return window

    @staticmethod
    def left_in(root: Path) -> list[Concerned]:
        """Return what strokes that died may have left half done. Call it where no other is under way."""
        found: dict[Concerned, None] = {}
        for folder in sorted((root / BACKSTAGE / STROKES).glob("*")):
            with suppress(FileNotFoundError, ValueError):
                rows = json.loads((folder / LIST).read_bytes())
                found |= {(str(kind), str(key)): None for kind, key in rows}
        return list(found)

    @staticmethod
    def settle(root: Path) -> None:
        """Forget all strokes: what they named stands as the rows say."""
        shutil.rmtree(root / BACKSTAGE / STROKES, ignore_errors=True)

    def _lay(self, file: Path, content: bytes, stamp: int) -> None:
        aside = str(len(self._moves))
        place(self.folder / aside, content, stamp)
        self._moves.append((aside, file))


def _new_folder(root: Path) -> Path:
    return root / BACKSTAGE / STROKES / secrets.token_hex(8)


def _unmark(files: list[Path]) -> None:
    """What is found again loses its marker; a server that read it with the marker must see another file."""
    for file in files:
        _beside(file, STATUS).unlink(missing_ok=True)
        stamp = time.time_ns()
        for one in (*(_beside(file, suffix) for suffix in (*FORMS, *LATER)), file):
            with suppress(FileNotFoundError):
                os.utime(one, ns=(stamp, stamp))


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)
