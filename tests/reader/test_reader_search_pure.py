"""Words, slips and extracts: what search makes of a text and of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reader.search.extracts import Asked, extract, marked
from dateline.reader.search.spelling import is_near
from dateline.reader.search.words import indexed, of_word, sought


def meet(form, other, language):
    """Would a query with one form find a page with the other?"""
    written, stems = of_word(form, language)
    (asked,) = sought(other, (language,))
    return bool(set(written) & set(asked.written) or set(stems) & set(asked.stems))


@pytest.mark.parametrize(
    ("form", "other", "language"),
    [
        ("ferries", "ferry", "en"),
        ("kitablarımızdan", "kitab", "az"),
        ("yazdığını", "yazır", "az"),
        ("evlerinizden", "ev", "tr"),
        ("գրքերից", "գիրք", "hy"),
        ("կատարվում", "կատարել", "hy"),
        ("ქალაქებში", "ქალაქი", "ka"),
        ("აღნიშნავენ", "აღნიშნავს", "ka"),
        ("کتاب‌هایشان", "کتاب", "fa"),
        ("می‌نویسند", "نمینویسد", "fa"),
        ("кораблями", "корабль", "ru"),
        ("والمدينة", "مدينة", "ar"),
        ("ISTANBUL", "ıstanbul", "tr"),
        ("١٩٤٥", "1945", "ar"),
        ("Café", "CAFE", "fr"),
    ],
)
def test_forms_of_a_word_meet(form, other, language):
    assert meet(form, other, language)
    assert meet(other, form, language)


@pytest.mark.parametrize(
    ("form", "other", "language"),
    [
        ("harbour", "ferry", "en"),
        ("kitab", "qatar", "az"),
        ("ქალაქი", "მდინარე", "ka"),
        ("گربه", "کتاب", "fa"),
    ],
)
def test_other_words_do_not_meet(form, other, language):
    assert not meet(form, other, language)


def test_a_script_without_spaces_is_kept_by_pairs_of_letters():
    assert indexed("渡轮再次启航", "zh-hans")[0] == ["渡轮", "轮再", "再次", "次启", "启航"]
    (asked,) = sought("再次", ("zh-hans",))
    assert (asked.written, asked.together) == (("再次",), True)


def test_a_query_is_as_long_as_somebody_types():
    assert len(sought(" ".join(f"word{n}" for n in range(50)), ("en",))) == 8
    assert [one.word for one in sought('ferry Ferry "AND" -(ferry)', ("en",))] == ["ferry", "and"]


@pytest.mark.parametrize("slip", ["goverment", "govvernment", "govornment", "govenrment"])
def test_one_slip_of_the_finger_is_near(slip):
    assert is_near(slip, "government")
    assert is_near("government", slip)


@pytest.mark.parametrize("other", ["governor", "govrnmnt", "overnmentg", "xovernmens"])
def test_two_slips_are_another_word(other):
    assert not is_near(other, "government")


@given(st.text(alphabet="abcd", max_size=8), st.text(alphabet="abcd", max_size=8))
def test_being_near_goes_both_ways(one, other):
    assert is_near(one, other) == is_near(other, one)


def test_an_extract_is_the_stretch_with_most_of_what_was_asked():
    text = (
        "Ferries are late. "
        + "Nothing else was said. " * 40
        + "The harbour waits for its ferries. "
        + "End. " * 60
    )
    parts = extract(text, Asked(sought("ferry harbours", ("en",))), language="en")
    assert [part.text for part in parts if part.is_hit] == ["harbour", "ferries"]
    assert parts[0].text.startswith("…")
    assert parts[-1].text.endswith("…")
    assert len("".join(part.text for part in parts)) < 300


def test_a_slip_is_shown_where_it_found_something():
    parts = marked("The Government sails", Asked(sought("goverment", ("en",))), language="en")
    assert [(part.text, part.is_hit) for part in parts] == [
        ("The ", False),
        ("Government", True),
        (" sails", False),
    ]


@given(st.text(max_size=400), st.text(max_size=30))
def test_an_extract_is_a_stretch_of_the_text(text, query):
    parts = extract(text, Asked(sought(query, ("en", "az"))), language="en", length=80)
    assert "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …") in text
