"""Sitemaps as channels: what is news, what is fresh, and what is neither."""

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import apart
from dateline.intake.channels import sitemap
from dateline.intake.discovery import candidates, sitemaps
from dateline.intake.feeds import NotAFeed
from dateline.lib.formats import sitemap_reader
from dateline.lib.formats.sitemap import Place
from dateline.lib.formats.sitemap import sitemaps as written
from dateline.lib.formats.sitemap_reader import NotASitemap

HEAD = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)
URL = "https://lake.example/sitemap.xml"


def read(content, url=URL):
    content = content if isinstance(content, bytes) else content.encode()
    return sitemap.parse(content, url=url, content_type=None, rules={})


def news(loc, title, published="2026-03-14T08:00:00+04:00", language="ka", more=""):
    return (
        f"<url><loc>{loc}</loc><news:news><news:publication><news:name>Lake Post</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{published}</news:publication_date><news:title>{title}</news:title></news:news>{more}</url>"
    )


def plain(loc, changed, more=""):
    return f"<url><loc>{loc}</loc><lastmod>{changed}</lastmod>{more}</url>"


def test_a_news_sitemap_is_a_feed_of_its_pieces_newest_first():
    picture = "<image:image><image:loc>https://lake.example/1.jpg</image:loc></image:image>"
    found = read(
        HEAD
        + news("https://lake.example/1", "ბორანი დადის &amp; დადის", "2026-03-13T10:00:00Z", more=picture)
        + news("https://lake.example/2", "Second", "2026-03-14")
        + "</urlset>"
    )
    assert (found.title, found.language, found.home_url) == ("Lake Post", "ka", "https://lake.example/")
    first, second = found.entries
    assert (first.title, first.published_at) == ("Second", "2026-03-14")
    assert (second.title, second.published_at) == ("ბორანი დადის & დადის", "2026-03-13T10:00:00+00:00")
    assert second.image_url == "https://lake.example/1.jpg"
    assert second.guid == second.url == "https://lake.example/1"


def test_of_a_plain_sitemap_only_what_changed_lately_and_looks_like_a_piece():
    found = read(
        HEAD
        + plain("https://lake.example/", "2026-03-14T10:00:00Z")
        + plain("https://lake.example/sport/", "2026-03-14T10:00:00Z")
        + plain("https://lake.example/the-ferry-sails-on-monday.html", "2026-03-14T09:00:00Z")
        + plain("https://lake.example/n/20260312", "2026-03-12T09:00:00Z")
        + plain("https://lake.example/old-piece-about-the-ferry", "2025-01-01")
        + plain(
            "https://lake.example/live-from-the-ferry-port", "2026-03-14", "<changefreq>always</changefreq>"
        )
        + "</urlset>"
    )
    assert [entry.url for entry in found.entries] == [
        "https://lake.example/the-ferry-sails-on-monday.html",
        "https://lake.example/n/20260312",
    ]


def test_a_page_dated_into_the_future_does_not_make_the_others_old():
    pages = [plain(f"https://lake.example/piece-number-1000{n}", f"2026-03-14T0{n}:00:00Z") for n in range(4)]
    found = read(
        HEAD
        + plain("https://lake.example/piece-of-the-year-2099", "2099-01-01")
        + "".join(pages)
        + "</urlset>"
    )
    assert len(found.entries) == 5


def test_a_sitemap_may_come_packed_and_is_no_bomb():
    assert (
        len(read(gzip.compress((HEAD + news("https://lake.example/1", "A") + "</urlset>").encode())).entries)
        == 1
    )
    with pytest.raises(NotAFeed, match="swells"):
        read(gzip.compress(b" " * (sitemap_reader.LONGEST_BYTES + 1)))
    with pytest.raises(NotAFeed, match="damaged"):
        read(gzip.compress(b"<urlset>")[:-9])


def test_an_index_names_the_freshest_of_its_sitemaps():
    inside = "".join(
        f"<sitemap><loc>https://lake.example/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for name, day in (
            ("posts-1.xml", "2026-01-01"),
            ("posts-2.xml", "2026-03-01"),
            ("news.xml", ""),
            ("x-2026-03.xml", ""),
        )
    )
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
    told = read(index)
    assert (told.entries, told.listed) == ([], 0)
    assert told.parts[:2] == ["https://lake.example/news.xml", "https://lake.example/posts-2.xml"]
    assert len(told.parts) == sitemap.MOST_FOLLOWED
    found = sitemap_reader.read(index.encode())
    assert len(sitemap.children_of(found, URL)) == 4


