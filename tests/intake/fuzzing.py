"""Every parser of bytes from outside, with what it may raise, samples of its own, and mutations of those."""

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st
from lxml.html import document_fromstring

from dateline.intake import channels, discovery, extract, hubs, rules, signals, snapshots_warc
from dateline.intake.beat_reading import BadBeat, read_beat
from dateline.intake.changes_pages import Sheet, version_of
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.extract import NoArticle
from dateline.intake.feeds import NotAFeed
from dateline.intake.snapshots_evidence import Evidence
from dateline.lib import dates, robots, urls
from dateline.lib.floods import HostileMarkup
from dateline.lib.formats import letter, newsml, ninjs, opml, wxr
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.sanitise import sanitise
from dateline.sources import cadence, directory

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 3, 2, tzinfo=UTC)
LISTED = (
    b"<html><body><article><h2><a href='/1'>Lake</a></h2><time>2 March 2026</time></article></body></html>"
)
URL = "https://paper.example/news/lake.html"

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News &amp; more</title>
<link>https://paper.example/</link><ttl>60</ttl><skipHours><hour>3</hour></skipHours><item><title>The lake &lt;b&gt;rises&lt;/b&gt;</title>
<link>/news/lake.html</link><guid isPermaLink="false">7</guid><pubDate>Mon, 02 Mar 2026 10:00:00 +0400</pubDate><dc:creator>Ana K.</dc:creator>
<description><![CDATA[<p>Ten <a href="x">words</a>.</p>]]></description><content:encoded>&lt;p&gt;Text</content:encoded>
<media:content url="a.jpg" type="image/jpeg"/><enclosure url="b.mp3" type="audio/mpeg" length="x"/></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ka"><title type="html">&lt;i&gt;A</title><link rel="hub" href="https://hub.example/"/>
<link rel="self" href="https://paper.example/feed"/><entry><id>urn:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">T</div></title>
<link href="a?b=1&amp;utm_source=x"/><updated>2026-03-02T10:00:00Z</updated><author><name>B</name><email>b@x.example</email></author>
<content type="html">&lt;p onclick=x&gt;Y</content><via rel="via"/></entry></feed>"""
JSON_FEED = b'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"url":"https://x.example/1","title":null,"content_html":"<p>x","authors":[{"name":"A"}],"date_published":"2026-03-02T10:00:00+04:00"}]}'
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://paper.example/1</loc>
<lastmod>2026-03-02</lastmod><news:news><news:publication><news:name>P</news:name><news:language>az</news:language></news:publication>
<news:publication_date>2026-03-02T10:00Z</news:publication_date><news:title>T</news:title></news:news></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://paper.example/a.xml</loc></sitemap><sitemap><loc>//x</loc></sitemap></sitemapindex>"
LIST = b"""<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><head><title>L</title></head><body><outline text="Caucasus"><outline type="HTML+XPath" text="P"
 xmlUrl="https://paper.example/" htmlUrl="https://paper.example/" frss:xPathItem="//article" frss:xPathItemTitle=".//h2" category="/a/b,c"/></outline></body></opml>"""
LETTER = b"""From: =?utf-8?B?w4Q=?= <n@paper.example>\r\nTo: in@digest.example\r\nSubject: =?koi8-r?Q?=CE=CF?=\r\nDate: Mon, 2 Mar 2026 10:00:00 +0400\r\nMIME-Version: 1.0
Message-ID: <1@paper.example>\r\nList-Id: <l.paper.example>\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable\r\n\r\nThe lake =D0=B0 rises.\r\n--b\r\nContent-Type: text/html\r\n\r\n<h1>Lake</h1><p><a href="https://paper.example/1">The lake rises in spring</a></p>\r\n--b--\r\n"""
NINJS = json.dumps(
    {
        "uri": "urn:1", "version": "2", "type": "text", "pubstatus": "usable", "versioncreated": "2026-03-02T10:00:00Z",
        "headline": "Lake", "headlines": [{"role": "main", "value": "Lake"}], "body_xhtml": "<p>Rises.</p>",
        "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>x"}], "language": "en", "by": "A. B.",
        "associations": {"p": {"type": "picture", "renditions": {"o": {"href": "https://x.example/a.jpg"}}}}, "embargoed": "x",
    }
).encode()  # fmt: skip
NEWSML = b"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="2" xml:lang="hy"><itemMeta><itemClass qcode="ninat:text"/>
<versionCreated>2026-03-02T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Lake</headline><by>A</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Rises.</p></body></html></inlineXML></contentSet></newsItem>"""
WXR = b"""<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>S</title><link>https://paper.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>a</wp:author_login><wp:author_display_name>A</wp:author_display_name></wp:author>
<item><title>Lake</title><link>https://paper.example/1</link><dc:creator>a</dc:creator><content:encoded><![CDATA[Rises.]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:post_date_gmt>2026-03-02 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"""
ROBOTS = b"User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2.5\nSitemap: https://x.example/s.xml\nUser-agent: Dateline\nDisallow:\nLicense: /rsl.xml\n"
TDMREP = b'[{"location":"/*","tdm-reservation":1,"tdm-policy":"https://x.example/p"},{"location":"/a$","tdm-reservation":"0"}]'
BEAT = json.dumps(
    {
        "name": "Lake", "line": 0.5, "labels": ["lake"],
        "concepts": [{"name": "Lake", "kind": "name", "weight": "strong", "forms": {"en": ["Lake Urmia"], "ru": ["озеро"]}, "labels": ["lake"]}],
    }
).encode()  # fmt: skip
DIRECTORY = (
    b"name,home,feed,country,languages\nPaper,https://paper.example/,https://paper.example/feed,GE,ka ru\n"
)
RULES = {
    "xPathItem": "//article",
    "xPathItemTitle": ".//h2",
    "xPathItemUri": ".//a/@href",
    "xPathItemTimestamp": ".//time",
}

