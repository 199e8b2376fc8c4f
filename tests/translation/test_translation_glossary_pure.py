"""Terms found as they are inflected, what a translation does against them, and ideas for new ones."""

from functools import cache

import pytest

from dateline.lib.formats.terms import FORBIDDEN, KEEP, PREFERRED, Concept, Form
from dateline.translation.checks.base import Pair
from dateline.translation.checks.registry import examine
from dateline.translation.glossary.ideas import repeated_changes
from dateline.translation.glossary.matching import Glossary
from dateline.translation.names.likeness import is_like


def glossary(*concepts):
    return Glossary(
        Concept(
            concept=name,
            forms=tuple(Form(language=tag, form=form, status=status) for tag, form, status in forms),
        )
        for name, *forms in concepts
    )


@pytest.mark.parametrize(
    ("language", "term", "text", "written"),
    [
        ("az", "uşaq", "Uşağın kitabı", "Uşağın"),
        ("az", "oğul", "Onun oğlu gəldi", "oğlu"),
        ("az", "Bakı", "Bakı'ya getdik", "Bakı'ya"),
        ("tr", "kitap", "Kitabı okudum", "Kitabı"),
        ("tr", "İstanbul", "istanbul’dan geldim", "istanbul’dan"),
        ("ru", "центральный банк", "Решение Центрального банка", "Центрального банка"),
        ("uk", "уряд", "Рішення уряду", "уряду"),
        ("hy", "համալսարան", "Համալսարանի շենքը", "Համալսարանի"),
        ("ka", "ხიდი", "ხიდების მშენებლობა", "ხიდების"),
        ("fa", "کشور", "کشورهای منطقه", "کشورهای"),
        ("en", "member state", "All member states agreed", "member states"),
    ],
)
def test_a_term_is_found_as_it_is_inflected(language, term, text, written):
    [found] = glossary(("it", (language, term, PREFERRED))).found(text, language)
    assert text[found.start : found.end] == written


def test_a_word_that_only_begins_alike_is_no_term():
    assert not glossary(("it", ("az", "ana", PREFERRED))).found("analiz aparıldı", "az")
    assert not glossary(("it", ("ru", "банк", PREFERRED))).found("банкет отменён", "ru")


def test_of_a_term_within_a_term_the_longer_one_counts():
    both = glossary(("bank", ("en", "bank", PREFERRED)), ("central", ("en", "central bank", PREFERRED)))
    assert [one.concept for one in both.found("The central bank", "en")] == ["central"]


@cache
def terms():
    """Made by the first test that asks: it reads the words of a language."""
    return glossary(
        (
            "parliament",
            ("en", "parliament", PREFERRED),
            ("az", "Milli Məclis", PREFERRED),
            ("az", "parlament", FORBIDDEN),
        ),
        ("courier", ("en", "The Courier", KEEP)),
    )


def codes(source, text):
    pair = Pair(source=source, text=text, source_language="en", language="az", glossary=terms())
    return {one.code for one in examine(pair) if one.check == "terms"}


def test_a_translation_is_held_against_the_glossary():
    assert codes("The parliament met.", "Milli Məclisin iclası oldu.") == set()
    assert codes("The parliament met.", "İclas oldu.") == {"term-missing"}
    assert codes("The parliament met.", "Parlamentin iclası oldu.") == {"term-missing", "term-forbidden"}


def test_what_stays_as_it_is_stays():
    assert codes("So The Courier wrote.", "Bunu The Courier yazıb.") == set()
    assert codes("So The Courier wrote.", "Bunu Kuryer yazıb.") == {"term-not-kept"}


def test_what_editors_keep_changing_is_proposed():
    drafts = [
        ("en", f"The municipality of {town} met", f"The council of {town} met")
        for town in ("Oslo", "Bergen", "Ski")
    ]
    [idea] = repeated_changes(drafts)
    assert (idea.was, idea.became, idea.times) == ("municipality", "council", 3)
    assert repeated_changes(drafts[:2]) == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Schulman", "Шульман"),
        ("Schulman", "شولمان"),
        ("Washington", "Вашингтона"),
        ("Obama", "Obamanın"),
        ("Gerry", "Джерри"),
    ],
)
def test_a_name_is_known_again_in_another_script(name, word):
    assert is_like(name, word)


@pytest.mark.parametrize(("name", "word"), [("Schulman", "Воронцов"), ("Clinton", "conta"), ("Pugh", "para")])
def test_another_word_is_not_the_name(name, word):
    assert not is_like(name, word)
