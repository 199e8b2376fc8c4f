"""Originals become sentences with marks, and sentences become an article again."""

import json
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from soaking import budget

from dateline.lib.sanitise import HostileMarkup
from dateline.lib.scripts import direction
from dateline.translation.composing import Translated, compose
from dateline.translation.documents import BlockKind, Place, sentences
from dateline.translation.languages import joiner
from dateline.translation.marks import check_marks, pieces, plain, restored, tokens
from dateline.translation.memory import source_key
from dateline.translation.placing import mended, place_marks
from dateline.translation.reading import read_document
from dateline.translation.slugs import propose_slug

KEY = UUID(int=7)


def split(text, *, language):
    """Cut after full stops: what a segmenter does, without its knowledge."""
    return re.split(r"(?<=[.!?])\s+", text)


def read(body_html, *, headline="The ferry is back", standfirst=""):
    blocks = read_document(headline=headline, standfirst=standfirst, body_html=body_html)
    return sentences(blocks, language="en", split=split)


def put_back(found, texts=None, language="en"):
    texts = texts or [one.source for one in found]
    translated = [Translated(s.block, s.kind, s.place, t, s.marks) for s, t in zip(found, texts, strict=True)]
    return compose(translated, language=language, key=KEY)


def kinds_and_sources(body_html):
    return [(str(one.kind), one.source) for one in read(body_html) if one.block >= 2]


def markup_of(raw):
    value = raw["value"]
    return value["text"] if isinstance(value, dict) else value


def bare(markup):
    return "".join(html.fragment_fromstring(markup, create_parent="div").itertext())


# Reading


def test_a_sentence_never_reaches_over_two_blocks():
    assert kinds_and_sources("<p>One. Two</p><p>three. Four.</p>") == [
        ("paragraph", "One."),
        ("paragraph", "Two"),
        ("paragraph", "three."),
        ("paragraph", "Four."),
    ]


def test_headline_and_standfirst_come_before_the_body_and_a_headline_is_one_sentence():
    found = read("<p>Body.</p>", headline="Stop. Ferry!", standfirst="First. Second.")
    assert [(one.block, str(one.kind), one.source) for one in found] == [
        (0, "headline", "Stop. Ferry!"),
        (1, "standfirst", "First."),
        (1, "standfirst", "Second."),
        (2, "paragraph", "Body."),
    ]


def test_the_structure_of_the_page_is_seen():
    page = (
        "<h2>Head</h2><ul><li>item</li></ul><blockquote><p>words</p><footer>— Vera</footer></blockquote>"
        "<table><tr><th>A</th><td>B</td></tr></table><figure><blockquote>said</blockquote>"
        "<figcaption>where</figcaption></figure>loose words"
    )
    assert [kind for kind, _ in kinds_and_sources(page)] == [
        "heading",
        "list-item",
        "quote",
        "attribution",
        "cell",
        "cell",
        "quote",
        "caption",
        "paragraph",
    ]


def test_pictures_and_their_captions_do_not_ride_along():
    page = '<p>Text.</p><figure><img src="https://x.test/a.jpg" alt="a"><figcaption>Photo: X</figcaption></figure>'
    assert kinds_and_sources(page) == [("paragraph", "Text.")]


def test_what_the_source_struck_out_is_not_translated():
    assert kinds_and_sources("<p>It sails <del>on Monday</del><s>soon</s>today.</p>") == [
        ("paragraph", "It sails today.")
    ]


def test_links_and_emphasis_become_placeholders():
    [*_, one] = read('<p>See <a href="https://x.test/1">the <em>timetable</em></a> now.</p>')
    assert one.source == "See ⟦1⟧the ⟦2⟧timetable⟦/2⟧⟦/1⟧ now."
    assert one.marks == {"1": {"element": "a", "href": "https://x.test/1"}, "2": {"element": "i"}}


def test_an_emphasis_over_two_sentences_is_kept_in_both():
    assert kinds_and_sources("<p><b>One. Two.</b> Three.</p>") == [
        ("paragraph", "⟦1⟧One.⟦/1⟧"),
        ("paragraph", "⟦1⟧Two.⟦/1⟧"),
        ("paragraph", "Three."),
    ]


