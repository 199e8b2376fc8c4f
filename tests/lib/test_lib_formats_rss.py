from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.lib.formats.rss import Entry, Feed, Picture, write

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
HREF = "https://digest.example/en/2026/03/14/ferry/"


def a_feed(*entries, **fields):
    return Feed(
        **{
            "href": "https://digest.example/en/feed.xml",
            "page": "https://digest.example/en/",
            "title": "The Tideway Digest",
            "summary": "News of the Tideway",
            "language": "en",
            "entries": entries,
            **fields,
        }
    )


def an_entry(**fields):
    return Entry(
        **{
            "href": HREF,
            "guid": "urn:uuid:6fcc9850-68f6-4b47-9400-e08dfa0c0672",
            "title": "The ferry <sails> & sings",
            "published_at": NOON,
            "language": "en",
            **fields,
        }
    )


def parsed(*entries, **fields):
    found = feedparser.parse(write(a_feed(*entries, **fields)))
    assert not found.bozo
    assert found.version == "rss20"
    return found


def test_a_translation_names_its_author_its_translator_and_its_outlet():
    entry = an_entry(
        authors=("Salma Verrin",),
        contributors=("Tomas Arden",),
        source=("Harbour Courier", "https://courier.example/"),
        via="https://courier.example/bac.html",
        html="<p>The ferry.</p>",
        categories=("Harbour",),
        summary="Nine weeks",
    )
    found = parsed(entry).entries[0]
    assert found.title in {"The ferry &lt;sails&gt; &amp; sings", "The ferry <sails> & sings"}
    assert found.author == "Salma Verrin"
    assert found.contributors[0].name == "Tomas Arden"
    assert found.source.title == "Harbour Courier"
    assert found.source.href == "https://courier.example/"
    assert found.content[0].value == "<p>The ferry.</p>"
    assert found.tags[0].term == "Harbour"
    assert {link.rel: link.href for link in found.links}["via"] == "https://courier.example/bac.html"


def test_a_feed_knows_itself_its_page_and_its_language():
    found = parsed(an_entry(), rights="© 2019–2026").feed
    assert found.link == "https://digest.example/en/"
    assert {link.rel: link.href for link in found.links}["self"] == "https://digest.example/en/feed.xml"
    assert found.language == "en"
    assert found.updated_parsed[:3] == (2026, 3, 14)


def test_a_guid_that_is_not_the_address_says_so():
    root = etree.fromstring(write(a_feed(an_entry())))
    assert root.find("channel/item/guid").get("isPermaLink") == "false"


def test_a_picture_carries_its_own_credit():
    picture = Picture(
        href="https://digest.example/m/a.jpg", mime="image/jpeg", width=1280, credit="Ines Molde"
    )
    found = parsed(an_entry(picture=picture)).entries[0]
    assert found.media_content[0]["url"] == "https://digest.example/m/a.jpg"
    assert found.media_credit[0]["content"] == "Ines Molde"


def test_an_empty_feed_is_a_feed():
    assert parsed().entries == []


@pytest.mark.parametrize("mark", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_left_out_of_a_headline(mark):
    assert parsed(an_entry(title=f"The {mark}ferry")).entries[0].title == "The ferry"


@given(title=st.text(), html=st.text(), author=st.text())
def test_whatever_a_headline_holds_the_feed_is_sound(title, html, author):
    entry = an_entry(title=title, html=html, authors=(author,), summary=title)
    feed = etree.fromstring(write(a_feed(entry)))
    assert len(feed.findall("channel/item")) == 1
