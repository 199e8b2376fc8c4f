"""Real workers are killed in the middle of a round: no channel is lost, and none is asked twice beyond one retry."""

import shutil
import signal

import pytest
from soaking import budget
from test_intake_kill import PATIENCE_SECONDS, Newsroom, empty_newsroom, end

pytestmark = pytest.mark.kill
CHANNELS = 4
__all__ = ["empty_newsroom"]

WATCH = """
from django.utils import timezone
from dateline.sources.models import Channel, Outlet
outlet = Outlet.objects.create(name="Post", slug="post", home_url="https://post.example/")
for number in range({count}):
    Channel.objects.create(
        outlet=outlet, address=f"{address}/feed/{{number}}", next_check_at=timezone.now(), etag='"1"', body_hash="x"
    )
"""


@pytest.fixture
def watched(tmp_path, empty_newsroom, outlet_server):
    """Return an installation with channels that are due, half of which have something new."""
    shutil.copytree(empty_newsroom, tmp_path / "home")
    for number in range(CHANNELS):
        etag = '"1"' if number % 2 else '"2"'
        outlet_server.put_feed(f"/feed/{number}", [], title=f"Feed {number}", ETag=etag)
    newsroom = Newsroom(tmp_path / "home", allow=f"127.0.0.1:{outlet_server.port}")
    newsroom.django(
        "shell", "--verbosity", "0", "-c", WATCH.format(count=CHANNELS, address=outlet_server.address)
    )
    return newsroom


def checked(newsroom):
    [(count,)] = newsroom.read("SELECT count(*) FROM sources_channel WHERE last_checked_at IS NOT NULL")
    return count


@pytest.mark.soak
@pytest.mark.parametrize("point", ["intake.round-asked", "intake.round-noted"])
def test_a_round_killed_in_the_middle_is_done_again_and_asks_each_channel_at_most_once_more(
    watched, outlet_server, point
):
    kills = budget(1, whole=3)
    for number in range(1, kills + 1):
        died = watched.worker(crash_at=point).wait(PATIENCE_SECONDS)
        assert died == -signal.SIGKILL, number
    worker = watched.worker()
    watched.wait(lambda: checked(watched) == CHANNELS, worker)
    end(worker)
    for number in range(CHANNELS):
        assert 1 <= len(outlet_server.asked_for(f"/feed/{number}")) <= 1 + kills
    assert watched.read("SELECT count(*) FROM sources_host WHERE holder != ''") == [(0,)]
    [(checks,)] = watched.read("SELECT count(*) FROM sources_check")
    assert checks == CHANNELS
