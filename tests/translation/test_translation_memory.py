"""The memory: what is alike is found at once, in its context best, and nothing is left of what is taken out."""

import pytest
from cast import NOW, a_translation, an_identity, an_original, nobody, tomas, vera

from dateline.translation.actions import approve_all, approve_segment, save_segment, start_job, unapprove
from dateline.translation.actions import memory_lists as lists
from dateline.translation.actions.memory_lists import join_lists, move_news, tend, write_anew
from dateline.translation.actions.remembering import fill_memory
from dateline.translation.memory.keys import keys_of
from dateline.translation.memory.matching import Asked, Pair
from dateline.translation.memory.postings import unpacked
from dateline.translation.models import MemoryNews, MemoryPair, MemoryPosting, MemoryUnit
from dateline.translation.queries.concordance import concordance, fragments
from dateline.translation.queries.memory import Reader, asked_of, recall

pytestmark = pytest.mark.django_db
FR_EN = Pair("fr", "en")
BODY = (
    "<p>Le tribunal de la capitale a libéré 3 500 personnes lundi.</p>"
    "<p>Le ministre de l’intérieur a démissionné hier soir.</p>"
    "<p>Lire <a href='https://courier.example/r'>le rapport</a> de la commission.</p>"
)
ENGLISH = [
    "The capital's court freed 3,500 people on Monday.",
    "The minister of the interior resigned last night.",
    "Read ⟦1⟧the report⟦/1⟧ of the commission.",
]


