from datetime import UTC, datetime

from lxml import etree

from dateline.lib.formats.sitemap import Place, index, sitemaps

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(content):
    return etree.fromstring(content)


def places(count):
    return [Place(f"https://digest.example/en/{number}/?a=1&b=<2>", NOON) for number in range(count)]


def test_a_sitemap_lists_addresses_with_their_last_change():
    (only,) = sitemaps(places(2))
    root = read(only)
    assert root.xpath("//s:loc/text()", namespaces=SPACES)[1] == "https://digest.example/en/1/?a=1&b=<2>"
    assert root.xpath("//s:lastmod/text()", namespaces=SPACES) == ["2026-03-14T12:00:00+00:00"] * 2


def test_the_languages_of_an_address_stand_beside_it():
    pairs = (("en", "https://digest.example/en/"), ("fa", "https://digest.example/fa/"))
    (only,) = sitemaps([Place("https://digest.example/en/", None, pairs)])
    links = read(only).xpath("//x:link", namespaces=SPACES)
    assert [(link.get("hreflang"), link.get("href")) for link in links] == list(pairs)
    assert not read(only).xpath("//s:lastmod", namespaces=SPACES)


def test_a_sitemap_that_is_full_is_followed_by_another():
    files = list(sitemaps(places(5), most_addresses=2))
    assert [len(read(one)) for one in files] == [2, 2, 1]


def test_no_sitemap_grows_beyond_its_bytes():
    files = list(sitemaps(places(50), most_bytes=1500))
    assert len(files) > 1
    assert all(len(one) <= 1500 for one in files)
    assert sum(len(read(one)) for one in files) == 50


def test_a_site_without_pages_has_an_empty_sitemap():
    (only,) = sitemaps([])
    assert len(read(only)) == 0


def test_the_index_names_each_file():
    root = read(
        index(
            [("https://digest.example/sitemap-1.xml", NOON), ("https://digest.example/sitemap-2.xml", None)]
        )
    )
    assert len(root.xpath("//s:sitemap/s:loc", namespaces=SPACES)) == 2
    assert len(root.xpath("//s:lastmod", namespaces=SPACES)) == 1
