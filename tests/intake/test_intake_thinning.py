"""Evidence that nobody needs goes, its row stays; what anybody rests on is never lost, whatever happens."""

import os
from datetime import UTC, datetime, timedelta

import cast
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.intake import keepers
from dateline.intake.actions.changed import enter_change
from dateline.intake.actions.exporting import evidence_file, unsound
from dateline.intake.actions.keeping import disk
from dateline.intake.actions.thinning import finish, thin
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind
from dateline.intake.keepers import Ground, KeeperSilent
from dateline.intake.models import Change, Entry, Snapshot
from dateline.intake.queries.room import BadBudget, room, warnings
from dateline.intake.snapshots import SnapshotMissing
from dateline.intake.snapshots_evidence import Evidence
from dateline.intake.snapshots_thinning import AGE, BUDGET, Held, Room, Rules, plan, read_bytes

NOW = datetime(2030, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = type(settings.HOME)(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_SNAPSHOT_DISK_SHARE = "1"
    return settings.HOME


@pytest.fixture
def register():
    """Let a test choose who is asked; what was signed in comes back."""
    before = dict(keepers._keepers)
    keepers._keepers.clear()
    for name in keepers.NEEDED:
        keepers.sign_in(name, lambda _originals: {})
    yield keepers
    keepers._keepers.clear()
    keepers._keepers.update(before)


def a_kept_snapshot(original, *, days_ago, body=b"", **fields):
    """Return a snapshot that came so long ago, with its evidence in the store."""
    at = NOW - days_ago * DAY
    body = body or os.urandom(200)
    kept = disk().keep(Evidence(url=original.url, body=body, came_at=at, status=200))
    told = {"sha256": kept.sha256, "packed_size": kept.packed_bytes, "size": len(body)}
    return cast.a_snapshot(original, fetched_at=at, **told, **fields)


def bare_original():
    original = cast.an_original()
    original.snapshots.all().delete()
    return original


def a_piece(*days_ago):
    """Return an original and its snapshots, the oldest first."""
    original = bare_original()
    return original, [a_kept_snapshot(original, days_ago=days) for days in days_ago]


def is_there(snapshot):
    try:
        disk().read(snapshot.sha256)
    except SnapshotMissing:
        return False
    return True


pytestmark = pytest.mark.django_db


def test_what_is_young_stays_whole(home, register):
    _original, snapshots = a_piece(29, 20, 10, 1)
    assert thin(now=NOW).gone == []
    assert all(map(is_there, snapshots))


def test_between_a_month_and_a_year_the_first_the_last_and_weighty_changes_stay(home, register):
    original, [first, second, third, last] = a_piece(300, 250, 200, 150)
    change = Comparison(kind=Kind.CORRECTION, facts=[])
    entered = enter_change(change, original=original, before=first, after=second, now=second.fetched_at)
    Change.objects.filter(pk=entered.pk).update(state="answered", at=NOW, answer="Ours is mended.")
    done = thin(now=NOW)
    assert [one.snapshot for one in done.gone] == [third.pk]
    assert [is_there(one) for one in (first, second, third, last)] == [True, True, False, True]


def test_after_a_year_the_text_and_the_hashes_are_left_and_say_why(home, register):
    _original, [old] = a_piece(400)
    body_text, sha256 = old.body_text, old.sha256
    done = thin(now=NOW)
    old.refresh_from_db()
    assert (old.state, old.thinned_why, old.thinned_at) == (Snapshot.State.THINNED, AGE, NOW)
    assert (old.body_text, old.sha256) == (body_text, sha256)
    assert done.freed_bytes > 0
    assert not is_there(old)
    assert "thinned out: it was old" in evidence_file(old.original, now=NOW).gaps[0]
    assert list(unsound()) == []


def test_what_a_keeper_needs_stays(home, register):
    original, [old] = a_piece(400)
    register.sign_in("articles", lambda _asked: {original.pk: Ground(reason="an article", is_public=True)})
    assert thin(now=NOW).gone == []
    assert is_there(old)


def test_a_change_that_nobody_answered_keeps_its_evidence(home, register):
    original, [first, second] = a_piece(500, 400)
    enter_change(Comparison(kind=Kind.TYPO, facts=[]), original=original, before=first, after=second, now=NOW)
    assert thin(now=NOW).gone == []


@pytest.mark.parametrize("name", keepers.NEEDED)
def test_nothing_goes_while_one_who_must_be_asked_is_absent(home, register, name):
    _original, [old] = a_piece(400)
    del register._keepers[name]
    done = thin(now=NOW)
    assert name in done.trouble
    assert is_there(old)
    assert any(name in warning for warning in warnings(now=NOW))


def test_nothing_goes_while_a_keeper_cannot_answer(home, register):
    _original, [old] = a_piece(400)

    def broken(originals):
        raise RuntimeError("the ledger is locked")

    register.sign_in("rights", broken)
    assert "the ledger is locked" in thin(now=NOW).trouble
    assert is_there(old)
    with pytest.raises(KeeperSilent):
        register.grounds([1])


def test_a_dry_run_says_what_would_go_and_touches_nothing(home, register):
    _original, [old] = a_piece(400)
    done = thin(now=NOW, is_dry=True)
    assert [one.snapshot for one in done.gone] == [old.pk]
    old.refresh_from_db()
    assert old.state == Snapshot.State.WHOLE
    assert is_there(old)


def test_beyond_the_budget_the_oldest_go_first_and_the_last_week_never(home, register, settings):
    _original, snapshots = a_piece(29, 20, 15, 6)
    settings.DATELINE_SNAPSHOT_BUDGET = "1B"
    done = thin(now=NOW)
    assert [one.why for one in done.gone] == [BUDGET] * 3
    assert [is_there(one) for one in snapshots] == [False, False, False, True]
    assert "raise DATELINE_SNAPSHOT_BUDGET" in warnings(now=NOW)[0]


def test_one_who_begins_to_need_it_between_plan_and_deed_keeps_it(home, register):
    original, [old] = a_piece(400)
    asked = []

    def late(originals):
        asked.append(originals)
        return {original.pk: Ground(reason="just picked")} if len(asked) > 2 else {}

    register.sign_in("desk", late)
    assert thin(now=NOW).gone == []
    old.refresh_from_db()
    assert (old.state, old.thinned_why) == (Snapshot.State.WHOLE, "")
    assert is_there(old)


def test_a_run_that_was_killed_is_finished_by_the_next(home, register):
    _original, [old] = a_piece(400)
    Snapshot.objects.filter(pk=old.pk).update(state="thinning", thinned_why="age")
    assert finish(now=NOW) == 1
    old.refresh_from_db()
    assert old.state == Snapshot.State.THINNED
    assert not is_there(old)
    Snapshot.objects.filter(pk=old.pk).update(state="thinning")  # killed after the file, before the row
    assert finish(now=NOW) == 1
    old.refresh_from_db()
    assert old.state == Snapshot.State.THINNED


def test_a_body_that_two_pieces_share_goes_with_the_last_of_them(home, register):
    one, other = bare_original(), bare_original()
    old = a_kept_snapshot(one, days_ago=400, body=b"the same bytes")
    young = a_kept_snapshot(other, days_ago=3, body=b"the same bytes")
    thin(now=NOW)
    old.refresh_from_db()
    assert old.state == Snapshot.State.THINNED
    assert is_there(young)
    assert thin(now=NOW + 500 * DAY).gone != []
    assert not is_there(young)


def test_a_letter_that_waits_to_be_taken_keeps_its_bytes(home, register):
    original, [old] = a_piece(400)
    entry = Entry.objects.create(
        channel=cast.a_channel(original.outlet), guid="1", seen_at=NOW, raw_sha256=old.sha256
    )
    thin(now=NOW)
    assert is_there(old)
    entry.delete()


def test_what_was_kept_again_a_moment_ago_stays(home, register):
    _original, [old] = a_piece(400)
    done = thin(now=datetime.now(tz=UTC) - timedelta(minutes=1))  # the file is younger than an hour
    assert done.gone == []
    assert is_there(old)


def test_the_forecast_is_by_what_came():
    told = Room(
        used_bytes=900, budget_bytes=1000, disk_free_bytes=5000, disk_total_bytes=10_000, disk_share=0.9,
        grown_bytes=140, over=14 * DAY,
    )  # fmt: skip
    assert (told.over_bytes, told.left_bytes, told.days_left, told.disk_days_left) == (0, 100, 10, 500)


def test_settings_that_cannot_be_read_thin_nothing(home, register, settings):
    _original, [old] = a_piece(20)
    settings.DATELINE_SNAPSHOT_BUDGET = "much"
    assert "write a size" in thin(now=NOW).trouble
    assert is_there(old)
    with pytest.raises(BadBudget):
        room(now=NOW)


@pytest.mark.parametrize(
    ("text", "size"),
    [("40GB", 40 * 10**9), ("500 mb", 5 * 10**8), ("1.5T", 15 * 10**11), ("1000", 1000), ("2GiB", 2 * 10**9)],
)
def test_sizes_are_read_as_people_write_them(text, size):
    assert read_bytes(text) == size


_held = st.lists(
    st.builds(
        Held,
        snapshot=st.integers(1, 10**6),
        fetched_at=st.integers(0, 800).map(lambda days: NOW - days * DAY),
        packed_bytes=st.integers(0, 10_000),
        is_turn=st.booleans(),
        is_needed=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda one: one.snapshot,
)


@given(_held, st.integers(-10, 10**6))
def test_no_plan_touches_what_is_needed_or_young_and_none_goes_twice(held, over_bytes):
    going = plan(held, now=NOW, over_bytes=over_bytes)
    by_name = {one.snapshot: one for one in held}
    assert len({one.snapshot for one in going}) == len(going)
    for one in going:
        known = by_name[one.snapshot]
        assert not known.is_needed
        assert NOW - known.fetched_at > Rules().never_before
    freeable = sum(
        one.packed_bytes for one in held if not one.is_needed and NOW - one.fetched_at > Rules().never_before
    )
    assert sum(one.packed_bytes for one in going) >= min(over_bytes, freeable)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whoever_needs_whatever_finds_it_whole(home, register, settings, data):
    ages = data.draw(st.lists(st.lists(st.integers(0, 700), min_size=1, max_size=3), min_size=1, max_size=4))
    pieces = [a_piece(*sorted(days, reverse=True)) for days in ages]
    needed = data.draw(st.sets(st.sampled_from([original.pk for original, _snapshots in pieces])))
    names = {
        name: data.draw(st.sets(st.sampled_from(sorted(needed)))) if needed else set()
        for name in keepers.NEEDED
    }
    names["desk"] |= needed
    for name, own in names.items():
        register.sign_in(
            name, lambda asked, own=own: {pk: Ground(reason="needed") for pk in own if pk in asked}
        )
    settings.DATELINE_SNAPSHOT_BUDGET = data.draw(st.sampled_from(["1B", "1KB", "1GB"]))
    thin(now=NOW)
    for original, snapshots in pieces:
        for snapshot in snapshots:
            snapshot.refresh_from_db()
            is_whole = snapshot.state == Snapshot.State.WHOLE
            assert is_whole == is_there(snapshot)
            assert is_whole or original.pk not in needed