MARKUP = [
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&#x0;", b"&#xD800;", b"&amp;", b"&b;",
    b"<p>", b"</p>", b"<table>", b"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":[{}]}</script>", b"<svg>",
    b"<math><mtext>", b"<item>", b"<entry>", b" xmlns:a='b'", b"<a:b/>", b"<base href='//[x'>", b"<meta charset='utf-7'>", b"<time datetime='-1'>",
]  # fmt: skip
LETTERS = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n\n", b"\t", b" ", b"\xe2\x80\xae", b"9" * 30, b"-1", b"1e999", b"NaN",
    b"http://[", b"http://x:99999/", b"//", b"%00", b"xn--a", b"\xd9\xa1", "٢٠٢٦".encode(), b"null", b"{}", b"[]", b'"', b"'", b"\\u0000", b"\\ud800", b"=?x?q?",
    b"[[[[[[[[[[", b'{"a":' * 5, b"A" * 400, b"2026-02-30T25:61:00+99:99", b"0000-00-00", b"31 Feb 10000", b"[last()]", b"[position() mod 0]", b"::", b"(", b"*" * 9,
]  # fmt: skip


@dataclass(frozen=True)
class Parser:
    """One of ours: how bytes are handed to it, what it may raise by name, what it reads when all is well."""

    name: str
    read: object
    named: tuple = ()
    samples: list = field(default_factory=list)


def text(content):
    """Return bytes as the decoder would hand them on."""
    return content.decode("utf-8", "replace")


def channel(kind, rules_given=None):
    return lambda content: channels.parse(
        kind, content, url=URL, content_type="text/xml", rules=rules_given or {}
    )


def page_rules(content):
    parts = text(content).split("|", 3)
    given = {name: rule for name, rule in zip(RULES, [*parts, "", "", ""], strict=False) if rule}
    channels.parse(
        "page",
        b"<html><body><article><h2>T</h2><a href='/1'>x</a></article></body></html>",
        url=URL,
        rules=given,
    )


def site_rules(content):
    tree = document_fromstring("<html><body><h1>T</h1><p>Some text.</p></body></html>")
    rules.apply_rules(tree, {"headline": text(content), "leave_out": [text(content)]})


def read_json(reader):
    def read(content):
        try:
            told = json.loads(text(content))
        except (ValueError, RecursionError):
            told = text(content)
        reader(told)

    return read


def address(content):
    for verb in (urls.read, urls.normalise, urls.is_web_address, lambda url: urls.absolute(url, URL)):
        try:
            verb(text(content))
        except urls.NotAWebAddress:
            continue


def warc(content):
    for record in snapshots_warc.read(content):
        snapshots_warc.verify(record)


def robots_txt(content):
    found = robots.read_robots(text(content))
    found.closing_rule("/a/b?c", agent="dateline")
    found.crawl_delay(agent="dateline")
    signals.signals_of_robots_txt(text(content), base=URL)
    discovery.sitemaps(text(content), url=URL)


def headers(content):
    said = [("Link", text(content)), ("tdm-reservation", text(content)), ("X-Robots-Tag", text(content))]
    hubs.links_of(said, "hub", base=URL)
    signals.signals_of_headers(said)
    hubs.lease_of(text(content))
    hubs.is_signed(text(content), secret="x", body=content)
    cadence.retry_after(text(content), now=NOW)
    cadence.max_age(text(content))


