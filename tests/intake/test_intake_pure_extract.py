"""From a page's bytes to the article, or to a word about what it is instead."""

import contextlib
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake.extract import NoArticle, extract
from dateline.lib.floods import HostileMarkup
from dateline.lib.sanitise import sanitise

URL = "https://lake.example/news/ferry"
PROSE = [
    "The ferry between the two harbours sailed again on Sunday after three weeks of repairs at the northern yard.",
    "Its captain, who has made the crossing some nine thousand times, said that the new engine was quieter than the birds.",
    "Passengers on the first trip were given tea and a printed map, which the harbour office had drawn for the day.",
    "A second boat is to follow in the spring, the office said, if the council finds the money for a crew of seven.",
]  # fmt: skip


def page(body=None, *, head="", title="The ferry sails again"):
    body = body if body is not None else "".join(f"<p>{text}</p>" for text in PROSE)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title} | The Lake</title>"
        f"<meta property='og:site_name' content='The Lake'><meta property='og:title' content='{title}'>{head}</head>"
        f"<body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer>© The Lake</footer></body></html>"
    )


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_an_article_is_read_with_all_that_its_page_says():
    head = (
        "<meta name=description content='After three weeks the boat is back.'>"
        "<meta property='og:image' content='/pictures/ferry.jpg'><link rel=canonical href='/news/ferry?id=1'>"
    ) + linked(
        headline="The ferry sails again",
        datePublished="2026-03-01T08:00:00+04:00",
        author=[
            {"@type": "Person", "name": "Vera Lindqvist"},
            {"@type": "Organization", "name": "North Wire"},
        ],
    )
    figure = (
        "<figure><img src=/pictures/ferry.jpg alt='A white boat'><figcaption>At the quay. Photo: Tomas Berg"
        "</figcaption></figure>"
    )
    body = f"<p>{PROSE[0]}</p>{figure}<h2>The engine</h2>" + "".join(f"<p>{text}</p>" for text in PROSE[1:])
    found = extract(page(body, head=head), url=URL)
    assert found.headline == "The ferry sails again"
    assert found.standfirst == "After three weeks the boat is back."
    assert found.authors == [
        {"name": "Vera Lindqvist", "kind": "person"},
        {"name": "North Wire", "kind": "organisation"},
    ]
    assert found.published_at == "2026-03-01T08:00:00+04:00"
    assert found.language == "en"
    assert found.canonical_url == "https://lake.example/news/ferry?id=1"
    assert found.image == {
        "url": "https://lake.example/pictures/ferry.jpg",
        "alt": "A white boat",
        "caption": "At the quay. Photo: Tomas Berg",
        "credit": "Tomas Berg",
    }
    assert found.body_text.split("\n\n") == [PROSE[0], "The engine", *PROSE[1:]]
    assert "<h2>The engine</h2>" in found.body_html
    assert '<figure><img src="https://lake.example/pictures/ferry.jpg"' in found.body_html
    assert (found.suspect, found.reasons) == (False, [])


def test_the_words_before_a_link_are_not_lost_and_the_link_is_kept():
    body = "".join(
        f"<div><p>{text[:40]}<a href='/more'>{text[40:60]}</a>{text[60:]} <em>So it was.</em></p></div>"
        for text in PROSE
    )
    found = extract(page(body), url=URL)
    assert all(text in found.body_text for text in PROSE)
    assert found.body_html.count('<a href="https://lake.example/more"') == len(PROSE)
    assert found.body_html.count("<em>") == len(PROSE)


def test_calls_to_subscribe_and_lists_of_other_pieces_are_no_part_of_the_article():
    extra = (
        "<p>Sign up for our newsletter and never miss a boat.</p><h3>Read also</h3>"
        "<ul><li><a href=/1>A harbour for birds</a></li><li><a href=/2>The price of tea on the lake</a></li></ul>"
        "<p>© 2026 The Lake. All rights reserved.</p>"
    )
    found = extract(page("".join(f"<p>{text}</p>" for text in PROSE) + extra), url=URL)
    assert found.body_text == "\n\n".join(PROSE)


