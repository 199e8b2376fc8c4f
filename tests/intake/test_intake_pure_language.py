"""Headlines in many languages, mixed alphabets, neighbours, and the word of who declares one."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake.language import KNOWN, detect
from dateline.intake.language_letters import unmixed, writers
from dateline.intake.language_words import ENDINGS, SMALL_WORDS, users, witnesses

CORE = ("az", "tr", "ru", "hy", "ka", "fa", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gölün səviyyəsi bu il də aşağı düşüb", "az"),
        ("Gölün seviyesi bu yıl da düştü", "tr"),
        ("Koʻl suvi bu yil ham kamaydi", "uz"),
        ("Kölüň suwy bu ýyl hem azaldy", "tk"),
        ("Көлдің деңгейі биыл да төмендеді", "kk"),
        ("Рівень озера знову знизився, кажуть рибалки", "uk"),
        ("Нивото на езерото отново спадна тази година", "bg"),
        ("Ниво језера је ове године опет пао, кажу рибари", "sr"),
        ("سطح آب دریاچه امسال هم پایین رفت", "fa"),
        ("انخفض مستوى البحيرة هذا العام أيضا", "ar"),
        ("ئاستی ئاوی دەریاچەکە ئەمساڵیش دابەزی", "ckb"),
        ("Լճի մակարդակը կրկին նվազել է", "hy"),
        ("ტბის დონე ისევ დაეცა", "ka"),
        ("No podía caminar por la orilla del lago", "es"),
    ],
)
def test_a_headline_tells_its_language(text, language):
    found = detect(text)
    assert found
    assert (found.language, 0 < found.confidence <= 1) == (language, True)


@pytest.mark.parametrize("text", ["", "   ", "2026-03-01", "!!! — 12", "\ud800"])
def test_what_has_no_words_has_no_language(text):
    assert detect(text) is None


def test_a_declared_language_decides_what_is_doubtful_and_no_clear_text():
    assert detect("Bu normal", declared="az-Latn").language == "az"
    assert detect("Bu normal", declared="tr_TR").language == "tr"
    assert detect("The level of the lake fell again this year", declared="az").language == "en"
    assert detect("Լճի մակարդակը", declared="ru").language == "hy"
    assert detect("Bu normal", declared="x-nonsense") == detect("Bu normal")


def test_latin_letters_that_stand_for_cyrillic_ones_are_put_right_where_words_are_mixed():
    assert unmixed("Лajнбeкeр said нe") == "Лајнбекер said не"
    assert detect("Лajнбeкeр Teнeси стejт тajгeрсa je пoврeђeн").language == "sr"


def test_letters_speak_only_against_alphabets_of_their_script_that_lack_them():
    letters = writers(["bg", "mk", "en"])
    assert letters["щ"] == [True, False, False]
    assert "а" not in letters


def test_small_words_and_endings_belong_to_languages_that_are_known():
    assert SMALL_WORDS.keys() | ENDINGS.keys() <= KNOWN
    assert all(len(ending) == 3 for table in ENDINGS.values() for ending in table.split())
    assert users(["bg", "ru"])["-ото"] == [True, False]
    assert witnesses(["езерото", "е"]) == {"езерото", "е", "-ото"}


@settings(max_examples=budget(150, whole=5_000), deadline=None)
@given(st.text(max_size=400), st.none() | st.text(max_size=12))
def test_no_text_breaks_the_detector(text, declared):
    found = detect(text, declared=declared)
    assert found is None or (found.language in KNOWN and 0 <= found.confidence <= 1)


@pytest.mark.corpus
def test_short_news_of_documents_that_no_weight_was_chosen_on(corpus):
    """Seed 11 halves the documents; the second half is only reported."""
    documents = [
        json.loads(path.read_text()) for path in sorted((corpus / "intake" / "ntrex-news").glob("*.json"))
    ]
    random.Random(11).shuffle(documents)
    rows = [
        (text[:60].rsplit(None, 1)[0] if len(text) > 60 and " " in text[:60] else text[:60], language)
        for document in documents[len(documents) // 2 :]
        for language, segments in document["segments"].items()
        for text in segments
    ][::5]
    right = [
        (language, (found := detect(text)) is not None and found.language == language)
        for text, language in rows
    ]
    core = [is_right for language, is_right in right if language in CORE]
    assert sum(is_right for _, is_right in right) / len(right) >= 0.985
    assert sum(core) / len(core) >= 0.99
