"""The world's mess: each trouble is told where the editor sees it, logged once, and stops nobody else."""

import errno
import gzip
import itertools
import logging
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from django.db import connection

from dateline.intake.actions import NotRead, check_channel, read_snapshot, take_again, take_entry
from dateline.intake.models import Entry, Original, Snapshot
from dateline.sources.models import Channel, Outlet
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def outlet():
    return Outlet.objects.create(
        name="Lakeside Post", slug="post", home_url="https://post.example/", language="en"
    )


@pytest.fixture
def channel(outlet, outlet_server):
    return Channel.objects.create(outlet=outlet, address=outlet_server.address + "/feed", next_check_at=NOW)


@pytest.fixture
def sound(outlet, outlet_server, ferry_page):
    """Return another channel, whose feed and page are in order."""
    url = outlet_server.put("/sound/page", ferry_page())
    address = outlet_server.put_feed("/sound/feed", [(url, "Ferry to sail every hour from May", "")])
    return Channel.objects.create(outlet=outlet, address=address, next_check_at=NOW)


@pytest.fixture
def entry_for(channel):
    """Return the maker of an entry that leads to an address."""

    def make(url, **fields):
        return Entry.objects.create(channel=channel, guid=url, url=url, seen_at=NOW, **fields)

    return make


class FullDisk:
    """A store with the real interface on a disk without room."""

    def keep(self, body):
        raise OSError(errno.ENOSPC, "No space left on device")

    def read(self, sha256):
        raise AssertionError("nothing was kept here")


@cache
def bomb(size=64 * 2**20):
    """Packed when a test first sends it, and not by each worker that reads this file."""
    return gzip.compress(b"\0" * size)


def sent(reply):
    """Return the reply with its body, where the table names what makes it."""
    return {**reply, "body": reply["body"]()} if callable(reply.get("body")) else reply


def assert_still_runs(channel):
    """Check that this channel and its pages come in as ever."""
    assert check_channel(channel=channel, now=NOW).trouble == ""
    run_all_jobs()
    assert channel.entries.get().state == Entry.State.TAKEN


