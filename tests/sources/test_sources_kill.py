"""Real workers are killed while they add a list: each channel is there once, with its outlet, and no outlet alone."""

import os
import select
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from nursery import nursery
from soaking import budget

pytestmark = pytest.mark.kill
PROJECT = Path(__file__).resolve().parent.parent.parent
FEEDS = budget(16, whole=200)
# Each kill is an attempt more, and the queue waits longer after each.
POINTS = ("sources.list-before-commit:3", "sources.list-step:4", "sources.list-before-commit")[
    : budget(2, whole=3)
]
PATIENCE_SECONDS = 120
BRING = """
from django.utils import timezone
from dateline.sources.actions.importing import add_list, bring_list
outlines = "".join(f'<outline text="Post {n}" xmlUrl="https://outlet-{n}.example/feed"/>' for n in range(FEEDS))
brought = bring_list(content=f"<opml><body>{outlines}</body></opml>".encode(), name="x", by=None, now=timezone.now())
add_list(brought=brought, by=None, now=timezone.now())
"""


class Newsroom:
    """An installation on disk with one list to be added."""

    def __init__(self, folder):
        self.folder = folder
        self.nursery = nursery("intake_kill_settings")
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))
        }
        self.environment = {
            **kept,
            "DATELINE_HOME": str(folder),
            "DATELINE_NET_ALLOW": "",
            "DJANGO_SETTINGS_MODULE": "intake_kill_settings",
            "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'tests' / 'intake'}",
        }
        self.django("migrate", "--run-syncdb", "--verbosity", "0")
        self.django("shell", "--verbosity", "0", "-c", f"FEEDS = {FEEDS}\n{BRING}")

    def django(self, *arguments):
        ended = self.nursery.run(["-m", "django", *arguments], env=self.environment)
        assert ended.returncode == 0, ended.stderr

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


def test_a_list_is_added_whole_whenever_its_worker_is_killed(tmp_path):
    newsroom = Newsroom(tmp_path / "home")
    for point in POINTS:
        assert newsroom.worker(crash_at=point).wait(PATIENCE_SECONDS) == -signal.SIGKILL
        [(done, channels)] = newsroom.read(
            "SELECT done, (SELECT count(*) FROM sources_channel) FROM sources_importedlist"
        )
        assert done == channels < FEEDS
        assert newsroom.read("SELECT count(*) FROM sources_outlet") == [(channels,)]
    worker = newsroom.worker()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while newsroom.read("SELECT state FROM sources_importedlist") != [("added",)]:
        assert time.monotonic() < deadline, newsroom.read("SELECT state, error FROM work_job")
        assert worker.poll() is None, "a worker ended by itself"
        select.select([], [], [], 0.05)
    worker.send_signal(signal.SIGTERM)
    worker.wait(30)
    assert newsroom.read("SELECT done, added, total FROM sources_importedlist") == [(FEEDS, FEEDS, FEEDS)]
    assert newsroom.read(
        "SELECT count(*), count(DISTINCT address), count(DISTINCT outlet_id) FROM sources_channel"
    ) == [(FEEDS, FEEDS, FEEDS)]
    assert newsroom.read("PRAGMA integrity_check") == [("ok",)]
