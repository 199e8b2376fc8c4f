"""The whole way from an outlet's feed to an original, against a real server on loopback."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.intake.actions import check_channel, read_snapshot, take_again, take_entry
from dateline.intake.models import Entry, ImmutableOriginal, Original, Snapshot
from dateline.intake.queries import changes, latest_snapshot
from dateline.sources.actions import add_outlet
from dateline.sources.models import Channel, Outlet
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
def ferry(outlet_server, channel, ferry_page):
    """Return the address of a page about the ferry that stands in the channel's feed."""
    url = outlet_server.put("/ferry", ferry_page())
    outlet_server.put_feed("/feed", [(url, "Ferry to sail every hour from May", "Four thousand had asked.")])
    return url


def take_all(channel, now=NOW):
    """Check the channel and take what it has, as the workers would."""
    checked = check_channel(channel=channel, now=now)
    run_all_jobs()
    return checked


@pytest.mark.corpus
def test_real_pages_of_a_feed_become_originals_by_the_schedule_alone(outlet_server, real_pages):
    links = []
    for number, (page, told) in enumerate(real_pages):
        url = outlet_server.put(f"/page/{number}", page, content_type="text/html")
        links.append((url, told["title"], ""))
    outlet = add_outlet(url=outlet_server.put_feed("/feed", links), by=None, now=NOW)
    run_all_jobs()

    originals = {original.url: original for original in Original.objects.filter(outlet=outlet)}
    assert len(originals) == len(real_pages)
    for (url, _title, _summary), (page, told) in zip(links, real_pages, strict=True):
        original = originals[url]
        found, wanted = set(original.body_text.split()), set(told["articleBody"].split())
        assert len(found & wanted) > 0.7 * len(wanted)
        assert original.headline
        assert original.language == "en"
        assert "<script" not in original.body_html
        assert read_snapshot(original.snapshots.get()) == page
    assert set(Entry.objects.values_list("state", flat=True)) == {"taken"}
    assert outlet.channels.get().last_success_at is not None


def test_an_entry_becomes_an_original_with_its_proof(outlet_server, channel, ferry, outlet):
    assert take_all(channel).new == 1
    original = Original.objects.get()
    assert original.headline == "Ferry to sail every hour from May"
    assert original.author_names == ["Rahim Aslan"]
    assert (original.url, original.identity, original.outlet) == (ferry, ferry, outlet)
    assert "budget for dredging" in original.body_text
    snapshot = original.snapshots.get()
    assert (snapshot.status, snapshot.url, snapshot.headline) == (200, ferry, original.headline)
    assert ["Content-Type", "text/html; charset=utf-8"] in snapshot.headers
    body = outlet_server.pages["/ferry"].body
    assert (read_snapshot(snapshot), snapshot.size) == (body, len(body))
    entry = Entry.objects.get()
    assert (entry.state, entry.original, entry.trouble) == ("taken", original, "")


def test_asking_again_changes_nothing_unless_the_source_did(channel, ferry):
    take_all(channel)
    entry, original = Entry.objects.get(), Original.objects.get()
    again = take_all(channel, NOW + timedelta(hours=1))
    assert (again.is_unchanged, again.new) == (True, 0)
    take_entry(entry=entry, now=NOW + timedelta(hours=1))
    assert take_again(original=original, now=NOW + timedelta(hours=2)) is None
    assert (Original.objects.count(), Snapshot.objects.count()) == (1, 1)
    assert changes(original) == []


def test_what_no_reader_would_notice_is_no_change(outlet_server, channel, ferry, ferry_page):
    take_all(channel)
    outlet_server.put("/ferry", ferry_page(head="<meta name='counter' content='1234567'>"))
    assert take_again(original=Original.objects.get(), now=NOW) is None
    assert Snapshot.objects.count() == 1


def test_a_changed_page_is_a_second_snapshot_of_the_same_original(outlet_server, channel, ferry, ferry_page):
    take_all(channel)
    original = Original.objects.get()
    first = original.snapshots.get()
    outlet_server.put(
        "/ferry",
        ferry_page(more=["Correction: the first boat leaves at six in the morning, and not at five."]),
    )
    second = take_again(original=original, now=NOW + timedelta(days=1))
    assert "at six in the morning" in second.body_text
    assert latest_snapshot(original) == second
    [change] = changes(original)
    assert (change.before, change.after) == (first, second)
    original.refresh_from_db()
    assert "at six in the morning" not in original.body_text
    assert Original.objects.count() == 1


def test_a_new_headline_in_the_feed_has_the_page_looked_at_again(outlet_server, channel, ferry, ferry_page):
    take_all(channel)
    outlet_server.put("/ferry", ferry_page("Ferry will not sail after all"))
    outlet_server.put_feed("/feed", [(ferry, "Ferry will not sail after all", "")])
    checked = take_all(channel, NOW + timedelta(hours=1))
    assert checked.new == 0
    assert latest_snapshot(Original.objects.get()).headline == "Ferry will not sail after all"
    assert Entry.objects.get().title == "Ferry will not sail after all"


