"""Real workers gather at once and are killed while they do: one story for one event, each piece once."""

import random
import select
import shutil
import signal

import pytest
from soaking import budget
from test_intake_kill import Newsroom, end

pytestmark = pytest.mark.kill
EVENTS, TELLINGS = 3, 4

FILL = """
from datetime import timedelta
from django.utils import timezone
from dateline.intake.models import Original
from dateline.sources.models import Outlet
from dateline.work.actions import enqueue_by_name
at = timezone.now() - timedelta(hours=3)
words = ["Ferry Marigold sails across Lake Orvel hourly", "Schoolgirl Petrova takes Osterby chess cup",
         "Flood breaks Velden dyke, Ruhsdorf evacuated"]
for telling in range({tellings}):
    outlet = Outlet.objects.create(name=f"Outlet {{telling}}", slug=f"o{{telling}}", home_url="https://o.example/")
    for event in range({events}):
        url = f"https://o{{telling}}.example/{{event}}"
        original = Original.objects.create(outlet=outlet, url=url, identity=url, headline=words[event], language="en",
            body_html="", body_text=f"{{words[event]}}. " + " ".join(f"{{words[event].split()[n % 4]}} of {{event}}-{{n}}"
            for n in range(30)) + f" Told by reporter number {{telling}}.", taken_at=at)
        enqueue_by_name("intake.gather_original", original_id=original.pk)
"""


@pytest.fixture(scope="module")
def full_newsroom(tmp_path_factory):
    newsroom = Newsroom(tmp_path_factory.mktemp("full") / "home")
    newsroom.django("shell", "--verbosity", "0", "-c", FILL.format(events=EVENTS, tellings=TELLINGS))
    return newsroom.folder


@pytest.fixture
def newsroom(tmp_path, full_newsroom):
    shutil.copytree(full_newsroom, tmp_path / "home")
    return Newsroom(tmp_path / "home")


def gathered(newsroom):
    [(count,)] = newsroom.read("SELECT count(*) FROM intake_membership")
    return count


def is_done(newsroom):
    waiting = "SELECT count(*) FROM work_job WHERE task = 'intake.gather_original' AND state IN ('ready', 'claimed')"
    return newsroom.read(waiting) == [(0,)]


def assert_whole(newsroom):
    """Check that each event is one story with each of its pieces once, and that no row was written twice."""
    pieces = EVENTS * TELLINGS
    assert (
        newsroom.read("SELECT error FROM work_job WHERE state = 'dead' AND task LIKE 'intake.gather%'") == []
    )
    assert gathered(newsroom) == pieces
    told = "SELECT count(*), sum(pieces) FROM intake_story"
    assert newsroom.read(told) == [(EVENTS, pieces)]
    for table in ("intake_vector", "intake_fingerprint"):
        assert newsroom.read(f"SELECT count(*), count(DISTINCT original_id) FROM {table}") == [
            (pieces, pieces)
        ]
    assert newsroom.read("SELECT count(*) FROM intake_likeness") == [(pieces - EVENTS,)]
    assert newsroom.read("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    "point", ["intake.gather-thought:2", "intake.gather-before-commit", "intake.gather-before-commit:5"]
)
def test_a_worker_killed_while_it_gathers_loses_nothing_and_doubles_nothing(newsroom, point):
    assert newsroom.worker(crash_at=point).wait(90) == -signal.SIGKILL
    assert gathered(newsroom) < EVENTS * TELLINGS
    worker = newsroom.worker()
    newsroom.wait(lambda: is_done(newsroom), worker)
    end(worker)
    assert_whole(newsroom)


def test_two_workers_at_once_open_one_story_for_one_event(newsroom):
    workers = [newsroom.worker(), newsroom.worker()]
    newsroom.wait(lambda: is_done(newsroom), workers[0])
    for worker in workers:
        end(worker)
    assert_whole(newsroom)


def test_workers_killed_at_any_moment_gather_each_piece_once(newsroom):
    chance = random.Random(20260301)
    for _ in range(budget(2, whole=30)):
        worker = newsroom.worker()
        select.select([], [], [], chance.uniform(0.05, 1.2))
        worker.kill()
        worker.wait()
    worker = newsroom.worker()
    newsroom.wait(lambda: is_done(newsroom), worker)
    end(worker)
    assert_whole(newsroom)
