"""ninjs, NewsML-G2, NITF and WXR: what their publishers say arrives, traps are refused, no bytes break a reader."""

import io
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.lib.formats import newsml, ninjs, sniffing, wxr
from dateline.lib.formats.newsml import NotNewsML
from dateline.lib.formats.ninjs import NotNinjs
from dateline.lib.formats.pieces import PictureRef, Unreadable
from dateline.lib.formats.wxr import NotWXR
from dateline.lib.sanitise import sanitise

DATA = Path(__file__).parent.parent / "data" / "deliveries"

NINJS_1 = {
    "uri": "urn:agency:1", "guid": "urn:agency:1", "type": "text", "version": "2", "versioncreated": "2026-03-02T08:00:00Z",
    "pubstatus": "usable", "language": "fr", "headline": "Le bac reprend la mer", "byline": "Salma Verrin",
    "description_text": "Neuf semaines sans liaison.", "body_html": "<p>Lundi.</p><script>alert(1)</script>",
    "usageterms": "Web only.", "copyrightnotice": "© Agency", "embargoed": "2026-03-02T12:00:00Z",
    "associations": {"featuremedia": {"type": "picture", "byline": "Rahim", "description_text": "Le bac", "renditions": {
        "thumb": {"href": "https://a.example/t.jpg", "width": 100}, "full": {"href": "https://a.example/f.jpg", "width": 900}}}},
}  # fmt: skip
NINJS_3 = {
    "standard": {"name": "ninjs", "version": "3.1"}, "uri": "https://a.example/2026/1", "type": "text", "language": "en",
    "headlines": [{"role": "sub", "value": "Second"}, {"role": "main", "value": "The ferry sails"}],
    "descriptions": [{"role": "summary", "value": "Nine weeks."}], "by": "Jo Lind and Ana Sol",
    "bodies": [{"role": "main", "contentType": "text/plain", "value": "One.\n\nTwo <3."}], "pubStatus": "canceled",
    "versionCreated": "2026-03-02T08:00:00+01:00", "embargoedUntil": "2026-03-03T00:00:00Z", "edNote": "Kill.",
    "rightsInfo": {"linkedRights": "https://a.example/terms"}, "copyrightHolder": "A",
    "associations": [
        {"name": "Harbour Courier", "uri": "https://hc.example/1", "rel": "translationOf"},
        {"type": "picture", "altText": "Ferry", "creditLine": "Rahim", "renditions": [{"href": "https://a.example/p.jpg"}]},
    ],
}  # fmt: skip


def packed(told):
    return json.dumps(told).encode()


def test_ninjs_1_with_superdesks_words():
    (piece,) = ninjs.read(packed(NINJS_1)).pieces
    assert (piece.guid, piece.version, piece.headline) == ("urn:agency:1", "2", "Le bac reprend la mer")
    assert (piece.standfirst, piece.bylines, piece.language) == (
        "Neuf semaines sans liaison.",
        ("Salma Verrin",),
        "fr",
    )
    assert piece.body_html == "<p>Lundi.</p>"
    assert piece.rights == "Web only. · © Agency"
    assert piece.embargo_until == "2026-03-02T12:00:00+00:00"
    assert piece.pictures == (PictureRef(href="https://a.example/f.jpg", caption="Le bac", credit="Rahim"),)


def test_ninjs_3_with_its_lists_and_the_original_of_a_translation():
    (piece,) = ninjs.read(packed(NINJS_3)).pieces
    assert (piece.headline, piece.standfirst, piece.status) == ("The ferry sails", "Nine weeks.", "canceled")
    assert piece.body_html == "<p>One.</p><p>Two &lt;3.</p>"
    assert (piece.source_name, piece.source_url) == ("Harbour Courier", "https://hc.example/1")
    assert (piece.url, piece.note) == ("https://a.example/2026/1", "Kill.")
    assert piece.pictures == (PictureRef(href="https://a.example/p.jpg", alt="Ferry", credit="Rahim"),)
    assert "https://a.example/terms" in piece.rights


def test_a_list_of_pieces_gives_each_its_own_proof_and_passes_over_pictures():
    told = ninjs.read(packed([NINJS_1, {"uri": "urn:p", "type": "picture", "headline": "x"}, NINJS_3]))
    assert [json.loads(piece.raw)["uri"] for piece in told.pieces] == [
        "urn:agency:1",
        "https://a.example/2026/1",
    ]
    assert len(told.passed_over) == 1


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b"[1]", b"{}", b"\xff{}", b'{"headline": "no uri", "body_text": "x"}', b"[" * 100_000,
     b'{"a":' * 50_000, packed({"uri": "x", "headline": "h", "body_html": "<div>" * 100_000})],
)  # fmt: skip
def test_what_is_no_ninjs_says_so(content):
    with pytest.raises(Unreadable):
        ninjs.read(content)


