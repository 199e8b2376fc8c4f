"""The same text twice: what is found, how it is called, and what only looks alike."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.duplicates import Contained, Kind, Piece
from dateline.intake.duplicates_index import Index
from dateline.intake.duplicates_print import SAMPLED, SHORT_WORDS, print_of


def prose(seed, length):
    chance = random.Random(seed)
    return " ".join(f"{chance.choice('bcdfgklmnprst')}{chance.randint(0, 4000)}" for _ in range(length))


def index_of(*pieces):
    index = Index()
    for piece in pieces:
        index.add(piece)
    return index


STORY = prose(1, 600)
FRAME = prose(2, 500)


def test_the_same_words_are_exact_whatever_their_dress():
    index = index_of(Piece("a", "The ferry sails; the birds follow.", host="a.example"))
    found = index.look_up(Piece("b", "the  FERRY sails: «the birds follow»", host="b.example"))
    assert (found.duplicate_of, found.kind, found.containment) == ("a", Kind.EXACT, 1.0)


def test_what_an_outlet_prints_again_is_reissued_with_or_without_changes():
    index = index_of(Piece("a", STORY, host="a.example"))
    assert index.look_up(Piece("b", STORY, host="a.example")).kind is Kind.REISSUED
    assert index.look_up(Piece("c", STORY + " " + prose(3, 40), host="a.example")).kind is Kind.REISSUED


def test_another_outlets_edited_version_is_a_near_duplicate():
    words = STORY.split()
    edited = " ".join([*prose(4, 20).split(), *words[:200], *words[260:]])
    found = index_of(Piece("a", STORY, host="a.example")).look_up(Piece("b", edited, host="b.example"))
    assert (found.kind, found.contained) == (Kind.NEAR, Contained.BOTH)


def test_a_part_is_in_the_whole_and_the_whole_is_not_in_the_part():
    lead = " ".join(STORY.split()[:240])
    found = index_of(Piece("whole", STORY)).look_up(Piece("lead", lead))
    assert (found.kind, found.contained, found.containment) == (Kind.PARTIAL, Contained.THIS, 1.0)
    back = index_of(Piece("lead", lead)).look_up(Piece("whole", STORY))
    assert (back.kind, back.contained, back.containment) == (Kind.PARTIAL, Contained.OTHER, 1.0)


def test_a_brief_is_found_in_a_brief():
    index = index_of(Piece("a", prose(5, 60)))
    assert index.look_up(Piece("b", prose(5, 60) + " " + prose(6, 10))).duplicate_of == "a"
    assert index.look_up(Piece("c", prose(7, 60))) is None


def test_the_most_alike_is_named():
    words = STORY.split()
    index = index_of(Piece("half", " ".join(words[:330])), Piece("most", " ".join(words[:560])))
    assert index.look_up(Piece("x", STORY)).duplicate_of in {"half", "most"}
    assert index.look_up(Piece("x", " ".join(words[20:]))).duplicate_of == "most"


def test_who_came_out_first_is_said_only_where_both_times_are_known():
    early, late = datetime(2026, 5, 1, 8, tzinfo=UTC), datetime(2026, 5, 1, 9, tzinfo=UTC)
    index = index_of(Piece("a", STORY, published_at=late))
    assert index.look_up(Piece("b", STORY, published_at=early)).first == "b"
    assert index.look_up(Piece("b", STORY, published_at=late)).first is None
    assert index.look_up(Piece("b", STORY)).first is None


def test_the_frame_of_a_site_makes_no_duplicates():
    index = Index()
    pieces = [Piece(str(n), f"{prose(100 + n, 120)} {FRAME}", host="a.example") for n in range(8)]
    assert [index.take(piece) for piece in pieces] == [None] * 8


def test_the_frame_weighs_nothing_when_a_piece_is_really_reprinted():
    pieces = [Piece(str(n), f"{prose(100 + n, 250)} {FRAME}", host="a.example") for n in range(8)]
    found = index_of(*pieces).look_up(Piece("x", prose(103, 250), host="b.example"))
    assert (found.duplicate_of, found.containment) == ("3", 1.0)
    assert index_of(*pieces).look_up(Piece("x", FRAME + " " + prose(9, 300), host="a.example")) is None


def test_a_phrase_of_the_trade_is_no_evidence():
    phrase = prose(10, 150)
    index = index_of(*(Piece(str(n), f"{prose(1000 + n, 160)} {phrase}") for n in range(300)))
    assert index.look_up(Piece("x", f"{phrase} {prose(11, 160)}")) is None


def test_a_text_without_words_is_like_no_other():
    index = index_of(Piece("a", ""), Piece("b", "…"))
    assert index.look_up(Piece("c", "")) is None


def test_signs_without_spaces_are_words_of_one():
    assert print_of("渡轮在修理三周后再次启航").size == 12


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_taken_and_then_is_exact_or_has_no_words(text):
    index = Index()
    assert index.take(Piece("a", text)) is None
    found = index.take(Piece("b", text))
    assert found.kind is Kind.EXACT if print_of(text).size else found is None


@pytest.mark.parametrize("length", [SHORT_WORDS - 1, SHORT_WORDS, 3000])
def test_the_sample_is_chosen_by_the_run_and_is_about_an_eighth(length):
    kept = print_of(prose(12, length))
    assert all(run % SAMPLED == 0 for run in kept.sampled)
    assert 0.5 < len(kept.sampled) * SAMPLED / length < 1.6
    assert bool(kept.further) == (length < SHORT_WORDS)