@pytest.fixture(autouse=True)
def _site(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()


def a_job(body_html=BODY, **original):
    article = a_translation(
        an_original(body_html=body_html, headline="Titre", standfirst="", **original), language="en"
    )
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def translated(job=None, texts=ENGLISH):
    job = job or a_job()
    body = job.segments.filter(block__gt=1).order_by("position")
    for one, text in zip(body, texts, strict=True):
        saved = save_segment(segment=one, text=text, version=one.version, by=tomas(), now=NOW)
        approve_segment(segment=saved, version=saved.version, by=tomas(), now=NOW)
    return job


def best(source, **options):
    found = recall([Asked(source=source, pair=FR_EN)], **options)[0]
    return (found[0].score, found[0].kind, found[0].text) if found else None


def test_what_was_approved_a_moment_ago_is_found_though_a_word_differs():
    translated()
    assert best("Le ministre de l’intérieur a démissionné ce matin.")[1:] == ("fuzzy", ENGLISH[1])


def test_the_same_sentence_with_other_numbers_brings_them_along():
    translated()
    assert best("Le tribunal de la capitale a libéré 4 200 personnes vendredi.") == (
        99,
        "numbers",
        "The capital's court freed 4,200 people on Friday.",
    )


def test_the_same_sentence_between_the_same_neighbours_is_worth_more():
    job = translated()
    asked = asked_of(job.segments.order_by("position"), pair=FR_EN)
    assert [[match.score for match in found] for found in recall(asked)] == [[], [101], [101], [101]]
    assert best("Le ministre de l’intérieur a démissionné hier soir.") == (100, "exact", ENGLISH[1])


def test_marks_are_those_of_the_sentence_that_asks():
    translated()
    assert best("Lire le rapport de la ⟦1⟧commission⟦/1⟧.")[1] == "numbers"
    found = best("Lire ⟦2⟧le rapport⟦/2⟧ de la commission.")
    assert found == (99, "numbers", "Read ⟦2⟧the report⟦/2⟧ of the commission.")


def test_after_moving_and_joining_the_same_is_found_and_nothing_is_news(monkeypatch):
    translated()
    pair = MemoryPair.objects.get()
    asked = "Le ministre de l’intérieur a démissionné ce matin."
    at_first = best(asked)
    monkeypatch.setattr(lists, "MOVED_AT_ONCE", 7)
    while move_news(pair):
        assert best(asked) == at_first
    several = MemoryPosting.objects.count()
    assert join_lists(pair) > 0
    assert MemoryPosting.objects.count() < several
    assert (MemoryNews.objects.count(), best(asked)) == (0, at_first)
    assert join_lists(pair) == 0


def test_writing_all_lists_anew_twice_leaves_one_list_a_key():
    translated()
    pair = MemoryPair.objects.get()
    tend(pair)
    before = {(row.key, bytes(row.ids)) for row in MemoryPosting.objects.all()}
    write_anew(pair)
    write_anew(pair)
    assert {(row.key, bytes(row.ids)) for row in MemoryPosting.objects.all()} == before
    assert MemoryPosting.objects.count() == len(before)


@pytest.mark.parametrize("is_moved", [False, True])
def test_nothing_is_left_of_a_unit_whose_approval_was_taken_back(is_moved):
    job = translated()
    if is_moved:
        tend(MemoryPair.objects.get())
    one = job.segments.get(text=ENGLISH[1])
    unit = MemoryUnit.objects.get(segment=one)
    unapprove(segment=one, version=one.version, by=tomas(), now=NOW)
    keys = keys_of(unit.source, language="fr").tolist()
    left = [pk for row in MemoryPosting.objects.filter(key__in=keys) for pk in unpacked(row.ids)]
    assert unit.pk not in left
    assert not MemoryNews.objects.filter(unit=unit.pk).exists()
    assert best("Le ministre de l’intérieur a démissionné hier soir.") is None


def test_an_original_that_goes_takes_its_sentences_out_of_the_lists():
    translated()
    MemoryUnit.objects.all().delete()
    assert not MemoryNews.objects.exists()


def test_a_source_that_keeps_machines_away_leaves_nothing_in_the_memory():
    reserved = [{"signal": "tdm-reservation", "value": "1", "where": "page"}]
    job = a_job(signals=reserved)
    job.article.permission.agreement.may_by_machine = False
    job.article.permission.agreement.save()
    translated(job)
    assert job.segments.filter(state="approved").count() == 3
    assert not MemoryUnit.objects.exists()
    agreement = job.article.permission.agreement
    agreement.may_by_machine = True
    agreement.save()
    translated(a_job(signals=reserved))


def test_units_of_another_person_or_desk_are_not_shown():
    translated()
    asked = "Le ministre de l’intérieur a démissionné hier soir."
    MemoryUnit.objects.update(scope=MemoryUnit.Scope.PERSON, by=tomas())
    assert best(asked) is None
    assert best(asked, reader=Reader.of(vera())) is None
    assert best(asked, reader=Reader.of(tomas()))[0] == 100
    MemoryUnit.objects.update(scope=MemoryUnit.Scope.DESK, desk="editor")
    assert best(asked, reader=Reader.of(vera()))[0] == 100
    assert best(asked, reader=Reader.of(nobody())) is None


def test_what_nobody_looked_at_and_what_a_machine_wrote_is_worth_less():
    translated()
    asked = "Le ministre de l’intérieur a démissionné hier soir."
    MemoryUnit.objects.update(quality=MemoryUnit.Quality.UNKNOWN)
    assert best(asked)[0] == 98
    MemoryUnit.objects.update(is_machine_text=True, penalty=4)
    assert best(asked)[0] == 89
    MemoryUnit.objects.update(language="en-GB")
    assert recall([Asked(source=asked, pair=Pair("fr", "en-US"))])[0][0].score == 88


def test_units_of_older_versions_are_filled_and_then_found():
    translated()
    tend(MemoryPair.objects.get())
    MemoryPosting.objects.all().delete()
    MemoryUnit.objects.update(pair=None, source_key=None, class_key=None, before_key=None, codes={})
    asked = "Le ministre de l’intérieur a démissionné ce matin."
    assert best(asked) is None
    assert fill_memory() == 3
    assert best(asked)[2] == ENGLISH[1]
    assert fill_memory() == 0
    assert MemoryUnit.objects.get(text=ENGLISH[2]).codes["⟦/1⟧"] == {"data": "</a>", "kind": ""}


def test_approving_everything_twice_makes_each_unit_once():
    job = translated()
    approve_all(job=job, by=vera(), now=NOW)
    assert MemoryUnit.objects.count() == 3


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_turn_of_phrase_is_found_with_its_place_and_its_translation(is_moved):
    translated()
    if is_moved:
        tend(MemoryPair.objects.get())
    (hit,) = concordance("ministres de l'intérieur", pair=FR_EN)
    assert (hit.source[slice(*hit.at)], hit.text) == ("ministre de l’intérieur", ENGLISH[1])
    (hit,) = concordance("the report of the", pair=FR_EN, in_translations=True)
    assert hit.text[slice(*hit.at)] == "the report of the"
    (hit,) = concordance("12 personnes", pair=FR_EN)
    assert hit.source[slice(*hit.at)] == "3 500 personnes"
    assert concordance("intérieur ministre", pair=FR_EN) == concordance("!", pair=FR_EN) == []


def test_a_private_turn_of_phrase_is_found_by_its_owner_alone():
    translated()
    MemoryUnit.objects.update(scope=MemoryUnit.Scope.PERSON, by=tomas())
    for options in ({"fragment": "hier soir"}, {"fragment": "last night", "in_translations": True}):
        assert not concordance(**options, pair=FR_EN, reader=Reader.of(vera()))
        assert len(concordance(**options, pair=FR_EN, reader=Reader.of(tomas()))) == 1


def test_what_a_new_sentence_shares_with_an_old_one_is_shown_as_a_fragment():
    translated()
    asked = Asked(source="Hier, le ministre de l’intérieur est venu avec le rapport annuel.", pair=FR_EN)
    (hit,) = fragments(asked)
    assert (hit.words, hit.source[slice(*hit.at)]) == (
        "le ministre de l intérieur",
        "Le ministre de l’intérieur",
    )
