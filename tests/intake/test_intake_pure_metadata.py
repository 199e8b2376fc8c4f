"""What a page says of its article, and who wrote it."""

import json

import pytest

from dateline.intake import metadata
from dateline.intake.extract_page import parse
from dateline.intake.language import detect, primary
from dateline.intake.metadata_authors import authors, from_byline, kind_of
from dateline.intake.metadata_dates import published_at
from dateline.intake.metadata_pictures import Picture, told_pictures


def page(head="", body="<p>x</p>", url="https://www.lake.example/news/1"):
    return parse(f"<html><head>{head}</head><body>{body}</body></html>", url=url)


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def named(found):
    return [(author.name, author.kind) for author in found]


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        ("<title>The ferry sails | The Lake</title>", "", "The ferry sails"),
        ("<meta property='og:site_name' content='The Lake'><title>The Lake - The ferry sails</title>", "", "The ferry sails"),
        ("<meta property='og:title' content='The ferry sails'>", "<h1>The Lake</h1><h1>The ferry sails again</h1>", "The ferry sails again"),
        ("<meta property='og:title' content='A boat is back'>", "<h1>Menu</h1>", "A boat is back"),
        ("", "<h1>The ferry sails</h1>", "The ferry sails"),
        ("<title>Yes - no: a vote | Lake</title>", "", "Yes - no: a vote"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_that_the_page_confirms(head, body, headline):
    names = "<meta property='og:site_name' content='The Lake'>" if "og:site_name" not in head else ""
    assert metadata.headline(page(names + head, body + "<p>x</p>")).value == headline


def test_a_site_without_a_name_is_known_by_its_host():
    assert metadata.headline(page("<title>The ferry sails - Lake.example</title>")).value == "The ferry sails"


@pytest.mark.parametrize(
    ("head", "body", "moment"),
    [
        (linked(datePublished="2026-03-01T08:00:00Z"), "", "2026-03-01T08:00:00+00:00"),
        ("<meta property='article:published_time' content='2026-03-01T08:00:00+04:00'>", "", "2026-03-01T08:00:00+04:00"),
        ("<meta name=date content='2026-03-01'>", "", "2026-03-01"),
        ("", "<time datetime='2026-03-01T08:00+04:00'>1 March</time>", "2026-03-01T08:00:00+04:00"),
        (linked(datePublished="soon"), "<time datetime='2026-03-02'>x</time>", "2026-03-02"),
        ("", "", None),
    ],
)  # fmt: skip
def test_the_date_is_the_machines_one(head, body, moment):
    assert published_at(page(head, body + "<p>x</p>")).iso == moment


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        (linked(author={"@type": "Person", "name": "Vera Lindqvist"}), "", [("Vera Lindqvist", "person")]),
        (linked(author="Vera Lindqvist and Tomas Berg"), "", [("Vera Lindqvist", "person"), ("Tomas Berg", "person")]),
        (linked(author={"@type": "Organization", "name": "North Wire"}), "", [("North Wire", "organisation")]),
        (linked(author={"@type": "Organization", "name": "The Lake"}), "<a rel=author>Vera Lindqvist</a>", [("Vera Lindqvist", "person")]),
        (linked(author={"@id": "#v"}) + '<script type="application/ld+json">{"@id": "#v", "@type": "Person", "name": "Vera L."}</script>', "", [("Vera L", "person")]),
        ("<meta name=author content='By Vera Lindqvist, Staff Writer'>", "", [("Vera Lindqvist", "person")]),
        ("<meta name=author content='admin'>", "<span class=byline>By Tomas Berg</span>", [("Tomas Berg", "person")]),
        ("<meta property='article:author' content='https://social.example/lake'>", "", []),
        (linked(author="Sport", articleSection="Sport"), "", []),
        (linked(author=["Vera Lindqvist", "Vera Lindqvist"]), "", [("Vera Lindqvist", "person")]),
    ],
)  # fmt: skip
def test_authors_are_people_and_agencies_and_never_the_site(head, body, found):
    site = "<meta property='og:site_name' content='The Lake'>"
    assert named(authors(page(site + head, body + "<p>x</p>"))[0]) == found


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Pereira and Reuters", ["Ana Pereira", "Reuters"]),
        ("Von Jonas Weber", ["Jonas Weber"]),
        ("Yazar: Ayşe Demir", ["Ayşe Demir"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("Robert Moff, Ph.D.", ["Robert Moff, Ph.D"]),
        ("Ana Pereira, Luis Costa and Rita Dias", ["Ana Pereira", "Luis Costa", "Rita Dias"]),
        ("Published 3 March 2026", []),
        ("https://lake.example/vera", []),
        ("", []),
    ],
)
def test_a_byline_is_taken_apart(byline, names):
    assert [author.name for author in from_byline(byline)] == names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Vera Lindqvist", "person"), ("Иван Петров", "person"), ("Արամ Սարգսյան", "person"), ("Reuters", "organisation"),
        ("The Associated Press", "organisation"), ("Lake News", "organisation"), ("North University", "organisation"),
        ("Редакция", "organisation"), ("ANI", "organisation"), ("Kaspi Xəbər Agentliyi", "organisation"),
    ],
)  # fmt: skip
def test_persons_are_told_from_organisations(name, kind):
    assert kind_of(name) == kind


def test_the_picture_has_its_words():
    image = {
        "url": "/p/1.jpg",
        "caption": "At the quay",
        "creditText": "Tomas Berg",
        "width": 1200,
        "height": "800px",
    }
    head = linked(image=[image, "/p/2.jpg"]) + (
        "<meta property='og:image' content='/p/1.jpg'><meta property='og:image:alt' content='A boat'>"
    )
    first, second = told_pictures(page(head))
    assert first == Picture(
        "https://www.lake.example/p/1.jpg", "A boat", "At the quay", "Tomas Berg", 1200, 800, "open-graph"
    )
    assert (second.url, second.origin) == ("https://www.lake.example/p/2.jpg", "json-ld")
    assert told_pictures(page("<meta property='og:image' content='data:image/png;base64,A'>")) == []


def test_the_canonical_address_is_absolute_and_never_odd():
    assert metadata.canonical_url(page("<link rel=canonical href=/a>")).value == "https://www.lake.example/a"
    assert (
        metadata.canonical_url(page("<link rel=canonical href='javascript:x'>")).value
        == "https://www.lake.example/news/1"
    )


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Bərə yenidən iki liman arasında gölə çıxdı", None, "az"),
        ("ბორანი კვლავ გავიდა ტბაზე", None, "ka"),
        ("Լաստանավը կրկին դուրս եկավ լիճ", "en", "hy"),
        ("کشتی دوباره به دریاچه رفت", "fa-IR", "fa"),
        ("The ferry sailed again on Sunday after repairs", "de", "en"),
        ("Ok", "tr", "tr"),
    ],
)
def test_a_language_is_named_by_text_and_word(text, declared, language):
    assert detect(text, declared=declared).language == language


def test_a_text_without_words_has_no_language():
    assert detect("12 % — 3") is None
    assert (primary("pt-BR"), primary("iw"), primary(None)) == ("pt", "he", None)
