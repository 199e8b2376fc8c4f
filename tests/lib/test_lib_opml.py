"""Lists in OPML: read as they are found in the world, written so that everybody can read them again."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.lib.formats import opml
from dateline.lib.formats.opml import NotAnOpml, Opml, Subscription
from dateline.lib.text import one_line, without_controls
from dateline.lib.urls import is_web_address

# The half of the public collection that is at hand.
HERE = {"lists": 21, "feeds": 261}


def listed(body, head="<title>News</title>"):
    return f'<?xml version="1.0"?><opml version="2.0"><head>{head}</head><body>{body}</body></opml>'.encode()


def only(body):
    (one,) = opml.read(listed(body)).subscriptions
    return one


def test_a_feed_has_its_title_its_home_and_the_folders_it_lies_in():
    found = opml.read(
        listed(
            '<outline text="Lakes"><outline text="North">'
            '<outline type="rss" text="t" title="Lakeside Post" xmlUrl="https://lake.example/rss"'
            ' htmlUrl="https://lake.example/" language="ka"/></outline>'
            '<outline xmlUrl="https://b.example/feed"/></outline><outline xmlUrl="https://c.example/feed"/>'
        )
    )
    assert found.title == "News"
    first, second, third = found.subscriptions
    assert (first.title, first.home, first.language) == ("Lakeside Post", "https://lake.example/", "ka")
    assert [one.folders for one in (first, second, third)] == [("Lakes", "North"), ("Lakes",), ()]


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "XMLURL", "xmlURL"])
def test_the_address_is_found_in_whatever_case_it_is_called(name):
    assert only(f'<OUTLINE {name} = "https://a.example/feed" />').address == "https://a.example/feed"


def test_an_ampersand_that_nobody_escaped_is_an_ampersand():
    told = only('<outline text="Salt & Sea &amp; Sand" xmlUrl="https://a.example/?x=1&copy=2&amp;y=3"/>')
    assert told.title == "Salt & Sea & Sand"
    assert told.address == "https://a.example/?x=1&copy=2&y=3"


def test_what_was_escaped_twice_is_unescaped_once():
    assert only('<outline text="a &amp;lt; b" xmlUrl="https://a.example/"/>').title == "a &lt; b"


@pytest.mark.parametrize(
    "content",
    [
        listed('<outline text="Günlük" xmlUrl="https://a.example/"/>').decode().encode("utf-16"),
        '<?xml version="1.0" encoding="iso-8859-9"?><opml><body><outline text="Günlük" xmlUrl="https://a.example/"/>'
        "</body></opml>".encode("cp1254"),
        b"\xef\xbb\xbf" + listed('<outline text="Günlük" xmlUrl="https://a.example/"/>'),
        '<?xml version="1.0" encoding="us-ascii"?><opml><outline text="Günlük" xmlUrl="https://a.example/"/>',
    ],
)
def test_an_encoding_that_is_declared_wrongly_does_not_spoil_the_list(content):
    content = content if isinstance(content, bytes) else content.encode()
    (one,) = opml.read(content).subscriptions
    assert one.title == "Günlük"


def test_comments_and_declarations_are_passed_over():
    body = '<!-- <outline xmlUrl="https://not.example/"/> --><![CDATA[<outline xmlUrl="x"/>]]><outline xmlUrl="https://a.example/"/>'
    assert only(body).address == "https://a.example/"


def test_entities_of_the_documents_own_are_never_unfolded():
    content = b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + listed(
        '<outline text="&b;" xmlUrl="https://a.example/"/>'
    )
    assert opml.read(content).subscriptions[0].title == "&b;"


def test_a_quote_that_was_never_closed_costs_one_line_and_not_the_list():
    found = opml.read(
        listed(
            '<outline text="Broken xmlUrl=https://a.example/feed>\n<outline text="Sound" xmlUrl="https://b.example/feed"/>'
        )
    )
    assert "https://b.example/feed" in [one.address for one in found.subscriptions]


def test_markup_that_nobody_escaped_stays_inside_its_attribute():
    told = only('<outline text="A <em class="x">fine</em> day" xmlUrl="https://a.example/feed"/>')
    assert (told.title, told.address) == ('A <em class="x">fine</em> day', "https://a.example/feed")


def test_an_attribute_without_quotes_is_read():
    assert only("<outline xmlUrl=https://a.example/feed />").address == "https://a.example/feed"


def test_what_names_no_feed_is_told_with_its_line():
    found = opml.read(
        listed(
            '\n<outline text="A note"/>\n<outline type="link" text="A page" url="https://a.example/"/>'
            '<outline type="rss" url="https://b.example/feed"/>'
        )
    )
    assert [(one.line, one.title, one.type) for one in found.unusable] == [
        (2, "A note", ""),
        (3, "A page", "link"),
    ]
    assert [one.address for one in found.subscriptions] == ["https://b.example/feed"]


def test_the_rules_of_a_page_without_a_feed_come_with_freshrss_own_names():
    told = only(
        '<outline xmlns:f="https://freshrss.org/opml" type="HTML+XPath" xmlUrl="https://a.example/news"'
        ' f:xPathItem="//div[@class=\'news\']" f:xPathItemUri="descendant::a[string-length(@href)&gt;0]/@href"'
        ' f:cssFullContent="article" f:CURLOPT_COOKIE="secret=1" other:thing="x"/>'
    )
    assert told.type == "HTML+XPath"
    assert told.rules == {
        "xPathItem": "//div[@class='news']",
        "xPathItemUri": "descendant::a[string-length(@href)>0]/@href",
        "cssFullContent": "article",
    }


def test_a_category_is_a_folder_where_there_is_none():
    assert only('<outline category="/Lakes/North,/Sea" xmlUrl="https://a.example/"/>').folders == (
        "Lakes",
        "North",
    )


def test_folders_nest_to_any_depth_without_harm():
    deep = '<outline text="x">' * 200_000
    (one,) = opml.read(listed(deep + '<outline xmlUrl="https://a.example/"/>')).subscriptions
    assert one.folders == ("x",) * opml.MOST_FOLDERS


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"<html><body>Hello", "web page"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "This is a feed"),
        (b'{"feeds": []}', "no OPML"),
        (b"x" * (opml.LONGEST_BYTES + 1), "Split it"),
    ],
)
def test_what_is_no_list_is_refused_with_what_it_is(content, told):
    with pytest.raises(NotAnOpml, match=told):
        opml.read(content)


@pytest.mark.parametrize(
    "flood",
    [
        "<outline ",
        '<outline a="',
        "<outline a='",
        "<outline><",
        "a=",
        "<!--",
        "<",
        '<outline text="x">',
        "<a '\"",
    ],
)
def test_floods_are_read_in_time_that_grows_with_their_length(flood):
    content = ("<opml>" + flood * (600_000 // len(flood))).encode()
    started = time.process_time()
    opml.read(content)
    assert time.process_time() - started < 5


TEXT = st.text(max_size=30)
LINE = TEXT.map(one_line)
NAME = LINE.filter(bool)
RULE_NAMES = st.sampled_from(
    ["xPathItem", "xPathItemTitle", "xPathItemUri", "cssFullContent", "xPathItemUid"]
)
SUBSCRIPTIONS = st.builds(
    Subscription,
    address=NAME.map(lambda text: "https://a.example/" + text.replace(" ", "%20")),
    title=NAME,
    home=LINE,
    description=LINE,
    language=st.sampled_from(["", "ka", "pt-BR"]),
    type=st.sampled_from(["rss", "HTML+XPath"]),
    folders=st.lists(NAME, max_size=4).map(tuple),
    rules=st.dictionaries(RULE_NAMES, TEXT.map(without_controls).filter(bool), max_size=3),
)


@given(title=LINE, subscriptions=st.lists(SUBSCRIPTIONS, max_size=8))
def test_what_is_written_is_read_again_as_it_was(title, subscriptions):
    written = opml.write(Opml(title=title, subscriptions=tuple(subscriptions)))
    found = opml.read(written)
    assert found.title == title
    key = repr
    assert sorted(found.subscriptions, key=key_of) == sorted(subscriptions, key=key_of), key(written)


def key_of(one):
    return (
        one.address,
        one.title,
        one.home,
        one.description,
        one.language,
        one.type,
        one.folders,
        repr(one.rules),
    )


@given(subscriptions=st.lists(SUBSCRIPTIONS, max_size=5))
def test_what_is_written_is_well_formed_for_everybody_elses_parser(subscriptions):
    tree = etree.fromstring(opml.write(Opml(title="<&>", subscriptions=tuple(subscriptions))))
    assert len([one for one in tree.iter("outline") if one.get("xmlUrl")]) == len(subscriptions)


@given(
    content=st.binary(max_size=300)
    | st.text(alphabet="<>/=\"' ouline&;#xmUr!-\n", max_size=300).map(str.encode)
)
def test_rubbish_is_refused_or_read_and_never_crashes(content):
    for whole in (content, b"<opml><body>" + content):
        try:
            found = opml.read(whole)
        except NotAnOpml:
            continue
        assert all(one.address for one in found.subscriptions)


def test_real_lists_load_whole(corpus):
    files = sorted((corpus / "intake" / "awesome-rss-feeds").rglob("*.opml"))
    found = [opml.read(path.read_bytes()) for path in files]
    named = [len(re.findall(rb"\bxmlUrl\s*=", path.read_bytes())) for path in files]
    assert [len(one.subscriptions) for one in found] == named
    assert not [one.unusable for one in found if one.unusable]
    assert all(is_web_address(one.address) for whole in found for one in whole.subscriptions)
    if len(files) == HERE["lists"]:
        assert sum(named) == HERE["feeds"]


def test_some_real_lists_are_beyond_a_parser_of_xml(corpus):
    broken = 0
    for path in (corpus / "intake" / "awesome-rss-feeds").rglob("*.opml"):
        try:
            etree.fromstring(path.read_bytes())
        except etree.XMLSyntaxError:
            broken += 1
    assert broken, "if all were well made, a parser would do"
