"""Real workers are killed while they take pieces: nothing is lost, doubled or half-written."""

import os
import random
import select
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from nursery import nursery
from soaking import budget

from dateline.intake.stores.disk import DiskStore

pytestmark = pytest.mark.kill
HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
PAGES = 4
PATIENCE_SECONDS = 90


class Newsroom:
    """An installation on disk with one watched feed, and the workers that take its pieces."""

    def __init__(self, folder, *, allow="", feed=""):
        self.folder = folder
        self.nursery = nursery("intake_kill_settings")
        self.environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("DATELINE_", "DJANGO_"))
            },
            "DATELINE_HOME": str(folder),
            "DATELINE_NET_ALLOW": allow,
            "DJANGO_SETTINGS_MODULE": "intake_kill_settings",
            "PYTHONPATH": f"{PROJECT}{os.pathsep}{HERE}",
        }
        if not (folder / "db").exists():
            self.django("migrate", "--run-syncdb", "--verbosity", "0")
        if feed:
            self.django("shell", "--verbosity", "0", "-c", WATCH.format(feed=feed))

    def django(self, *arguments):
        ended = self.nursery.run(["-m", "django", *arguments], env=self.environment)
        assert ended.returncode == 0, ended.stderr

    def script(self, code, *, environment=None):
        """Run a few lines in a process of its own, and return how it ended."""
        command = ["-m", "django", "shell", "--verbosity", "0", "-c", code]
        return self.nursery.run(command, env=environment or self.environment).returncode

    def worker(self, crash_at=""):
        with Path(os.devnull).open("wb") as nowhere:
            return self.nursery.start(
                ["-m", "django", "run_worker", "--idle-seconds", "0.05", "--lease-seconds", "3"],
                env={**self.environment, "DATELINE_CRASH_AT": crash_at}, stdout=nowhere, stderr=nowhere,
            )  # fmt: skip

    def read(self, sql):
        connection = sqlite3.connect(self.folder / "db" / "kill.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def taken(self):
        [(count,)] = self.read("SELECT count(*) FROM intake_entry WHERE state = 'taken'")
        return count

    def wait(self, is_done, worker):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_done():
            assert time.monotonic() < deadline, self.read("SELECT state, error FROM work_job")
            assert worker.poll() is None, "a worker ended by itself"
            select.select([], [], [], 0.05)


WATCH = """
from django.utils import timezone
from dateline.sources.actions import add_outlet
add_outlet(url={feed!r}, by=None, now=timezone.now())
"""


@pytest.fixture(scope="module")
def empty_newsroom(tmp_path_factory):
    """Return the folder of an installation with its tables and nothing in them."""
    return Newsroom(tmp_path_factory.mktemp("empty") / "home").folder


@pytest.fixture
def newsroom(tmp_path, empty_newsroom, outlet_server, ferry_page):
    shutil.copytree(empty_newsroom, tmp_path / "home")
    links = [
        (
            outlet_server.put(f"/{number}", ferry_page(f"Ferry number {number} sails")),
            f"Ferry number {number}",
            "",
        )
        for number in range(PAGES)
    ]
    feed = outlet_server.put_feed("/feed", links)
    return Newsroom(tmp_path / "home", allow=f"127.0.0.1:{outlet_server.port}", feed=feed)


def assert_whole(newsroom):
    """Check that each page is there once, with its proof on the disk, and that nothing waits or failed."""
    assert newsroom.read("SELECT state, count(*) FROM intake_entry GROUP BY state") == [("taken", PAGES)]
    assert newsroom.read("SELECT count(*), count(DISTINCT identity) FROM intake_original") == [(PAGES, PAGES)]
    snapshots = newsroom.read("SELECT sha256, size FROM intake_snapshot")
    assert len(snapshots) == PAGES
    store = DiskStore(newsroom.folder / "snapshots")
    assert [len(store.read(sha256)) for sha256, _size in snapshots] == [size for _sha256, size in snapshots]
    assert newsroom.read("PRAGMA integrity_check") == [("ok",)]


def end(worker):
    worker.send_signal(signal.SIGTERM)
    # The signal may come before a worker that found nothing left to do has begun to listen for it.
    assert worker.wait(30) in (0, -signal.SIGTERM)


@pytest.mark.parametrize(
    "point", ["intake.snapshot-stored", "intake.before-commit", "intake.before-commit:3"]
)
def test_a_worker_killed_at_a_crash_point_loses_nothing_and_doubles_nothing(newsroom, point):
    assert newsroom.worker(crash_at=point).wait(PATIENCE_SECONDS) == -signal.SIGKILL
    assert newsroom.taken() < PAGES
    worker = newsroom.worker()
    newsroom.wait(lambda: newsroom.taken() == PAGES, worker)
    end(worker)
    assert_whole(newsroom)


def test_workers_killed_at_any_moment_take_each_piece_once_and_ask_for_little_twice(newsroom, outlet_server):
    chance = random.Random(20260301)
    kills = 0
    for _ in range(budget(4, whole=40)):
        worker = newsroom.worker()
        select.select([], [], [], chance.uniform(0.1, 1.6))
        worker.kill()
        kills += worker.wait() == -signal.SIGKILL
    worker = newsroom.worker()
    newsroom.wait(lambda: newsroom.taken() == PAGES, worker)
    end(worker)
    assert_whole(newsroom)
    pages_asked = [path for path, _headers in outlet_server.asked if path not in ("/feed", "/robots.txt")]
    assert len(pages_asked) <= PAGES + kills, pages_asked