def test_the_same_sentence_has_the_same_placeholders_wherever_it_stands():
    first, second = read('<p><i>A</i>. See <b>here</b>.</p><p>See <a href="https://x.test">here</a>.</p>')[2:]
    assert first.source == second.source == "See ⟦1⟧here⟦/1⟧."


def test_a_line_break_stays_with_the_sentence_before_it_and_two_end_a_paragraph():
    assert kinds_and_sources("<p>One.<br>Two<br>lines.<br><br>Three.</p>") == [
        ("paragraph", "One.⟦1/⟧"),
        ("paragraph", "Two⟦1/⟧lines."),
        ("paragraph", "Three."),
    ]


def test_brackets_of_the_source_cannot_be_taken_for_placeholders():
    [*_, one] = read("<p>An odd ⟦1⟧ <b>bold</b>.</p>")
    assert one.source == "An odd 〚1〛 ⟦1⟧bold⟦/1⟧."


def test_a_script_link_is_only_its_words():
    assert kinds_and_sources('<p><a href="javascript:alert(1)">Go</a></p>') == [("paragraph", "Go")]


def test_a_splitter_that_leaves_words_out_costs_none():
    blocks = read_document(headline="", standfirst="", body_html="<p>One two three.</p>")
    found = sentences(blocks, language="en", split=lambda text, *, language: ["One", "three."])
    assert [one.source for one in found] == ["One two three."]


def test_an_empty_original_has_no_sentences():
    assert read(" <p> <b> </b></p><hr>", headline=" ") == []


def test_markup_that_would_hang_a_parser_is_refused():
    with pytest.raises(HostileMarkup):
        read("<b>" * 10_000)


# Composing


def test_lists_quotes_and_tables_come_together_again():
    page = (
        "<ol><li>a</li><li><p>b</p><p>c</p></li></ol><blockquote><p>One.</p><p>Two.</p><footer>— Vera</footer>"
        "</blockquote><table><tr><td></td><th>A</th></tr><tr><td colspan=2>B</td></tr></table>"
    )
    body = put_back(read(page)).body
    assert [(raw["type"], raw["value"]) for raw in body] == [
        ("list", "<ol><li>a</li><li>b<br>c</li></ol>"),
        ("quote", {"text": "<p>One.</p><p>Two.</p>", "attribution": "Vera"}),
        (
            "table",
            '<table><tbody><tr><td></td><th>A</th></tr><tr><td colspan="2" rowspan="1">B</td></tr></tbody></table>',
        ),
    ]


def test_a_block_keeps_its_id_when_it_is_composed_again():
    found = read("<p>One.</p><p>Two.</p>")
    assert put_back(found).body[1]["id"] == put_back(found, ["x", "", "y"]).body[0]["id"]


def test_what_is_not_translated_yet_is_left_out():
    composed = put_back(read("<p>One. Two.</p><p>Three.</p>"), ["Manchete", "Um.", "", ""])
    assert composed.headline == "Manchete"
    assert [raw["value"] for raw in composed.body] == ["<p>Um.</p>"]


def test_sentences_of_chinese_stand_without_a_space():
    composed = put_back(read("<p>One. Two.</p>"), ["标题", "一。", "二。"], language="zh-hans")
    assert composed.body[0]["value"] == "<p>一。二。</p>"


def test_a_heading_is_words_without_marks():
    assert put_back(read("<h2>A <i>b</i> &lt;c&gt;</h2>")).body[0]["value"] == "A b <c>"


# What comes from outside


HOSTILE = [
    "<script>alert(1)</script>",
    '<a href="https://evil.test">x</a>',
    "⟦2⟧foreign⟦/2⟧",
    "⟦1⟧never closed",
    "⟦/1⟧ closed first ⟦1⟧",
    "⟦1⟧twice⟦/1⟧ ⟦1⟧again⟦/1⟧",
    "⟦javascript⟧",
    "⟦1/⟧",
    "⟦/1/⟧",
    '⟦1⟧" onmouseover="x⟦/1⟧',
    "&lt;img src=x onerror=y&gt;",
    "]]><svg/onload=alert(1)>",
]
WORDS = st.text(
    alphabet=st.sampled_from("abc é ⟦⟧〚〛<>&\"'/12. \u202e\x00اب"), max_size=30
) | st.sampled_from(HOSTILE)
LINK = {"1": {"element": "a", "href": "https://x.test/?a=1&b=2"}}


