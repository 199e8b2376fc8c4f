"""Feeds of every kind, things that are none, and where a site keeps them."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake import apart
from dateline.intake.discovery import candidates
from dateline.intake.extract import NoArticle
from dateline.intake.feeds import NotAFeed, parse
from dateline.lib.confined import Cell
from dateline.lib.floods import HostileMarkup

URL = "https://lake.example/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>The Lake</title><link>https://lake.example/</link><language>en-gb</language><ttl>60</ttl>
<atom:link rel="hub" href="https://hub.example/"/>
<item><title>The ferry &amp; the &lt;b&gt;birds&lt;/b&gt;</title><link>/news/1</link><guid isPermaLink="false">n1</guid>
<dc:creator>Vera Lindqvist</dc:creator><pubDate>Sun, 01 Mar 2026 08:00:00 +0400</pubDate>
<description>&lt;p&gt;It &lt;i&gt;sails&lt;/i&gt;.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p onclick="x()">It sails <a href="javascript:x">again</a>.</p><script>x</script>]]></content:encoded>
<media:content url="https://lake.example/p.jpg" medium="image"/></item>
<item><title>No guid</title><link>https://lake.example/news/2</link><author>vera@lake.example (Vera Lindqvist)</author></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>دریاچه</title>
<link href="https://lake.example/fa/"/><entry><id>tag:lake.example,2026:1</id><title>کشتی</title>
<link rel="alternate" href="https://lake.example/fa/1"/><updated>2026-03-01T08:00:00Z</updated>
<author><name>Rahim Farsi</name></author><summary>کشتی رفت</summary></entry></feed>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "The Lake", "home_page_url": "https://lake.example/",
    "language": "en", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [{"id": 7, "url": "/news/7", "title": "Ferry", "content_text": "One <b>.\n\nTwo.", "image": "/p.png",
               "authors": [{"name": "Vera Lindqvist"}], "date_published": "2026-03-01T08:00:00+04:00"}, "odd"],
})  # fmt: skip


def test_rss_gives_its_entries_clean_and_whole():
    feed = parse(RSS.encode(), url=URL)
    assert (feed.title, feed.home_url, feed.language, feed.ttl, feed.hub) == (
        "The Lake", "https://lake.example/", "en-gb", 60, "https://hub.example/",
    )  # fmt: skip
    first, second = feed.entries
    assert (first.guid, first.url, first.title) == (
        "n1",
        "https://lake.example/news/1",
        "The ferry & the birds",
    )
    assert first.summary == "It sails ."
    assert first.content_html == '<p>It sails <a rel="nofollow noopener noreferrer">again</a>.</p>'
    assert first.authors == [{"name": "Vera Lindqvist", "kind": "person"}]
    assert first.published_at == "2026-03-01T08:00:00+04:00"
    assert first.image_url == "https://lake.example/p.jpg"
    assert second.guid == second.url == "https://lake.example/news/2"
    assert second.authors == [{"name": "Vera Lindqvist", "kind": "person"}]


def test_atom_gives_its_entries():
    feed = parse(ATOM.encode(), url=URL)
    entry = feed.entries[0]
    assert (feed.title, entry.guid, entry.url) == (
        "دریاچه",
        "tag:lake.example,2026:1",
        "https://lake.example/fa/1",
    )
    assert (entry.published_at, entry.language, entry.summary) == (
        "2026-03-01T08:00:00+00:00",
        "fa",
        "کشتی رفت",
    )


def test_json_feed_gives_its_entries():
    feed = parse(JSON.encode(), url=URL)
    (entry,) = feed.entries
    assert (feed.language, feed.hub) == ("en", "https://hub.example/")
    assert (entry.guid, entry.url, entry.image_url) == (
        "7",
        "https://lake.example/news/7",
        "https://lake.example/p.png",
    )
    assert entry.content_html == "<p>One &lt;b&gt;.</p><p>Two.</p>"
    assert entry.published_at == "2026-03-01T08:00:00+04:00"


def test_a_feed_without_entries_is_a_feed():
    assert parse(b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>').entries == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><head><title>x</title></head><body>x</body></html>", "web page, not a feed"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "sitemap"),
        (b"<note>x</note>", "«note»"),
        (b"hello", "neither XML nor JSON"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b'{"a": ', "cannot be read"),
        (b"[" * 100_000, "neither"),
        (b'{"a":' * 100_000, "cannot be read"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
            "entities",
        ),
    ],
)
def test_what_is_no_feed_says_what_it_is(content, message):
    with pytest.raises(NotAFeed, match=message):
        parse(content)


@pytest.mark.parametrize("unit", ["<a>", "<item " + " ".join(f"a{n}='1'" for n in range(1000)) + ">"])
def test_a_flood_never_reaches_the_parser(unit):
    with pytest.raises(HostileMarkup):
        parse(f"<rss version='2.0'><channel>{unit * (5_000 if len(unit) < 10 else 5)}".encode())


@settings(max_examples=budget(80, whole=2000), deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(RSS)))
def test_no_bytes_break_the_parser(noise, where):
    content = RSS.encode()
    with contextlib.suppress(NotAFeed, HostileMarkup):
        assert parse(content[:where] + noise + content[where:], url=URL)


@pytest.mark.corpus
def test_every_feed_of_the_corpus_gives_what_feedparser_sees(corpus):
    import feedparser

    files = sorted((corpus / "intake" / "feedparser-tests").rglob("*.xml"))
    assert len(files) > 500
    refused = 0
    for file in files[::3]:
        content = file.read_bytes()
        try:
            found = parse(content, url=URL)
        except (NotAFeed, HostileMarkup):
            refused += 1
            continue
        assert len(found.entries) == len(feedparser.parse(content).entries), file.name
    assert refused < 10


def test_declared_feeds_come_before_links_and_guesses():
    markup = """<link rel=alternate type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel=alternate type="application/atom+xml" title="News" href="/atom.xml">
    <link rel=alternate type="text/html" hreflang=fa href="/fa/"><a href="/rss/culture">Culture</a>
    <a href="https://feeds.example/lake">Lake</a><a href="/news/feeding-the-birds">Birds</a>"""
    found = candidates(markup, url="https://lake.example/")
    assert [(c.url, c.found) for c in found[:3]] == [
        ("https://lake.example/atom.xml", "declared"),
        ("https://lake.example/comments/feed/", "declared"),
        ("https://lake.example/rss/culture", "linked"),
    ]
    assert {c.found for c in found[3:]} == {"guessed"}
    assert "https://lake.example/feed/" in [c.url for c in found]


def test_a_page_that_says_nothing_leaves_the_common_places():
    assert {c.found for c in candidates(b"", url="https://lake.example/news/")} == {"guessed"}


def test_the_confined_child_gives_the_same_answers_and_errors():
    cell = Cell()
    try:
        assert apart.parse_channel(RSS.encode(), kind="feed", cell=cell, url=URL) == parse(
            RSS.encode(), url=URL
        )
        with pytest.raises(NotAFeed, match="web page"):
            apart.parse_channel(b"<html><body>x</body></html>", kind="feed", cell=cell)
        with pytest.raises(NoArticle, match="empty"):
            apart.extract(b" ", cell=cell, url=URL)
        with pytest.raises(HostileMarkup, match="elements"):
            apart.extract(b"<div>" * 50_000, cell=cell, url=URL)
    finally:
        cell.close()


def a_feed_of(*titles):
    items = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><link>https://example.org/{n}</link><title>{title}</title>"
        f"<description>&lt;p&gt;Told of {title}&lt;/p&gt;</description></item>"
        for n, title in enumerate(titles)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()
    )


def test_an_entry_that_is_known_and_says_the_same_is_left_out():
    known = {"0": ("https://example.org/0", "One"), "1": ("https://example.org/1", "Two")}
    found = parse(a_feed_of("One", "Two, corrected", "Three"), url="https://example.org/feed", known=known)
    assert [(entry.guid, entry.title, entry.summary) for entry in found.entries] == [
        ("1", "Two, corrected", "Told of Two, corrected"),
        ("2", "Three", "Told of Three"),
    ]
    assert found.title == "T"


def test_an_entry_that_is_known_under_another_address_is_told_again():
    known = {"0": ("https://example.org/old/0", "One")}
    assert len(parse(a_feed_of("One"), url="https://example.org/feed", known=known).entries) == 1