def test_a_news_message_with_xhtml_rights_embargo_and_its_picture():
    told = newsml.read((DATA / "newsmessage.xml").read_bytes())
    (piece,) = told.pieces
    assert (piece.guid, piece.version) == ("urn:newsml:agency.example:20260302:ferry", "3")
    assert (piece.headline, piece.standfirst) == ("Le bac reprend la mer", "Neuf semaines sans liaison.")
    assert (piece.bylines, piece.language, piece.source_name) == (
        ("Par Salma Verrin",),
        "fr",
        "Harbour Courier",
    )
    assert piece.published_at == "2026-03-02T06:00:00+01:00"
    assert piece.embargo_until == "2026-03-02T12:00:00+01:00"
    assert piece.rights == "Not for use in print before noon. · © 2026 Lake Agency · Lake Agency"
    assert piece.url == "https://agency.example/ferry"
    assert "<h2>Le vote</h2>" in piece.body_html
    assert "alert" not in piece.body_html
    assert piece.pictures == (
        PictureRef(
            href="https://agency.example/large.jpg",
            caption="Le bac au quai nord.",
            credit="Rahim Aslan / Lake Agency",
        ),
    )
    assert piece.raw.startswith("<newsItem")


def test_nitf_within_an_item_and_alone():
    (piece,) = newsml.read((DATA / "nitf.xml").read_bytes()).pieces
    assert (piece.headline, piece.bylines, piece.status) == (
        "Storm closes the strait",
        ("By Jo Lind",),
        "canceled",
    )
    assert "<h2>What is next</h2>" in piece.body_html
    assert "<blockquote>“We wait.”</blockquote>" in piece.body_html
    assert "Waves at the quay" not in piece.body_html
    assert piece.pictures[0].credit == "Jo Lind"
    assert piece.note == "Names were confused. Kill."
    whole = (DATA / "nitf.xml").read_text()
    alone = whole[whole.index("<nitf") : whole.index("</nitf>") + 7].encode()
    (same,) = newsml.read(alone).pieces
    assert (same.guid, same.headline) == ("storm-1", "Storm closes the strait")


def test_an_export_of_wordpress_with_authors_pictures_and_short_codes():
    told = wxr.read(io.BytesIO((DATA / "export.xml").read_bytes()))
    storm, about = told.pieces
    assert (storm.headline, storm.url) == ("Storm closes the strait", "https://marsh.example/2026/03/storm/")
    assert (storm.guid, storm.bylines) == ("https://marsh.example/?p=11", ("Jo Lind",))
    assert (storm.published_at, storm.language) == ("2026-03-05T10:00:00+00:00", "en-GB")
    assert storm.standfirst == "No boats until Saturday."
    assert "<p>The strait was <b>closed</b> on Thursday.</p>" in storm.body_html
    assert "<figcaption>Waves at the quay</figcaption>" in storm.body_html
    assert 'href="https://video.example/v/1"' in storm.body_html
    assert "[gallery" not in storm.body_html
    assert storm.pictures == (
        PictureRef(
            href="https://marsh.example/wp-content/waves.jpg", alt="Waves", caption="Waves from the tower"
        ),
    )
    assert (about.headline, about.language, about.body_html.strip()) == (
        "About us",
        "de",
        "<p>We write about the marsh.</p>",
    )
    assert told.passed_over == ["“Half a thought” is not public (draft)."]
    assert told.is_whole


def test_a_large_export_is_read_page_by_page():
    whole = (DATA / "export.xml").read_text()
    head, rest = whole.split("<item>", 1)
    item = "<item>" + rest.split("<item>")[0]
    tail = "</channel></rss>"
    items = "".join(item.replace("?p=11", f"?p={n}") for n in range(25))
    source = io.BytesIO(f"{head}{items}{tail}".encode())
    pages = [wxr.read(source, start=start, count=10) for start in (0, 10, 20)]
    assert [len(page.pieces) for page in pages] == [10, 10, 5]
    assert [page.is_whole for page in pages] == [False, False, True]
    assert len({piece.guid for page in pages for piece in page.pieces}) == 25


BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("trap", [BILLION, OUTSIDE, "<!--" + "x" * 70_000 + "-->" + OUTSIDE])
@pytest.mark.parametrize("name", ["newsmessage.xml", "nitf.xml", "export.xml"])
def test_entities_of_their_own_are_refused_or_never_opened(trap, name):
    declaration, rest = (DATA / name).read_text().split("?>", 1)
    content = f"{declaration}?>{trap}{rest}".replace("Storm", "&a;").replace("Le bac", "&a;").encode()
    told = outcome(content)
    assert "root:" not in told
    assert "hahaha" not in told
    if len(trap) < 1_000:
        assert "entities of its own" in told


def outcome(content):
    try:
        return str(sniffing.read(io.BytesIO(content)))
    except Unreadable as error:
        return str(error)


def test_depth_without_end_is_refused():
    deep = b"<newsItem guid='x'>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</newsItem>"
    with pytest.raises(NotNewsML, match="no sound XML"):
        newsml.read(deep)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04zip", "ZIP archive"), (b"\x1f\x8b\x08", "gzip"), (b"%PDF-1.7", "PDF"), (b"", "empty"),
     (b"<rss><channel/></rss>", "feed"), (b"<html></html>", "root element"), (b"hello", "neither JSON nor XML")],
)  # fmt: skip
def test_what_is_in_no_known_format_says_what_it_is(content, words):
    with pytest.raises(Unreadable, match=words):
        sniffing.read(io.BytesIO(content))


def test_the_format_is_told_by_the_content():
    for name, form in (("newsmessage.xml", "NewsML-G2"), ("nitf.xml", "NewsML-G2"), ("export.xml", "WXR")):
        assert sniffing.read_file(DATA / name).form == form
    assert sniffing.read(io.BytesIO(b"\xef\xbb\xbf" + packed(NINJS_1))).form == "ninjs"


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path):
    (tmp_path / "link.xml").symlink_to(DATA / "nitf.xml")
    with pytest.raises(OSError, match=r"link\.xml"):
        sniffing.read_file(tmp_path / "link.xml")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from(
    sorted({*NINJS_1, *NINJS_3, "body_text", "authors", "infoSources", "renditions", "href", "items"})
)


def assert_sound(delivered):
    """Whatever came: what was read of it can be stored and shown."""
    for piece in delivered.pieces:
        assert piece.status in {"usable", "withheld", "canceled"}
        assert sanitise(piece.body_html) == piece.body_html
        assert not piece.url or piece.url.startswith(("http://", "https://"))


@given(st.dictionaries(NAMES, VALUES, max_size=10))
@settings(max_examples=budget(150, whole=200_000), deadline=None)
def test_no_ninjs_breaks_the_reader(told):
    with suppress(NotNinjs, Unreadable):
        assert_sound(ninjs.read(json.dumps({"uri": "urn:x", "headline": "h", **told}).encode()))


PARTS = {
    name: sorted({line + "\n" for line in (DATA / name).read_text().splitlines()})
    for name in ("newsmessage.xml", "nitf.xml", "export.xml")
}


@st.composite
def damaged(draw):
    """A real document of which lines were doubled, lost, moved, or replaced by noise."""
    name = draw(st.sampled_from(sorted(PARTS)))
    whole = (DATA / name).read_bytes()
    start, end = sorted(draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    noise = draw(st.one_of(st.binary(max_size=20), st.sampled_from(PARTS[name]).map(str.encode)))
    if draw(st.booleans()):
        return whole[:start] + noise + whole[start:]
    return whole[:start] + noise + whole[end:]


@given(damaged())
@settings(max_examples=budget(200, whole=200_000), deadline=None)
def test_no_damage_breaks_the_readers_of_xml(content):
    with suppress(Unreadable):
        assert_sound(sniffing.read(io.BytesIO(content)))
    with suppress(NotNewsML):
        assert_sound(newsml.read(content))
    with suppress(NotWXR):
        assert_sound(wxr.read(io.BytesIO(content)))


@given(st.binary(max_size=300))
@settings(max_examples=budget(200, whole=200_000), deadline=None)
def test_no_bytes_break_any_reader(content):
    for read in (
        ninjs.read,
        newsml.read,
        lambda raw: wxr.read(io.BytesIO(raw)),
        lambda raw: sniffing.read(io.BytesIO(raw)),
    ):
        with suppress(Unreadable):
            assert_sound(read(content))