def elements(markup):
    found = html.fragment_fromstring(markup, create_parent="div")
    return [one for one in found.iter() if one is not found]


@given(st.lists(WORDS, max_size=4).map(" ".join))
def test_nothing_that_a_machine_writes_becomes_markup_but_the_marks_of_the_source(text):
    written = elements(restored(text, LINK))
    assert all(one.tag == "a" for one in written)
    assert all(one.get("href") == LINK["1"]["href"] for one in written)
    assert all(set(one.keys()) <= {"href", "rel"} for one in written)
    assert len(written) <= 1
    assert elements(restored(text, {})) == []


@pytest.mark.corpus
@pytest.mark.soak
@pytest.mark.parametrize("attacks", ["xss", "injection", "naughty"])
def test_known_attacks_written_by_a_machine_are_only_words(corpus, attacks):
    lines = (corpus / "security" / f"{attacks}.jsonl").read_text().split("\n")
    for line in list(filter(None, lines))[:: budget(6, whole=1)]:
        known = json.loads(line)
        for text in filter(lambda one: isinstance(one, str), known.values()):
            for written in (text, f"⟦1⟧{text}⟦/1⟧", text.replace(" ", "⟦1⟧")):
                assert elements(restored(written, {})) == []
                assert all(one.get("href") == LINK["1"]["href"] for one in elements(restored(written, LINK)))


@given(st.lists(WORDS, max_size=4).map(" ".join))
def test_a_draft_with_any_marks_is_mended_to_those_of_the_source(text):
    source = "See ⟦1⟧the ⟦2⟧ferry⟦/2⟧⟦/1⟧ today.⟦3/⟧"
    fixed = mended(source, text)
    assert not check_marks(source, fixed)
    assert plain(fixed) == plain(text)


@pytest.mark.parametrize(
    ("text", "missing", "extra", "is_crossed"),
    [
        ("⟦1⟧a⟦/1⟧", (), (), False),
        ("a", ("⟦1⟧", "⟦/1⟧"), (), False),
        ("⟦1⟧a", ("⟦/1⟧",), (), True),
        ("⟦1⟧a⟦/1⟧⟦2/⟧", (), ("⟦2/⟧",), False),
        ("⟦1⟧a⟦/1⟧ ⟦x⟧", (), ("⟦x⟧",), False),
        ("⟦/1⟧a⟦1⟧", (), (), True),
    ],
)
def test_lost_and_foreign_marks_are_named(text, missing, extra, is_crossed):
    faults = check_marks("⟦1⟧b⟦/1⟧", text)
    assert (faults.missing, faults.extra, faults.is_crossed) == (missing, extra, is_crossed)
    assert bool(faults) == bool(missing or extra or is_crossed)


def test_marks_that_cross_are_closed_in_order():
    marks = {"1": {"element": "b"}, "2": {"element": "i"}}
    assert restored("⟦1⟧a⟦2⟧b⟦/1⟧c⟦/2⟧", marks) == "<b>a<i>b</i></b>c"


# The way there and back

