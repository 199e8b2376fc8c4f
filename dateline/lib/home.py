"""Where an installation keeps its data: one folder, six rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("site", "db", "snapshots", "media", "keys", "log")


@dataclass(frozen=True)
class Home:
    """The folder of an installation's data (`DATELINE_HOME`).

    Everything that a backup must hold is below `path`; nothing else is written anywhere.
    """

    path: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], *, default: Path) -> "Home":
        """Return the home that `DATELINE_HOME` names, else `default`. Relative paths start at the caller's folder."""
        return cls(Path(environment.get("DATELINE_HOME") or default).expanduser().resolve())

    @property
    def site(self) -> Path:
        """Baked pages, as a web server may serve them."""
        return self.path / "site"

    @property
    def db(self) -> Path:
        """The embedded database and its journals."""
        return self.path / "db"

    @property
    def snapshots(self) -> Path:
        """Raw responses, compressed, named by their hash."""
        return self.path / "snapshots"

    @property
    def media(self) -> Path:
        """Uploaded pictures and files."""
        return self.path / "media"

    @property
    def keys(self) -> Path:
        """Secrets made on this machine; readable by the owner alone."""
        return self.path / "keys"

    @property
    def log(self) -> Path:
        """What the processes said."""
        return self.path / "log"

    def lay(self) -> None:
        """Make the folders that are missing. Raises OSError where the disk or the rights refuse."""
        for name in FOLDERS:
            (self.path / name).mkdir(parents=True, exist_ok=True)
        self.keys.chmod(0o700)