def change(content):
    version_of([Sheet(content=content, url=URL)])


def whole_pages():
    chosen = sorted((HERE / "pages").glob("*.html"))[::5]
    return [path.read_bytes() for path in chosen]


def a_warc():
    evidence = Evidence(
        url=URL,
        final_url=URL,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=b"<p>x",
        came_at=NOW,
    )
    return snapshots_warc.written(snapshots_warc.records_of(evidence))


FEEDS = [RSS, ATOM, JSON_FEED]
OF_A_FEED = (NotAFeed, HostileMarkup)
OF_A_PAGE = (NoArticle, HostileMarkup)
PAGES = whole_pages()

PARSERS = [
    Parser("feed", channel("feed"), OF_A_FEED, FEEDS),
    Parser("digest", channel("dateline"), OF_A_FEED, FEEDS),
    Parser("sitemap", channel("sitemap"), OF_A_FEED, [SITEMAP, INDEX]),
    Parser("page", channel("page", RULES), OF_A_FEED, [LISTED, *PAGES[:2]]),
    Parser("page-rules", page_rules, (BadRule, *OF_A_FEED), [b"//article|.//h2|.//a/@href", b"article|h2|a @href", b"//*[count(//*)]"]),
    Parser("site-rules", site_rules, (BadRule, *OF_A_PAGE), [b"h1", b"//h1", b"h1:nth-child(2)"]),
    Parser("extract", lambda content: extract.extract(content, url=URL), OF_A_PAGE, PAGES),
    Parser("discovery", lambda content: discovery.candidates(content, url=URL), OF_A_PAGE, PAGES[:4]),
    Parser("opml", opml.read, (opml.NotAnOpml, HostileMarkup), [LIST]),
    Parser("directory", directory.read, (directory.NotADirectory,), [DIRECTORY, b'{"outlets":[{"name":"P","home":"https://p.example/"}]}']),
    Parser("letter", letter.read, (letter.NotALetter, Unreadable), [LETTER]),
    Parser("ninjs", ninjs.read, (Unreadable,), [NINJS]),
    Parser("newsml", newsml.read, (Unreadable,), [NEWSML]),
    Parser("wxr", lambda content: wxr.read(io.BytesIO(content)), (Unreadable,), [WXR]),
    Parser("robots", robots_txt, (), [ROBOTS]),
    Parser("tdmrep", lambda content: signals.signals_of_tdmrep(text(content), path="/a"), (), [TDMREP]),
    Parser("headers", headers, (), [b'<https://h.example/>; rel="hub self"; title="a,b"', b"sha256=00", b"Mon, 02 Mar 2026 10:00:00 GMT"]),
    Parser("warc", warc, (snapshots_warc.NotAWarc,), [a_warc()]),
    Parser("date", lambda content: dates.parse_moment(text(content)), (), [b"Mon, 02 Mar 2026 10:00:00 +0400", b"2026-03-02T10:00:00.5Z", "2 марта 2026".encode()]),
    Parser("address", address, (), [b"https://user@paper.example:443/a/../b?utm_source=x#y", b"http://0x7f.1/", "http://пример.рф/".encode()]),
    Parser("beat", read_json(read_beat), (BadBeat,), [BEAT]),
    Parser("change", change, OF_A_PAGE, PAGES[:4]),
    Parser("sanitiser", lambda content: sanitise(text(content), base=URL), (HostileMarkup,), [RSS, *PAGES[:2]]),
]  # fmt: skip


@st.composite
def inputs(draw, parser):
    """Any bytes; a row of what a grammar is made of; or a sample that was cut, doubled, swapped and written over."""
    way = draw(st.integers(0, 7))
    pieces = st.sampled_from(MARKUP + LETTERS)
    if way == 0:
        return draw(st.binary(max_size=400))
    if way == 1:
        return b"".join(draw(st.lists(pieces, max_size=30)))
    content = draw(st.sampled_from(parser.samples))
    for _ in range(draw(st.integers(1, 8))):
        at, length = draw(st.integers(0, len(content))), draw(st.integers(0, 60))
        taken, rest = content[at : at + length], content[at + length :]
        put = draw(st.sampled_from(["", "piece", "twice", "bytes", "end"]))
        new = {
            "": b"", "twice": taken * draw(st.integers(2, 40)), "end": b"",
            "piece": draw(pieces), "bytes": draw(st.binary(max_size=8)),
        }[put]  # fmt: skip
        content = content[:at] + new + (b"" if put == "end" else rest)
    return content
