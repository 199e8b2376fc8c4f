"""What people put right in stories is kept, told in the audit, taken back, and done again."""

from datetime import timedelta

import pytest
from cast import NOW, an_original, an_outlet, vera
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake.actions import remembering
from dateline.intake.actions.gathering import gather_original
from dateline.intake.actions.regathering import gather_again
from dateline.intake.actions.stories import (
    CannotCorrect,
    merge,
    move,
    pin,
    rename,
    split_off,
    take_back,
    unpin,
)
from dateline.intake.models import Membership, Story, StoryCorrection
from dateline.people.models import AuditEntry

pytestmark = pytest.mark.django_db
SUBJECTS = {
    "ferry": "The ferry Marigold of Tanmouth harbour sails hourly across Lake Orvel, says captain Lindholm",
    "chess": "Chess cup of Osterby won by schoolgirl Petrova after nine rounds against grandmaster Kallas",
    "flood": "Flood water breaks the Velden dyke; Ruhsdorf villages evacuated by the fire brigade overnight",
}


@pytest.fixture(autouse=True)
def _nothing_remembered():
    remembering.forget()
    yield
    remembering.forget()


@pytest.fixture
def outlet():
    return an_outlet()


def piece(subject, number, outlet):
    at = NOW + timedelta(minutes=number)
    original = an_original(
        outlet,
        headline=f"{SUBJECTS[subject]}: report {number}",
        body_text=f"{SUBJECTS[subject]}. Told for the {number}. time.",
        language="en",
        published_at=at,
        taken_at=at,
    )
    gather_original(original=original, now=at)
    return original


def story_of(original):
    return Membership.objects.get(original=original).story


def partition():
    found = {}
    for original, story in Membership.objects.values_list("original", "story"):
        found.setdefault(story, set()).add(original)
    return {frozenset(pieces) for pieces in found.values()}


@pytest.fixture
def newsroom(outlet):
    ferries = [piece("ferry", number, outlet) for number in (1, 2, 3)]
    games = [piece("chess", number, outlet) for number in (4, 5)]
    return ferries, games


def test_the_cast_of_this_file_is_gathered_by_subject(newsroom):
    ferries, games = newsroom
    assert partition() == {frozenset(one.pk for one in ferries), frozenset(one.pk for one in games)}


def test_a_merged_story_leads_to_the_one_it_is_in_now(newsroom):
    ferries, games = newsroom
    gone, kept = story_of(games[0]), story_of(ferries[0])
    merge(story=gone, into=kept, by=vera(), now=NOW)
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.state, gone.merged_into, kept.pieces) == (Story.State.MERGED, kept, 5)
    assert Membership.objects.get(original=games[0]).reasons[0]["code"] == "person"
    assert AuditEntry.objects.get(verb="story-merge").by == vera()
    with pytest.raises(CannotCorrect, match="merged"):
        rename(story=gone, title="x", by=vera(), now=NOW)
    with pytest.raises(CannotCorrect, match="itself"):
        merge(story=kept, into=kept, by=vera(), now=NOW)


def test_pieces_that_come_later_follow_what_was_put_right(newsroom, outlet):
    ferries, games = newsroom
    new = split_off(story=story_of(ferries[0]), originals=ferries[1:], by=vera(), now=NOW)
    merge(story=story_of(games[0]), into=story_of(ferries[0]), by=vera(), now=NOW)
    late = piece("chess", 9, outlet)
    assert story_of(late) == story_of(ferries[0]) != new


def test_some_pieces_are_split_off_but_never_none_or_all(newsroom):
    ferries, _games = newsroom
    story = story_of(ferries[0])
    for wrong in ([], ferries):
        with pytest.raises(CannotCorrect, match="not all"):
            split_off(story=story, originals=wrong, by=vera(), now=NOW)
    new = split_off(story=story, originals=[ferries[2]], by=vera(), now=NOW)
    story.refresh_from_db()
    assert (story.pieces, new.pieces, new.title) == (2, 1, ferries[2].headline)


def test_a_piece_moved_out_of_a_story_of_one_leaves_a_pointer(newsroom, outlet):
    ferries, _games = newsroom
    alone = piece("flood", 7, outlet)
    left = story_of(alone)
    move(original=alone, into=story_of(ferries[0]), by=vera(), now=NOW)
    left.refresh_from_db()
    assert left.merged_into == story_of(ferries[0])
    with pytest.raises(CannotCorrect, match="already"):
        move(original=alone, into=story_of(ferries[0]), by=vera(), now=NOW)


def test_a_pinned_story_stays_open_and_at_the_top(newsroom, outlet):
    ferries, _games = newsroom
    pinned = pin(story=story_of(ferries[0]), by=vera(), now=NOW)
    at = NOW + timedelta(days=9)
    late = an_original(outlet, headline=SUBJECTS["flood"], language="en", published_at=at, taken_at=at)
    gather_original(original=late, now=at)
    pinned.refresh_from_db()
    assert pinned.state == Story.State.OPEN
    assert Story.objects.told().first() == pinned
    assert unpin(story=pinned, by=vera(), now=at).state == Story.State.CLOSED


