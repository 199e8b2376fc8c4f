"""Jobs whose effects are files: a line where one begins and ends, a file where it is done."""

import os
import threading
from pathlib import Path

from dateline.work.progress import progress
from dateline.work.register import named_task


def note(line):
    """Append one line to the log and to standard output, whole or not at all."""
    handle = os.open(Path(os.environ["KILL_DIR"]) / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)
    os.write(1, f"{line}\n".encode())


def work_for(seconds):
    """Stand for work that takes a while."""
    threading.Event().wait(seconds)


@named_task("kill.print_page", max_attempts=20)
def print_page(number, seconds=0.05):
    """Leave the file of page `number`, however often it is repeated."""
    note(f"begin {number}")
    work_for(seconds / 2)
    (Path(os.environ["KILL_DIR"]) / f"page-{number}").write_text(str(number))
    work_for(seconds / 2)
    progress(1, 1)
    note(f"end {number}")


@named_task("kill.wait_long", max_attempts=3)
def wait_long():
    """Take longer than any patience."""
    note("begin long")
    work_for(600)
