"""Rounds: many channels asked together, each host in its turn, against a real server on loopback."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.intake.actions import check_channel, check_round, take_entry
from dateline.intake.models import Entry
from dateline.lib.confined import Cell, Limits
from dateline.net.doors import guarded_door
from dateline.sources.actions import HostTurns
from dateline.sources.models import Channel, Host, Outlet
from dateline.sources.queries import health, robots_word
from dateline.work.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def outlet():
    return Outlet.objects.create(name="Lakeside Post", slug="post", home_url="https://post.example/")


@pytest.fixture
def watch(outlet, outlet_server):
    """Return the maker of a channel on a feed of one piece; `status` and headers as the server is to answer."""

    def make(path="/feed", *, body=None, **answer):
        if body is None:
            outlet_server.put_feed(path, [(f"{outlet_server.address}/piece{path}", "Ferry", "")], **answer)
        else:
            outlet_server.put(path, body, **answer)
        return Channel.objects.create(outlet=outlet, address=outlet_server.address + path, next_check_at=NOW)

    return make


@pytest.fixture
def clock():
    return Clock()


class Clock:
    def __init__(self):
        self.at = NOW

    def __call__(self):
        self.at += timedelta(milliseconds=100)
        return self.at

    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)


def one_round(clock, **given):
    turns = HostTurns(clock=clock, sleep=clock.wait)
    return check_round(clock=clock, door=replace(guarded_door(), turns=turns), **given)


def rounds(clock, times=10, **given):
    """Run rounds until nothing is due, as the queue would, and return what they did together."""
    told = [one_round(clock, **given) for _ in range(times)]
    assert told[-1].asked == 0
    return {
        name: sum(getattr(one, name) for one in told) for name in ("asked", "unchanged", "new", "troubles")
    }


def test_a_round_reads_what_is_new_and_notes_what_is_not(watch, outlet_server, clock):
    channels = [watch(f"/feed/{n}", ETag=f'"{n}"') for n in range(3)]
    assert rounds(clock) == {"asked": 3, "unchanged": 0, "new": 3, "troubles": 0}
    assert Job.objects.filter(task="intake.take_entry").count() == 3
    clock.at += timedelta(hours=2)
    assert rounds(clock) == {"asked": 3, "unchanged": 3, "new": 0, "troubles": 0}
    for n, channel in enumerate(channels):
        first, second = outlet_server.asked_for(f"/feed/{n}")
        assert "If-None-Match" not in first
        assert second["If-None-Match"] == f'"{n}"'
        assert [check.outcome for check in channel.checks.order_by("at")] == ["new", "unchanged"]


def test_pieces_without_a_day_that_a_first_look_finds_tell_no_pace(watch, outlet_server, clock):
    links = [(f"{outlet_server.address}/{number}", f"Piece {number}", "") for number in range(9)]
    channel = watch("/feed")
    outlet_server.put_feed("/feed", links)
    one_round(clock)
    channel.refresh_from_db()
    assert channel.pace_seconds == 0
    assert "too early to tell" in health(channel, now=clock()).words


def test_what_is_wrong_with_one_is_wrong_with_no_other(watch, clock):
    sound = watch("/sound")
    ill = {
        "/gone": watch("/gone", body="gone", status=410),
        "/page": watch("/page", body="<html><p>A page</p></html>"),
        "/poison": watch("/poison", body=b"<rss><channel>" + b"<a>" * 200_000),
        "/bomb": watch("/bomb", body=b"x" * (16 * 2**20)),
    }
    told = rounds(clock)
    assert (told["new"], told["troubles"]) == (1, 4)
    sound.refresh_from_db()
    assert (sound.trouble, sound.failures) == ("", 0)
    for channel in ill.values():
        channel.refresh_from_db()
        assert channel.trouble
        assert channel.next_check_at > clock.at
        assert health(channel, now=clock.at).advice
    assert ill["/gone"].next_check_at - clock.at > timedelta(days=6)


def test_a_feed_that_takes_long_to_read_is_read_behind_the_others(watch, clock):
    channel = watch()
    assert rounds(clock, quick=Cell(Limits(seconds=0.000001)))["new"] == 1
    channel.refresh_from_db()
    assert (channel.trouble, channel.last_new_at is not None) == ("", True)


def test_a_feed_that_hangs_its_reader_ends_there_and_holds_up_no_other_for_long(watch):
    item = "<item><title>T{0}</title><link>http://x.example/{0}</link><description><![CDATA[{1}]]></description></item>"
    items = "".join(item.format(n, "<p><b>x</b><i>y</i></p>" * 1300) for n in range(400))
    heavy = watch("/heavy", body=f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>")
    sound = [watch(f"/sound/{n}") for n in range(3)]
    for _ in range(8):
        check_round()
    heavy.refresh_from_db()
    assert "took too long" in heavy.trouble
    assert heavy.is_slow
    for channel in sound:
        channel.refresh_from_db()
        assert channel.last_new_at < heavy.last_checked_at + timedelta(seconds=5)


def test_hosts_are_asked_one_channel_at_a_time_and_the_rest_come_again_soon(watch, clock, settings):
    settings.DATELINE_HOST_PAUSE_SECONDS = 30
    watch("/a")
    watch("/b")
    told = one_round(clock)
    assert (told.asked, told.put_off) == (1, 1)
    assert timedelta(seconds=28) < told.next_at - clock.at < timedelta(seconds=31)
    assert Channel.objects.filter(failures=0, trouble="").count() == 2


def test_a_host_that_rests_for_long_has_its_channels_put_off_until_then(watch, clock):
    channel = watch()
    until = datetime.now(UTC) + timedelta(hours=3)
    Host.objects.create(name=channel.host, free_at=until)
    told = check_round(clock=lambda: datetime.now(UTC))
    assert (told.asked, told.next_at) == (0, None)
    channel.refresh_from_db()
    assert channel.next_check_at == until
    assert channel.trouble == ""


def test_a_single_check_whose_host_is_busy_comes_again_and_is_no_failure(watch):
    channel = watch()
    until = datetime.now(UTC) + timedelta(hours=3)
    Host.objects.create(name=channel.host, free_at=until)
    assert check_channel(channel=channel, now=NOW).put_off_until == until
    channel.refresh_from_db()
    assert (channel.failures, channel.next_check_at) == (0, until)
    assert Job.objects.get(task="intake.check_channel").run_after == until


def test_a_feed_that_moved_for_good_is_followed_even_where_nothing_changed(watch, outlet_server, clock):
    channel = watch("/new", ETag='"1"')
    Channel.objects.filter(pk=channel.pk).update(address=outlet_server.address + "/old")
    outlet_server.put("/old", status=301, Location="/new")
    rounds(clock)
    channel.refresh_from_db()
    assert channel.address == outlet_server.address + "/new"
    assert channel.former_addresses == [outlet_server.address + "/old"]


def test_a_feed_that_moved_to_a_page_keeps_its_address_and_says_what_is_wrong(watch, outlet_server, clock):
    channel = watch("/old", body="", status=301, Location="/home")
    outlet_server.put("/home", "<html><p>Welcome</p></html>")
    rounds(clock)
    channel.refresh_from_db()
    assert channel.address == outlet_server.address + "/old"
    assert channel.trouble


def test_what_could_not_be_read_is_asked_for_with_its_validator_and_stays_wrong(watch, outlet_server, clock):
    channel = watch("/page", body="<html><p>A page</p></html>", ETag='"p"')
    rounds(clock)
    clock.at += timedelta(hours=2)
    rounds(clock)
    channel.refresh_from_db()
    assert outlet_server.asked_for("/page")[1]["If-None-Match"] == '"p"'
    assert channel.failures == 2
    assert "web page" in channel.trouble


def test_a_page_that_robots_txt_closes_is_left_alone_for_days_and_its_entry_says_why(watch, outlet_server):
    channel = watch()
    outlet_server.put("/robots.txt", "User-agent: *\nDisallow: /piece\n", content_type="text/plain")
    check_channel(channel=channel, now=NOW)
    entry = take_entry(entry=Entry.objects.get(), now=NOW)
    assert entry.state == "failed"
    assert "robots.txt says “Disallow: /piece”" in entry.trouble
    assert entry.next_try_at >= NOW + timedelta(days=3)
    assert outlet_server.asked_for("/piece/feed") == []
    word = robots_word(entry.url)
    assert (word.is_open, word.rule) == (False, "Disallow: /piece")


def test_robots_txt_is_asked_for_once_a_day(watch, outlet_server, ferry_page):
    outlet_server.put("/piece/feed", ferry_page())
    check_channel(channel=watch(), now=NOW)
    for hours in (0, 1, 25):
        take_entry(entry=Entry.objects.get(), now=NOW + timedelta(hours=hours))
    assert len(outlet_server.asked_for("/robots.txt")) == 2


def test_where_robots_txt_cannot_be_had_nothing_is_read_and_old_rules_stand(watch, outlet_server, ferry_page):
    outlet_server.put("/piece/feed", ferry_page())
    outlet_server.put("/robots.txt", "no", status=500)
    check_channel(channel=watch(), now=NOW)
    entry = take_entry(entry=Entry.objects.get(), now=NOW)
    assert "robots.txt cannot be had (500)" in entry.trouble
    assert outlet_server.asked_for("/piece/feed") == []
    outlet_server.put("/robots.txt", "User-agent: *\nAllow: /", content_type="text/plain")
    assert take_entry(entry=entry, now=NOW + timedelta(hours=1)).state == "taken"
    outlet_server.put("/robots.txt", "no", status=500)
    assert take_entry(entry=entry, now=NOW + timedelta(days=2)).trouble == ""


def test_a_page_whose_host_is_busy_is_no_attempt_and_comes_again(watch):
    channel = watch()
    check_channel(channel=channel, now=NOW)
    until = datetime.now(UTC) + timedelta(hours=1)
    Host.objects.update(free_at=until, robots_good_until=until, robots_read_at=NOW)
    entry = take_entry(entry=Entry.objects.get(), now=NOW)
    assert (entry.state, entry.attempts, entry.trouble) == ("new", 0, "")
    assert Job.objects.filter(task="intake.take_entry", run_after=until).exists() or (
        Job.objects.get(task="intake.take_entry").run_after <= until
    )


def test_hours_that_a_feed_skips_are_skipped(watch, outlet_server, clock):
    hours = "".join(f"<hour>{hour}</hour>" for hour in (12, 13, 14))
    channel = watch("/skips", ETag='"1"')
    body = outlet_server.pages["/skips"].body.replace(
        b"<item>", f"<skipHours>{hours}</skipHours><item>".encode(), 1
    )
    outlet_server.pages["/skips"].body = body
    rounds(clock)
    channel.refresh_from_db()
    assert channel.skip_hours == [12, 13, 14]
    assert channel.next_check_at == NOW.replace(hour=15)
