"""Adding an outlet by whatever address somebody has, against a real server."""

import gzip
import hashlib
from datetime import UTC, datetime

import pytest

from dateline.intake.actions.finding import look_around
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


def looked(url):
    return look_around(url, now=NOW)


def test_all_feeds_of_a_page_are_offered_with_what_they_list(outlet_server):
    first = outlet_server.put_feed(
        "/news.xml", [(f"{outlet_server.address}/1", "Ferry sails", "-")], title="News"
    )
    second = outlet_server.put_feed("/sport.xml", [], title="Sport")
    findings = looked(outlet_server.put("/", page(declared("/news.xml") + declared("/sport.xml"))))
    assert [one.address for one in findings.feeds] == [first, second]
    assert (findings.feeds[0].title, findings.feeds[0].pieces) == ("News", 1)
    assert findings.feeds[0].headlines == ("Ferry sails",)
    assert findings.has_page


def test_one_feed_under_two_addresses_is_offered_once(outlet_server):
    outlet_server.put_feed("/feed", [], title="News")
    outlet_server.put_feed("/feed?format=rss", [], title="News")
    findings = looked(outlet_server.put("/", page(declared("/feed") + declared("/feed?format=rss"))))
    assert len(findings.feeds) == 1


def test_a_feed_that_we_have_byte_for_byte_is_not_added_again(outlet_server):
    outlet = add(outlet_server.put_feed("/feed", [], title="News"))
    channel = outlet.channels.get()
    channel.body_hash = hashlib.sha256(outlet_server.pages["/feed"].body).hexdigest()
    channel.save()
    with pytest.raises(AlreadyWatched):
        add(outlet_server.put_feed("/mirror/rss", [], title="News"))


def test_a_page_that_lists_the_feeds_leads_to_them(outlet_server):
    outlet_server.put(
        "/rss/", page(body="<a href='/rss/news.xml'>News</a> <a href='/rss/sport.xml'>Sport</a>")
    )
    feeds = [outlet_server.put_feed(f"/rss/{name}.xml", [], title=name) for name in ("news", "sport")]
    findings = looked(outlet_server.put("/", page(body="<a href='/rss/'>RSS</a>")))
    assert [one.address for one in findings.feeds] == feeds


def test_the_news_sitemap_that_robots_txt_names_is_offered_after_the_feeds(outlet_server):
    outlet_server.put("/robots.txt", f"User-agent: *\nSitemap: {outlet_server.address}/s/index.xml\n")
    outlet_server.put(
        "/s/index.xml", index_of(f"{outlet_server.address}/s/news.xml"), content_type="text/xml"
    )
    news = outlet_server.put("/s/news.xml", news_sitemap("Ferry sails"), content_type="text/xml")
    feed = outlet_server.put_feed("/rss", [], title="News")
    findings = looked(outlet_server.put("/", page(declared("/rss"))))
    assert [(one.kind, one.address) for one in findings.feeds] == [("feed", feed), ("sitemap", news)]
    assert findings.feeds[1].headlines == ("Ferry sails",)


def test_a_site_without_a_feed_is_watched_by_its_sitemap(outlet_server):
    outlet_server.put("/robots.txt", f"Sitemap: {outlet_server.address}/news.xml.gz")
    packed = gzip.compress(news_sitemap("Ferry sails").encode())
    news = outlet_server.put("/news.xml.gz", packed, content_type="application/gzip")
    channel = add(outlet_server.put("/", page())).channels.get()
    assert (channel.kind, channel.address) == ("sitemap", news)


def test_the_address_of_a_sitemap_is_enough(outlet_server):
    address = outlet_server.put("/news.xml", news_sitemap("Ferry sails"), content_type="text/xml")
    assert [one.kind for one in looked(address).feeds] == ["sitemap"]


def test_a_news_sitemap_that_is_empty_today_is_taken_as_one_in_which_nothing_came_out(outlet_server):
    address = outlet_server.put("/news.xml", news_sitemap(), content_type="text/xml")
    [found] = looked(address).feeds
    assert (found.kind, found.pieces) == ("sitemap", 0)
    assert add(address).channels.get().kind == "sitemap"
    other = outlet_server.put("/other.xml", news_sitemap(), content_type="text/xml")
    assert add(other).channels.get().address == other


def test_a_sitemap_that_names_pages_and_no_piece_is_refused(outlet_server):
    about = "<urlset><url><loc>http://127.0.0.1/about</loc><lastmod>2026-03-01</lastmod></url></urlset>"
    findings = looked(outlet_server.put("/pages.xml", about, content_type="text/xml"))
    assert findings.feeds == ()
    assert "no pieces" in dict(findings.looked_at)[outlet_server.address + "/pages.xml"]


def test_an_index_whose_sitemaps_change_with_the_months_is_watched_itself(outlet_server):
    child = outlet_server.put("/posts-2026-03.xml", news_sitemap("Ferry sails"), content_type="text/xml")
    index = outlet_server.put("/sitemap.xml", index_of(child), content_type="text/xml")
    [found] = looked(index).feeds
    assert (found.address, found.pieces, found.headlines) == (index, 1, ("Ferry sails",))


def test_a_page_without_anything_says_so_and_that_it_is_a_page(outlet_server):
    findings = looked(outlet_server.put("/", page()))
    assert (findings.feeds, findings.has_page) == ((), True)
    assert findings.looked_at


def news_sitemap(*titles):
    places = "".join(
        f"<url><loc>http://127.0.0.1/{number}</loc><news:news><news:publication><news:name>Lakeside</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>2026-03-01</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
        for number, title in enumerate(titles)
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{places}</urlset>'
    )


def index_of(*addresses):
    inside = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
