"""Adding an outlet by whatever address somebody has, against a real server."""

from datetime import UTC, datetime

import pytest

from dateline.net.errors import AddressRefused, CannotConnect
from dateline.sources.actions import AlreadyWatched, add_outlet
from dateline.sources.finding import NoFeedFound
from dateline.sources.models import Outlet

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def add(url):
    return add_outlet(url=url, by=None, now=NOW)


def page(head="", body=""):
    return f"<!doctype html><html><head><title>Lakeside</title>{head}</head><body>{body}</body></html>"


def declared(href, title="News"):
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


def test_the_address_of_a_feed_is_enough(outlet_server):
    outlet = add(outlet_server.put_feed("/feed", [], title="The Lakeside Post"))
    assert (outlet.name, outlet.language) == ("The Lakeside Post", "en")


def test_a_page_of_the_site_leads_to_its_feed(outlet_server):
    feed = outlet_server.put_feed("/news/rss.xml", [])
    outlet = add(outlet_server.put("/about", page(declared("/news/rss.xml"))))
    assert outlet.channels.get().address == feed


def test_a_feed_that_is_only_linked_or_lies_where_feeds_lie_is_found(outlet_server):
    linked = outlet_server.put_feed("/export/rss", [], title="Linked")
    assert (
        add(outlet_server.put("/a", page(body="<a href='/export/rss'>RSS</a>"))).channels.get().address
        == linked
    )
    common = outlet_server.put_feed("/feed.xml", [], title="Common")
    assert add(outlet_server.put("/b", page())).channels.get().address == common


def test_a_declared_feed_that_is_dead_does_not_hide_a_living_one(outlet_server):
    living = outlet_server.put_feed("/living", [])
    outlet = add(outlet_server.put("/", page(declared("/dead") + declared("/living"))))
    assert outlet.channels.get().address == living


def test_a_feed_without_a_title_is_named_by_the_page_that_led_to_it(outlet_server):
    outlet_server.put_feed("/rss", [], title="")
    assert add(outlet_server.put("/", page(declared("/rss", title="Lakeside news")))).name == "Lakeside news"


def test_where_there_is_none_the_editor_reads_what_was_looked_at(outlet_server):
    home = outlet_server.put("/", page(declared("/dead")))
    with pytest.raises(NoFeedFound) as caught:
        add(home)
    looked_at = dict(caught.value.looked_at)
    assert "web page" in looked_at[home]
    assert "404" in looked_at[outlet_server.address + "/dead"]
    assert outlet_server.address + "/dead" in str(caught.value)
    assert not Outlet.objects.exists()


def test_a_feed_that_moved_for_good_is_watched_where_it_is_now(outlet_server):
    new = outlet_server.put_feed("/new", [])
    assert add(outlet_server.put("/old", status=301, Location="/new")).channels.get().address == new


def test_a_feed_that_is_elsewhere_for_now_is_watched_where_it_says(outlet_server):
    outlet_server.put_feed("/today", [])
    passing = outlet_server.put("/feed", status=302, Location="/today")
    assert add(passing).channels.get().address == passing


def test_the_same_feed_is_not_added_by_another_page(outlet_server):
    outlet_server.put_feed("/rss", [])
    add(outlet_server.put("/a", page(declared("/rss"))))
    with pytest.raises(AlreadyWatched):
        add(outlet_server.put("/b", page(declared("/rss"))))


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/feed", "file:///etc/passwd", "http://localhost/feed", "nonsense://x"]
)
def test_an_address_that_leads_inside_or_nowhere_is_refused_with_its_reason(outlet_server, url):
    with pytest.raises(AddressRefused):
        add(url)


def test_a_server_that_does_not_answer_is_told_as_it_is(outlet_server):
    outlet_server.close()
    with pytest.raises(CannotConnect):
        add(outlet_server.address + "/feed")


def test_a_hostile_page_is_no_trap(outlet_server):
    with pytest.raises(NoFeedFound):
        add(outlet_server.put("/", "<div>" * 300_000))
