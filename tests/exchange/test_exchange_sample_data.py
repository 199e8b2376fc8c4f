"""The sample newsroom: its files are whole, in good order, and about nobody real."""

import io
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dateline.exchange.sample import contents
from dateline.exchange.sample.contents import read_newsroom
from dateline.exchange.sample.marks import MARKS, NoSuchMark, draw_mark
from dateline.exchange.sample.markup import inline, lines, read_blocks, read_front_matter, words
from dateline.exchange.sample.pictures import SCENES, NoSuchPicture, draw
from dateline.exchange.sample.shapes import (
    Heading,
    Paragraph,
    PictureUse,
    Points,
    Quote,
    SampleBroken,
    TranslatorsNote,
)

PERSIAN = re.compile(r"[پچژگکی]")
ARABIC_FORMS = re.compile(r"[يكى]")
ADDRESS = re.compile(r"\b(?:https?://|mailto:)?(?:[\w-]+@)?((?:[\w-]+\.)+[a-z]{2,})\b")


@pytest.fixture(scope="module")
def newsroom():
    return read_newsroom()


@pytest.fixture
def copy(tmp_path):
    """A copy of the sample's files that a test may spoil."""
    for folder in ("articles", "originals", "pages"):
        shutil.copytree(contents.HERE / folder, tmp_path / folder)
    shutil.copy(contents.HERE / "newsroom.json", tmp_path)
    return tmp_path


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def running_text(blocks):
    return " ".join(line for block in blocks for line in lines(block))


# What a newcomer sees


def test_all_three_kinds_are_there_in_the_three_languages(newsroom):
    live = [piece for piece in newsroom.articles.values() if piece.state == "published"]
    assert Counter(piece.kind for piece in live) == {"exclusive": 16, "translation": 15, "reprint": 11}
    assert Counter(piece.language for piece in live) == {"en": 24, "fr": 9, "fa": 9}
    assert {"report", "opinion", "interview", "analysis", "statement", "photo essay"} <= {
        p.genre for p in live
    }


def test_originals_come_in_seven_languages(newsroom):
    languages = {piece.language for piece in newsroom.originals.values()}
    assert languages == {"fr", "de", "tr", "az", "ru", "fa", "en"}


def test_several_pieces_exist_in_two_or_three_languages(newsroom):
    versions = Counter(key for key, _ in newsroom.articles)
    assert Counter(versions.values())[3] >= 3
    assert Counter(versions.values())[2] >= 6


def test_most_pieces_are_of_the_last_week_and_none_is_older_than_forty_days(newsroom):
    ages = [piece.days_ago for piece in newsroom.articles.values()]
    assert max(ages) <= 40
    assert sum(age < 7 for age in ages) > len(ages) / 2


def test_every_section_and_topic_has_something_to_show(newsroom):
    shown = {piece.section for piece in newsroom.articles.values()}
    shown |= {slug for piece in newsroom.articles.values() for slug in piece.other_sections}
    assert shown == set(newsroom.sections)
    assert {slug for piece in newsroom.articles.values() for slug in piece.topics} == set(newsroom.topics)


def test_the_main_menu_has_the_dated_hub_and_news_with_its_children(newsroom):
    hubs = [entry.slug for entry in newsroom.main_menu if entry.kind == "topic"]
    assert [newsroom.topics[slug].ends_date is not None for slug in hubs] == [True]
    assert [len(entry.children) for entry in newsroom.main_menu if entry.slug == "news"] == [4]
    assert [entry.slug for entry in newsroom.side_menu] != [entry.slug for entry in newsroom.main_menu]
    assert any(entry.slug == "who-we-are" for entry in newsroom.side_menu)


def test_every_plain_page_stands_in_every_language(newsroom):
    slugs = {"who-we-are", "privacy-policy", "terms-of-use", "cookies", "corrections-policy", "contact"}
    assert set(newsroom.pages) == {(slug, language) for slug in slugs for language in ("en", "fr", "fa")}


def test_every_contributor_signs_something(newsroom):
    signed = {credit.contributor for piece in newsroom.articles.values() for credit in piece.credits}
    assert signed == set(newsroom.contributors)


# Where it comes from


def test_every_translation_and_reprint_says_where_it_comes_from(newsroom):
    for piece in newsroom.articles.values():
        if piece.kind == "exclusive":
            continue
        original = newsroom.originals[piece.original]
        assert original.outlet in newsroom.outlets
        assert original.url.startswith(newsroom.outlets[original.outlet].url)
        assert bool(original.authors) != original.unsigned
        assert bool(piece.by("author")) == bool(original.authors)
        assert piece.by("translator") if piece.kind == "translation" else piece.blocks == original.blocks


def test_a_translation_matches_its_original_block_by_block(newsroom):
    for piece in newsroom.articles.values():
        if piece.kind == "translation":
            ours = [type(b) for b in piece.blocks if not isinstance(b, PictureUse | TranslatorsNote)]
            theirs = [type(b) for b in newsroom.originals[piece.original].blocks]
            assert ours == theirs, (piece.key, piece.language)


