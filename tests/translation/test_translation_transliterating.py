"""Names in the letters of another language, by what official systems and newspapers make of them."""

import pytest
from cast import NOW, a_translation, an_identity, an_original, tomas
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.translation.actions import start_job
from dateline.translation.models import Term
from dateline.translation.names.transliterating import spelt
from dateline.translation.queries.names import agreed_spellings, names_proposed


@pytest.mark.parametrize(
    ("name", "source", "target", "wanted"),
    [
        ("Елена Щербакова", "ru", "en", "Yelena Shcherbakova"),
        ("Достоевский", "ru", "en", "Dostoyevski"),
        ("Сергій Жадан", "uk", "en", "Serhii Zhadan"),
        ("Згорани", "uk", "en", "Zghorany"),
        ("მიხეილ სააკაშვილი", "ka", "en", "Mikheil Saakashvili"),
        ("Երևան", "hy", "en", "Yerevan"),
        ("Yerevan", "en", "hy", "Երևան"),
        ("İlham Əliyev", "az", "en", "Ilham Aliyev"),
        ("Şuşa", "az", "ru", "Шуша"),
        ("Гагарин", "ru", "az", "Qaqarin"),
        ("თბილისი", "ka", "az", "Tbilisi"),
        ("Erdoğan", "tr", "en", "Erdoğan"),
        ("Vorontsov", "en", "ru", "Воронцов"),
        ("Воронцов", "ru", "ar", "فورونتسوف"),
        ("Garrido", "es", "ar", "غاريدو"),
        ("Melnychenko", "en", "ar", "ميلنيتشينكو"),
        ("Воронцов", "ru", "fa", "وورونتسوف"),
        ("Tehran", "en", "fa", "تهران"),
        ("ШОЙГУ", "ru", "az", "ŞOYQU"),
    ],
)
def test_a_name_is_written_as_the_language_writes_it(name, source, target, wanted):
    found = spelt(name, source=source, target=target)
    assert found is not None
    assert (found.text, found.is_agreed, found.is_complete) == (wanted, False, True)


def test_the_agreed_spelling_wins_also_for_a_part_of_a_name():
    agreed = {"Xankəndi": "Stepanakert", "محمد": "Mohammed", "Лев": "Leo"}
    assert spelt("Xankəndi", source="az", target="en", agreed=agreed).text == "Stepanakert"
    assert spelt("Лев Яшин", source="ru", target="en", agreed=agreed).text == "Leo Yashin"
    guessed = spelt("محمد", source="ar", target="en")
    assert (guessed.text, guessed.is_complete) == ("Mhmd", False)
    assert spelt("محمد", source="ar", target="en", agreed=agreed).is_complete
    assert spelt("Baku", source="de", target="ko") is None


@given(st.text(max_size=20), st.sampled_from(["ru", "uk", "ka", "hy", "az", "tr", "fa", "ar", "en", "fr"]))
@settings(max_examples=60)
def test_any_text_can_be_asked_for(text, target):
    for source in ("ru", "hy", "fa", "en"):
        found = spelt(text, source=source, target=target)
        assert found is None or isinstance(found.text, str)


def test_names_of_a_sentence_are_proposed_with_what_the_glossary_agreed(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity(languages=("en", "ru"))
    term = Term.objects.create(name="Vorontsov", changed_at=NOW)
    for language, form in (("ru", "Воронцов"), ("en", "Woronzow")):
        term.forms.create(language=language, form=form)
    original = an_original(language="ru", body_html="<p>Вчера Воронцов и Мельниченков спорили о мосте.</p>")
    job = start_job(article=a_translation(original), snapshot=None, by=tomas(), now=NOW)
    one = job.segments.get(source__startswith="Вчера")
    agreed = agreed_spellings(source_language="ru", language="en")
    assert agreed == agreed_spellings(source_language="ru", language="en", among={"Воронцов", "о"})
    assert agreed_spellings(source_language="ru", language="en", among=()) == {}
    proposed = [(name, spelling.text, spelling.is_agreed) for name, spelling in names_proposed([one])[one.pk]]
    assert proposed == [("Воронцов", "Woronzow", True), ("Мельниченков", "Melnichenkov", False)]