FEED_TROUBLES = {
    "a feed that is gone": ({"status": 404}, "There is nothing at"),
    "a feed that is closed": ({"status": 403}, "does not let us in"),
    "a server that is broken": ({"status": 503}, "The server of"),
    "a page where a feed should be": ({"body": "<!doctype html><html><body>Hi</body></html>"}, "web page"),
    "an empty answer": ({"body": ""}, "empty"),
    "no text at all": ({"body": b"\x00\xff\xfe" * 100}, "no feed"),
    "an endless answer": ({"body": itertools.repeat(b"<rss>" * 20_000)}, "MiB"),
    "a bomb": ({"body": bomb, "Content_Encoding": "gzip"}, "MiB"),
    "a circle": ({"status": 302, "Location": "/feed"}, "redirect"),
    "a way to the inside": (
        {"status": 302, "Location": "http://169.254.169.254/latest/meta-data/"},
        "169.254",
    ),
    "entities of its own": (
        {"body": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel>&a;</channel></rss>'},
        "entities",
    ),
}


@pytest.mark.parametrize("trouble", FEED_TROUBLES)
def test_a_feed_in_trouble_says_so_is_logged_once_and_stops_nobody(
    outlet_server, channel, sound, caplog, trouble
):
    reply, words = FEED_TROUBLES[trouble]
    outlet_server.put("/feed", **sent(reply))
    with caplog.at_level(logging.WARNING):
        for hour in range(3):
            checked = check_channel(channel=channel, now=NOW + timedelta(hours=hour))
    channel.refresh_from_db()
    assert words in channel.trouble == checked.trouble
    assert (channel.failures, channel.trouble_since, channel.is_watched) == (3, NOW, True)
    assert channel.next_check_at > NOW + timedelta(hours=2)
    assert len([record for record in caplog.records if record.name.startswith("dateline")]) == 1
    assert not channel.entries.exists()
    assert_still_runs(sound)


def test_a_feed_that_recovers_is_well_again(outlet_server, channel, ferry_page):
    outlet_server.put("/feed", status=500)
    check_channel(channel=channel, now=NOW)
    outlet_server.put_feed("/feed", [(outlet_server.put("/ferry", ferry_page()), "Ferry", "")])
    assert check_channel(channel=channel, now=NOW + timedelta(hours=1)).new == 1
    channel.refresh_from_db()
    assert (channel.trouble, channel.failures, channel.trouble_since) == ("", 0, None)


def test_a_server_that_is_asked_too_often_is_left_alone_as_long_as_it_wishes(outlet_server, channel):
    outlet_server.put("/feed", status=429, Retry_After=str(20 * 3600))
    check_channel(channel=channel, now=NOW)
    assert "less often" in channel.trouble
    assert channel.next_check_at == NOW + timedelta(hours=20)


PAGE_TROUBLES = {
    "a page that is not there": ({"status": 404}, "There is nothing at", True),
    "a page without an article": ({"body": "<html><body><p>Hello.</p></body></html>"}, "article", False),
    "an empty page": ({"body": ""}, "empty", False),
    "a film": ({"body": b"\0" * 100, "content_type": "video/mp4"}, "video/mp4", False),
    "an endless page": ({"body": itertools.repeat(b"<p>more " * 20_000)}, "MiB", True),
    "a bomb": ({"body": bomb, "Content_Encoding": "gzip"}, "MiB", True),
    "a broken packing": ({"body": b"not gzip", "Content_Encoding": "gzip"}, "/page", True),
    "a way to the inside": ({"status": 302, "Location": "http://10.0.0.1/"}, "10.0.0.1", False),
    "a flood of markup": ({"body": "<div>" * 300_000}, "", False),
}


@pytest.mark.parametrize("trouble", PAGE_TROUBLES)
def test_a_page_in_trouble_says_so_on_its_entry_and_nothing_is_half_written(
    outlet_server, entry_for, sound, caplog, trouble
):
    reply, words, is_tried_again = PAGE_TROUBLES[trouble]
    entry = entry_for(outlet_server.put("/page", **sent(reply)))
    with caplog.at_level(logging.WARNING):
        take_entry(entry=entry, now=NOW)
        take_entry(entry=entry, now=NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == ("failed", 2)
    assert entry.trouble
    assert words in entry.trouble
    assert len([record for record in caplog.records if record.name.startswith("dateline")]) == 1
    assert (entry.next_try_at is not None) == is_tried_again
    assert (Original.objects.count(), Snapshot.objects.count()) == (0, 0)
    assert_still_runs(sound)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "http://10.1.2.3/a", "http://[::1]/", "http://localhost/", "http://2130706433/"],
)
def test_a_private_address_in_a_feed_is_refused_and_the_feed_goes_on(outlet_server, channel, ferry_page, url):
    good = outlet_server.put("/ferry", ferry_page())
    outlet_server.put_feed("/feed", [(url, "Inside", ""), (good, "Ferry", "")])
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    states = {entry.title: (entry.state, bool(entry.trouble)) for entry in channel.entries.all()}
    assert states == {"Inside": ("failed", True), "Ferry": ("taken", False)}


def test_letters_that_no_database_can_keep_are_left_out(outlet_server, channel, ferry_page):
    odd = "\\u0000\\ud800"
    url = outlet_server.put("/ferry", ferry_page(), X_Odd="\xff")
    feed = (
        f'{{"version": "https://jsonfeed.org/version/1.1", "title": "T{odd}", "items": [{{"id": "1{odd}",'
        f' "url": "{url}", "title": "Ferry{odd}", "summary": "S{odd}", "authors": [{{"name": "Vera{odd} Berg"}}]}}]}}'
    )
    outlet_server.put("/feed", feed, content_type="application/feed+json")
    assert check_channel(channel=channel, now=NOW).trouble == ""
    run_all_jobs()
    entry = channel.entries.get()
    assert (entry.guid, entry.title, entry.summary, entry.state) == ("1", "Ferry", "S", "taken")
    assert "Vera Berg" in str(entry.authors)


def test_an_entry_without_a_page_says_that_there_is_nothing_to_take(outlet_server, channel):
    items = (
        "<item><title>A note</title><guid isPermaLink='false'>n-1</guid><description>x</description></item>"
    )
    feed = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"
    outlet_server.put("/feed", feed, content_type="application/rss+xml")
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    entry = channel.entries.get()
    assert (entry.state, entry.next_try_at) == ("failed", None)
    assert "names no page" in entry.trouble


