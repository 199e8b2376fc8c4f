"""Which SQLite is sound enough for several writers in WAL mode."""

from typing import Final

FIRST_SOUND: Final = (3, 51, 3)


def warning_about(version: tuple[int, ...]) -> str:
    """Return why this SQLite is a risk, or nothing where it is sound.

    Source: https://sqlite.org/wal.html#walresetbug (3.7.0 to 3.51.2).
    """
    if version >= FIRST_SOUND:
        return ""
    told = ".".join(map(str, version))
    return (
        f"SQLite {told} has a fault that can damage the database when two processes write at once "
        f"(mended in {'.'.join(map(str, FIRST_SOUND))})."
    )
