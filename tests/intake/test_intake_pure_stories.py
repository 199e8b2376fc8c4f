"""Stories: pieces about one event come together, whoever tells it, and the reason is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.embeddings.base import NotInstalled, Traits
from dateline.intake.embeddings.char_tfidf import CharTfidf
from dateline.intake.embeddings.choice import EMBEDDERS, chosen
from dateline.intake.stories import Reader, Telling
from dateline.intake.stories_bench import Bench
from dateline.intake.stories_means import LanguageMeans
from dateline.intake.stories_shelf import Shelf
from dateline.intake.stories_witness import Said, said, skeleton, witnesses

DAY = datetime(2026, 5, 1, 8, tzinfo=UTC)


class Compass:
    """An embedder that a test can read: a title is an angle in degrees."""

    traits = Traits(
        name="compass",
        size=2,
        links_from=0.9,
        text_margin=0.0,
        tongue_margin=0.0,
        is_centred=False,
        witness_weight=0.0,
    )

    def embed(self, texts):
        angles = np.radians([float(text.split()[0]) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def stories_of(stories, *titles, **fields):
    return [stories.take(Telling(str(at), title, **fields)).story for at, title in enumerate(titles)]


def test_near_pieces_are_one_story_and_far_ones_are_not():
    assert stories_of(Reader(Compass()), "0", "90", "5", "88", "180") == [0, 1, 0, 1, 2]


def test_a_story_is_as_near_as_its_nearest_three_in_the_mean():
    stories = Reader(Compass(), links_from=0.9)
    assert stories_of(stories, "0", "12", "24", "50") == [0, 0, 0, 1]
    nearest_alone = Reader(Compass(), links_from=0.89)
    assert stories_of(nearest_alone, "24", "50") == [0, 0]


def test_a_piece_is_told_which_ones_spoke_for_its_place():
    stories = Reader(Compass())
    stories_of(stories, "0", "20", "8", "4")
    placed = stories.take(Telling("new", "5"))
    assert (placed.story, placed.nearest) == (0, ("3", "2", "0"))


def test_an_event_of_last_week_is_another_story():
    stories = Reader(Compass(), window=timedelta(days=3))
    first = stories.take(Telling("a", "0", published_at=DAY))
    late = stories.take(Telling("b", "0", published_at=DAY + timedelta(days=4)))
    early = stories.take(Telling("c", "0", published_at=DAY - timedelta(days=1)))
    untimed = stories.take(Telling("d", "0"))
    assert (first.story, late.story, early.story) == (0, 1, 0)
    assert untimed.story in {0, 1}


def test_what_no_piece_can_join_is_forgotten_and_the_rest_stays(monkeypatch):
    monkeypatch.setattr("dateline.intake.stories_shelf.MOST", 4)
    stories = Reader(Compass())
    stories_of(stories, "0", "90", published_at=DAY - timedelta(days=9))
    stories.take(Telling("c", "180", published_at=DAY))
    stories.take(Telling("d", "270", published_at=DAY))
    assert stories.take(Telling("e", "181", published_at=DAY)).nearest == ("c",)
    with pytest.raises(KeyError):
        stories.why("0", "e")


def test_shared_names_and_numbers_bring_together_what_letters_alone_would_not():
    stories = Reader(CharTfidf())
    a = stories.take(Telling("a", "Harbour of Lindholm floods, 4500 leave", language="en"))
    b = stories.take(Telling("b", "Chess player wins the northern cup", language="en"))
    c = stories.take(Telling("c", "In Lindholm 4500 flee from harbour water", language="en"))
    assert (a.story, b.story, c.story) == (0, 1, 0)
    why = stories.why("c", "a")
    assert {"Lindholm", "4500"} <= set(why.shared)
    assert why.agreement > stories.why("c", "b").agreement == 0.0


def test_a_name_has_one_skeleton_in_every_script():
    assert {skeleton(name) for name in ("Putin", "Путин", "Պուտին", "პუტინი", "Πούτιν", "پوتین")} == {"ptn"}
    assert skeleton("Şevardnadze") == skeleton("Шеварднадзе") == skeleton("შევარდნაძე")
    assert skeleton("Ooo") == ""


def test_small_words_and_single_digits_bear_no_witness():
    assert witnesses("he is on 7 of it") == {}
    assert witnesses("The EU saw ۱۲۳ ferries") == {"=eu": "EU", "#123": "۱۲۳", "frs": "ferries"}


def heard(*words, headline=(), counted=()):
    return Said({word: word for word in words}, frozenset(headline), frozenset(words), dict(counted))


def test_a_rare_witness_counts_more_than_a_frequent_one():
    bench = Bench()
    for _ in range(50):
        bench.hear(heard("often"))
    bench.hear(heard("often", "rare"))
    rare, often = bench.compare(heard("rare")).agreement, bench.compare(heard("often")).agreement
    assert rare[50] > often[50] >= 0
    assert rare[:50].tolist() == [0.0] * 50
    assert bench.shared(50, heard("often", "rare")) == ["rare", "often"]


def test_the_bench_grows_with_what_it_hears_even_where_nothing_is_asked_between():
    bench = Bench()
    for first in range(0, 5000, 300):
        bench.hear(heard("often", *(f"word{number}" for number in range(first, first + 300))))
    assert bench.compare(heard("word4999")).agreement[-1] > 0
    assert bench._times("often") == 2 * 17  # as a word and as its beginning


def test_one_form_filled_in_twice_is_told_from_two_reports_of_one_event():
    bench = Bench()
    bench.hear(said("Weather in Tanmouth on Monday", "Rain in Tanmouth, wind from the west."))
    bench.hear(said("Station closes", "Rain floods the weather station of Osterby on Monday."))
    asked = said("Weather in Osterby on Monday", "Sun in Osterby, wind from the west.")
    common = bench.compare(asked)
    assert common.frame[0] > common.frame[1] == 0.0


def test_who_counts_the_same_thing_differently_contradicts():
    bench = Bench()
    for title in ("Forecast for 8 November", "Forecast for 18 November and 9 November", "Forecast for 5 May"):
        bench.hear(said(title))
    assert bench.contradicts(said("Forecast for 9 November")).tolist() == [True, False, False]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=12), st.data())
def test_what_is_left_on_the_bench_is_compared_as_before(told, data):
    bench = Bench()
    for words in told:
        bench.hear(heard(*words, headline=words[:2]))
    asked = heard(*data.draw(st.lists(st.sampled_from("abcdefgh"), max_size=6)))
    before = bench.compare(asked)
    chosen_places = np.array(data.draw(st.lists(st.booleans(), min_size=len(told), max_size=len(told))))
    bench.keep(chosen_places)
    assert np.allclose(bench.compare(asked).agreement, before.agreement[chosen_places], atol=1e-5)
    assert np.allclose(bench.compare(asked).answered, before.answered[chosen_places], atol=1e-5)


def test_a_moved_piece_speaks_for_its_new_story():
    stories = Reader(Compass(), links_from=0.4)
    stories_of(stories, "0", "90")
    stories.stories.move(frozenset({"1"}), story=0)
    assert stories.take(Telling("late", "89")).story == 0
    assert stories.stories.story_of("1") == 0
    assert stories.stories.story_of("gone") is None


def test_an_older_event_needs_more_in_common():
    faded = Compass()
    faded.traits = replace(Compass.traits, fading=0.06)
    stories = Reader(faded, links_from=0.9)
    stories.take(Telling("a", "0", published_at=DAY))
    assert stories.take(Telling("b", "20", published_at=DAY + timedelta(minutes=5))).story == 0
    alone = Reader(faded, links_from=0.9)
    alone.take(Telling("a", "0", published_at=DAY))
    assert alone.take(Telling("b", "20", published_at=DAY + timedelta(days=2))).story == 1


def test_the_mean_of_a_language_is_its_own_once_it_was_seen():
    means = LanguageMeans(2)
    for _ in range(99):
        means.learn(np.array([1.0, 0.0], dtype=np.float32), "en")
    number = means.learn(np.array([0.0, 1.0], dtype=np.float32), "ka")
    english, georgian = means.all()
    assert number == 1
    assert english[0] > 0.99
    assert 0.4 < georgian[1] < 0.6


def test_the_shelf_grows_and_keeps_its_order():
    shelf = Shelf(1)
    for at in range(600):
        shelf.put(np.array([at], dtype=np.float32), language=0, story=at, has_text=False, time=float(at))
    shelf.keep(shelf.times >= 598)
    assert shelf.stories.tolist() == [598, 599]
    assert shelf.vector(1)[0] == 599


@pytest.mark.parametrize("name", EMBEDDERS)
def test_every_embedder_gives_a_row_of_length_one_for_each_text(name):
    try:
        embedder = chosen(name)
    except NotInstalled:
        pytest.skip(f"{name} is not installed")
    rows = embedder.embed(["The ferry sails again", "Паром снова идёт", "x" * 3_000])
    assert rows.shape == (3, embedder.traits.size)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)
    assert embedder.embed([]).shape == (0, embedder.traits.size)


def test_without_a_name_the_best_that_is_installed_is_chosen():
    assert chosen().traits.size
    with pytest.raises(KeyError):
        chosen("none such")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=80)), max_size=8))
def test_any_texts_can_be_told(told):
    stories = Reader(CharTfidf())
    placed = [stories.take(Telling(str(at), *both)).story for at, both in enumerate(told)]
    assert all(story <= max([-1, *placed[:at]]) + 1 for at, story in enumerate(placed))