INLINE = st.recursive(
    st.text(alphabet="abc. é⟦1⟧/<&", min_size=1, max_size=8),
    lambda inner: st.builds(
        lambda tag, parts: (tag, parts),
        st.sampled_from(["b", "i", "a", "sup", "br", "span"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


def as_html(part):
    if isinstance(part, str):
        return part.replace("&", "&amp;").replace("<", "&lt;")
    tag, inner = part
    if tag == "br":
        return "<br>"
    href = ' href="https://x.test/p"' if tag == "a" else ""
    return f"<{tag}{href}>{''.join(map(as_html, inner))}</{tag}>"


@given(st.lists(INLINE, min_size=1, max_size=4))
def test_composing_the_untranslated_sentences_gives_the_source_again(parts):
    source = f"<p>{''.join(map(as_html, parts))}</p>"
    found = read(source)
    assert not any(check_marks(one.source, one.source) for one in found)
    again = " ".join(bare(markup_of(raw)) for raw in put_back(found).body)
    expected = bare(source.replace("<br>", " ")).replace("⟦", "〚").replace("⟧", "〛")
    assert "".join(again.split()) == "".join(expected.split())


@given(st.lists(INLINE, min_size=1, max_size=4))
def test_every_mark_of_a_sentence_comes_back_as_its_element(parts):
    for one in read(f"<p>{''.join(map(as_html, parts))}</p>"):
        written = elements(restored(one.source, one.marks))
        assert sorted(el.tag for el in written) == sorted(mark["element"] for mark in one.marks.values())


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_read_and_put_back(text):
    try:
        found = read(text)
    except HostileMarkup:
        return
    assert len(put_back(found).body) <= len(found)


@given(st.integers(1, 9), st.integers(0, 9), st.booleans(), st.booleans())
def test_a_place_survives_its_json(group, row, is_head, is_ordered):
    place = Place(group=group, row=row, is_head=is_head, is_ordered=is_ordered)
    assert Place.from_json(place.as_json()) == place
    assert Place().as_json() == {}


# Placing marks


@pytest.mark.parametrize(
    ("source", "text", "placed"),
    [
        ("The ⟦1⟧ferry⟦/1⟧ sails.", "A balsa navega.", "A ⟦1⟧balsa⟦/1⟧ navega."),
        ("⟦1⟧All of it.⟦/1⟧⟦2/⟧", "Tudo isso.", "⟦1⟧Tudo isso.⟦/1⟧⟦2/⟧"),
        ("un⟦1⟧believ⟦/1⟧able news", "notícia incrível", "⟦1⟧notícia⟦/1⟧ incrível"),
        ("a ⟦1⟧b⟦/1⟧ ⟦2⟧c⟦/2⟧ d", "um", "⟦1⟧um⟦/1⟧⟦2⟧⟦/2⟧"),
        ("⟦1⟧…⟦/1⟧", "…", "⟦1⟧…⟦/1⟧"),
    ],
)
def test_marks_are_put_around_the_words_that_correspond_by_place(source, text, placed):
    assert place_marks(source, text) == placed


@given(st.lists(INLINE, min_size=1, max_size=4), st.text(alphabet="ab c.،-", max_size=40))
def test_placing_loses_no_mark_and_no_word(parts, text):
    for one in read(f"<p>{''.join(map(as_html, parts))}</p>"):
        placed = place_marks(one.source, text)
        assert not check_marks(one.source, placed)
        assert [t.text for t in tokens(placed)] == [t.text for t in tokens(one.source)]
        assert "".join(p for p in pieces(placed) if isinstance(p, str)) == text


# Small things


def test_the_memory_takes_two_spellings_of_a_sentence_as_one():
    assert source_key("Cafe\u0301  open ") == source_key("Café open")
    assert source_key("⟦1⟧Café⟦/1⟧ open") != source_key("Café open")


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("The ferry’s back: 9 May!", "the-ferrys-back-9-may"),
        ("Паром вернётся", "parom-vernetsya"),
        ("…", ""),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_slug_is_proposed_in_latin_letters(headline, slug):
    assert propose_slug(headline) == slug


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("fa", "rtl"),
        ("ar-EG", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("ku-Latn", "ltr"),
        ("pt_BR", "ltr"),
    ],
)
def test_a_language_runs_its_way(language, way):
    assert direction(language) == way


def test_most_languages_set_sentences_apart_by_a_space():
    assert (joiner("pt-BR"), joiner("ja")) == (" ", "")


def test_every_kind_of_block_is_composed():
    for kind in BlockKind:
        composed = compose([Translated(2, kind, Place(), "Words.", {})], language="en", key=KEY)
        assert "Words." in composed.headline + composed.standfirst + str(composed.body)


def test_brackets_within_brackets_leave_no_placeholder_however_deep():
    depth = 3000
    assert not list(tokens(plain("⟦" * depth + "⟧" * depth)))
