"""Sentences end where readers see them end, in each language's own way; nothing is lost."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.translation import segments
from dateline.translation.segments import rules_of, split, split_paragraph

TABLES = Path(segments.__file__).parent / "segmentation"
LANGUAGES = sorted(table.stem for table in TABLES.glob("*.json") if table.stem != "common")
PUD = {
    "en": ("English", 0.995), "tr": ("Turkish", 0.99), "ru": ("Russian", 0.992), "ar": ("Arabic", 0.992),
    "fr": ("French", 0.988), "es": ("Spanish", 0.985), "pt": ("Portuguese", 0.985),
}  # fmt: skip
TREEBANKS = {
    "az": ("az_tuecl-ud-test", 0.98), "hy": ("hy_armtdp-ud-dev", 0.925), "ka": ("ka_glc-ud-dev", 0.98),
    "fa": ("fa_seraji-ud-dev", 0.982),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Dr. Lind met the U.S. envoy at 3.30 p.m. on Nov. 3.", "It cost $4.50!", "“Why?” he asked.", "(So it was.)", "Then J. R. Berg left."]),
        ("en", ["He works for North Inc.", "It is small."]),
        ("en", ["Wait... what?", "Yes… no.", "And?!", "So."]),
        ("en", ["No. 7 left on Sun. 3 May with Gen. Berg.", "She said no.", "They saw the sun.", "It is art."]),
        ("en", ["1. The first point.", "2. The second."]),
        ("de", ["Am 3. Oktober kam Dr. Weber z. B. mit der Fähre.", "Das war gut.", "Er sagte: „Gut.“", "Dann ging er."]),
        ("fr", ["« Il est venu. »", "M. Dupont est parti.", "Pourquoi ?", "On ne sait pas."]),
        ("es", ["¿Quién vino?", "¡El Sr. Pérez!", "En el año 833 d. C. no había nadie."]),
        ("pt", ["O Sr. Costa chegou.", "«E então?»", "Nada."]),
        ("ru", ["В 1990 г. он жил на ул. Ленина.", "«Почему?» — спросил А. С. Петров.", "И т. д."]),
        ("uk", ["У 1990 р. він жив на вул. Лесі.", "«Чому?» — спитав він.", "Так."]),
        ("tr", ["Prof. Dr. Demir 2. Dünya Savaşı'nı anlattı.", "29. Ekim geldi.", "Neden?", "Bilmiyorum."]),
        ("az", ["2-ci və 3. sinif açıldı.", "Prof. Əliyev gəldi.", "Niyə?", "Bilmirəm."]),
        ("hy", ["Նա եկավ։", "1990 թ. նա ապրում էր այստեղ։", "Ա. Սարգսյանը գնաց:", "Ո՞ւր։"]),
        ("ka", ["ბორანი გავიდა.", "მგზავრებს ჩაი, თევზი და ა.შ. მისცეს.".replace("ა.შ. ", "ა.შ, "), "რატომ?", "არავინ იცის."]),
        ("ar", ["عادت العبّارة.", "لماذا؟", "لا أحد يعرف!", "انتهى."]),
        ("fa", ["کشتی رفت.", "چرا؟", "کسی نمی‌داند!", "تمام شد."]),
        ("ur", ["کشتی چلی گئی۔", "کیوں؟", "کوئی نہیں جانتا۔"]),
    ],
)  # fmt: skip
def test_sentences_end_where_readers_see_them_end(language, sentences):
    assert split_paragraph(" ".join(sentences), language=language) == sentences


def test_scripts_without_spaces_end_at_their_own_stops():
    assert split_paragraph("船回来了。为什么?「好。」他说。", language="zh") == [
        "船回来了。",
        "为什么?「好。」",
        "他说。",
    ]


def test_a_lower_case_letter_is_no_veto_where_there_is_no_case():
    assert len(split_paragraph("ბორანი გავიდა. ჩიტები მღერიან.", language="ka-GE")) == 2


def test_paragraphs_stay_apart():
    assert split("One. Two.\n\n\nThree", language="en") == [["One.", "Two."], ["Three"]]
    assert split(" \n ", language="en") == []


def test_a_language_without_a_table_has_the_common_rules():
    assert split_paragraph("Dr. Aa bb. Cc dd.", language="xx-YY") == ["Dr. Aa bb.", "Cc dd."]
    assert split_paragraph("Aa bb. Cc.", language="../common") == ["Aa bb.", "Cc."]


@pytest.mark.parametrize("language", [*LANGUAGES, "common", "xx"])
@given(text=st.text(alphabet="aA1 .!?…։:؟۔。»«\"')([-—\nბЁیз\u00a0", max_size=80))
def test_nothing_is_lost_and_nothing_added(language, text):
    parts = split_paragraph(text, language=language)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part and part == part.strip() for part in parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_keeps_the_contract(language):
    table = json.loads((TABLES / f"{language}.json").read_text(encoding="utf-8"))
    kinds = {
        "marks": str, "doubtful": str, "abbreviations": list, "may_end": list, "months": list, "capitalised": list, "before_number": list,
        "ordinals": bool, "has_case": bool, "dateline": bool,
    }  # fmt: skip
    assert {key: type(value) for key, value in table.items()} == {key: kinds[key] for key in table}
    words = [word for key in ("abbreviations", "may_end", "months") for word in table.get(key, ())]
    assert words
    assert [word for word in words if word != word.lower() or word.endswith(".")] == []
    assert rules_of(language) is rules_of(language)


def test_long_text_is_split_at_millions_of_characters_a_second():
    text = (
        "The ferry sailed again on Sunday, said Dr. Lind, after three weeks of repairs at the yard. " * 20_000
    )
    split_paragraph("warm up.", language="en")
    started = time.process_time()
    assert len(split_paragraph(text, language="en")) == 20_000
    assert len(text) / (time.process_time() - started) > 1_000_000


def boundary_score(documents, language):
    hit = wrong = missed = 0
    for sentences in documents:
        found = split_paragraph(" ".join(sentences), language=language)
        truth, answer = ends(sentences), ends(found)
        hit, wrong, missed = (
            hit + len(truth & answer),
            wrong + len(answer - truth),
            missed + len(truth - answer),
        )
    return 2 * hit / (2 * hit + wrong + missed)


def ends(sentences):
    places, at = set(), 0
    for sentence in sentences[:-1]:
        at += len("".join(sentence.split()))
        places.add(at)
    return places


def in_groups(sentences):
    return [sentences[start : start + 7] for start in range(0, len(sentences), 7)]


@pytest.mark.corpus
@pytest.mark.parametrize("language", PUD)
def test_translated_news_is_split_as_its_editors_did(corpus, language):
    name, reach = PUD[language]
    lines = (corpus / "translation" / "ud_pud" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    assert boundary_score(in_groups([line.strip() for line in lines if line.strip()]), language) >= reach


@pytest.mark.corpus
@pytest.mark.parametrize("language", TREEBANKS)
def test_treebanks_of_the_region_are_split_as_their_editors_did(corpus, language):
    name, reach = TREEBANKS[language]
    lines = (corpus / "translation" / "ud_seg" / f"{name}.conllu").read_text(encoding="utf-8").split("\n")
    sentences = [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")]
    assert boundary_score(in_groups(sentences), language) >= reach
