from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.work import schedule
from dateline.work.clock import JumpGuard
from dateline.work.models import Beat, Job
from dateline.work.schedule import every, fire_due_beats, lay_out_beats, next_time, no_worker_since
from dateline.work.testing import run_all_jobs

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@every(seconds=60, name="cast.check_due")
def check_due():
    return "checked"


@pytest.fixture
def beat(db, monkeypatch):
    list(schedule.names())  # whoever asks first has all rooms sign in: not in the list of this test
    monkeypatch.setattr(schedule, "_periods", {"cast.check_due": 60})
    lay_out_beats(now=NOW)
    return Beat.objects.get()


def test_a_new_beat_runs_at_once_and_then_in_its_rhythm(beat):
    assert fire_due_beats(now=NOW) == ["cast.check_due"]
    assert run_all_jobs() == 1
    assert fire_due_beats(now=NOW + MINUTE / 2) == []
    assert fire_due_beats(now=NOW + MINUTE) == ["cast.check_due"]


def test_a_beat_that_was_missed_for_days_fires_once(beat):
    assert fire_due_beats(now=NOW + timedelta(days=3)) == ["cast.check_due"]
    assert fire_due_beats(now=NOW + timedelta(days=3)) == []
    assert Job.objects.count() == 1


def test_of_two_workers_that_look_at_the_same_time_one_fires(beat):
    assert schedule._fired(beat, now=NOW)
    assert not schedule._fired(beat, now=NOW)


def test_a_beat_whose_job_still_waits_adds_no_second_one(beat):
    fire_due_beats(now=NOW)
    fire_due_beats(now=NOW + MINUTE)
    assert Job.objects.count() == 1


def test_a_clock_that_went_back_does_not_silence_a_beat(beat):
    fire_due_beats(now=NOW)
    assert fire_due_beats(now=NOW - timedelta(hours=5)) == ["cast.check_due"]
    beat.refresh_from_db()
    assert beat.next_run_at == NOW - timedelta(hours=5) + MINUTE


def test_a_changed_period_is_followed(beat, monkeypatch):
    fire_due_beats(now=NOW)
    monkeypatch.setattr(schedule, "_periods", {"cast.check_due": 10})
    lay_out_beats(now=NOW)
    beat.refresh_from_db()
    assert (beat.every_seconds, beat.next_run_at) == (10, NOW + timedelta(seconds=10))


def test_a_beat_that_nobody_registers_any_more_is_silent(beat, monkeypatch):
    monkeypatch.setattr(schedule, "_periods", {})
    assert fire_due_beats(now=NOW) == []


@given(st.integers(1, 10**6), st.integers(0, 10**8))
def test_the_next_time_is_in_the_rhythm_and_less_than_one_period_ahead(period, late):
    step = timedelta(seconds=period)
    now = NOW + timedelta(seconds=late)
    following = next_time(was=NOW, period=step, now=now)
    assert now < following <= now + step
    assert (following - NOW) % step == timedelta()


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(hours=-1)])
def test_after_a_jump_of_the_clock_nobodys_lease_is_taken_until_holders_had_time_to_renew(jump):
    guard = JumpGuard(settle_seconds=20)
    assert guard.is_settled(wall=NOW, steady=100)
    assert guard.is_settled(wall=NOW + timedelta(seconds=1), steady=101)
    jumped = NOW + jump
    assert not guard.is_settled(wall=jumped + timedelta(seconds=2), steady=102)
    assert not guard.is_settled(wall=jumped + timedelta(seconds=21), steady=121)
    assert guard.is_settled(wall=jumped + timedelta(seconds=22), steady=122)


def test_beats_that_nobody_fires_show_that_no_worker_runs(beat):
    assert no_worker_since(now=NOW + MINUTE / 2) is None
    assert no_worker_since(now=NOW + 2 * MINUTE) == NOW
    fire_due_beats(now=NOW + 2 * MINUTE)
    assert no_worker_since(now=NOW + 2 * MINUTE) is None
