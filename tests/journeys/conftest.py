"""What journeys share."""

import fcntl
import json
import shutil
from pathlib import Path

import pytest
from newcomer import a_free_port, dateline, get, running


@pytest.fixture
def free_port():
    """Return a port of this machine that nobody listens on."""
    return a_free_port()


@pytest.fixture(scope="session")
def first_run(tmp_path_factory):
    """Return what came of the first run in a home of its own, without the sample: laid once for a whole test run.

    Its words, its answers, how it ended, and the folder, which is never to be changed.
    """
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    with (shared / "laid.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        told = shared / "laid.json"
        if not told.exists():
            told.write_text(json.dumps(_run_for_the_first_time(shared / "laid")))
    return json.loads(told.read_text())


def _run_for_the_first_time(home):
    with running(home, a_free_port(), "--empty") as first:
        desk, user, password = first.wait_for(r"^desk (\S+) user (\S+) password (\S+)$").groups()
        first.wait_until_ready()
        site, login = get(first.address + "/en/"), get(desk)
        ended = first.end()
    # For commands that are told no port.
    again = dateline(home, "setup", "--empty", "--json", PORT="8000")
    assert again.returncode == 0, again.stderr
    return {
        "home": str(home), "address": first.address, "desk": desk, "user": user, "password": password,
        "said": first.said, "ended": ended, "site": site[0], "login": [login[0], login[1].decode()],
    }  # fmt: skip


@pytest.fixture(scope="session")
def laid(first_run):
    """Return a home laid by the real command, without the sample, and its first account: never to be changed."""
    return Path(first_run["home"]), {name: first_run[name] for name in ("user", "password")}


@pytest.fixture(scope="session")
def copy_laid(laid):
    """Return what gives a test a laid home of its own: `copy_laid(folder)` copies it there."""

    def copied(folder: Path) -> Path:
        bells = shutil.ignore_patterns("bells")  # pipes of the workers that ran there: nothing to copy
        return Path(shutil.copytree(laid[0], folder, ignore=bells))

    return copied