def test_nothing_in_the_body_can_act():
    body = "".join(f"<p onclick='x()'>{text} <a href='javascript:alert(1)'>more</a></p>" for text in PROSE)
    found = extract(page(body), url=URL)
    assert "onclick" not in found.body_html
    assert "javascript" not in found.body_html
    assert sanitise(found.body_html) == found.body_html


def test_the_feed_helps_where_the_page_is_silent():
    bare = "<html><body><article>" + "".join(f"<p>{text}</p>" for text in PROSE) + "</article></body></html>"
    found = extract(bare, url=URL, title="The ferry is back", summary="Tea on the first trip")
    assert found.headline == "The ferry is back"
    assert found.standfirst == "Tea on the first trip"


def test_a_piece_that_ends_early_is_flagged():
    head = linked(headline="The ferry sails again", wordCount=900)
    found = extract(page(head=head), url=URL)
    assert found.suspect
    assert any(reason.startswith("cut: ") for reason in found.reasons)


def test_a_text_about_something_else_is_flagged():
    found = extract(page(title="Parliament debates pensions until midnight, ministers resign"), url=URL)
    assert [reason.split(":")[0] for reason in found.reasons] == ["elsewhere"]


@pytest.mark.parametrize(
    ("markup", "url", "message"),
    [
        ("", URL, "empty"),
        ("   \n ", URL, "empty"),
        ("<html><body></body></html>", URL, "no running text"),
        ("<title>404 Not Found</title><p>The page was not found. Try our home page, or look at the map.</p>", URL, "notice|words"),
        ("<p>Please enable JavaScript and cookies to continue to the site of this publication.</p>", URL, "notice|words"),
        ("<p>" + " ".join(PROSE) + "</p>", "https://lake.example/", "front page"),
        ("<p>A single short line.</p>", URL, "words of running text"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_says_what_it_is(markup, url, message):
    with pytest.raises(NoArticle, match=message):
        extract(markup, url=url)


def test_a_list_of_links_is_no_article():
    links = "".join(f"<p><a href=/{n}>{text}</a></p>" for n, text in enumerate(PROSE * 3))
    with pytest.raises(NoArticle):
        extract(page(links), url=URL)


def test_a_flood_never_reaches_a_parser():
    with pytest.raises(HostileMarkup):
        extract(page("<div>" * 100_000), url=URL)


@pytest.mark.parametrize(
    ("language", "script", "prose"),
    [
        ("ka", "ქართული", ("ბორანი ორ ნავსადგურს შორის კვირას კვლავ გავიდა ტბაზე სამკვირიანი შეკეთების შემდეგ. "
         "კაპიტანმა თქვა, რომ ახალი ძრავა ჩიტებზე უფრო ჩუმია და მგზავრებს ჩაი შესთავაზეს. ")),
        ("hy", "հայերեն", ("Լաստանավը կիրակի օրը կրկին դուրս եկավ լիճ՝ երեք շաբաթ տևած վերանորոգումից հետո։ "
         "Նավապետն ասաց, որ նոր շարժիչն ավելի լուռ է, քան թռչունները, և ուղևորներին թեյ հյուրասիրեցին։ ")),
        ("az", "azərbaycanca", ("Bərə üç həftəlik təmirdən sonra bazar günü yenidən iki liman arasında gölə çıxdı. "
         "Kapitan dedi ki, yeni mühərrik quşlardan da sakitdir və sərnişinlərə çay verildi. ")),
        ("fa", "فارسی", ("کشتی میان دو بندر روز یکشنبه پس از سه هفته تعمیر دوباره به دریاچه رفت. "
         "ناخدا گفت که موتور تازه از پرندگان هم آرام‌تر است و به مسافران چای داده شد. ")),
    ],
)  # fmt: skip
def test_pages_in_the_scripts_of_the_region_are_read(language, script, prose):
    body = f"<p>{prose * 2}</p><blockquote>{prose}</blockquote><p>{prose * 3}</p>"
    markup = page(body, title=f"{script} {prose[:40].strip()}").replace("lang=en", f"lang={language}")
    found = extract(markup.encode("utf-8"), url=URL, declared_encoding="utf-8")
    assert found.language == language
    assert found.headline.startswith(script)
    assert prose.strip() in found.body_text
    assert "<blockquote>" in found.body_html


def test_a_page_in_an_old_encoding_is_read():
    text = "Паром снова вышел на озеро после трёх недель ремонта на северной верфи, сообщила гавань. " * 4
    markup = (
        f'<meta charset="windows-1251"><title>Паром</title><h1>Паром вышел</h1><p>{text}</p><p>{text}</p>'
    )
    found = extract(markup.encode("windows-1251"), url=URL)
    assert found.language == "ru"
    assert "северной верфи" in found.body_text


@settings(max_examples=budget(60, whole=2000), deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_extraction(noise):
    with contextlib.suppress(NoArticle, HostileMarkup):
        assert extract(page().encode()[:200] + noise + page().encode()[200:], url=URL)


@settings(max_examples=budget(60, whole=2000), deadline=None)
@given(st.text(max_size=200), st.text(max_size=50))
def test_no_linked_data_breaks_the_extraction(noise, name):
    head = f'<script type="application/ld+json">{noise}</script>' + linked(
        author=[{"name": name}, name, None, 3]
    )
    found = extract(page(head=head.replace("<!--", "")), url=URL)
    assert PROSE[0] in found.body_text or noise


def test_the_pure_files_name_no_site_of_the_corpus(corpus):
    truth = corpus / "intake" / "article-extraction-dataset" / "ground-truth.json"
    sites = {
        entry["site"].split(".")[-2]
        for entry in json.loads(truth.read_text(encoding="utf-8")).values()
        if "." in entry["site"]
    }
    named = {site for site in sites if len(site) > 6}
    folder = Path(sys.modules[extract.__module__].__file__).parent
    text = " ".join(file.read_text(encoding="utf-8").lower() for file in folder.glob("*.py"))
    assert not {site for site in named if f"{site}." in text}


def test_a_film_becomes_a_card_with_a_link_and_never_a_frame():
    frames = (
        "<iframe src='https://www.youtube.com/embed/abcDEF12345?rel=0' title='The &lt;ferry&gt; sails'></iframe>"
        "<iframe src='https://ads.example/banner'></iframe>"
    )
    body = f"<p>{PROSE[0]}</p>{frames}" + "".join(f"<p>{text}</p>" for text in PROSE[1:])
    found = extract(page(body), url=URL)
    assert '<a href="https://www.youtube.com/watch?v=abcDEF12345"' in found.body_html
    assert "The &lt;ferry&gt; sails</a><figcaption>YouTube</figcaption>" in found.body_html
    assert "iframe" not in found.body_html
    assert "ads.example" not in found.body_html
    assert found.body_text.split("\n\n") == PROSE


def test_a_text_that_a_page_carries_twice_is_read_once_and_the_authors_life_is_left_out():
    head = linked(headline="The ferry sails again", author={"@type": "Person", "name": "Vera Lindqvist"})
    life = "Vera Lindqvist is a reporter at The Lake who has written about boats since she was able to hold a pen."
    body = "".join(f"<p>{text}</p>" for text in [*PROSE, *PROSE, life])
    assert extract(page(body, head=head), url=URL).body_text.split("\n\n") == PROSE


def test_an_appeal_in_place_of_the_article_raises_the_alarm():
    summary = "The ferry between the two harbours sailed again on Sunday after repairs at the northern yard."
    appeal = [
        "Independent reporting needs readers who pay for it, and nobody tells us what we should write about.",
        "Last year thousands gave, and because of them a small newsroom could send people where nobody went.",
        "Every amount helps, and you may stop whenever you like: choose a sum below and leave the rest to us.",
    ]
    body = "".join(f"<p>{text}</p>" for text in appeal)
    found = extract(page(body, head=f"<meta name=description content='{summary}'>"), url=URL)
    assert found.suspect
    assert found.reasons[0].startswith("elsewhere:")