def test_a_page_in_a_broken_encoding_is_read_as_well_as_can_be(outlet_server, entry_for, ferry_page):
    page = ferry_page("Ferry fährt öfter").encode()
    broken = page.replace(b"diary", b"di\xffary").replace("fährt".encode(), "fährt".encode("cp1252"))
    entry = take_entry(entry=entry_for(outlet_server.put("/page", broken)), now=NOW)
    assert entry.state == "taken"
    assert entry.original.headline.startswith("Ferry f")
    assert "budget for dredging" in entry.original.body_text
    assert read_snapshot(entry.original.snapshots.get()) == broken


def test_a_lead_picture_that_is_none_is_only_a_reference_here(outlet_server, entry_for, ferry_page):
    picture = outlet_server.put("/picture.jpg", b"this is no picture", content_type="image/jpeg")
    page = ferry_page(head=f'<meta property="og:image" content="{picture}">')
    entry = take_entry(entry=entry_for(outlet_server.put("/page", page)), now=NOW)
    assert entry.original.image["url"] == picture
    assert outlet_server.asked_for("/picture.jpg") == []


def test_a_full_disk_leaves_no_row_and_the_page_is_taken_when_there_is_room(
    outlet_server, entry_for, ferry_page, sound
):
    entry = entry_for(outlet_server.put("/page", ferry_page()))
    take_entry(entry=entry, now=NOW, store=FullDisk())
    assert (entry.state, entry.next_try_at) == ("failed", NOW + timedelta(minutes=5))
    assert "No space left on device" in entry.trouble
    assert (Original.objects.count(), Snapshot.objects.count()) == (0, 0)
    take_entry(entry=entry, now=NOW + timedelta(minutes=5))
    assert (entry.state, entry.trouble, entry.attempts, entry.next_try_at) == ("taken", "", 0, None)


def test_a_missing_table_is_told_on_the_channel_and_the_watch_goes_on(
    outlet_server, channel, ferry_page, caplog
):
    outlet_server.put_feed("/feed", [(outlet_server.put("/ferry", ferry_page()), "Ferry", "")])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE intake_entry RENAME TO lost")
    with caplog.at_level(logging.WARNING):
        for hour in range(2):
            checked = check_channel(channel=channel, now=NOW + timedelta(hours=hour))
    assert "intake_entry" in checked.trouble
    assert "dateline doctor" in checked.trouble
    assert len([record for record in caplog.records if record.name.startswith("dateline")]) == 1
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE lost RENAME TO intake_entry")
    channel.refresh_from_db()
    assert channel.etag == channel.body_hash == ""
    assert check_channel(channel=channel, now=NOW + timedelta(days=1)).new == 1


def test_a_page_is_tried_again_with_growing_patience_and_then_left_to_a_person(outlet_server, entry_for):
    entry = entry_for(outlet_server.put("/page", status=500))
    moment, pauses = NOW, []
    while entry.attempts == 0 or entry.next_try_at is not None:
        take_entry(entry=entry, now=moment)
        if entry.next_try_at:
            pauses.append(entry.next_try_at - moment)
            [job] = Job.objects.ready().filter(task="intake.take_entry")
            Job.objects.all().delete()
            assert (job.kwargs, job.run_after) == ({"entry_id": entry.pk}, entry.next_try_at)
            moment = entry.next_try_at
    assert pauses == sorted(pauses)
    assert (len(pauses), pauses[0]) == (5, timedelta(minutes=5))
    assert not Job.objects.exists()


def test_a_piece_that_is_taken_stays_so_when_its_page_goes_away(outlet_server, entry_for, ferry_page):
    entry = take_entry(entry=entry_for(outlet_server.put("/page", ferry_page())), now=NOW)
    outlet_server.put("/page", status=410)
    take_entry(entry=entry, now=NOW + timedelta(days=1))
    assert entry.state == "taken"
    assert "took" in entry.trouble
    with pytest.raises(NotRead, match="for good"):
        take_again(original=entry.original, now=NOW + timedelta(days=1))
    assert Snapshot.objects.count() == 1


def test_a_poisoned_feed_is_told_in_a_sentence(outlet_server, channel):
    outlet_server.put("/feed", b"<rss><channel>" + b"<a>" * 200_000, content_type="application/rss+xml")
    told = check_channel(channel=channel, now=NOW).trouble
    assert told.startswith("What came is built to overwhelm whoever reads it, and was not read (")
    assert told.endswith(").")
