"""A store that is another folder: a share that web servers mount, a disk of its own.

What stands there can be given out by nginx or Caddy as our own folder is: forms beside pages, and a marker where a
page answers with another status.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import md5
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dateline.lib.files import UNFINISHED, write_atomically
from dateline.publishing.stores.base import Parcel, StoreFailed
from dateline.publishing.stores.disk import STATUS


class FolderStore:
    """Files below another folder."""

    at_once = 1

    def __init__(self, root: Path) -> None:
        self.name = f"the folder {root}"
        self._root = root

    def put(self, parcel: Parcel) -> None:
        """Put a file in place; its marker stands before it comes, and goes after."""
        file = self._root / parcel.key
        marker = file.with_name(file.name + STATUS)
        status = "" if "redirect" in parcel.told else parcel.told.get("status", "")
        try:
            if not self._root.is_dir():
                raise StoreFailed(f"There is no folder {self._root}. Is it mounted?")
            if status:
                write_atomically(marker, status.encode())
            write_atomically(file, parcel.content)
            if not status and not parcel.encoding:
                marker.unlink(missing_ok=True)
        except OSError as error:
            raise StoreFailed(f"{self.name} cannot be written: {error.strerror or error}.") from error

    def remove(self, key: str) -> None:
        """Take a file away, with its marker."""
        file = self._root / key
        try:
            for one in (file, file.with_name(file.name + STATUS)):
                with suppress(FileNotFoundError, NotADirectoryError):
                    one.unlink()
        except OSError as error:
            raise StoreFailed(f"{self.name} cannot be written: {error.strerror or error}.") from error

    def listing(self) -> Iterator[tuple[str, str]]:
        """Yield what stands there."""
        for folder, _folders, names in os.walk(self._root):
            for name in sorted(names):
                if not name.endswith((STATUS, UNFINISHED)):
                    file = Path(folder) / name
                    content = md5(file.read_bytes(), usedforsecurity=False)
                    yield str(file.relative_to(self._root)), content.hexdigest()


def folder_store(told: str) -> FolderStore:
    """Return the folder that `file:///…` names. Raises StoreFailed."""
    path = unquote(urlsplit(told).path)
    if not path.startswith("/") or path == "/":
        raise StoreFailed("DATELINE_STORE has to name a whole path: file:///srv/www/digest.")
    return FolderStore(Path(path))
