"""Feeds in three formats, of everything that has one: read by feedparser, sealed, and told to hubs."""

import json

import cast
import feedparser
import pytest
from django.utils import timezone
from lxml import etree

from dateline.articles.actions import unpublish
from dateline.articles.kinds import Kind
from dateline.lib.formats import atom, json_feed
from dateline.lib.formats.rss import Entry, Feed, Picture
from dateline.lib.formats.sealed import open_feed
from dateline.publishing.actions import ask_gate_of_all, change_around
from dateline.publishing.queries.record import keys

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def stood(site, settings):
    """A translation and a reprint on an English and a French site."""
    settings.DATELINE_HUBS = ["https://hub.example/"]
    topic = cast.a_topic()
    piece = cast.published(cast.a_translation(headline="The ferry & the bread", topics=(topic,)))
    change_around(pieces=[piece.uid], now=timezone.now())
    return piece


def feeds_of(piece):
    """Return the folders of all feeds in which a piece stands."""
    who = piece.credits.filter(contributor__isnull=False).first().contributor
    return [
        "/en/",
        f"/en/section/{piece.section.slug}/",
        f"/en/topic/{piece.topics.first().slug}/",
        f"/en/by/{who.slug}/",
        f"/en/outlet/{piece.original.outlet.slug}/",
        f"/en/kind/{piece.kind}/",
    ]


def test_each_list_of_pieces_is_a_feed_in_three_formats_for_as_long_as_it_has_a_piece(stood, site, read):
    each_is_read_by_feedparser(stood, read)
    each_is_sealed_by_itself(read)
    atom_has_what_its_schema_requires(read)
    unpublish(article=stood, by=None, now=cast.NOW)
    change_around(pieces=[stood.uid], now=timezone.now())
    for folder in feeds_of(stood)[3:]:
        assert not site.holds(f"{folder[1:]}atom.xml"), folder
    assert site.holds("en/atom.xml")


def each_is_read_by_feedparser(stood, read):
    for folder in feeds_of(stood):
        for name in ("feed.xml", "atom.xml"):
            feed = feedparser.parse(read(f"{folder}{name}"))
            assert not feed.bozo, (folder, name)
            entry = feed.entries[0]
            assert (entry.title, entry.id) == ("The ferry & the bread", f"urn:uuid:{stood.uid}")
            assert entry.link == f"https://digest.example{stood.get_absolute_url()}"
            assert "nine weeks" in entry.content[0].value
            assert entry.source.title == "Harbour Courier"
            links = {link.rel: link.href for link in feed.feed.links}
            assert links["self"] == f"https://digest.example{folder}{name}"
            assert links["hub"] == "https://hub.example/"
        told = json.loads(read(f"{folder}feed.json"))
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert told["feed_url"] == f"https://digest.example{folder}feed.json"
        assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        item = told["items"][0]
        assert item["external_url"] == stood.original.url
        assert item["_dateline"]["translators"] == ["Tomas Arden"]
        assert item["_dateline"]["source"]["name"] == "Harbour Courier"


def each_is_sealed_by_itself(read):
    public = keys().public()
    for name in ("feed.xml", "atom.xml", "feed.json"):
        content = read(f"/en/{name}").encode()
        [item] = open_feed(content, public=public)
        assert item.title == "The ferry & the bread"
        assert item.record.endswith("/record.json")


def test_a_reprint_is_an_excerpt_in_every_format(site, read):
    piece = cast.published(cast.a_reprint(headline="Le bac"))
    change_around(pieces=[piece.uid], now=timezone.now())
    entry = feedparser.parse(read("/fr/atom.xml")).entries[0]
    assert "content" not in entry
    item = json.loads(read("/fr/kind/reprint/feed.json"))["items"][0]
    assert "content_html" not in item
    assert item["content_text"]


def atom_has_what_its_schema_requires(read):
    """RFC 4287, 4.1: one id, title, updated and self link for a feed; for an entry an author, too."""
    root = etree.fromstring(read("/en/atom.xml").encode())
    for element in (root, root.find(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.find(f"{ATOM}author/{ATOM}name").text
    alternate = root.find(f"{ATOM}entry/{ATOM}link[@rel='alternate']")
    assert alternate.get("hreflang") == "en"


def test_formats_keep_what_xml_cannot_hold_out_and_say_an_empty_feed():
    now = cast.NOW
    picture = Picture(
        href="https://d.example/a.jpg", mime="image/jpeg", width=800, alt="A \x00boat", credit="Ines"
    )
    entry = Entry(
        href="https://d.example/x/", guid="urn:x", title="A\x0b & B", published_at=now, language="fa",
        html="<p>C</p>", picture=picture, notes=("Put right.",), licence="https://l.example/", via="https://o.example/",
        record=("https://d.example/r", "00"),
    )  # fmt: skip
    feed = Feed(
        href="https://d.example/feed.xml", page="https://d.example/", title="D", summary="", language="en", entries=(entry,)
    )  # fmt: skip
    parsed = feedparser.parse(atom.write(feed))
    assert not parsed.bozo
    assert parsed.entries[0].title == "A & B"
    assert parsed.entries[0].content[0].value == "<p><em>Put right.</em></p>\n<p>C</p>"
    item = json.loads(json_feed.write(feed))["items"][0]
    assert item["_dateline"]["licence"] == "https://l.example/"
    assert item["_dateline"]["image"]["credit"] == "Ines"
    nothing = Feed(
        href="https://d.example/f",
        page="https://d.example/",
        title="D",
        summary="",
        language="en",
        entries=(),
    )
    assert json.loads(json_feed.write(nothing))["items"] == []
    assert not feedparser.parse(atom.write(nothing)).bozo
    assert set(Kind.values) >= {"translation", "reprint"}


def test_the_news_sitemap_has_two_days_of_what_may_be_found_and_forgets_them(site, read):
    from datetime import timedelta

    from dateline.publishing.actions.baking import bake
    from dateline.publishing.queries.baked import Errand
    from dateline.publishing.queries.press import open_press

    found = cast.published(cast.an_exclusive(headline="Bread & boats"))
    hidden = cast.published(cast.a_reprint(headline="Le bac"))
    ask_gate_of_all(pieces=[found.uid, hidden.uid], now=timezone.now())
    bake(open_press(now=timezone.now()), Errand("news-sitemap", ""))
    page = read("/news-sitemap.xml")
    root = etree.fromstring(page.encode())
    spaces = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "n": "http://www.google.com/schemas/sitemap-news/0.9",
    }
    assert root.xpath("//s:loc/text()", namespaces=spaces) == [
        f"https://digest.example{found.get_absolute_url()}"
    ]
    assert root.xpath("//n:title/text()", namespaces=spaces) == ["Bread & boats"]
    assert root.xpath("//n:publication/n:name/text()", namespaces=spaces) == ["Tideway en"]
    assert hidden.get_absolute_url() not in page
    bake(open_press(now=found.first_published_at + timedelta(days=2)), Errand("news-sitemap", ""))
    assert "<url>" not in read("/news-sitemap.xml")
