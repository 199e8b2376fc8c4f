"""A piece beside its page: in text alone, as ninjs, as Markdown; and the site as data."""

import json
import re

import brotli
import cast
import pytest
from django.utils import timezone
from lxml import html

from dateline.articles.actions import withdraw
from dateline.articles.blocks import BodyBlock
from dateline.lib.formats import markdown
from dateline.lib.formats import ninjs as reader
from dateline.publishing.actions import bake, bake_article, change_around
from dateline.publishing.lite import lite_href, lite_main
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.press import open_press
from dateline.publishing.told import Told, ninjs
from dateline.work.testing import run_all_jobs

# ninjs 3.1, the properties of its root and of the objects that we write; it takes no others.
ROOT = {
    "uri", "type", "representationType", "profile", "version", "firstCreated", "versionCreated", "contentCreated",
    "embargoedUntil", "pubStatus", "urgency", "copyrightHolder", "copyrightNotice", "usageTerms", "edNote", "language",
    "descriptions", "bodies", "headlines", "people", "organisations", "places", "subjects", "events", "eventDetails",
    "plannedCoverage", "objects", "infoSources", "title", "by", "slugline", "located", "renditions", "associations",
    "altIds", "trustIndicators", "standard", "genres", "expires", "rightsInfo", "digitalSourceType",
}  # fmt: skip
WITHIN = {
    "descriptions": {"role", "contentType", "value"},
    "headlines": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "subjects": {"name", "rel", "uri", "literal", "creator", "relevance", "confidence"},
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    "altIds": {"role", "value"},
    "trustIndicators": {"role", "title", "href"},
    "genres": {"name", "uri", "literal"},
    "renditions": {"name", "href", "contentType", "title", "width", "height", "sizeInBytes", "format"},
}


def keeps_the_schema(node, *, associated=False):
    """Assert that a node has only what ninjs 3.1 allows, and what it requires."""
    assert node["uri"].startswith(("https://", "urn:uuid:"))
    assert set(node) <= ROOT | ({"name", "rel"} if associated else set()), set(node) - ROOT
    assert node.get("pubStatus", "usable") in {"usable", "withheld", "canceled"}
    for name, allowed in WITHIN.items():
        for one in node.get(name, ()):
            assert set(one) <= allowed, (name, one)
            assert name not in {"descriptions", "headlines", "bodies"} or one["value"]
    assert set(node.get("rightsInfo", {"linkedRights": ""})) == {"linkedRights"}
    for one in node.get("associations", ()):
        assert one["name"]
        keeps_the_schema(one, associated=True)


