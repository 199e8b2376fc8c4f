"""A file is whole or absent, whatever happens to the disk or to us."""

import errno
import os
import subprocess
import sys

import pytest

from dateline.lib.files import remove_unfinished, write_atomically

CHILD = """
import os, sys
from pathlib import Path
from dateline.lib.files import write_atomically
{before}
write_atomically(Path(sys.argv[1]), b"new" * 100_000)
"""


def in_a_child(before, path):
    """Write in a process of its own, after the lines `before`; return how it ended."""
    return subprocess.run(
        [sys.executable, "-c", CHILD.format(before=before), str(path)], capture_output=True, check=False
    )


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_written_file_holds_what_was_given_and_nothing_lies_beside_it(tmp_path):
    write_atomically(tmp_path / "a" / "b" / "page.html", b"hello")
    assert (tmp_path / "a" / "b" / "page.html").read_bytes() == b"hello"
    assert names(tmp_path / "a" / "b") == ["page.html"]


def test_a_second_writing_replaces_the_first(tmp_path):
    page = tmp_path / "page.html"
    write_atomically(page, b"old")
    write_atomically(page, b"new")
    assert page.read_bytes() == b"new"


def test_others_may_read_a_file_as_the_umask_allows(tmp_path):
    before = os.umask(0o022)
    try:
        write_atomically(tmp_path / "page.html", b"hello")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch, step):
    page = tmp_path / "page.html"
    write_atomically(page, b"old")

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(page, b"new")
    assert page.read_bytes() == b"old"
    assert names(tmp_path) == ["page.html"]


def test_a_limit_met_in_the_middle_of_writing_leaves_nothing_under_the_final_name(tmp_path):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))"
    ended = in_a_child(limit, tmp_path / "page.html")
    assert ended.returncode == 1
    assert b"File too large" in ended.stderr
    assert names(tmp_path) == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_writer_killed_before_its_last_step_leaves_the_old_file(tmp_path, step):
    page = tmp_path / "page.html"
    write_atomically(page, b"old")
    ended = in_a_child(f"os.{step} = lambda *_a, **_k: os.kill(os.getpid(), 9)", page)
    assert ended.returncode == -9
    assert page.read_bytes() == b"old"
    [left] = [name for name in names(tmp_path) if name != "page.html"]
    assert left.startswith(".")


def test_what_a_killed_writer_left_is_swept_but_not_what_is_young(tmp_path):
    page = tmp_path / "a" / "page.html"
    in_a_child("os.replace = lambda *_a, **_k: os.kill(os.getpid(), 9)", page)
    [left] = (tmp_path / "a").iterdir()
    written = left.stat().st_mtime
    assert remove_unfinished(tmp_path, before=written - 1) == 0
    assert remove_unfinished(tmp_path, before=written + 1) == 1
    assert names(tmp_path / "a") == []
