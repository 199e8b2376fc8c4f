"""The pure beat: forms in many languages, what counts where, and the properties that every score keeps."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.beat import WEIGHTS, Beat, Concept, Example, Piece, Reason
from dateline.intake.beat_changes import NoLongerFits, apply, in_words, key_of
from dateline.intake.beat_finding import Finder
from dateline.intake.beat_learning import Ruling, suggestions
from dateline.intake.beat_letters import alike, tokens
from dateline.intake.beat_reading import BadBeat, read_beat, written
from dateline.intake.beat_scoring import Scorer
from dateline.intake.beat_story import Member, judge_story
from dateline.intake.beat_weighing import Background, learn_background
from dateline.intake.beat_words import SENTENCES
from dateline.intake.beat_words import in_words as reason_in_words
from dateline.intake.embeddings.char_tfidf import CharTfidf

LAKE = Concept(name="Sevan", kind="place", weight="strong", forms={"en": ("Sevan",), "ru": ("Севан",)})
FISH = Concept(name="fish", forms={"en": ("fish", "trout"), "ru": ("рыба",)})
GAME = Concept(name="port", forms={"en": ("port",)}, needs_company=True, not_with=("USB port",))
BEAT = Beat(name="The lake", concepts=(LAKE, FISH, GAME), labels=("water",))


def finds(form, language, text, kind="term", text_language=None):
    finder = Finder([Concept(name="x", kind=kind, forms={language: (form,)})])
    return bool(finder.find(text, language=text_language or language).mentions)


@pytest.mark.parametrize(
    ("language", "form", "texts"),
    [
        ("ru", "Северная Корея", ["лидер Северной Кореи", "с Северной Кореей", "СЕВЕРНУЮ КОРЕЮ"]),
        ("ru", "озеро", ["на озере", "озёрами", "озера", "к озеру"]),
        ("ru", "обстрел", ["под обстрелом", "обстрелы", "обстрелов"]),
        ("ru", "заразившийся", ["заразившегося", "заразившимся"]),
        ("ru", "Севан", ["Севаном", "на Севане", "севанский"]),
        ("uk", "Україна", ["в Україні", "Україною", "українська"]),
        ("uk", "об'єднання", ["об’єднання", "об'єднанням"]),
        ("bg", "език", ["езикът", "езика", "езици"][:2]),
        ("tr", "deprem", ["depremde", "depremler", "depremin", "depremzede"[:6], "depremlerden"]),
        ("tr", "Ankara", ["Ankara'da", "Ankara’nın", "Ankaralı"]),
        ("tr", "İstanbul", ["İSTANBUL", "istanbul'dan", "İstanbul'un"]),
        ("tr", "çocuk", ["çocuğu", "çocuklar", "çocuklara"]),
        ("az", "zəlzələ", ["zəlzələdən", "zəlzələnin", "zəlzələlər"]),
        ("az", "göl", ["göldə", "göllər", "gölün"][:1]),
        ("kk", "көлік", ["көліктер", "көлікте"]),
        ("hy", "երկրաշարժ", ["երկրաշարժը", "երկրաշարժի", "երկրաշարժից", "երկրաշարժերի"]),
        ("hy", "Հայաստան", ["Հայաստանի", "Հայաստանում", "Հայաստանից"]),
        ("ka", "მიწისძვრა", ["მიწისძვრის", "მიწისძვრამ", "მიწისძვრები", "მიწისძვრაში"]),
        ("ka", "თბილისი", ["თბილისში", "თბილისის", "თბილისიდან"]),
        ("fa", "زلزله", ["زلزله‌ها", "زلزله‌ای", "زلزله"]),
        ("fa", "کتاب", ["كتاب", "کتاب‌های", "کتابها", "کتابی"]),
        ("ar", "زلزال", ["الزلزال", "والزلزال", "بزلزال", "زلزالًا"]),
        ("ar", "المفاعل النووي", ["المفاعل النووي", "للمفاعل النووي"]),
        ("he", "ממשלה", ["הממשלה", "בממשלה", "וממשלות"][:2]),
        ("de", "Erdbeben", ["Erdbebens", "Erdbebengebiet", "Seebeben und Erdbeben", "Großerdbeben"]),
        ("de", "Überschwemmung", ["Überschwemmungen", "überschwemmungsgebiet"]),
        ("pl", "Warszawa", ["w Warszawie"[:11], "Warszawy", "Warszawą"]),
        ("es", "arma", ["armas"]),
        ("fr", "séisme", ["séismes", "Le séisme", "l’SÉISME"]),
        ("en", "recall", ["recalled", "recalls", "Recalling"]),
        ("zh", "地震", ["印尼大地震后", "地震"]),
        ("ja", "津波", ["大津波警報"]),
        ("ko", "북한", ["북한이", "북한의"]),
        ("el", "σεισμός", ["σεισμού", "σεισμοί", "ΣΕΙΣΜΟΣ"]),
        ("hu", "földrengés", ["földrengések", "földrengésben"]),
    ],
)
def test_a_form_is_found_whatever_its_ending(language, form, texts):
    assert [text for text in texts if not finds(form, language, text)] == []


@pytest.mark.parametrize(
    ("language", "form", "text", "kind"),
    [
        ("en", "NSA", "an unsatisfied nsa customer", "name"),
        ("en", "US", "tell us more", "name"),
        ("en", "Swift", "a swift answer", "name"),
        ("en", "port", "an important report", "term"),
        ("en", "Sevan", "the seven of us", "name"),
        ("ru", "кит", "китайский флот", "term"),
        ("tr", "sel", "selam verdi", "term"),
        ("de", "Rat", "Vortrat", "term"),
        ("fr", "gaz", "gazette", "term"),
    ],
)
def test_another_word_is_not_the_form(language, form, text, kind):
    assert not finds(form, language, text, kind)


def test_a_name_is_heard_in_a_script_that_it_has_no_form_in():
    assert finds("Trump", "en", "ტრამპმა თქვა", "name", "ka")
    assert not finds("Trump", "en", "trumpet", "term", "ka")


WORDS = st.text(max_size=40)


@given(WORDS)
def test_making_letters_alike_twice_changes_nothing(text):
    assert alike(alike(text)) == alike(text)


@given(st.text(max_size=300), st.sampled_from(["", "en", "ru", "ar", "de", "tr", "zh", "x-klingon", "fa-IR"]))
@settings(deadline=None)
def test_no_text_breaks_a_score_and_it_stays_between_0_and_1(text, language):
    judged = Scorer(BEAT).judge(Piece(title=text, standfirst=text, text=text, language=language))
    assert 0 <= judged.score <= 1
    assert judged.is_over_the_line == (judged.score >= BEAT.line)
    for reason in judged.reasons:
        assert reason_in_words(reason)


@given(st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None)
def test_the_same_piece_gets_the_same_score_whatever_came_between(title, text):
    piece, beat = Piece(title=title, text=text, language="en"), with_examples()
    scorer = Scorer(beat, embedder=CharTfidf())
    first = scorer.judge(piece)
    scorer.judge(Piece(title=text, text=title))
    assert scorer.judge(piece) == first == Scorer(beat, embedder=CharTfidf()).judge(piece)


PLAIN = st.text(alphabet="abcdefghij klmnop.", max_size=200)


@given(PLAIN, PLAIN)
@settings(deadline=None)
def test_naming_a_concept_in_the_headline_never_lowers_a_score(title, text):
    scorer = Scorer(BEAT)
    without = scorer.judge(Piece(title=title, text=text, language="en")).score
    assert scorer.judge(Piece(title=f"{title} Sevan", text=text, language="en")).score >= without


@given(PLAIN, st.sampled_from(["decisive", "strong", "usual"]))
@settings(deadline=None)
def test_a_heavier_weight_never_lowers_a_score(text, weight):
    order = list(WEIGHTS)
    lighter = order[order.index(weight) + 1]
    piece = Piece(title="Sevan", text=f"Sevan {text}", language="en")

    def score(chosen):
        concept = Concept(name="Sevan", forms={"en": ("Sevan",)}, weight=chosen)
        return Scorer(Beat(name="x", concepts=(concept,))).judge(piece).score

    assert score(weight) >= score(lighter)


def with_examples():
    return Beat(
        name="The lake",
        concepts=BEAT.concepts,
        examples_for=(Example("The trout of the lake are coming back to the shore"),),
        examples_against=(Example("Seven sins of gardening"),),
    )


def judge(title, text="", **fields):
    return Scorer(BEAT).judge(Piece(title=title, text=text, language="en", **fields))


def codes(judged):
    return [reason.code for reason in judged.reasons]


def test_the_headline_counts_more_than_the_first_lines_and_those_more_than_a_passing_mention():
    filler = "Nothing of interest was said there. " * 30
    headline = judge("Sevan rises", f"Sevan rises. {filler}")
    lede = judge("News", f"Sevan rises. {filler}")
    passing = judge("News", f"{filler} Sevan. {filler}")
    assert headline.score > lede.score > passing.score > judge("News", filler).score
    assert "title" in codes(headline)
    assert "lede" in codes(lede)
    assert "passing" in codes(passing)


def test_a_word_that_needs_company_says_nothing_alone():
    alone = judge("The port opens")
    assert Reason("alone", ("port",)) in alone.reasons
    assert judge("The port of Sevan opens").score > judge("Sevan opens").score > alone.score


def test_what_is_something_else_in_its_company_is_told_apart():
    judged = judge("A new USB port", "The USB port of Sevan makers")
    assert Reason("told-apart", ("port",)) in judged.reasons


def test_a_decisive_concept_in_the_headline_is_over_the_line():
    beat = Beat(name="x", concepts=(Concept(name="Sevan", forms={"en": ("Sevan",)}, weight="decisive"),))
    judged = Scorer(beat).judge(Piece(title="Sevan", text="Nothing else. " * 50, language="en"))
    assert judged.is_over_the_line


def test_a_decisive_outlet_counts_by_itself():
    beat = Beat(name="x", concepts=(FISH,), outlets={"Lake Herald": "decisive", "Gossip": "weak"})
    scorer = Scorer(beat)
    own = scorer.judge(Piece(title="Anything", outlet="lake herald"))
    assert own.is_over_the_line
    assert Reason("outlet", ("lake herald",)) in own.reasons
    assert not scorer.judge(Piece(title="Anything", outlet="Gossip")).is_over_the_line


def test_labels_are_of_what_is_named_and_only_over_the_line():
    beat = Beat(
        name="x",
        labels=("water",),
        concepts=(LAKE, Concept(name="fish", forms={"en": ("trout",)}, labels=("food",))),
    )
    scorer = Scorer(beat)
    assert scorer.judge(Piece(title="Sevan trout on the table")).labels == ("water", "food")
    assert scorer.judge(Piece(title="A table")).labels == ()


def test_a_word_that_stands_alone_everywhere_says_less_unless_it_is_decisive():
    pieces = [Piece(title=f"fish {number}") for number in range(10)] + [Piece(title="x")] * 10
    background = learn_background(BEAT, pieces)
    assert background.alone == {"fish": 10}
    assert background.specificity(FISH) < Background().specificity(FISH) == 1.0
    fish = Piece(title="fish at Sevan")
    assert Scorer(BEAT, background=background).judge(fish).score < Scorer(BEAT).judge(fish).score


def test_examples_for_raise_what_is_like_them_and_names_nothing():
    like = Piece(title="The trout of the lake come back to the shore", language="en")
    plain = Beat(name="x", concepts=(LAKE,))
    taught = Beat(name="x", concepts=(LAKE,), examples_for=with_examples().examples_for)
    assert (
        Scorer(taught, embedder=CharTfidf()).judge(like).score
        > Scorer(plain, embedder=CharTfidf()).judge(like).score
    )


def test_a_story_is_stronger_for_each_outlet_over_the_line():
    over = judge("Sevan trout rises", "Sevan trout. " * 3)
    one = judge_story(BEAT, [Member("a", "A", over)])
    three = judge_story(BEAT, [Member("a", outlet, over) for outlet in "ABC"])
    assert over.is_over_the_line
    assert one.score == over.score < three.score <= 1
    assert three.reasons[0] == Reason("outlets", ("3", "A", "B", "C"))
    assert judge_story(BEAT, []).score == 0


# What is written down.

NAME = st.text(alphabet="abcdefg хцч ქარ", min_size=1, max_size=20).filter(
    lambda t: t.strip() == t and "  " not in t
)
CONCEPTS = st.builds(
    Concept,
    name=NAME,
    kind=st.sampled_from(["name", "place", "term"]),
    forms=st.dictionaries(st.sampled_from(["en", "ru", "ka", "sr-Latn"]), st.tuples(NAME), min_size=1),
    weight=st.sampled_from(list(WEIGHTS)),
    needs_company=st.booleans(),
    not_with=st.just(()) | st.tuples(NAME),
    labels=st.just(()) | st.tuples(NAME),
)
BEATS = st.builds(
    Beat,
    name=NAME,
    about=NAME,
    concepts=st.lists(CONCEPTS, min_size=1, max_size=4, unique_by=lambda c: c.name.casefold()).map(tuple),
    outlets=st.dictionaries(NAME, st.sampled_from(list(WEIGHTS)), max_size=2),
    examples_for=st.just(()) | st.tuples(st.builds(Example, NAME, st.just("en"))),
    line=st.floats(0.1, 0.9),
    labels=st.just(()) | st.tuples(NAME),
)


@given(BEATS)
def test_a_beat_that_was_written_is_read_as_it_was(beat):
    assert read_beat(json.loads(json.dumps(written(beat)))) == beat


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "concepts", "forms", "line", "examples", "for", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_beat_or_says_what_is_wrong(told):
    beat, faults = read_or_faults(told)
    assert (beat is None) == bool(faults)
    assert all(str(fault) for fault in faults)
    assert beat is None or (beat.name and beat.concepts)


def read_or_faults(told):
    try:
        return read_beat(told), ()
    except BadBeat as error:
        return None, error.faults


@given(BEATS, st.data())
def test_a_change_does_exactly_what_it_says(beat, data):
    concept = data.draw(st.sampled_from(beat.concepts))
    change = {"do": "ask-company", "concept": concept.name}
    if concept.needs_company:
        with pytest.raises(NoLongerFits):
            apply(beat, change)
        return
    before, after = written(beat), written(apply(beat, change))
    at = beat.concepts.index(concept)
    assert after["concepts"][at].pop("needs_company") is True
    assert after == before


def test_every_change_can_be_done_once_and_said():
    changes = [
        {"do": "add-term", "term": "weir", "language": "en", "weight": "usual"},
        {"do": "weaken", "concept": "Sevan", "was": "strong"},
        {"do": "ask-company", "concept": "fish"},
        {"do": "add-outlet", "outlet": "Courier", "weight": "strong"},
        {"do": "example-for", "text": "a", "language": "en", "title": "a"},
        {"do": "example-against", "text": "b", "language": "en", "title": "b"},
    ]
    assert len({key_of(change) for change in changes}) == len(changes)
    for change in changes:
        changed = apply(BEAT, change)
        assert changed != BEAT
        assert in_words(change)
        with pytest.raises(NoLongerFits):
            apply(changed, change)


def test_few_judgements_propose_nothing_of_words_and_outlets():
    rulings = [Ruling(n, Piece(title="weir opens", outlet="A"), is_wanted=True, score=0.9) for n in range(4)]
    assert suggestions(BEAT, rulings) == []


def test_every_reason_has_a_sentence_that_takes_its_values():
    for code in SENTENCES:
        assert reason_in_words(Reason(code, ("1", "2", "3"))) if "%s" in SENTENCES[code] else True


def test_tokens_know_how_a_word_was_written():
    assert [(t.word, t.is_capital, t.is_name) for t in tokens("NATO Étude don’t")] == [
        ("nato", True, True),
        ("etude", False, True),
        ("don", False, False),
        ("t", False, False),
    ]