def test_a_title_that_a_person_gave_stays(newsroom, outlet):
    ferries, _games = newsroom
    rename(story=story_of(ferries[0]), title="The  hourly ferry", by=vera(), now=NOW)
    piece("ferry", 9, outlet)
    assert story_of(ferries[0]).title == "The hourly ferry"
    assert rename(story=story_of(ferries[0]), title="", by=vera(), now=NOW).title == ferries[0].headline


@pytest.mark.parametrize("verb", ["merge", "split", "move", "pin", "rename"])
def test_every_correction_can_be_taken_back(newsroom, verb):
    ferries, games = newsroom
    before, titles = partition(), set(Story.objects.values_list("title", "is_pinned", "state"))
    kept, gone = story_of(ferries[0]), story_of(games[0])
    {
        "merge": lambda: merge(story=gone, into=kept, by=vera(), now=NOW),
        "split": lambda: split_off(story=kept, originals=ferries[:1], by=vera(), now=NOW),
        "move": lambda: move(original=ferries[0], into=gone, by=vera(), now=NOW),
        "pin": lambda: pin(story=kept, by=vera(), now=NOW),
        "rename": lambda: rename(story=kept, title="Ours", by=vera(), now=NOW),
    }[verb]()
    correction = StoryCorrection.objects.get()
    take_back(correction=correction, by=vera(), now=NOW)
    assert partition() == before
    told = Story.objects.told().filter(pieces__gt=0)
    assert set(told.values_list("title", "is_pinned", "state")) == titles
    with pytest.raises(CannotCorrect, match="already"):
        take_back(correction=correction, by=vera(), now=NOW)


def test_a_correction_under_a_later_one_is_not_taken_back_first(newsroom):
    ferries, games = newsroom
    merge(story=story_of(games[0]), into=story_of(ferries[0]), by=vera(), now=NOW)
    split_off(story=story_of(ferries[0]), originals=games, by=vera(), now=NOW)
    first, second = StoryCorrection.objects.all()
    with pytest.raises(CannotCorrect, match="first"):
        take_back(correction=first, by=vera(), now=NOW)
    take_back(correction=second, by=vera(), now=NOW)
    take_back(correction=first, by=vera(), now=NOW)
    assert story_of(games[0]) != story_of(ferries[0])


def test_gathering_anew_does_what_was_put_right_again(newsroom, outlet):
    ferries, games = newsroom
    split_off(story=story_of(ferries[0]), originals=ferries[2:], by=vera(), now=NOW)
    merge(story=story_of(games[0]), into=story_of(ferries[0]), by=vera(), now=NOW)
    rename(story=story_of(games[0]), title="Boats and boards", by=vera(), now=NOW)
    piece("chess", 9, outlet)
    before = partition()
    assert gather_again(since=NOW - timedelta(days=1), by=vera(), now=NOW) == 0
    assert partition() == before
    assert story_of(games[0]).title == "Boats and boards"


def test_what_was_taken_back_is_not_done_again(newsroom):
    ferries, games = newsroom
    before = partition()
    merge(story=story_of(games[0]), into=story_of(ferries[0]), by=vera(), now=NOW)
    Membership.objects.update(story=story_of(ferries[0]))
    take_back(correction=StoryCorrection.objects.get(), by=vera(), now=NOW)
    gather_again(since=NOW - timedelta(days=1), by=vera(), now=NOW)
    assert partition() == before


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(SUBJECTS)), st.just(0)),
        st.tuples(st.sampled_from(["merge", "split", "move"]), st.integers(0, 50)),
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_whatever_was_put_right_gathering_anew_comes_to_the_same_stories(steps):
    from django.db import transaction

    with transaction.atomic():
        remembering.forget()
        outlet = an_outlet()
        for number, (what, chance) in enumerate(steps):
            if what in SUBJECTS:
                piece(what, number, outlet)
            else:
                put_right(what, chance)
        before = partition()
        gather_again(since=NOW - timedelta(days=1), by=None, now=NOW)
        assert partition() == before
        transaction.set_rollback(True)


def put_right(what, chance):
    told = list(Story.objects.told().filter(pieces__gt=0).order_by("pk"))
    if not told:
        return
    story, other = told[chance % len(told)], told[(chance + 1) % len(told)]
    pieces = [one.original for one in story.memberships.order_by("pk")]
    try:
        if what == "merge":
            merge(story=story, into=other, by=None, now=NOW)
        elif what == "split":
            split_off(story=story, originals=pieces[chance % len(pieces) :], by=None, now=NOW)
        else:
            move(original=pieces[0], into=other, by=None, now=NOW)
    except CannotCorrect:
        pass
