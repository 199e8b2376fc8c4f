"""The pure parts of the desk: ways to pick, slugs, the body of a reprint."""

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.bodies import reprinted
from dateline.desk.slugs import slug_for
from dateline.desk.ways import Way, own_language, ways

TAG = st.sampled_from(["en", "fr", "fa", "pt", "pt-BR", "zh-hans", "und", ""])


def free(_slug):
    return False


def test_a_reprint_comes_first_and_translations_follow_in_the_sites_order():
    assert ways("fr", ["en", "fr", "fa"]) == [
        Way("reprint", "fr"),
        Way("translation", "en"),
        Way("translation", "fa"),
    ]


def test_a_piece_in_a_language_that_the_site_has_not_is_only_translated():
    assert [way.kind for way in ways("de", ["en", "fr"])] == ["translation", "translation"]


def test_brazilian_portuguese_is_reprinted_in_portuguese_and_goes_first_to_its_own():
    assert own_language("pt-BR", ["en", "pt"]) == "pt"
    assert own_language("pt-br", ["pt", "pt-BR"]) == "pt-BR"


@given(TAG, st.lists(TAG.filter(bool), unique=True))
def test_every_way_is_into_a_language_of_the_site_and_none_comes_twice(tag, codes):
    found = ways(tag, codes)
    assert [way for way in found if way.language not in codes] == []
    assert len({way.code for way in found}) == len(found)
    assert len([way for way in found if way.kind == "reprint"]) <= 1


def test_a_taken_slug_gets_a_number():
    taken = {"le-bac", "le-bac-2"}
    assert slug_for("Le bac", keeps_script=True, is_taken=taken.__contains__) == "le-bac-3"


def test_a_headline_without_a_letter_still_has_an_address():
    assert slug_for("!?…", keeps_script=True, is_taken=free) == "article"


def test_cyrillic_stays_for_its_readers_and_is_put_into_latin_for_others():
    assert slug_for("Паром вышел в море", keeps_script=True, is_taken=free) == "паром-вышел-в-море"
    assert slug_for("Паром", keeps_script=False, is_taken=free) == "parom"


@given(st.text(max_size=300), st.booleans())
def test_any_headline_makes_a_slug_that_fits_the_field(headline, keeps):
    slug = slug_for(headline, keeps_script=keeps, is_taken=free)
    assert re.fullmatch(r"[-\w]{1,100}", slug)


def test_the_same_original_makes_the_same_blocks():
    asked = {
        "headline": "Le bac",
        "standfirst": "",
        "body_html": "<p>Un &amp; <em>deux</em>.</p><blockquote><p>Trois.</p></blockquote>",
        "language": "fr",
        "key": UUID(int=1),
    }
    words = reprinted(**asked)
    assert words == reprinted(**asked)
    assert [block["type"] for block in words.body] == ["paragraph", "quote"]
    assert "Un &amp; <i>deux</i>." in words.body[0]["value"]
