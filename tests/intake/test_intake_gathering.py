"""What came in is gathered: the same text twice is known, and pieces about one event are one story."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from cast import NOW, an_original, an_outlet
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.actions import remembering
from dateline.intake.actions.gathering import gather_original
from dateline.intake.actions.likening import liken
from dateline.intake.duplicates import Piece, find, kept_of
from dateline.intake.duplicates_index import Index
from dateline.intake.embeddings.char_tfidf import CharTfidf
from dateline.intake.models import (
    Fingerprint,
    Gathering,
    LanguageMean,
    Likeness,
    Membership,
    Run,
    Story,
    Vector,
)
from dateline.intake.queries.duplicates import TableShelf, echoes, likenesses
from dateline.intake.stories_packing import unpacked, unpacked_sum

pytestmark = pytest.mark.django_db

FERRY = (
    "The ferry across the lake will sail every hour from the first of May, the harbour office of Tanmouth said on "
    "Monday, after two winters in which the boats ran only in the morning and in the evening. Passengers had asked "
    "for the change in a letter that 4,312 of them signed."
)
FERRY_TOLD_OTHERWISE = (
    "Tanmouth's harbour office gives in: the ferry across the lake is to sail every hour from May. A letter with "
    "4,312 names had asked for it. The boats ran only twice a day for two winters."
)
CHESS = (
    "A girl of eleven has won the northern chess cup in Osterby after nine rounds without a loss, and says that her "
    "grandfather taught her the endgames on a board with two missing pawns."
)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    remembering.forget()
    yield
    remembering.forget()


def told(headline, text, *, hours=0, outlet=None, **fields):
    at = NOW + timedelta(hours=hours)
    return an_original(
        outlet or an_outlet(f"Outlet of {headline[:20]}"),
        headline=headline,
        body_text=text,
        language=fields.pop("language", "en"),
        published_at=fields.pop("published_at", at),
        taken_at=at + timedelta(minutes=10),
        **fields,
    )


def gathered(*args, **fields):
    original = told(*args, **fields)
    return gather_original(original=original, now=original.taken_at)


def test_two_reports_of_one_event_are_one_story_and_say_why():
    first = gathered("Ferry to sail every hour", FERRY)
    other = gathered("Chess cup goes to girl of eleven", CHESS, hours=1)
    second = gathered("Hourly ferry from May in Tanmouth", FERRY_TOLD_OTHERWISE, hours=2)
    assert first.story == second.story != other.story
    codes = {reason["code"]: reason for reason in second.reasons}
    assert codes["alike"]["originals"] == [first.original_id]
    assert "Tanmouth" in codes["names"]["words"]
    assert "4,312" in codes["numbers"]["words"]
    assert codes["hours"]["hours"] == 2.0
    assert first.reasons == [{"code": "alone"}]


def test_a_story_knows_its_span_its_outlets_and_its_languages():
    story = gathered("Ferry to sail every hour", FERRY).story
    gathered("Hourly ferry from May in Tanmouth", FERRY_TOLD_OTHERWISE, hours=2)
    story.refresh_from_db()
    assert (story.pieces, story.outlets, story.languages) == (2, 2, [{"language": "en", "pieces": 2}])
    assert story.last_at - story.opened_at == timedelta(hours=2)
    assert story.title == "Ferry to sail every hour"


def test_a_story_that_nothing_joins_any_more_is_closed():
    story = gathered("Ferry to sail every hour", FERRY).story
    gathered("Chess cup goes to girl of eleven", CHESS, hours=24 * 5)
    story.refresh_from_db()
    assert story.state == Story.State.CLOSED


def test_gathering_twice_changes_nothing():
    original = told("Ferry to sail every hour", FERRY)
    first = gather_original(original=original, now=NOW)
    assert gather_original(original=original, now=NOW) == first
    assert (Membership.objects.count(), Vector.objects.count(), Fingerprint.objects.count()) == (1, 1, 1)


def test_what_another_process_placed_is_known_here():
    gathered("Ferry to sail every hour", FERRY)
    remembering.forget()
    story = gathered("Hourly ferry from May in Tanmouth", FERRY_TOLD_OTHERWISE, hours=2).story
    assert story.memberships.count() == 2


def test_an_old_piece_that_comes_in_late_finds_the_story_of_its_own_days():
    first = gathered("Ferry to sail every hour", FERRY)
    gathered("Chess cup goes to girl of eleven", CHESS, hours=24 * 40)
    late = gathered("Hourly ferry from May in Tanmouth", FERRY_TOLD_OTHERWISE, hours=2)
    assert late.story == first.story


def test_a_piece_of_next_month_is_another_story():
    first = gathered("Ferry to sail every hour", FERRY)
    assert (
        gathered("Hourly ferry from May in Tanmouth", FERRY_TOLD_OTHERWISE, hours=24 * 30).story
        != first.story
    )


def test_a_reprint_is_known_and_credits_name_the_first_publisher():
    courier = an_outlet("Harbour Courier")
    source = told("Ferry to sail every hour", FERRY, outlet=courier, hours=2)
    gather_original(original=source, now=NOW)
    reprint = told("Hourly boats", f"{FERRY} Source: Harbour Courier", hours=1)
    gather_original(original=reprint, now=NOW)
    likeness = Likeness.objects.get(original=reprint)
    assert (likeness.kind, likeness.earlier, likeness.first) == ("near-duplicate", source, source)
    assert likeness.evidence[0]["code"] == "credit"
    assert Membership.objects.get(original=reprint).reasons[0]["code"] == "same-text"
    [there] = echoes(source)
    [back] = echoes(reprint)
    assert (there.original, back.original, back.is_earlier) == (reprint, source, False)
    assert set(likenesses([source, reprint])) == {reprint.pk}


def test_an_outlet_that_issues_its_piece_again_is_told_from_another_that_reprints_it():
    courier = an_outlet("Harbour Courier")
    gathered("Ferry to sail every hour", FERRY, outlet=courier)
    again = gathered("Ferry to sail every hour", FERRY, outlet=courier, hours=3).original
    assert Likeness.objects.get(original=again).kind == "re-issued"


WORDS = st.lists(
    st.sampled_from(["ferry", "lake", "boat", "harbour", "chess", "letter", "winter", "pawn"]), max_size=90
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["a", "b"])), min_size=1, max_size=7)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_tables_answer_what_the_index_in_memory_answers(texts):
    with transaction.atomic():
        index = Index()
        outlets = {name: an_outlet(name) for name in "ab"}
        for number, (words, name) in enumerate(texts):
            text = " ".join(words)
            outlet = outlets[name]
            original = an_original(
                outlet, url=f"https://{name}.example/{number}", body_text=text, published_at=None
            )
            kept = kept_of(Piece(str(original.pk), text, host=f"{name}.example"))
            in_memory = index.take(Piece(str(original.pk), text, host=f"{name}.example"))
            likeness = liken(original=original)
            told_by_tables = likeness and (str(likeness.earlier_id), likeness.kind, likeness.containment)
            assert told_by_tables == (
                in_memory and (in_memory.duplicate_of, in_memory.kind.value, in_memory.containment)
            )
            assert find(kept, TableShelf(before=original.fingerprint.pk)) is None or in_memory
        transaction.set_rollback(True)


def test_a_run_that_very_many_hold_is_kept_no_more(monkeypatch):
    monkeypatch.setattr("dateline.intake.actions.likening.COMMON", 3)
    for hours in range(5):
        liken(original=told("The same", CHESS, hours=hours))
    assert max(Run.objects.filter(hash=run.hash).count() for run in Run.objects.all()) == 3


class CentredCharacters(CharTfidf):
    """The engine of characters, with the mean of each language taken off."""

    traits = replace(CharTfidf.traits, name="centred-characters", is_centred=True, learns=False)


def test_the_mean_of_a_language_counts_each_piece_once_whoever_gathered_it(monkeypatch):
    monkeypatch.setattr(remembering, "chosen", lambda _name: CentredCharacters())
    told_of = [(FERRY, 0), (CHESS, 1), (FERRY_TOLD_OTHERWISE, 24 * 40), (CHESS, 2)]
    for number, (text, hours) in enumerate(told_of):
        gathered(f"Piece {number}", text, hours=hours)
        if number % 2:
            remembering.forget()  # as another process would find it
    mean = LanguageMean.objects.get(engine="centred-characters", language="en")
    total = sum(unpacked(one.packed).astype(float) for one in Vector.objects.all())
    assert mean.pieces == 4
    assert np.allclose(unpacked_sum(mean.packed), total, atol=1e-6)


def test_another_engine_reckons_the_window_anew(monkeypatch):
    gathered("Ferry to sail every hour", FERRY)
    Gathering.objects.update(engine="some-other-engine")
    Vector.objects.update(engine="some-other-engine")
    story = gathered("Hourly ferry from May in Tanmouth", FERRY_TOLD_OTHERWISE, hours=2).story
    assert story.memberships.count() == 2
    assert Gathering.objects.get().engine == "char-tfidf"
    assert Vector.objects.filter(engine="char-tfidf").count() == 2