@pytest.fixture
def stood(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cast.an_identity(email="desk@digest.example", republish_licence="CC-BY-4.0")
    picture = cast.a_picture(data=cast.a_photograph(width=600, height=400))
    piece = cast.a_translation(
        headline="The ferry & the bread",
        topics=(cast.a_topic(),),
        hero=picture,
        hero_alt="A boat at the quay",
    )
    piece = cast.published(piece)
    change_around(pieces=[piece.uid], now=timezone.now())
    bake(open_press(now=timezone.now()), Errand("api", ""))
    return piece


def test_a_piece_stands_beside_its_page_for_every_reader_until_it_is_taken_back(stood, site, read):
    here = stood.get_absolute_url()
    own = f"https://digest.example{here}"
    # In text alone.
    page, lite = read(here), read(f"/lite{here}")
    assert f'href="/lite{here}"' in page
    assert f'<link rel="canonical" href="{own}">' in lite
    assert f'href="{here}"' in lite
    assert f'href="/lite/en/section/{stood.section.slug}/"' in lite
    for said in (
        "The ferry &amp; the bread",
        "nine weeks",
        "[A boat at the quay]",
        "Tomas Arden",
        "Harbour Courier",
    ):
        assert said in lite, said
    assert not re.search(r"<(script|img|picture|svg|link rel=\"(?!canonical)|button|form)", lite)
    text = html.fromstring(lite.encode()).text_content()
    assert len(brotli.compress(lite.encode())) - len(brotli.compress(text.encode())) <= 2_500
    # As ninjs.
    told = json.loads(read(f"{here}ninjs.json"))
    keeps_the_schema(told)
    assert (told["uri"], told["pubStatus"], told["representationType"]) == (own, "usable", "full")
    assert {one["rel"]: one["uri"] for one in told["associations"]}["translationOf"] == stood.original.url
    assert {one["role"] for one in told["infoSources"]} >= {"original publisher", "translator", "distributor"}
    [back] = reader.read(json.dumps(told).encode()).pieces
    assert (back.headline, back.source_url) == (stood.headline, stood.original.url)
    # As Markdown.
    text = read(f"{here}article.md")
    assert 'title: "The ferry & the bread"' in text
    assert "# The ferry & the bread" in text
    assert f'original: "{stood.original.url}"' in text
    # In the lists.
    line = json.loads(read("/api/en/articles.json"))["items"][0]
    keeps_the_schema(line)
    assert (line["uri"], "bodies" in line) == (own, False)
    assert json.loads(read("/api/index.json"))["languages"][0]["articles"].endswith("/api/en/articles.json")
    assert json.loads(read("/api/en/canceled.json"))["items"] == []
    # Publishing one makes few files, of which few are pages.
    assert change_around(pieces=[stood.uid], now=timezone.now()).files == 0
    rows = BakedFile.objects.filter(shown__piece=stood.uid).values_list("kind", "key").distinct()
    files = [row for kind, key in rows for row in BakedFile.objects.filter(kind=kind, key=key)]
    assert len(files) <= 120
    assert sum(row.file.endswith(".html") and not row.file.startswith("lite/") for row in files) <= 40

    withdraw(article=stood, reason="A letter", by=None, now=cast.NOW)
    run_all_jobs()
    for path in (f"lite{here}index.html", f"{here[1:]}ninjs.json"):
        assert site.status_of(path) == 410, path
    assert json.loads(read(f"{here}ninjs.json"))["pubStatus"] == "canceled"
    assert "nine weeks" not in read(f"/lite{here}")
    assert not site.holds(f"{here[1:]}article.md")
    assert json.loads(read("/api/en/articles.json"))["items"] == []
    [gone] = json.loads(read("/api/en/canceled.json"))["items"]
    keeps_the_schema(gone)
    assert (gone["uri"], gone["pubStatus"]) == (f"urn:uuid:{stood.uid}", "canceled")


def test_of_a_reprint_machines_are_given_an_excerpt(site, read):
    piece = cast.published(cast.a_reprint(headline="Le bac"))
    bake_article(piece=piece.uid, now=timezone.now())
    told = json.loads(read(f"{piece.get_absolute_url()}ninjs.json"))
    keeps_the_schema(told)
    assert (told["representationType"], told.get("bodies")) == ("partial", None)
    assert {one["rel"] for one in told["associations"]} == {"reprintOf"}
    assert "excerpt: true" in read(f"{piece.get_absolute_url()}article.md")


def test_a_lite_page_keeps_text_and_drops_what_is_none():
    page = (
        b'<html><main id="main" tabindex="-1"><h1 class="x">A <span>b</span></h1><figure><picture><img alt="A &lt;boat&gt;" '
        b'src="/a.jpg"></picture><figcaption>Ines</figcaption></figure><script>alert(1)</script> after'
        b'<p class="tools"><button>Share</button></p><a href="/en/x/" class="y" onclick="z">c</a><p hidden>d</p>'
        b'<a href="/-/post/?about=/en/x/">e</a></main></html>'
    )
    said = lite_main(page, languages=("en",)).decode()
    assert said == (
        "<h1>A b</h1><figure><p>[A &lt;boat&gt;]</p><figcaption>Ines</figcaption></figure> after"
        '<a href="/lite/en/x/">c</a><a href="/-/post/?about=/en/x/">e</a>'
    )
    assert lite_main(b"<p>no main</p>", languages=("en",)) == b""
    assert lite_href("/en/x/#y", languages=("en",)) == "/lite/en/x/#y"
    for href in ("/en/feed.xml", "https://other.example/en/x/", "//other.example/en/", "/fr/x/", ""):
        assert lite_href(href, languages=("en",)) == href


def test_a_kicker_is_no_part_of_the_headline_in_text_alone():
    page = b'<main id="main"><h1><span class="kicker">Night ferry</span> Bread and blankets</h1></main>'
    assert lite_main(page, languages=()) == b"<h1>Night ferry<br>Bread and blankets</h1>"


def test_each_block_of_a_body_is_said_in_markdown():
    body = BodyBlock().to_python(
        [
            {"type": "paragraph", "value": '<p>A <b>bold</b> *star* <a href="https://e.example/a(b)">link</a><br>next</p>'},
            {"type": "heading", "value": "Heading"},
            {"type": "list", "value": "<ul><li>one</li><li>two</li></ul>"},
            {"type": "quote", "value": {"text": "<p>Words.</p>", "attribution": "Ruta"}},
            {"type": "table", "value": "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>"},
            {"type": "pull", "value": "said already"},
            {"type": "paragraph", "value": "<p># no heading</p>"},
        ]
    )  # fmt: skip
    said = markdown.from_markup("\n".join(block.render() for block in body))
    assert said == (
        "A **bold** \\*star\\* [link](https://e.example/a%28b%29)\\\nnext\n\n## Heading\n\n- one\n- two\n\n"
        "> Words.\n\nRuta\n\n| a | b\\|c |\n| --- | --- |\n| 1 |  |\n\n\\# no heading"
    )
    assert markdown.from_markup(" ") == ""


def test_a_piece_that_says_little_is_sound_ninjs():
    piece = Told(
        uid="x", href="https://d.example/x/", kind="exclusive", kind_name="", genre="report", genre_name="",
        language="en", headline="H", published_at=cast.NOW, changed_at=cast.NOW, is_whole=True,
    )  # fmt: skip
    keeps_the_schema(json.loads(ninjs(piece)))