def test_the_reader_reads_what_our_own_writer_wrote():
    (content,) = written([Place("https://lake.example/a?x=1&y=2")])
    assert [one.loc for one in sitemap_reader.read(content).pages] == ["https://lake.example/a?x=1&y=2"]


def test_a_damaged_sitemap_is_read_as_far_as_it_goes():
    content = HEAD + news("https://lake.example/1", "A") + "<url><loc>https://lake.example/2</loc><news:ne"
    assert [entry.url for entry in read(content).entries] == ["https://lake.example/1"]


def test_a_list_of_addresses_in_plain_text_is_a_sitemap_without_pieces_that_are_known_to_be_new():
    assert len(sitemap_reader.read(b"https://lake.example/1\nhttps://lake.example/2\n").pages) == 2
    assert read(b"https://lake.example/1\n").entries == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"<html><body>", "web page"),
        (b"<rss><channel/></rss>", "This is a feed"),
        (b"<a/>", "no sitemap"),
        (b"words", "neither XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>', "entities"),
    ],
)
def test_what_is_no_sitemap_is_refused_with_what_it_is(content, told):
    with pytest.raises(NotAFeed, match=told):
        read(content)


def test_addresses_that_are_none_are_left_out():
    found = read(
        HEAD
        + news("javascript:alert(1)", "A")
        + news("ftp://x/1", "B")
        + news("/relative/1", "C")
        + "</urlset>"
    )
    assert [entry.url for entry in found.entries] == ["https://lake.example/relative/1"]


@given(
    content=st.binary(max_size=200)
    | st.text(alphabet="<>/ urlsetlocnews:=\"'&;#x!-0", max_size=300).map(str.encode)
)
def test_rubbish_is_refused_or_read_and_never_crashes(content):
    for whole in (
        content,
        HEAD.encode() + content,
        HEAD.encode() + b"<url><loc>https://a.example/" + content,
    ):
        try:
            found = sitemap_reader.read(whole)
        except NotASitemap:
            continue
        assert all(one.loc for one in found.pages + found.children)


def test_fifty_thousand_pages_are_read_in_seconds():
    content = (
        HEAD + "".join(plain(f"https://lake.example/{n}", "2026-03-14") for n in range(50_000)) + "</urlset>"
    ).encode()
    started = time.process_time()
    assert len(sitemap_reader.read(content).pages) == 50_000
    assert time.process_time() - started < 15


def test_a_sitemap_is_read_in_a_child_like_every_channel():
    content = (HEAD + news("https://lake.example/1", "A") + "</urlset>").encode()
    found = apart.parse_channel(content, kind="sitemap", url=URL, content_type="text/xml")
    assert found.entries[0].title == "A"


def test_robots_txt_names_sitemaps_those_of_news_first():
    robots = "User-agent: *\nDisallow: /x\nSitemap: https://lake.example/all.xml\r\nSITEMAP:/news/today.xml\nSitemap:\n"
    assert [one.url for one in sitemaps(robots, url="https://lake.example/a/b")] == [
        "https://lake.example/news/today.xml",
        "https://lake.example/all.xml",
    ]
    assert sitemaps("", url=URL) == []


def test_a_page_may_name_its_sitemap():
    found = candidates('<html><head><link rel="sitemap" href="/s.xml"></head><body></body></html>', url=URL)
    assert ("https://lake.example/s.xml", "sitemap") in [(one.url, one.kind) for one in found]


def test_brackets_around_what_is_no_address_break_neither_an_index_nor_a_sitemap():
    told = read(
        "<sitemapindex><sitemap><loc>https://[[x/a.xml</loc></sitemap><sitemap><loc>https://x.example/b</loc></sitemap></sitemapindex>"
    )
    assert told.parts == ["https://x.example/b"]
    assert (
        read(
            "<urlset><url><loc>https://[x/a-b-c-d-e</loc><lastmod>2026-03-01</lastmod></url></urlset>"
        ).entries
        == []
    )
