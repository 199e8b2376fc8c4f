"""Plain feeds are read directly, and give what the thorough parser gives; it is asked about all others."""

import html
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake import feeds
from dateline.intake.feeds import NotAFeed, listed, parse
from dateline.intake.feeds_plain import read_plain
from dateline.lib.floods import HostileMarkup

URL = "https://lake.example/feed"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="https://x.example/ns" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
RSS = f'<?xml version="1.0" encoding="%s"?><rss version="2.0" {SPACES}%s><channel><title>The Lake</title><link>https://lake.example/</link>%s</channel></rss>'
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}%s><title>The Lake</title><link href="https://lake.example/"/><id>u:1</id>%s</feed>'
RDF = (
    f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}%s>'
    '<channel rdf:about="https://lake.example/"><title>The Lake</title><link>https://lake.example/</link>'
    '<items><rdf:Seq><rdf:li rdf:resource="https://lake.example/1"/></rdf:Seq></items></channel>%s</rdf:RDF>'
)
ITEM = "<item><title>Ferry</title><link>https://lake.example/1</link>%s</item>"


def plainly(text, encoding="utf-8", **words):
    return read_plain(text.encode(encoding), url=URL, **{"charset": None, **words})


@pytest.mark.parametrize(
    "text",
    [
        RSS % ("utf-8", "", ITEM % "<guid isPermaLink='false'>n1</guid><category>a</category>"),
        RSS % ("utf-8", "", ITEM % "<x:own>a</x:own><slash:comments>3</slash:comments><!-- a --><dc:date>2026-03-01</dc:date>"),
        RSS % ("utf-8", ' xml:lang="fa"', ITEM % '<post-id xmlns="com-press:1">7</post-id>'),
        RSS % ("utf-8", "", "<image><title>a</title><url>b</url><link>c</link></image>" + ITEM % ""),
        ATOM % ("", '<entry><title type="html">A &amp;amp; B</title><link href="https://lake.example/1"/><id>u:2</id></entry>'),
        RDF % ("", ITEM.replace("<item>", '<item rdf:about="https://lake.example/1">') % "<dc:creator>Vera</dc:creator>"),
    ],
)  # fmt: skip
def test_ordinary_feeds_are_plain(text):
    assert plainly(text).entries


@pytest.mark.parametrize(
    "text",
    [
        RSS % ("utf-8", "", ""),
        RSS % ("utf-8", "", ITEM % "<title>Second</title>"),
        RSS % ("utf-8", "", ITEM % "<link>https://lake.example/2</link><x:a><title>b</title></x:a>"),
        RSS % ("utf-8", "", ITEM % "<description><p>unescaped</p></description>"),
        RSS % ("utf-8", "", ITEM % "<pubDate>some day</pubDate>"),
        RSS % ("utf-8", ' xml:base="https://other.example/"', ITEM % ""),
        RSS % ("utf-8", "", "<item><link>https://lake.example/1</link></item>"),
        RSS % ("utf-8", "", "<item><title>a</title><guid>https://lake.example/1</guid></item>"),
        RSS % ("utf-8", "", "<item><title>a</title><link>/1</link></item>"),
        RSS % ("utf-8", "", "<item><title>a &lt; b</title><link>https://lake.example/1</link></item>"),
        RSS % ("utf-8", "", ITEM % '<creator xmlns="http://unknown.example/">Vera</creator>'),
        (RSS % ("utf-8", "", ITEM % "")).replace("http://purl.org/dc/", "http://unknown.example/"),
        (RSS % ("utf-8", "", ITEM % ""))[:-3],
        "<!DOCTYPE rss>" + (RSS % ("utf-8", "", ITEM % "")).partition("?>")[2],
        ATOM % ("", "<entry><title>a</title><link rel='related' href='https://lake.example/1'/></entry>"),
        ATOM % ("", '<entry><title type="xhtml"><div>a</div></title><link href="https://lake.example/1"/></entry>'),
    ],
)  # fmt: skip
def test_whatever_is_odd_is_left_to_the_thorough_parser(text):
    assert plainly(text) is None