def test_a_feed_that_puts_a_new_tracker_into_its_links_has_no_page_asked_again(
    outlet_server, channel, ferry_page
):
    for tracker in ("a", "b", "c"):
        link = outlet_server.put(f"/ferry?fbclid={tracker}", ferry_page())
        outlet_server.put_feed("/feed", [(link, "Ferry to sail every hour from May", "")])
        feed = outlet_server.pages["/feed"]
        feed.body = feed.body.replace(f"<guid>{link}</guid>".encode(), b"<guid>one</guid>")
        take_all(channel)
    assert len([path for path, _headers in outlet_server.asked if path.startswith("/ferry")]) == 1


def test_one_piece_under_two_addresses_is_one_original(outlet_server, channel, ferry):
    outlet_server.put("/ferry?utm_source=rss", outlet_server.pages["/ferry"].body)
    outlet_server.put_feed("/feed", [(ferry, "Ferry", ""), (ferry + "?utm_source=rss", "Ferry", "")])
    assert take_all(channel).new == 2
    assert (Original.objects.count(), Snapshot.objects.count()) == (1, 1)
    assert {entry.original for entry in Entry.objects.all()} == {Original.objects.get()}


def test_a_page_cannot_add_a_snapshot_to_another_outlets_original(outlet_server, channel, ferry, ferry_page):
    victim = Original(
        outlet=channel.outlet, url="https://other.example/a", identity="https://other.example/a", headline="A",
        language="en", taken_at=NOW, body_html="<p>a</p>", body_text="a",
    )  # fmt: skip
    victim.save()
    outlet_server.put("/ferry", ferry_page(head='<link rel="canonical" href="https://other.example/a">'))
    take_all(channel)
    assert victim.snapshots.count() == 0
    assert Original.objects.count() == 2


def test_an_original_has_its_address_without_trackers_and_its_snapshot_as_it_was_asked_for(
    outlet_server, channel, ferry_page
):
    tracked = outlet_server.put("/news/boat?id=7&utm_source=rss&fbclid=x", ferry_page("A boat sails"))
    outlet_server.put_feed("/feed", [(tracked, "A boat sails", "")])
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    original = Original.objects.get(headline="A boat sails")
    assert original.url == f"{outlet_server.address}/news/boat?id=7"
    assert [snapshot.final_url for snapshot in original.snapshots.all()] == [tracked]


def test_a_redirected_piece_is_known_by_where_it_ends(outlet_server, channel, ferry):
    short = outlet_server.put("/s/1", status=302, Location="/ferry")
    outlet_server.put_feed("/feed", [(short, "Ferry", "")])
    take_all(channel)
    snapshot = Snapshot.objects.get()
    assert (snapshot.url, snapshot.final_url, snapshot.original.identity) == (short, ferry, ferry)


def test_validators_go_back_as_they_came_and_not_modified_is_heard(outlet_server, channel, ferry):
    odd = 'W/"a:b  c"'
    outlet_server.put_feed(
        "/feed", [(ferry, "Ferry", "")], ETag=odd, Last_Modified="Sun, 1 Mar 2026 06:00:00 GMT"
    )
    take_all(channel)
    assert take_all(channel, NOW + timedelta(hours=1)).is_unchanged
    first, second = outlet_server.asked_for("/feed")
    assert "If-None-Match" not in first
    assert (second["If-None-Match"], second["If-Modified-Since"]) == (odd, "Sun, 1 Mar 2026 06:00:00 GMT")
    pause = channel.next_check_at - NOW - timedelta(hours=1)
    assert timedelta(minutes=15) <= pause <= timedelta(minutes=17)


def test_we_say_who_we_are(outlet_server, channel, ferry):
    take_all(channel)
    for path in ("/feed", "/ferry"):
        [headers] = outlet_server.asked_for(path)
        assert headers["User-Agent"].startswith("Dateline/")
        assert "Cookie" not in headers


def test_a_title_that_is_too_long_is_cut_and_a_guid_that_is_too_long_is_hashed(outlet_server, channel, ferry):
    outlet_server.put_feed("/feed", [(ferry + "?q=" + "x" * 900, "ferry " * 300, "")])
    check_channel(channel=channel, now=NOW)
    entry = Entry.objects.get()
    assert (len(entry.guid), entry.title[-6:], len(entry.title) <= 500) == (64, "ferry…", True)
    check_channel(channel=channel, now=NOW)
    assert Entry.objects.count() == 1


def test_a_job_for_a_channel_that_is_not_due_asks_nobody(outlet_server, channel, ferry):
    from dateline.intake import tasks

    Channel.objects.update(next_check_at=datetime(2999, 1, 1, tzinfo=UTC))
    assert tasks.check_channel.call(channel_id=channel.pk) == "not due"
    assert outlet_server.asked == []


def test_an_original_is_never_changed(channel, ferry):
    take_all(channel)
    original = Original.objects.get()
    original.headline = "Another"
    with pytest.raises(ImmutableOriginal):
        original.save()
    with pytest.raises(ImmutableOriginal):
        Original.objects.update(headline="Another")