def test_twelve_originals_wait_in_the_newslist_newest_first(newsroom):
    waiting = newsroom.unpicked()
    assert len(waiting) == 12
    assert [piece.days_ago for piece in waiting] == sorted(piece.days_ago for piece in waiting)
    assert all(3 <= len(piece.blocks) <= 5 for piece in waiting)


def test_agreements_cover_all_that_is_published_and_not_the_draft(newsroom):
    allowed = {
        (agreement.outlet, use, language)
        for agreement in newsroom.agreements
        for use in agreement.uses
        for language in agreement.languages or newsroom.identity.languages
    }
    for piece in newsroom.articles.values():
        if piece.kind != "exclusive":
            outlet = newsroom.originals[piece.original].outlet
            assert ((outlet, piece.kind, piece.language) in allowed) == (piece.state == "published"), (
                piece.key
            )


def test_one_outlet_is_openly_licensed_and_one_has_no_agreement(newsroom):
    assert [a.outlet for a in newsroom.agreements if a.licence == "CC-BY-4.0"] == ["skerrow-review"]
    covered = {agreement.outlet for agreement in newsroom.agreements}
    assert set(newsroom.outlets) - covered == {"ardmere-weekly", "velmoran-societies"}


def test_the_chain_of_statements_is_found_from_both_ends(newsroom):
    disputes = newsroom.articles["societies-statement", "en"]
    claim = disputes.answers.claim.rstrip(".")
    assert claim.removeprefix("The ") in running_text(newsroom.originals[disputes.answers.original].blocks)
    assert disputes in newsroom.answered_by(original="office-berths")
    assert [piece.key for piece in newsroom.answered_by(article="societies-statement")] == ["office-reply"]
    assert newsroom.answered_by(article="office-reply") == ()


# Words, letters, addresses


def test_pieces_have_the_length_of_pieces(newsroom):
    lengths = [words(piece.blocks) for piece in newsroom.articles.values()]
    assert min(lengths) >= 120
    assert max(lengths) <= 700
    assert sum(lengths) / len(lengths) > 250


def test_persian_is_written_with_persian_letters(newsroom):
    texts = [running_text(piece.blocks) for piece in newsroom.articles.values() if piece.language == "fa"]
    texts += [piece.headline for piece in newsroom.articles.values() if piece.language == "fa"]
    texts += [running_text(piece.blocks) for piece in newsroom.originals.values() if piece.language == "fa"]
    texts += [running_text(page.blocks) for page in newsroom.pages.values() if page.language == "fa"]
    texts += [newsroom.identity.name["fa"], *(section.name["fa"] for section in newsroom.sections.values())]
    assert all(re.search(r"[\u0600-\u06ff]", text) for text in texts)
    assert all(PERSIAN.search(text) for text in texts if len(text) > 40)
    assert not [text for text in texts if ARABIC_FORMS.search(text)]


def test_no_mark_of_the_small_markdown_is_left_in_plain_fields(newsroom):
    for piece in newsroom.articles.values():
        assert not re.search(r"[*_\[\]]", piece.headline + piece.standfirst + piece.kicker), piece.key


@pytest.mark.parametrize("file", [*sorted(contents.HERE.glob("*/*.md")), contents.HERE / "newsroom.json"])
def test_every_address_is_under_example(file):
    for host in ADDRESS.findall(file.read_text(encoding="utf-8")):
        assert host.endswith(".example"), host


# Pictures


def test_every_picture_in_use_has_alternative_text_and_a_credit(newsroom):
    uses = [use for piece in newsroom.articles.values() for use in (piece.picture, *piece.blocks)]
    pictures = [use for use in uses if isinstance(use, PictureUse)]
    assert len(pictures) > 20
    assert all(use.alt and use.credit and use.caption for use in pictures)
    assert {use.name for use in pictures} == set(newsroom.pictures) == set(SCENES)


@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_picture_is_a_jpeg_of_one_size_and_the_same_each_time(name):
    drawn = draw(name)
    image = Image.open(io.BytesIO(drawn))
    image.load()
    assert (image.format, image.size) == ("JPEG", (1600, 900))
    assert len(drawn) < 350_000
    assert draw(name) == drawn


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_a_png_and_the_same_each_time(name):
    drawn = draw_mark(name)
    assert Image.open(io.BytesIO(drawn)).format == "PNG"
    assert draw_mark(name) == drawn


def test_an_unknown_picture_or_mark_is_named_in_the_refusal():
    with pytest.raises(NoSuchPicture, match="volcano"):
        draw("volcano")
    with pytest.raises(NoSuchMark, match="crest"):
        draw_mark("crest")


# Broken files name themselves