def test_an_encoding_counts_where_header_declaration_and_bytes_agree():
    text = RSS % ("windows-1251", "", ITEM.replace("Ferry", "Паром") % "")
    assert plainly(text, "cp1251").entries[0]["title"] == "Паром"
    assert plainly(text, "cp1251", charset="Windows-1251").entries[0]["title"] == "Паром"
    assert plainly(text, "cp1251", charset="koi8-r") is None
    assert plainly(text, "utf-16") is None
    assert plainly(text.replace("windows-1251", "no-such"), "cp1251") is None
    latin = RSS % ("iso-8859-1", "", ITEM.replace("Ferry", "\x93Fähre") % "")
    assert plainly(latin, "latin-1") is None
    assert parse(latin.encode("latin-1")).entries[0].title == "“Fähre"


def test_bytes_that_name_a_file_do_not_open_it(tmp_path):
    path = tmp_path / "feed"
    path.write_text(RSS % ("utf-8", "", ITEM % ""), encoding="utf-8")
    with pytest.raises(NotAFeed):
        parse(str(path).encode())


def test_an_entry_without_a_link_has_no_address_of_its_own():
    noted = "<item><title>A note</title><guid isPermaLink='false'>https://lake.example/n</guid></item>"
    (entry,) = parse((RSS % ("utf-8", "", noted)).encode(), url=URL).entries
    assert (entry.url, entry.guid) == ("", "https://lake.example/n")


def test_a_listing_tells_what_is_new_before_anything_is_cleaned():
    listing = listed(
        (RSS % ("utf-8", "", ITEM % "<description>&lt;b onclick=x>a</description>")).encode(), url=URL
    )
    (entry,) = listing.entries
    assert (entry.guid, entry.url, entry.title) == (
        "https://lake.example/1",
        "https://lake.example/1",
        "Ferry",
    )
    assert entry.finish().content_html == "<b>a</b>"


WORDS = st.sampled_from([
    "Ferry", "паром &amp; կամուրջ", "AT&amp;T", "&amp;#8217;s", "&amp;lt;b&amp;gt;", "a &lt;b&gt;b&lt;/b&gt; c", "<![CDATA[It&#8217;s]]>",
    "a &amp; b &amp;nosuch; c", "  two\n lines ", "<!-- c -->x<?pi?>y", "&#146;", "1 &lt; 2", "&lt;i&gt;open", "", "<b>x</b>", "کشتی",
])  # fmt: skip
# The thorough parser rewrites an ampersand that stands alone in markup; a title with one is left to it.
PROSE = WORDS.filter(lambda text: "nosuch" not in text)
ADDRESS = st.sampled_from([
    "https://lake.example/1", "http://lake.example/a?b=1&amp;c=2#d", "/relative", "https://lake.example/ä b", "", "tag:lake.example,1",
    "https://lake.example/a/../b", "https://lake.example/?x&amp;amp;y;", " https://lake.example/2\n", "https://lake.example",
])  # fmt: skip
DATES = st.sampled_from([
    "Sun, 01 Mar 2026 08:00:00 +0400", "2026-03-01T08:00:00Z", "1 Mar 2026 08:00 GMT", "yesterday", "2026-03-01", "", "Mon, 99 Xxx 2026 08:00:00 GMT",
])  # fmt: skip
PEOPLE = st.sampled_from(
    ["Vera Lind", "vera@lake.example (Vera Lind)", "(Vera)", "", "Vera <>", "Vera and Rahim"]
)
RSS_PARTS = st.one_of(
    st.builds("<title>{}</title>".format, WORDS),
    st.builds("<link>{}</link>".format, ADDRESS),
    st.builds("<guid>{}</guid>".format, ADDRESS),
    st.builds("<guid isPermaLink='false'>{}</guid>".format, ADDRESS),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["description", "content:encoded", "itunes:summary", "media:description", "dc:description"]), PROSE),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["author", "dc:creator", "itunes:author", "category", "source", "media:title", "x:title", "subtitle", "comments", "dc:language"]), PEOPLE),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["pubDate", "dc:date", "atom:updated", "lastBuildDate"]), DATES),
    st.sampled_from([
        "<media:content url='https://lake.example/p.jpg' medium='image'><media:title>t</media:title><media:credit>c</media:credit></media:content>",
        "<media:group><media:content url='https://lake.example/q.png'/><media:description>deep</media:description></media:group>",
        "<media:thumbnail url='https://lake.example/t.jpg'/>", "<enclosure url='https://lake.example/e.jpg' type='image/jpeg'/>",
        "<itunes:image href='https://lake.example/i.jpg'/>", "<atom:link rel='related' href='https://lake.example/r'/>",
        "<atom:link href='https://lake.example/other'/>", "<x:deep><link>https://lake.example/deep</link></x:deep>", "<image><url>a</url></image>",
        "<description type='text'>typed</description>", "<title xml:lang='ru'>Паром</title>",
    ]),
)  # fmt: skip
ATOM_PARTS = st.one_of(
    st.builds("<title>{}</title>".format, WORDS),
    st.builds("<title type='html'>{}</title>".format, WORDS),
    st.builds("<id>{}</id>".format, ADDRESS),
    st.builds("<link href='{}'/>".format, ADDRESS.filter(lambda a: " " not in a)),
    st.builds("<link rel='{}' type='{}' href='https://lake.example/l'/>".format, st.sampled_from(["alternate", "self", "Enclosure"]), st.sampled_from(["text/html", "image/png", "application/json"])),
    st.builds("<{0} type='{1}'>{2}</{0}>".format, st.sampled_from(["summary", "content"]), st.sampled_from(["html", "text", "image/png"]), PROSE),
    st.builds("<author><name>{}</name>{}</author>".format, PEOPLE, st.sampled_from(["", "<email>v@lake.example</email>", "<uri>u</uri>"])),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["published", "updated"]), DATES),
    st.sampled_from(["<source><title>s</title></source>", "<category term='a'/>", "<rights>r</rights>", "<contributor><name>c</name></contributor>"]),
)  # fmt: skip


