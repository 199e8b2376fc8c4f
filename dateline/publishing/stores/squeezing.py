"""The smallest compressed forms of a file, made when the machine has nothing else to do.

A process of its own, so that nobody waits for it: the kernel lets it run only where nothing else wants the processor
(SCHED_IDLE). It is told names of files, one a line, and answers each with the size of what it laid beside in a folder
that readers never see; who asked puts it in place. Brotli 11 takes seventy times as long as 5 for a tenth of the size.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

import brotli  # type: ignore[import-untyped]
import zstandard

BROTLI_QUALITY: Final = 11
ZSTD_LEVEL: Final = 19
# What is larger is no page, and would take minutes.
LARGEST: Final = 2_000_000
FORMS: Final = (".br", ".zst")


def squeezed(content: bytes) -> dict[str, bytes]:
    """Return the smallest forms of a text by the suffix of their files; the same bytes for the same text."""
    return {
        ".br": brotli.compress(content, quality=BROTLI_QUALITY),
        ".zst": zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_content_size=True).compress(content),
    }


class Squeezer:
    """The process, as the one who asks sees it."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process, self._folder = process, folder

    def press(self, file: Path) -> dict[str, bytes]:
        """Return the smallest forms of a file; none where it is gone, or too large. Raises OSError."""
        asked, answered = self._process.stdin, self._process.stdout
        if asked is None or answered is None:
            return {}
        asked.write(f"{file}\n")
        asked.flush()
        if answered.readline().strip() != "made":
            return {}
        return {suffix: (self._folder / f"pressed{suffix}").read_bytes() for suffix in FORMS}


@contextmanager
def squeezing(folder: Path) -> Iterator[Squeezer]:
    """Start the process, and end it. folder: where it lays what it has made; nobody else uses it."""
    folder.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "dateline.publishing.stores.squeezing", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Squeezer(process, folder)
        finally:
            process.kill()


def main(folder: Path, asked: IO[str], answers: IO[str]) -> None:
    """Press what is asked for, until nothing is."""
    _give_way()
    for line in asked:
        answers.write("made\n" if _pressed(Path(line.rstrip("\n")), folder) else "nothing\n")
        answers.flush()


def _pressed(file: Path, folder: Path) -> bool:
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not content or len(content) > LARGEST:
        return False
    for suffix, form in squeezed(content).items():
        (folder / f"pressed{suffix}").write_bytes(form)
    return True


def _give_way() -> None:
    os.nice(19)
    with suppress(AttributeError, OSError):  # another system, or one that forbids it
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin, sys.stdout)
