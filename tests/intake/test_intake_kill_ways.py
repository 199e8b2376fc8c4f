"""Real workers are killed on every way by which pieces come: none is lost or doubled, and little is asked twice."""

import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from imap_server import ImapServer, a_letter
from soaking import budget
from test_intake_kill import PATIENCE_SECONDS, Newsroom, empty_newsroom, end

pytestmark = pytest.mark.kill
__all__ = ["empty_newsroom"]
EACH = 2  # pieces of each way
PIECES = 3 * EACH
TEXT = "The ferry across the lake will sail every hour from the first of May, the harbour office said. "

LAY_OUT = """
from django.utils import timezone
from dateline.intake.actions.drops import open_drop
from dateline.sources.models import Channel, Outlet
now = timezone.now()
outlet = Outlet.objects.create(name="Post", slug="post", home_url="https://post.example/", language="en")
Channel.objects.create(outlet=outlet, address={feed!r}, next_check_at=now)
Channel.objects.create(outlet=outlet, kind="mailbox", address="mailbox:news@post.example", next_check_at=now)
open_drop(outlet=outlet, by=None, now=now)
"""
THIN = """
from datetime import timedelta
from django.utils import timezone
from dateline.intake import keepers
from dateline.intake.actions.thinning import thin
for name in keepers.NEEDED:
    keepers.sign_in(name, lambda _originals: {})
print(len(thin(now=timezone.now() + timedelta(days=800)).gone))
"""


def ninjs(number):
    return (
        f'{{"uri": "urn:agency:{number}", "type": "text", "headline": "File {number} about the ferry", "language": "en",'
        f' "version": "1", "body_html": "<p>{TEXT * 3} Told in file {number}.</p>"}}'
    )


@pytest.fixture
def mail():
    server = ImapServer()
    for number in range(EACH):
        html = f"<html lang='en'><body><p>{TEXT * 4}</p><p>{TEXT * 2} Letter {number}.</p></body></html>"
        server.put(a_letter(f"Letter {number} of the harbour", html=html, sender="Post <news@post.example>"))
    yield server
    server.close()


@pytest.fixture
def newsroom(tmp_path, empty_newsroom, outlet_server, ferry_page, mail):
    """Return an installation to which pieces come by a feed, by letters and by files."""
    shutil.copytree(empty_newsroom, tmp_path / "home")
    links = [
        (outlet_server.put(f"/{n}", ferry_page(f"Ferry number {n} sails")), f"Ferry number {n} sails", "")
        for n in range(EACH)
    ]
    feed = outlet_server.put_feed("/feed", links, ETag='"1"')
    allow = f"127.0.0.1:{outlet_server.port},127.0.0.1:{mail.port}"
    newsroom = Newsroom(tmp_path / "home", allow=allow)
    newsroom.environment |= {"DATELINE_MAILBOX": mail.address, "DATELINE_MAILBOX_PASSWORD": mail.password}
    newsroom.django("shell", "--verbosity", "0", "-c", LAY_OUT.format(feed=feed))
    for number in range(EACH):
        path = newsroom.folder / "drops" / "post" / f"{number}.json"
        path.write_text(ninjs(number))
        os.utime(path, (time.time() - 60,) * 2)
    return newsroom


def write(newsroom, sql):
    with closing(sqlite3.connect(newsroom.folder / "db" / "kill.sqlite3", timeout=20)) as connection:
        connection.execute(sql)
        connection.commit()


def make_due(newsroom):
    """Let the beats and what they put off come now, as they would within minutes."""
    write(newsroom, "UPDATE work_beat SET next_run_at = '2020-01-01 00:00:00'")
    write(newsroom, "UPDATE work_job SET run_after = '2020-01-01 00:00:00' WHERE state = 'ready'")


def is_taken(newsroom):
    waiting = (
        "SELECT count(*) FROM work_job WHERE state IN ('ready', 'claimed') AND task LIKE 'intake.gather%'"
    )
    return newsroom.taken() == PIECES and newsroom.read(waiting) == [(0,)]


