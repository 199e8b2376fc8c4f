"""What journeys share."""

import fcntl
import json
import shutil
import socket
from pathlib import Path

import pytest
from newcomer import dateline


@pytest.fixture
def free_port():
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def laid(tmp_path_factory):
    """Return a home laid by the real command, without the sample, and its first account: never to be changed.

    It is laid once for all the processes of a test run; that the first set-up is right is a test of its own.
    """
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    with (shared / "laid.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        told = shared / "laid.json"
        if not told.exists():
            set_up = dateline(shared / "laid", "setup", "--empty", "--json", PORT="8000")
            assert set_up.returncode == 0, set_up.stderr
            told.write_text(set_up.stdout)
    return shared / "laid", json.loads(told.read_text())


@pytest.fixture(scope="session")
def copy_laid(laid):
    """Return what gives a test a laid home of its own: `copy_laid(folder)` copies it there."""

    def copied(folder: Path) -> Path:
        return Path(shutil.copytree(laid[0], folder))

    return copied
