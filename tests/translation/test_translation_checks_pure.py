"""The checks of a translation, each on the smallest pair that shows it."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.translation.checks import tables
from dateline.translation.checks.base import Pair, Severity
from dateline.translation.checks.ignoring import digest_of, key_of
from dateline.translation.checks.registry import CHECKS, examine
from dateline.translation.checks.words import SENTENCES, plainly

LANGUAGES = ["en", "pt", "es", "fr", "ru", "uk", "tr", "az", "ar", "fa", "hy", "ka", "de"]


def found(source, text, *, way="en-pt", **more):
    source_language, language = way.split("-")
    return examine(Pair(source=source, text=text, source_language=source_language, language=language, **more))


def codes(source, text, *, way="en-pt", **more):
    return {one.code for one in found(source, text, way=way, **more)}


def grave(source, text, *, way="en-pt"):
    return [one.code for one in found(source, text, way=way) if one.severity != Severity.INFORM]


@pytest.mark.parametrize(
    ("way", "source", "text"),
    [
        ("en-pt", "The fund has $1.5 million.", "O fundo tem 1,5 milhão de dólares."),
        ("en-ru", "It began in the 1990s.", "Это началось в 90-е годы."),
        ("en-fr", "In the 20th century it grew.", "Au XXe siècle, il a grandi."),
        ("en-fa", "He has 25 goats and 3 dogs.", "او ۲۵ بز و سه سگ دارد."),
        ("en-ar", "Prices rose 12%.", "ارتفعت الأسعار ١٢ في المئة."),
        ("en-de", "The town has 45 bridges.", "Die Stadt hat fünfundvierzig Brücken."),
        ("en-tr", "Only 50 were left.", "Yalnızca ellisi kaldı."),
        ("en-ru", "The road is 5 miles long.", "Длина дороги 8 км."),
        ("en-fr", "It opens at 3 pm.", "Il ouvre à 15 h."),
        ("en-az", "The town has two banks.", "Şəhərdə 2 bank var."),
    ],
)
def test_a_number_in_local_form_is_the_same_number(way, source, text):
    assert not [one for one in found(source, text, way=way) if one.check in {"numbers", "currencies"}]


def test_a_changed_number_is_shown_where_it_stands():
    [one] = [one for one in found("It cost 340 euros.", "Custou 350 euros.") if one.check == "numbers"]
    assert (one.code, one.severity, one.values) == ("number-changed", Severity.BLOCK, ("340", "350"))
    assert "Custou 350 euros."[one.start : one.end] == "350"


def test_a_thousand_is_not_one_with_three_decimals():
    assert "number-changed" in codes("The fine is $25,000.", "A multa é de 25 dólares.")


def test_money_and_percent_stay_what_they_are():
    assert "currency-changed" in codes("It costs $30.", "Custa €30.")
    assert "percent-lost" in codes("It rose by 5%.", "Subiu 5.")


def test_another_month_is_seen():
    assert "other-month" in codes("On 5 October it rained.", "No dia 5 de novembro choveu.")
    assert "other-month" not in codes("On 5 October it rained.", "5 октября шел дождь.", way="en-ru")


def test_a_lost_negation_is_seen_in_the_languages_we_know():
    assert "negation-lost" in grave("He did not sign it.", "Ele assinou o documento.")
    assert "negation-lost" not in grave("He did not sign it.", "Bunu imzalamadı.", way="en-tr")
    assert "negation-lost" not in grave("Not only the mayor came.", "Veio também o prefeito.")


def test_quotations_that_lose_their_marks_are_told_and_half_of_them_warned_of():
    assert "quotation-lost" in codes("“We stay,” he said.", "Ficamos, disse ele.")
    assert "quotation-open" in grave("“We stay,” he said.", "“Ficamos, disse ele.")
    assert "quotation-lost" not in codes("“We stay,” he said.", "«Ficamos», disse ele.")


def test_a_name_is_kept_transliterated_or_missed():
    assert "name-missing" in grave("The winner is Kori Schulman.", "O vencedor é Kori.")
    assert "name-changed" in grave("The winner is Kori Schulman.", "O vencedor é Kori Vorontsov.")
    assert not grave("The winner is Kori Schulman.", "Победила Кори Шульман.", way="en-ru")
    assert not grave("They met in Beijing.", "Eles se encontraram em Pequim.")


def test_what_is_not_translated_is_seen():
    assert codes("Who are they?", "Who are they?") == {"same-as-source"}
    assert "other-script" in codes(
        "The river rose again last night.", "The river rose again, они сказали", way="en-ru"
    )
    whole = "O rio subiu de novo. The bridge of the old town was closed for the night."
    assert "same-as-source" in codes(
        "The river rose again. The bridge of the old town was closed for the night.", whole
    )


def test_paragraphs_that_are_missing_added_or_merged_are_told_apart():
    source = "The river rose again in the night.\n\nThe bridge was closed at 7.\n\nNobody was hurt, the mayor told us."
    one, two, three = (
        "O rio subiu de novo durante a noite.",
        "A ponte foi fechada às 7.",
        "Ninguém ficou ferido, disse-nos o prefeito.",
    )
    assert "paragraph-missing" in codes(source, f"{one}\n\n{three}")
    assert "paragraphs-merged" in codes(source, f"{one}\n\n{two} {three}")
    assert "paragraph-added" in codes(source, f"{one}\n\n{two}\n\n{two}\n\n{three}")
    assert not grave(source, f"{one}\n\n{two}\n\n{three}")


def test_a_translation_that_breaks_off_is_seen():
    source = "The council met on Monday and decided to build a second bridge over the river."
    assert "cut-off" in grave(source, "O conselho reuniu-se na")
    assert codes(source, "") == {"empty"}


def test_links_and_marks_cannot_be_lost_or_brought_in():
    assert "link-missing" in grave("See https://a.example/x now.", "Veja agora.")
    assert {"link-missing", "link-added", "link-tracked"} <= codes(
        "See https://a.example/x now.", "Veja https://a.example/x?utm_source=mail agora."
    )
    assert "marks-missing" in grave("See ⟦1⟧this⟦/1⟧ now.", "Veja isto agora.")
    assert "code-missing" in grave("Hello {name}.", "Olá.")


def test_hidden_controls_and_letters_of_two_alphabets_are_seen():
    assert "turned-around" in grave("A word.", "Uma \u202epalavra.")
    assert "mixed-letters" in codes("Alice came.", "Алисa пришла.", way="en-ru")


def test_headlines_and_machines_words_have_their_own_checks():
    assert "headline-long" in codes("Short", "x" * 140, kind="headline")
    assert "machine-alone" in codes("A word here.", "Uma palavra aqui.", is_untouched=True)
    credit = {"outlet": "The Courier", "author": ""}
    assert {"credit-missing", "credit-unknown"} <= codes("Credit", "Traduzido por Tomas", credit=credit)


def test_a_finding_is_the_same_one_wherever_it_stands():
    [one] = [one for one in found("It cost 340 euros.", "Custou 350 euros.") if one.check == "numbers"]
    [other] = [
        one for one in found("It cost 340 euros.", "Ontem custou 350 euros.") if one.check == "numbers"
    ]
    assert key_of(one) == key_of(other)
    assert digest_of("a") != digest_of("b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_whole_table(language):
    table = tables.table_of(language)
    assert {1, 2, 3, 10, 20, 100, 1000} <= {
        *table.numbers.values(),
        *(value for _w, value in table.number_starts),
    }
    assert table.words
    assert table.quotes
    assert table.negators.pattern != tables.NOTHING.pattern


def test_every_table_is_of_a_language_that_the_tests_know():
    folder = Path(tables.__file__).parent / "tables"
    assert {path.stem for path in folder.glob("*.json")} == set(LANGUAGES)
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json"))


texts = st.text(
    alphabet=st.sampled_from("aAeé .,:;!?“”«»\"'’⟦⟧1/0123456789\n٣ажЖнеقاللا \u202eاחնա ndnot%$€"),
    max_size=120,
)


@given(source=texts, text=texts, way=st.sampled_from(["en-pt", "ru-en", "en-ar", "az-tr", "xx-yy"]))
@settings(max_examples=budget(60, whole=3_000), deadline=None)
def test_no_pair_breaks_a_check_and_every_finding_has_its_place_and_words(source, text, way):
    for one in found(source, text, way=way):
        assert one.check in CHECKS
        assert 0 <= one.start <= one.end <= len(text)
        assert one.code in SENTENCES
        assert plainly(one)


def test_the_number_of_a_mark_is_no_number_of_the_text():
    assert codes("See ⟦1⟧the two maps⟦/1⟧ now.", "Veja os dois mapas agora.") == {"marks-missing"}
    assert codes("See ⟦1⟧the two maps⟦/1⟧ now.", "Veja ⟦1⟧os dois mapas⟦/1⟧ agora.") == set()


def test_a_one_that_is_part_of_a_name_is_not_told_by_an_article():
    words = "Um ingresso F dá acesso ao concerto."
    assert "number-missing" in codes("An F1 ticket grants access to the concert.", words)
    assert "number-missing" not in codes("It took 1 day.", "Levou um dia.")


def test_half_a_denial_and_an_idiom_that_lost_its_denial_are_seen():
    said = codes("It will not matter.", "Cela n’aura d’importance.", way="en-fr")
    assert "negation-half" in said
    assert "negation-half" not in codes("He cannot say.", "Il ne peut le dire.", way="en-fr")
    assert "negation-lost" in codes("Not only the dinosaurs died.", "Os dinossauros morreram.")
