"""Watching outlets. The finder is a fake with the real interface: finding is another room's trade."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from dateline.net.letters import Answer
from dateline.people.models import AuditEntry, User
from dateline.sources import finding
from dateline.sources.actions import (
    AlreadyWatched,
    Told,
    add_outlet,
    check_now,
    note_success,
    note_trouble,
    stop_watching,
    watch_again,
)
from dateline.sources.finding import FoundFeed, NobodyFinds, NoFeedFound
from dateline.sources.models import Channel, Outlet
from dateline.sources.queries import NoSuchOutlet, channel_at, health, outlet_called
from dateline.sources.tasks import check_due
from dateline.work.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED = "https://post.example/feed.xml"


@pytest.fixture(autouse=True)
def feeds(monkeypatch):
    """Return the feeds that the fake finder knows, by address."""
    known = {
        FEED: FoundFeed(
            address=FEED, title="The Lakeside Post", home_url="https://post.example/", language="en"
        )
    }

    def finder(url):
        if url not in known:
            raise NoFeedFound("No feed there.", looked_at=[(url, "a page")])
        return known[url]

    monkeypatch.setattr(finding, "_signed_in", [finder])
    return known


@pytest.fixture
def vera():
    return User.objects.create(username="vera")


@pytest.fixture
def channel():
    return add_outlet(url=FEED, by=None, now=NOW).channels.get()


def checks_waiting():
    return list(Job.objects.ready().filter(task="intake.check_channel"))


def answer(status=200, **headers):
    return Answer(
        status=status,
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body=b"",
    )


def test_an_outlet_is_called_as_its_feed_calls_itself_and_checked_at_once(vera):
    outlet = add_outlet(url=FEED, by=vera, now=NOW)
    channel = outlet.channels.get()
    assert (outlet.name, outlet.slug, outlet.language) == ("The Lakeside Post", "the-lakeside-post", "en")
    assert (channel.address, channel.next_check_at) == (FEED, NOW)
    assert [job.kwargs for job in checks_waiting()] == [{"channel_id": channel.pk}]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.subject_id) == ("watch", vera, str(outlet.pk))


def test_what_the_editor_says_goes_before_what_the_feed_says():
    outlet = add_outlet(url=FEED, by=None, now=NOW, name="Post", language="az", country="Lakeland")
    assert (outlet.name, outlet.language, outlet.country) == ("Post", "az", "Lakeland")


def test_an_address_typed_without_its_scheme_is_understood(feeds):
    add_outlet(url=" post.example/feed.xml ", by=None, now=NOW)
    assert Channel.objects.get().address == FEED


def test_the_same_feed_in_another_spelling_is_not_watched_twice(channel):
    with pytest.raises(AlreadyWatched, match="already a feed of The Lakeside Post"):
        add_outlet(url="HTTPS://post.example:443/feed.xml?utm_source=x", by=None, now=NOW)
    assert Outlet.objects.count() == 1


def test_a_page_that_leads_to_a_feed_we_have_adds_nothing(channel, feeds):
    feeds["https://post.example/news"] = feeds[FEED]
    with pytest.raises(AlreadyWatched):
        add_outlet(url="https://post.example/news", by=None, now=NOW)
    assert Outlet.objects.count() == 1


def test_a_second_outlet_of_the_same_name_gets_a_slug_of_its_own(channel, feeds):
    other = "https://other.example/feed"
    feeds[other] = FoundFeed(address=other, title="The Lakeside Post")
    outlet = add_outlet(url=other, by=None, now=NOW)
    assert (outlet.slug, outlet.home_url) == ("the-lakeside-post-2", "https://other.example/")


def test_where_no_feed_is_found_nothing_is_kept():
    with pytest.raises(NoFeedFound) as caught:
        add_outlet(url="https://nothing.example/", by=None, now=NOW)
    assert caught.value.looked_at == (("https://nothing.example/", "a page"),)
    assert not Outlet.objects.exists()


def test_without_a_room_that_finds_feeds_the_installation_says_so(monkeypatch):
    monkeypatch.setattr(finding, "_signed_in", [])
    with pytest.raises(NobodyFinds):
        add_outlet(url=FEED, by=None, now=NOW)


def test_validators_are_kept_byte_for_byte_and_renewed_by_every_answer_in_full(channel):
    odd = 'W/"a b  c"; x'
    note_success(channel=channel, answer=answer(ETag=odd, Last_Modified="yesterday-ish"), now=NOW)
    channel.refresh_from_db()
    assert (channel.etag, channel.last_modified) == (odd, "yesterday-ish")
    note_success(channel=channel, answer=answer(status=304), now=NOW)
    assert (channel.etag, channel.last_modified) == (odd, "yesterday-ish")
    note_success(channel=channel, answer=answer(ETag='"2"'), now=NOW)
    assert (channel.etag, channel.last_modified) == ('"2"', "")


def test_a_validator_that_cannot_be_kept_whole_is_not_kept(channel):
    note_success(channel=channel, answer=answer(ETag="x" * 501), now=NOW)
    assert channel.etag == ""


def test_a_channel_in_trouble_says_what_is_wrong_since_when_and_is_asked_again(channel, caplog):
    with caplog.at_level(logging.WARNING):
        for hour in range(3):
            note_trouble(channel=channel, message="It is gone.", now=NOW + timedelta(hours=hour))
    channel.refresh_from_db()
    assert (channel.failures, channel.trouble, channel.trouble_since) == (3, "It is gone.", NOW)
    assert channel.next_check_at == NOW + timedelta(hours=3)
    assert [record.message.endswith("It is gone.") for record in caplog.records] == [True]
    said = health(channel)
    assert not said.is_well
    assert "It is gone. The last 3 checks went wrong." in said.words
    assert list(Channel.objects.in_trouble()) == [channel]


def test_a_channel_that_recovers_is_well_at_once(channel):
    note_trouble(channel=channel, message="It is gone.", now=NOW, answer=answer(status=404))
    told = Told(body_hash="x", ttl_seconds=7200)
    note_success(channel=channel, answer=answer(), now=NOW + timedelta(days=1), told=told)
    channel.refresh_from_db()
    assert (channel.failures, channel.trouble, channel.trouble_since) == (0, "", None)
    pause = channel.next_check_at - NOW - timedelta(days=1)
    assert timedelta(hours=2) <= pause <= timedelta(hours=2, minutes=15)
    assert health(channel).is_well


def test_a_server_that_asks_for_rest_gets_it(channel):
    note_trouble(channel=channel, message="Too many.", now=NOW, answer=answer(429, Retry_After="36000"))
    assert channel.next_check_at == NOW + timedelta(hours=10)


def test_a_hundred_failures_do_not_end_the_watch(channel):
    for _ in range(100):
        note_trouble(channel=channel, message="It is gone.", now=NOW)
    assert list(Channel.objects.due(now=NOW + timedelta(days=1))) == [channel]


def test_the_beat_has_what_is_due_on_the_web_asked_in_one_round_and_the_rest_by_itself(channel, feeds):
    other = "https://other.example/feed"
    feeds[other] = FoundFeed(address=other, title="Other")
    later = add_outlet(url=other, by=None, now=NOW).channels.get()
    Channel.objects.filter(pk=later.pk).update(next_check_at=datetime(2999, 1, 1, tzinfo=UTC))
    Job.objects.all().delete()
    mailbox = Channel.objects.create(
        outlet=channel.outlet, kind="mailbox", address="mailbox:news", next_check_at=NOW
    )
    Channel.objects.create(outlet=channel.outlet, kind="hand", address="hand:vera", next_check_at=NOW)
    assert [check_due.call(), check_due.call()] == [2, 2]
    assert [job.kwargs for job in checks_waiting()] == [{"channel_id": mailbox.pk}]
    assert Job.objects.ready().filter(task="intake.check_round").count() == 1


def test_a_stopped_channel_is_not_checked_until_it_is_watched_again(channel, vera):
    Job.objects.all().delete()
    stop_watching(channel=channel, by=vera, now=NOW)
    assert check_due.call() == 0
    assert health(channel).advice == "Watch it again."
    with pytest.raises(AlreadyWatched, match="watch it again"):
        add_outlet(url=FEED, by=vera, now=NOW)
    watch_again(channel=channel, by=vera, now=NOW)
    assert len(checks_waiting()) == 1
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[1:] == [
        "stop-watching",
        "watch-again",
    ]


def test_a_channel_can_be_checked_now_whatever_its_cadence(channel):
    Channel.objects.update(next_check_at=NOW + timedelta(days=1))
    assert check_now(channel=channel, now=NOW).next_check_at == NOW


def test_an_outlet_is_found_by_its_slug_or_its_name(channel):
    assert outlet_called("the-lakeside-post") == outlet_called("the lakeside POST") == channel.outlet
    with pytest.raises(NoSuchOutlet, match="the-lakeside-post"):
        outlet_called("nobody")


def test_a_channel_is_found_by_another_spelling_of_its_address(channel):
    assert channel_at("https://POST.example/feed.xml#top") == channel
    assert channel_at("not an address") is None
