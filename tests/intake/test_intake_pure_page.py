"""A page without a feed, read by rules under FreshRSS's names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake import apart, channels
from dateline.intake.channels.page_dates import UnknownLetter, moment_of, pattern
from dateline.intake.channels.page_rules import (
    BadRule,
    RulesFindNothing,
    css_as_xpath,
    full_content,
    looks_like_xpath,
    read_rules,
    texts_of,
    written,
)
from dateline.intake.feeds import NotAFeed

PAGE = """<html lang="az"><head><title>Göl xəbərləri</title><base href="/xeber/"></head><body><main>
<div class="news-item" data-id="7"><h2><a href="bir.html#top">Bərə <b>yenə</b> üzür</a></h2>
  <span class="when">12 mart 2026</span><span class="by">Leyla Həsənova</span><i class="tag">liman</i>
  <div class="text"><p>Mətn <a href="../x">keçid</a><script>alert(1)</script></p></div><img data-src="p.jpg" src="data:,"></div>
<div class="news-item" data-id="8"><h2><a href="iki.html">Bazar köçür</a></h2><span class="when">sabah</span></div>
<div class="news-item" data-id="9"><h2><a href="iki.html#comments">Bazar köçür (yenə)</a></h2></div>
<div class="news-item" data-id="10"><h2>Ünvansız</h2></div>
</main><div class="row"><a href="#a">Burada bir</a></div><div class="row"><a href="#b">Burada iki</a></div></body></html>"""

FRESHRSS = {
    "xPathItem": '//div[@class="news-item"]',
    "xPathItemTitle": "descendant::h2",
    "xPathItemContent": "./div[@class='text']",
    "xPathItemUri": "descendant::a[string-length(@href)>0]/@href",
    "xPathItemAuthor": "span[@class='by']",
    "xPathItemTimestamp": "span[@class='when']",
    "xPathItemThumbnail": "descendant::img/@data-src",
    "xPathItemCategories": "i",
    "xPathItemUid": "concat('id-', @data-id)",
}


def read(rules, markup=PAGE, url="https://gol.example/"):
    return channels.parse(
        "page", markup.encode(), url=url, content_type="text/html; charset=utf-8", rules=rules
    )


def test_rules_as_freshrss_writes_them_read_the_page():
    feed = read(FRESHRSS)
    first = feed.entries[0]
    assert feed.title == "Göl xəbərləri"
    assert feed.language == "az"
    assert [entry.title for entry in feed.entries] == ["Bərə yenə üzür", "Bazar köçür"]
    assert first.guid == "id-7"
    assert first.url == "https://gol.example/xeber/bir.html"
    assert first.published_at == "2026-03-12"
    assert first.authors == [{"name": "Leyla Həsənova", "kind": "person"}]
    assert first.image_url == "https://gol.example/xeber/p.jpg"
    assert first.summary == "Mətn keçid"


def test_what_came_with_a_block_is_cleaned():
    html = read(FRESHRSS).entries[0].content_html
    assert "script" not in html
    assert 'href="https://gol.example/x"' in html


def test_an_item_without_an_address_and_a_second_to_one_address_are_left_out():
    assert [entry.url for entry in read(FRESHRSS).entries] == [
        "https://gol.example/xeber/bir.html",
        "https://gol.example/xeber/iki.html",
    ]


def test_places_on_the_page_itself_are_pieces_of_their_own():
    feed = read({"cssItem": "div.row", "cssItemTitle": "a"}, PAGE.replace('<base href="/xeber/">', ""))
    assert [entry.url for entry in feed.entries] == ["https://gol.example/#a", "https://gol.example/#b"]


def test_a_text_may_stand_for_a_field():
    rules = {**FRESHRSS, "xPathItemAuthor": '"The Harbour Desk"', "xPathItemContent": "string(h2)"}
    first = read(rules).entries[0]
    assert first.authors[0]["name"] == "The Harbour Desk"
    assert first.summary == "Bərə yenə üzür"


def test_css_reads_as_its_xpath_does_and_is_written_with_it():
    rules = written(
        {"": "div.news-item", "Title": "h2", "Uri": "h2 a", "Timestamp": ".when", "Thumbnail": "img@data-src"}
    )
    assert rules["xPathItemUri"].endswith("/@href")
    without_css = {name: text for name, text in rules.items() if name.startswith("xPath")}
    assert read(rules).entries == read(without_css).entries
    assert texts_of(rules)["Thumbnail"] == "img@data-src"
    assert read(rules).entries[0].image_url == "https://gol.example/xeber/p.jpg"


def test_xpath_that_was_changed_elsewhere_stands_over_the_css_that_it_was():
    rules = {**written({"": "div.news-item", "Title": "h2"}), "xPathItemTitle": "h2/a"}
    assert texts_of(rules)["Title"] == "h2/a"
    assert texts_of(rules)[""] == "div.news-item"


def test_without_rules_for_headline_and_address_the_heading_and_its_link_serve():
    assert [entry.title for entry in read({"xPathItem": "//div[@data-id]"}).entries] == [
        "Bərə yenə üzür",
        "Bazar köçür",
    ]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({}, "There is no rule for items"),
        ({"xPathItem": "//div["}, "The rule for items (//div[) cannot be followed"),
        ({"xPathItem": "//div", "xPathItemTitle": "descendant::h2[["}, "The rule for headlines"),
        ({"xPathItem": "document('/etc/passwd')//a"}, "a function that XPath 1.0 does not have"),
        ({"xPathItem": "//div[re:test(., 'a')]"}, "a prefix"),
        ({"xPathItem": "//div[$x]"}, "a variable"),
        ({"xPathItem": "//a/@href"}, "it must end at an element"),
        ({"cssItem": "div..x"}, "is no CSS that we can read"),
        ({"cssItem": "x" * 3000}, "2000 are the most"),
        (
            {"xPathItem": "//div[@data-id]", "xPathItemTimestamp": "span", "xPathItemTimeFormat": "Q"},
            "the letter Q",
        ),
    ],
)
def test_a_rule_that_cannot_be_followed_says_which_and_why(rules, words):
    with pytest.raises(BadRule) as caught:
        read(rules)
    assert words in str(caught.value)
    assert isinstance(caught.value, NotAFeed)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (
            {"xPathItem": "//article"},
            "The page is there, but the rule for items (//article) finds nothing on it",
        ),
        ({"xPathItem": "//i"}, "matches 1 blocks, but none of them has a link"),
        ({"xPathItem": "//div[@data-id]", "xPathItemTitle": "h5"}, "none of them has a headline by the rule"),
    ],
)
def test_sound_rules_that_find_nothing_say_what_they_did_match(rules, words):
    with pytest.raises(RulesFindNothing) as caught:
        read(rules)
    assert words in str(caught.value)
    assert "picker" in str(caught.value)


def test_the_child_tells_the_same_in_the_same_words():
    told = apart.parse_channel(
        PAGE.encode(), kind="page", url="https://gol.example/", content_type=None, rules=FRESHRSS
    )
    assert told == channels.parse(
        "page", PAGE.encode(), url="https://gol.example/", content_type=None, rules=FRESHRSS
    )
    with pytest.raises(RulesFindNothing, match="finds nothing on it"):
        apart.parse_channel(
            b"<p>x</p>", kind="page", url="https://gol.example/", content_type=None, rules=FRESHRSS
        )


def test_a_rule_that_never_ends_is_stopped_and_said(monkeypatch):
    from dateline.lib.confined import Cell, Limits

    monkeypatch.setattr(apart, "_rule_cell", Cell(Limits(seconds=4.0)))
    slow = "//p[count(//p[count(//p[count(//p[count(//p) > 1]) > 1]) > 1]) > 1]"
    markup = "<html><body>" + "<p><a href='/x'>y</a></p>" * 400 + "</body></html>"
    with pytest.raises(BadRule, match="was stopped"):
        apart.parse_channel(
            markup.encode(),
            kind="page",
            url="https://gol.example/",
            content_type=None,
            rules={"xPathItem": slow},
        )
    apart._rule_cell.close()


@pytest.mark.parametrize(
    ("text", "time_format", "moment"),
    [
        ("03/04/2026 14:30", "d/m/Y H:i", "2026-04-03"),
        ("03/04/2026 14:30+04:00", "d/m/Y H:iP", "2026-04-03T14:30:00+04:00"),
        ("Monday, 03 Mar 2026", "l, d M Y", "2026-03-03"),
        ("3rd March 26", "jS F y", "2026-03-03"),
        ("1772000000", "U", "2026-02-25T06:13:20+00:00"),
        ("on 3 Mar, 2026 3:05 pm GMT", r"\o\n j M, Y g:i a T", "2026-03-03T15:05:00+00:00"),
        ("2026-071", "Y-z", "2026-03-13"),
        ("31/02/2026", "d/m/Y", None),
        ("12 марта 2026, 10:00", "", "2026-03-12"),
        ("12 mart 2026", "", "2026-03-12"),
        ("12 მარტი 2026", "", "2026-03-12"),
        ("12 մարտի 2026", "", "2026-03-12"),
        ("۱۲ مارس ۲۰۲۶", "", "2026-03-12"),
        ("Thu, 12 Mar 2026 10:00:00 +0400", "", "2026-03-12T10:00:00+04:00"),
        ("two hours ago", "", None),
        ("10:30", "", None),
    ],
)
def test_dates_are_read_by_the_format_or_as_people_write_them(text, time_format, moment):
    assert moment_of(text, time_format=time_format) == moment


def test_a_format_with_an_unknown_letter_is_refused():
    with pytest.raises(UnknownLetter):
        pattern("d-Q-Y")


@pytest.mark.parametrize(
    "text",
    ["//a", "./h2", "descendant::h2", "h2/a", "@href", '"The desk"', "normalize-space(.)", "p[2]", "."],
)
def test_xpath_is_known_as_such(text):
    assert looks_like_xpath(text)


@pytest.mark.parametrize(
    "text",
    [
        "h2 a",
        ".card",
        "time@datetime",
        '[itemprop="x"]',
        "a[href*='/news/']",
        "li:nth-child(2)",
        "div:not(.x) > a",
    ],
)
def test_css_is_known_as_such(text):
    assert not looks_like_xpath(text)


def test_the_article_page_has_its_rules_in_the_words_of_a_sites_rule():
    told = {"cssFullContent": "div.main", "cssContentFilter": ".ads, .share", "xPathItem": "//a"}
    assert full_content(told) == {"body": "div.main", "leave_out": [".ads, .share"]}
    assert full_content({}) == {}


def test_css_becomes_xpath_that_others_read():
    assert css_as_xpath("article") == "//article"
    assert css_as_xpath("h2 a", part="Uri").endswith("/a/@href")
    assert css_as_xpath("@href", part="Uri") == "@href"


@given(
    st.dictionaries(
        st.sampled_from([*FRESHRSS, "cssItem", "cssItemUri", "xPathItemTimeFormat"]),
        st.text(max_size=40),
        max_size=5,
    )
)
@settings(max_examples=budget(60, whole=5000), deadline=None)
def test_whatever_stands_in_the_rules_is_read_or_refused_in_words(rules):
    try:
        feed = read(rules)
    except NotAFeed:
        return
    assert all(entry.title and entry.url for entry in feed.entries)


@given(st.text(alphabet="<>/abdivh1\"'= p[]@:*()", max_size=120))
@settings(max_examples=budget(60, whole=5000), deadline=None)
def test_whatever_the_page_is_it_is_read_or_refused_in_words(markup):
    try:
        feed = read({"xPathItem": "//*[@*] | //p"}, markup=markup)
    except NotAFeed:
        return
    assert all(entry.url.startswith("http") for entry in feed.entries)


@given(st.text(alphabet="dDjlNSwzFMmntyYaAghHisuveOPTU|!?*+#\\ /-.", max_size=12), st.text(max_size=20))
@settings(max_examples=budget(100, whole=5000), deadline=None)
def test_no_format_of_dates_breaks_the_reader(time_format, text):
    try:
        moment = moment_of(text, time_format=time_format)
    except UnknownLetter:
        return
    assert moment is None or moment[4] == "-"


def test_rules_are_checked_when_they_are_read():
    with pytest.raises(BadRule):
        read_rules({"xPathItem": "//div", "cssItemTitle": "h2:"})


def test_rules_go_out_in_a_list_and_come_back_from_one_as_they_were():
    from dateline.lib.formats import opml

    rules = written(
        {"": "div.news-item > h2", "Title": "a", "Author": '"The “desk” & co"'},
        {"xPathItemTimeFormat": "d/m/Y"},
    )
    listed = opml.Subscription(address="https://gol.example/", type="HTML+XPath", rules=rules)
    file = opml.write(opml.Opml(subscriptions=(listed,)))
    assert b'frss:xPathItem="//div' in file
    back = opml.read(file).subscriptions[0]
    assert dict(back.rules) == rules
    assert texts_of(back.rules)[""] == "div.news-item > h2"


def test_an_example_in_the_form_that_freshrss_writes_is_read():
    from dateline.lib.formats import opml

    file = b"""<opml version="2.0"><head/><body><outline xmlns:frss="https://freshrss.org/opml" text="Lake"
      type="HTML+XPath" xmlUrl="https://gol.example/" frss:xPathItem="//a[contains(@href, '.html')]/ancestor::div"
      frss:xPathItemTitle="descendant::h2" frss:xPathItemContent="."
      frss:xPathItemUri="descendant::a[string-length(@href)&gt;0]/@href" frss:cssFullContent="article"/></body></opml>"""
    rules = dict(opml.read(file).subscriptions[0].rules)
    assert [entry.title for entry in read(rules).entries] == [
        "B\u0259r\u0259 yen\u0259 \u00fcz\u00fcr",
        "Bazar k\u00f6\u00e7\u00fcr",
    ]
    assert full_content(rules) == {"body": "article"}
