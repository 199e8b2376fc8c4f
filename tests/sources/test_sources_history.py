"""What is left of checks: bars for a chart, sums of days long gone, and health in plain words."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.net.letters import Answer, Hop, Response
from dateline.people.models import AuditEntry
from dateline.sources.actions import (
    Told,
    follow_move,
    note_success,
    note_trouble,
    note_unchanged,
    put_off,
    thin_history,
)
from dateline.sources.models import Channel, Check, CheckDay, Outlet
from dateline.sources.queries import health, history

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)
OLD, NEW = "https://post.example/feed", "https://post.example/rss"


@pytest.fixture
def outlet():
    return Outlet.objects.create(name="Lakeside Post", slug="post", home_url="https://post.example/")


@pytest.fixture
def channel(outlet):
    return Channel.objects.create(outlet=outlet, address=OLD, next_check_at=NOW)


def answer(status=200, body=b"", **headers):
    return Answer(status, tuple((k.replace("_", "-"), v) for k, v in headers.items()), body)


def response(final_url, *statuses):
    hops = tuple(Hop(OLD, status) for status in statuses)
    return Response(200, (), b"x", url=OLD, final_url=final_url, hops=hops, fetched_at=NOW)


def test_the_chart_has_a_bar_for_each_day_from_single_checks_and_from_sums(channel):
    CheckDay.objects.create(channel=channel, day_date=(NOW - timedelta(days=20)).date(), checks=96, new=3)
    note_success(channel=channel, answer=answer(body=b"abc"), now=NOW, told=Told(body_hash="x", new=2))
    note_trouble(channel=channel, message="Gone.", now=NOW, answer=answer(404))
    bars = history(channel, now=NOW)
    assert len(bars) == 30
    assert [bar.day_date for bar in bars] == sorted(bar.day_date for bar in bars)
    last, old = bars[-1], bars[-21]
    assert (last.checks, last.new, last.troubles, last.size) == (2, 2, 1, 3)
    assert (old.checks, old.new, old.troubles) == (96, 3, 0)
    assert sum(bar.checks for bar in bars) == 98


def test_old_checks_become_sums_once_and_the_chart_stays_the_same(channel):
    for days in (16, 15, 15, 2):
        Check.objects.create(channel=channel, at=NOW - timedelta(days=days), outcome="new", new=1, size=10)
    before = history(channel, now=NOW)
    assert [thin_history(now=NOW), thin_history(now=NOW)] == [2, 0]
    assert history(channel, now=NOW) == before
    assert Check.objects.count() == 1
    assert list(CheckDay.objects.order_by("day_date").values_list("checks", "new", "size")) == [
        (1, 1, 10),
        (2, 2, 20),
    ]


def test_a_late_check_of_a_day_that_was_summed_is_added(channel):
    CheckDay.objects.create(channel=channel, day_date=(NOW - timedelta(days=20)).date(), checks=5, size=1)
    Check.objects.create(channel=channel, at=NOW - timedelta(days=20), outcome="trouble", size=2)
    thin_history(now=NOW)
    day = CheckDay.objects.get()
    assert (day.checks, day.troubles, day.size) == (6, 1, 3)


def test_many_unchanged_channels_are_noted_as_one_would_be(outlet):
    channels = [
        Channel.objects.create(outlet=outlet, address=f"{OLD}/{n}", next_check_at=NOW, failures=n, etag='"1"')
        for n in range(3)
    ]
    Channel.objects.update(trouble="It was ill.", trouble_since=NOW)
    note_unchanged(checked=[(one, answer(304, ETag='"2"'), 0.25) for one in channels], now=NOW)
    for one in Channel.objects.all():
        assert (one.failures, one.trouble, one.trouble_since, one.etag) == (0, "", None, '"2"')
        assert one.last_checked_at == one.last_success_at == NOW
        assert one.next_check_at >= NOW + timedelta(minutes=15)
        check = one.checks.get()
        assert (check.outcome, check.status, check.milliseconds) == ("unchanged", 304, 250)
    assert len(set(Channel.objects.values_list("next_check_at", flat=True))) == 3


def test_a_channel_that_is_put_off_is_neither_checked_nor_in_trouble(channel):
    put_off(channels=[channel], until=NOW + timedelta(seconds=8))
    channel.refresh_from_db()
    assert (channel.next_check_at, channel.failures) == (NOW + timedelta(seconds=8), 0)
    assert not channel.checks.exists()


def test_a_body_that_cannot_be_read_need_not_come_again(channel):
    note_trouble(channel=channel, message="No feed.", now=NOW, answer=answer(200, ETag='"7"'))
    assert (channel.etag, channel.body_hash, channel.failures) == ('"7"', "", 1)


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_moved_for_good_gets_its_new_address_and_the_audit_says_so(channel, status):
    assert follow_move(channel=channel, response=response(NEW, status, 301), now=NOW) == ""
    channel.refresh_from_db()
    assert (channel.address, channel.former_addresses) == (NEW, [OLD])
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.summary) == ("move", None, f"{OLD} → {NEW}")


@pytest.mark.parametrize(
    "moved",
    [
        response(NEW, 302),
        response(NEW, 301, 307),
        response(OLD),
        response("http://post.example/feed", 301),
        response("https://post.example/" + "x" * 1000, 301),
    ],
    ids=["for now", "in the end for now", "not at all", "to the open", "too far"],
)
def test_other_redirects_change_no_address(channel, moved):
    assert follow_move(channel=channel, response=moved, now=NOW) == ""
    channel.refresh_from_db()
    assert (channel.address, channel.former_addresses) == (OLD, [])


def test_a_feed_that_moved_to_one_we_have_asks_a_person_to_choose(channel, outlet):
    Channel.objects.create(outlet=outlet, address=NEW, next_check_at=NOW)
    remark = follow_move(channel=channel, response=response(NEW, 301), now=NOW)
    assert "watch already" in remark
    assert "Stop one of the two" in remark
    note_success(channel=channel, answer=answer(), now=NOW, remark=remark)
    told = health(channel, now=NOW)
    assert (told.is_well, told.words, told.since) == (False, remark, NOW)


def test_a_quiet_channel_says_for_how_long_what_is_usual_and_what_to_do(channel):
    channel.last_new_at, channel.pace_seconds = NOW - timedelta(days=9, hours=3), 8 * 3600
    note_success(channel=channel, answer=answer(304), now=NOW)
    told = health(channel, now=NOW)
    assert told.words == (
        "Nothing new for 9 days. It usually brings 3 a day. The server answers and says nothing changed."
    )
    assert told.since == channel.last_new_at
    assert "Open the outlet's site" in told.advice


def test_a_first_look_does_not_tell_how_much_a_channel_usually_brings(channel):
    found = [NOW - timedelta(hours=hours) for hours in (1, 2, 4, 7, 9)]
    note_success(channel=channel, answer=answer(), now=NOW, told=Told(body_hash="a", new=5, moments=found))
    assert "It is too early to tell how much it usually brings." in health(channel, now=NOW).words
    later = NOW + timedelta(hours=25)
    note_success(
        channel=channel, answer=answer(), now=later, told=Told(body_hash="b", new=1, moments=[*found, later])
    )
    assert "It usually brings 4 a day." in health(channel, now=later).words


def test_a_channel_that_brings_little_is_not_called_quiet_before_its_time(channel):
    channel.last_new_at, channel.pace_seconds = NOW - timedelta(days=9), 7 * 86400
    note_success(channel=channel, answer=answer(304), now=NOW)
    words = health(channel, now=NOW).words
    assert words.startswith("Read without trouble. It usually brings one every 7 days.")
    assert "216 hours ago" in words


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (403, "let this site read"),
        (404, "new address"),
        (410, "once a week"),
        (429, "we wait"),
        (500, "their server is ill"),
        (451, "the law"),
    ],
)
def test_each_kind_of_trouble_says_what_to_do_and_that_nothing_is_dropped(channel, status, advice):
    note_trouble(channel=channel, message="Wrong.", now=NOW, answer=answer(status))
    told = health(channel, now=NOW)
    assert advice in told.advice
    assert "stays on the list" in told.advice
    assert told.since == NOW