def written(kind, entries, root):
    if kind == "rss":
        return RSS % ("utf-8", root, "".join(f"<item>{''.join(parts)}</item>" for parts in entries))
    if kind == "rdf":
        return RDF % (root, "".join(f"<item rdf:about='https://lake.example/1'>{''.join(parts)}</item>" for parts in entries))  # fmt: skip
    return ATOM % (root, "".join(f"<entry>{''.join(parts)}</entry>" for parts in entries))


def feed_of(parts):
    usual = st.just(["<title>Ferry</title>", "<link>https://lake.example/1</link>"])
    return st.lists(
        st.tuples(usual, st.lists(parts, max_size=5)).map(lambda two: two[0] + two[1]), min_size=1, max_size=2
    )


FEEDS = st.one_of(
    st.builds(written, st.sampled_from(["rss", "rdf"]), st.lists(st.lists(RSS_PARTS, max_size=7), min_size=1, max_size=2), st.sampled_from(["", " xml:lang='fa'"])),
    st.builds(written, st.sampled_from(["rss", "rdf"]), feed_of(RSS_PARTS.filter(lambda p: not p.startswith(("<title", "<link")))), st.just("")),
    st.builds(written, st.just("atom"), st.lists(st.lists(ATOM_PARTS, max_size=6).map(lambda p: ["<link href='https://lake.example/1'/>", *p]), min_size=1, max_size=2), st.sampled_from(["", " xml:lang='fa'"])),
)  # fmt: skip


@settings(max_examples=budget(300, whole=20_000), deadline=None)
@given(FEEDS, st.sampled_from([URL, ""]))
def test_plain_and_thorough_readers_agree_about_every_field(text, url):
    content = text.encode()
    plain = read_plain(content, url=url, charset=None)
    if plain is None:
        return
    thorough = feeds._thorough(content, url, None)
    assert [told(entry, url) for entry in plain.entries] == [told(entry, url) for entry in thorough.entries]


def told(entry, url):
    found = feeds._listed(entry, url).finish()
    return {**vars(found), "content_html": html.unescape(re.sub(r"<[^>]*>", "", found.content_html))}


@pytest.mark.corpus
def test_every_feed_gives_feedparsers_entries_titles_and_links(corpus):
    import feedparser

    files = sorted((corpus / "intake" / "feedparser-tests" / "wellformed").rglob("*.xml"))
    for file in files[::4]:
        content = file.read_bytes()
        theirs = feedparser.parse(io.BytesIO(content), sanitize_html=False).entries
        try:
            ours = listed(content).entries
        except (NotAFeed, HostileMarkup):
            assert not theirs, file.name
            continue
        assert [entry.url for entry in ours] == [entry.get("link", "") for entry in theirs], file.name
        assert [entry.title for entry in ours] == [feeds._plain(entry.get("title")) for entry in theirs], (
            file.name
        )