def goes_on(newsroom, is_done):
    """Let another worker do what the killed one left."""
    make_due(newsroom)
    worker = newsroom.worker()
    newsroom.wait(lambda: is_done(newsroom), worker)
    end(worker)


def fetched(mail):
    return sum("BODY.PEEK[]" in command or "BODY[]" in command for command in mail.commands)


def assert_whole(newsroom):
    """Check that each piece is there once and its proof lies on the disk, and that each file was put away."""
    originals = "SELECT count(*), count(DISTINCT identity) FROM intake_original"
    assert newsroom.read(originals) == [(PIECES, PIECES)]
    assert newsroom.read("SELECT state, count(*) FROM intake_entry GROUP BY state") == [("taken", PIECES)]
    assert newsroom.read("SELECT count(*) FROM intake_snapshot") == [(PIECES,)]
    assert newsroom.read("SELECT state, count(*) FROM intake_delivery GROUP BY state") == [("read", 2 * EACH)]
    assert newsroom.read("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    "point",
    [
        "intake.feed-before-commit",
        "intake.letter-kept",
        "intake.letter-before-commit:2",
        "intake.file-before-commit",
        "intake.pieces-written:2",
        "intake.file-read",
    ],
)
def test_a_worker_killed_on_any_way_loses_nothing_and_asks_for_nothing_twice_but_once(
    newsroom, outlet_server, mail, point
):
    kills = budget(1, whole=3)
    for _ in range(kills):
        assert newsroom.worker(crash_at=point).wait(PATIENCE_SECONDS) == -signal.SIGKILL
        make_due(newsroom)
        if newsroom.taken() == PIECES:
            break
    goes_on(newsroom, is_taken)
    goes_on(newsroom, lambda room: not list((room.folder / "drops" / "post" / "incoming").iterdir()))
    assert_whole(newsroom)
    for path in ["/feed", *(f"/{number}" for number in range(EACH))]:
        assert 1 <= len(outlet_server.asked_for(path)) <= 1 + kills, (path, point)
    assert EACH <= fetched(mail) <= EACH + kills, mail.commands


def test_a_worker_killed_while_it_looks_again_enters_the_change_once(newsroom, outlet_server, ferry_page):
    goes_on(newsroom, is_taken)
    correction = (
        "Correction: an earlier version of this article gave the wrong harbour. The ferry sails at six."
    )
    outlet_server.put("/0", ferry_page("Ferry number 0 sails", more=[correction]))
    write(newsroom, "UPDATE intake_watch SET next_look_at = '2020-01-01 00:00:00'")
    make_due(newsroom)
    assert newsroom.worker(crash_at="intake.looked-again").wait(PATIENCE_SECONDS) == -signal.SIGKILL
    assert newsroom.read("SELECT count(*) FROM intake_change") == [(0,)]
    goes_on(newsroom, lambda room: room.read("SELECT count(*) FROM intake_change") == [(1,)])
    assert newsroom.read("SELECT kind FROM intake_change") == [("correction",)]
    assert newsroom.read("SELECT count(*) FROM intake_snapshot") == [(PIECES + 1,)]
    assert len(outlet_server.asked_for("/0")) <= 3


@pytest.mark.parametrize("point", ["intake.thinning-begun", "intake.evidence-gone:2"])
def test_a_thinning_that_is_killed_is_finished_by_the_next(newsroom, point):
    goes_on(newsroom, is_taken)
    environment = {**newsroom.environment, "DATELINE_CRASH_AT": point}
    assert newsroom.script(THIN, environment=environment) == -signal.SIGKILL
    states = dict(newsroom.read("SELECT state, count(*) FROM intake_snapshot GROUP BY state"))
    assert states.get("thinning", 0) > 0
    assert newsroom.script(THIN) == 0
    left = newsroom.read("SELECT state, count(*) FROM intake_snapshot GROUP BY state")
    assert "thinning" not in dict(left)
    assert newsroom.read("SELECT count(*) FROM intake_original") == [(PIECES,)]
    assert newsroom.read("PRAGMA integrity_check") == [("ok",)]
