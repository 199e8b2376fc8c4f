"""Lists and directories as people bring them: pure reading, joining and comparing."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lib.countries import country_code, country_name
from dateline.lib.formats import opml, opml_tags
from dateline.sources import directory, lists
from dateline.sources.directory import NotADirectory
from dateline.sources.lists import BY_JSON, NO_RULE, NOT_ON_THE_WEB, ListedOutlet
from dateline.sources.spelling import feed_key, kin_key, site_of

# The half of the public collection that is at hand: outlets after those of one site were joined, and feeds.
HERE = {"countries": 76, "outlets": 448, "feeds": 575}


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("http://a.example/feed", "https://www.a.example/feed/"),
        ("https://a.example:443/feed", "HTTPS://A.example/feed?utm_source=x"),
        ("http://feeds.a.example/n", "http://feeds2.a.example/n"),
        ("http://a.example/", "https://a.example"),
    ],
)
def test_two_spellings_of_one_feed_have_one_key(address, other):
    assert feed_key(address) == feed_key(other) != ""


@pytest.mark.parametrize(
    "other", ["https://a.example/feed2", "https://b.example/feed", "https://a.example/feed?cat=3"]
)
def test_another_feed_has_another_key(other):
    assert feed_key("https://a.example/feed") != feed_key(other)


@pytest.mark.parametrize(
    "other",
    ["https://a.example/news?format=rss", "https://a.example/news/rss", "https://a.example/news.xml", "https://a.example/news/feed/atom/"],
)  # fmt: skip
def test_feeds_in_other_formats_may_be_the_same(other):
    assert kin_key("https://a.example/news") == kin_key(other)
    assert feed_key("https://a.example/news") != feed_key(other)


@given(st.text(max_size=60))
def test_rubbish_has_no_key_and_is_no_crash(text):
    for address in (text, f"https://{text}", f"https://a.example/{text}"):
        assert isinstance(feed_key(address) + kin_key(address) + site_of(address), str)


@pytest.mark.parametrize(
    ("told", "code"),
    [("IRN", "IR"), ("ir", "IR"), ("Iran", "IR"), ("ایران", "IR"), ("Türkiye", "TR"), ("საქართველო", "GE"),
     ("UK", "GB"), ("Deutschland", "DE"), ("Port Salin", ""), ("", ""), ("XX", ""), ("SUN", "")],
)  # fmt: skip
def test_a_country_is_known_by_codes_and_by_names_in_many_languages(told, code):
    assert country_code(told) == code


def test_a_country_is_shown_in_the_readers_language():
    assert country_name("GE", "en") == "Georgia"
    assert country_name("GE", "fa") == "گرجستان"
    assert country_name("GE", "no-such-language") == "Georgia"
    assert country_name("Port Salin", "fa") == "Port Salin"


def from_opml(body, title="", name=""):
    return lists.from_opml(
        opml.read(f"<opml><head><title>{title}</title></head><body>{body}</body></opml>".encode()), name=name
    )


def test_feeds_of_one_home_page_are_one_outlet():
    brought = from_opml(
        '<outline text="Georgia"><outline text="Lakeside Post" xmlUrl="https://feeds.lake.example/1" htmlUrl="https://www.lake.example/"/>'
        '<outline text="Lakeside Post - Sport" xmlUrl="https://lake.example/sport.xml" htmlUrl="http://lake.example"/></outline>'
    )
    (outlet,) = brought.outlets
    assert (outlet.name, outlet.country, outlet.site) == ("Lakeside Post", "GE", "lake.example")
    assert [one.title for one in outlet.channels] == ["Lakeside Post", "Lakeside Post - Sport"]


def test_many_outlets_with_one_host_of_feeds_stay_apart():
    brought = from_opml(
        '<outline text="Lakeside Post" xmlUrl="https://feeds.many.example/lakeside"/>'
        '<outline text="Marsh Herald" xmlUrl="https://feeds.many.example/marsh"/>'
    )
    assert [one.name for one in brought.outlets] == ["Lakeside Post", "Marsh Herald"]


def test_what_cannot_be_watched_is_told_with_its_line_and_why():
    brought = from_opml(
        '\n<outline text="A" xmlUrl="ftp://a.example/x"/>\n<outline text="B" type="JSON+DotNotation" xmlUrl="https://b.example/"/>'
        '\n<outline text="C" type="HTML+XPath" xmlUrl="https://c.example/"/>\n<outline text="D" xmlUrl="feed://d.example/rss"/>'
    )
    assert [(one.line, one.words, one.why) for one in brought.unusable] == [
        (2, "A", NOT_ON_THE_WEB), (3, "B", BY_JSON), (4, "C", NO_RULE),
    ]  # fmt: skip
    assert [one.channels[0].address for one in brought.outlets] == ["http://d.example/rss"]


def test_the_country_may_stand_in_the_files_name():
    assert from_opml('<outline xmlUrl="https://a.example/"/>', name="Japan.opml").outlets[0].country == "JP"


def test_our_own_shape_says_all_there_is():
    content = {
        "dateline": "outlets/1",
        "title": "Around the lake",
        "country": "GE",
        "outlets": [
            {
                "name": "ტბის ფოსტა", "name_here": "Lake Post", "languages": ["ka", "en"], "kind": "agency",
                "home": "https://lake.example/", "owner": "The Lake Trust",
                "feeds": ["https://lake.example/rss", {"address": "https://lake.example/news", "kind": "page",
                          "rules": {"xPathItem": "//article"}}],
            },
            {"name": "Nothing"},
        ],
    }  # fmt: skip
    brought = directory.read(json.dumps(content).encode())
    (outlet,) = brought.outlets
    assert (brought.title, outlet.name, outlet.name_here, outlet.country) == (
        "Around the lake", "ტბის ფოსტა", "Lake Post", "GE",
    )  # fmt: skip
    assert (outlet.languages, outlet.kind, outlet.owner) == (("ka", "en"), "agency", "The Lake Trust")
    assert [(one.kind, dict(one.rules)) for one in outlet.channels] == [
        ("feed", {}),
        ("page", {"xPathItem": "//article"}),
    ]
    assert [one.words for one in brought.unusable] == ["Nothing"]


def test_a_directory_that_is_written_is_read_again_as_it_was():
    content = '{"outlets": [{"name": "A", "country": "Iran", "languages": "fa, en", "home": "https://a.example/", "feeds": "https://a.example/1 https://a.example/2"}]}'
    brought = directory.read(content.encode(), name="lake.json")
    again = directory.read(directory.write(brought.outlets, title="T"))
    assert again.outlets == brought.outlets
    assert (brought.title, again.title) == ("lake", "T")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_by_the_names_of_its_columns(delimiter):
    rows = [
        ["Name", "country", "Language", "Website", "RSS feed"],
        ["Lake Post", "Georgia", "ka", "https://lake.example/", "https://lake.example/rss"],
    ]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    (outlet,) = directory.read(b"\xef\xbb\xbf" + content.encode()).outlets
    assert (outlet.name, outlet.country, outlet.languages) == ("Lake Post", "GE", ("ka",))
    assert outlet.channels[0].address == "https://lake.example/rss"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"just words", b"a,b\n1,2", b"[" * 100_000, b'{"outlets": [1, null, []]}'],
)
def test_what_is_no_directory_is_refused(content):
    with pytest.raises(NotADirectory):
        directory.read(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["outlets", "name", "feeds", "home", "country", "languages", "rules", "address", "rss_url"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(told=JSON)
def test_rubbish_in_a_directory_is_refused_or_read(told):
    try:
        brought = directory.read(json.dumps(told).encode())
    except NotADirectory:
        return
    for outlet in brought.outlets:
        assert lists.from_json(json.loads(json.dumps(outlet.as_json()))) == outlet
        assert outlet.home or outlet.channels


@given(content=st.text(max_size=200) | st.binary(max_size=200))
def test_rubbish_that_is_a_table_is_refused_or_read(content):
    content = content.encode("utf-8", "replace") if isinstance(content, str) else content
    for whole in (content, b"name,feeds\n" + content):
        with suppress(NotADirectory):
            assert isinstance(directory.read(whole).outlets, tuple)


def test_the_real_directory_loads_whole(corpus):
    files = sorted((corpus / "intake" / "news-feed-list-of-countries").glob("*.json"))
    outlets, feeds = 0, 0
    for path in files:
        told = json.loads(path.read_text())
        named = {one["publication_rss_feed_uri"].strip() for part in ("all", "active") for one in told[part]}
        brought = directory.read(path.read_bytes(), name=path.name)
        found = [channel.address for outlet in brought.outlets for channel in outlet.channels]
        assert (set(found), len(found)) == (named, len(named)), path.name
        assert not brought.unusable
        assert {outlet.country for outlet in brought.outlets} == {country_code(told["country"])}
        outlets, feeds = outlets + len(brought.outlets), feeds + len(found)
    if len(files) == HERE["countries"]:
        assert (outlets, feeds) == (HERE["outlets"], HERE["feeds"])


def test_a_name_that_was_taken_from_a_pages_source_is_unescaped():
    (outlet,) = directory.read(b'{"outlets": [{"name": "L&#039;Lac", "home": "https://a.example/"}]}').outlets
    assert outlet.name == "L'Lac"


def test_an_outlet_without_channels_stands_for_its_home():
    assert ListedOutlet(name="A", home="https://www.a.example/").site == "a.example"


def test_a_list_of_nothing_but_brackets_is_given_up_in_time():
    read = list(opml_tags.tags("<a>" * (opml_tags.MOST_BRACKETS + 9)))
    assert len(read) == opml_tags.MOST_BRACKETS
    assert list(opml_tags.tags("<" * (opml_tags.MOST_BRACKETS + 9) + "<a>")) == []