BREAKS = [
    ("articles/bac-de-nuit.en.md", 'section = "transport"', 'section = "sport"', "section: 'sport'"),
    ("articles/bac-de-nuit.en.md", 'topics = ["night-ferry"', 'topics = ["day-ferry"', "topics: 'day-ferry'"),
    ("articles/bac-de-nuit.en.md", 'author = ["odile-marchetti"]', "author = []", "credits.author"),
    ("articles/bac-de-nuit.en.md", 'translator = ["tomas-verel"]', "translator = []", "credits.translator"),
    ("articles/bac-de-nuit.en.md", 'original = "bac-de-nuit"', 'original = "bac"', "original: "),
    ("articles/bac-de-nuit.en.md", 'picture = "ferry-night"', 'picture = "whale"', "picture: "),
    ("articles/bac-de-nuit.en.md", 'kind = "translation"', 'kind = "rumour"', "kind: 'rumour'"),
    ("articles/bac-de-nuit.en.md", "days_ago = 4", "days_ago = 30", "days_ago: "),
    ("articles/bac-de-nuit.en.md", "days_ago = 4", 'days_ago = "4"', "days_ago: must be int"),
    ("articles/bac-de-nuit.en.md", 'time = "07:10"', 'time = "27:10"', "time: "),
    ("articles/bac-de-nuit.en.md", "standfirst =", "standfrist =", "standfirst: is missing"),
    ("articles/bac-de-nuit.en.md", "kicker =", "kikker =", "kikker: is not a field"),
    (
        "articles/office-reply.en.md",
        'article = "societies-statement"',
        'article = "letter"',
        "answers.article",
    ),
    ("articles/office-reply.en.md", "issuers =", "topics2 =", "topics2: is not a field"),
    ("originals/bac-de-nuit.md", "courrier-ansel.example", "courrier-ansel.com", "url: "),
    ("originals/tunnel-lane.md", "unsigned = true", "unsigned = false", "authors: "),
    ("originals/bac-de-nuit.md", "+++\n", "---\n", "front matter"),
    ("newsroom.json", '"slug": "opinion"}', '"slug": "sport"}', "menu.section: 'sport'"),
    ("newsroom.json", '"outlet": "halden-post", "uses"', '"outlet": "nowhere", "uses"', "agreements.outlet"),
    ("newsroom.json", '"ends_date": "2026-12-04"', '"ends_date": "2026-01-01"', "topics.ends_date"),
    ("newsroom.json", '"fr": "Culture", ', "", "name: is missing in 'fr'"),
    ("newsroom.json", '{\n  "identity"', '\n  "identity"', "newsroom.json: the whole file"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), BREAKS)
def test_a_broken_file_is_named_with_its_field(copy, file, old, new, says):
    spoil(copy / file, old, new)
    with pytest.raises(SampleBroken, match=re.escape(says)) as refusal:
        read_newsroom(copy)
    assert str(refusal.value).startswith(file)


def test_a_page_that_is_missing_in_one_language_is_named(copy):
    (copy / "pages" / "contact.fa.md").unlink()
    with pytest.raises(SampleBroken, match=r"pages/contact\.fa\.md"):
        read_newsroom(copy)


def test_a_reprint_has_no_text_of_its_own(copy):
    file = copy / "articles" / "bac-de-nuit.fr.md"
    file.write_text(file.read_text(encoding="utf-8") + "Un mot de trop.\n", encoding="utf-8")
    with pytest.raises(SampleBroken, match="body"):
        read_newsroom(copy)


# The small Markdown


def test_each_kind_of_block_is_read():
    text = """
First *one* & **two** [three](https://a.example/).

## A heading

> Said
> twice.
> — Vera

> Said by nobody.

- one *point*
- another

(note) On *words*.

![Own words](harbour) A caption.
"""
    assert read_blocks(text) == (
        Paragraph(
            'First <em>one</em> &amp; <strong>two</strong> <a href="https://a.example/">three</a>.',
        ),
        Heading("A heading"),
        Quote("Said twice.", "Vera"),
        Quote("Said by nobody.", ""),
        Points(("one <em>point</em>", "another")),
        TranslatorsNote("On <em>words</em>."),
        PictureUse("harbour", "Own words", "A caption.", ""),
    )


@given(st.text())
def test_any_text_is_read_without_a_tag_that_we_did_not_write(text):
    for block in read_blocks(text):
        for line in lines(block) if not isinstance(block, Heading | Quote) else ():
            assert not re.sub(r"</?(em|strong)>|<a href=\"[^\"<>]*\">|</a>", "", line).count("<")


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_front_matter_is_read_or_refused_by_name(text):
    refusal = None
    try:
        fields, _ = read_front_matter(f"+++\n{text}\n+++\nBody.", file="x.md")
    except SampleBroken as broken:
        refusal = broken
    assert isinstance(fields, dict) if refusal is None else refusal.file == "x.md"


def test_words_are_counted_without_tags():
    assert words(read_blocks("One *two* [three four](https://a.example/).")) == 4
    assert inline("a < b") == "a &lt; b"
