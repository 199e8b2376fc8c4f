"""What every test shares: a corpus that may be missing, and sockets that reach this machine only."""

import os
import socket
import sys
from pathlib import Path

import hypothesis
import pytest
from soaking import SOAKING

pytest_plugins = ["browsers", "engines", "lanes"]

# No test is timed: a busy machine is slow, and not wrong.
UNTIMED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("here", **UNTIMED)
hypothesis.settings.register_profile("soak", max_examples=5000, **UNTIMED)
hypothesis.settings.load_profile("soak" if SOAKING else "here")

LOOPBACK = ("127.", "::1", "localhost")
PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True, scope="session")
def _no_power_cuts():
    """Let the disk write when it likes: no test pulls the plug, and a page is thousands of times on its way to the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch):
    """Close every way out but loopback and local sockets: a test that leaves the machine fails."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_words_of_another_house():
    """Forget the glossaries that are kept: a test's rows are rolled back, and the next one's bear the same stamp."""
    yield
    kept = sys.modules.get("dateline.translation.queries.glossary")
    if kept is not None:
        kept._glossary.cache_clear()


@pytest.fixture(scope="session")
def corpus():
    """Return the folder of the shared corpus, or skip the test that asked."""
    folder = Path(os.environ.get("DATELINE_CORPUS", PROJECT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"the shared corpus is not at {folder} (DATELINE_CORPUS)")
    return folder


ALLOWED_SKIPS = PROJECT / "tests" / "allowed-skips.txt"
_skipped = []


def pytest_runtest_logreport(report):
    """Remember what was skipped, for the end."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session):
    """In CI, a test that was skipped and is not on the list is a failure: nothing goes quiet unseen."""
    if os.environ.get("CI") != "true" or hasattr(session.config, "workerinput"):
        return
    listed = tuple(
        line.strip() for line in ALLOWED_SKIPS.read_text().splitlines() if line.strip()[:1] not in ("#", "")
    )
    unseen = [node for node in _skipped if not node.startswith(listed)]
    if unseen:
        print("\nSkipped, and not in tests/allowed-skips.txt:", *unseen, sep="\n  ")
        session.exitstatus = 1


def pytest_collection_modifyitems(items):
    """Mark the long proofs, which `make soak` runs whole, and what is tried again (docs/decisions/022).

    Long proofs are properties, and real processes that are killed. A test that drives a browser and kills nothing is
    tried twice more before it is a failure; a soak tries nothing again.
    """
    for item in items:
        is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        kills = item.get_closest_marker("kill")
        if is_property or (kills and "journeys" not in item.nodeid):
            item.add_marker(pytest.mark.soak)
        if item.get_closest_marker("browser") and not kills and not SOAKING:
            item.add_marker(pytest.mark.flaky(reruns=2))
