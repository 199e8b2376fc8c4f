"""Claims, leases and fences: who may write the end of a job."""

from datetime import timedelta

import pytest
import work_cast
from django.utils import timezone

from dateline.work.actions import NotDead, ask_stop, enqueue_by_name, prune, run_again
from dateline.work.models import Job
from dateline.work.queries import dead_jobs, queue_state, unfinished_jobs
from dateline.work.queue import Failure, LeaseLost, claim, extend, fail, finish, hand_back, reap

pytestmark = pytest.mark.django_db

LEASE = 20
BROKEN = Failure(error_class="builtins.ValueError", error="ValueError: broken", trace="line 1")


@pytest.fixture
def now():
    return timezone.now() + timedelta(seconds=1)


@pytest.fixture
def held(now):
    work_cast.stumble.enqueue()
    return claim(worker="Vera", now=now, lease_seconds=LEASE)


def after(now, seconds):
    return now + timedelta(seconds=seconds)


def test_a_claimed_job_is_nobody_elses(held, now):
    assert held.job.claimed_by == "Vera"
    assert claim(worker="Tomas", now=now, lease_seconds=LEASE) is None


def test_a_living_worker_keeps_its_job_as_long_as_it_likes(held, now):
    for minute in range(1, 10):
        extend(held, now=after(now, minute * 15), lease_seconds=LEASE)
        assert reap(now=after(now, minute * 15 + 10), jitter=0) == []


def test_a_job_whose_worker_died_runs_again_at_once(held, now):
    assert reap(now=after(now, LEASE - 1), jitter=0) == []
    assert [job.pk for job in reap(now=after(now, LEASE + 1), jitter=0)] == [held.job.pk]
    again = claim(worker="Tomas", now=after(now, LEASE + 1), lease_seconds=LEASE)
    assert again.job.pk == held.job.pk
    assert again.job.attempt == 2


def test_a_job_that_kills_its_workers_waits_longer_and_ends_dead(now):
    enqueue_by_name("cast.stumble")
    deaths = 0
    while held := claim(worker="Vera", now=now, lease_seconds=LEASE):
        now = after(now, LEASE + 1)
        assert len(reap(now=now, jitter=0.5)) == 1
        deaths += 1
        now = after(now, 3600)
    assert deaths == 3
    assert held is None
    job = dead_jobs().get()
    assert "Vera" in job.error
    assert job.finished_at is not None


@pytest.mark.parametrize("write", ["finish", "fail", "extend", "hand_back"])
def test_a_worker_that_lost_its_lease_writes_nothing(held, now, write):
    reap(now=after(now, LEASE + 1), jitter=0)
    later = claim(worker="Tomas", now=after(now, LEASE + 2), lease_seconds=LEASE)
    writes = {
        "finish": lambda: finish(held, result="late", now=now),
        "fail": lambda: fail(held, BROKEN, now=now, jitter=0),
        "extend": lambda: extend(held, now=now, lease_seconds=LEASE),
        "hand_back": lambda: hand_back(held, now=now),
    }
    with pytest.raises(LeaseLost, match=str(held.job.pk)):
        writes[write]()
    finish(later, result="in time", now=now)
    assert Job.objects.get().result == "in time"
    with pytest.raises(LeaseLost):
        finish(later, result="twice", now=now)


def test_a_lease_that_reaches_beyond_any_lease_is_from_before_the_clock_went_back(held, now):
    assert len(reap(now=now - timedelta(hours=1), jitter=0)) == 1


def test_a_heartbeat_between_looking_and_reaping_saves_the_job(held, now):
    seen = list(Job.objects.expired(now=after(now, LEASE + 1)))
    extend(held, now=after(now, LEASE + 1), lease_seconds=LEASE)
    from dateline.work.queue import _reaped

    assert not _reaped(seen[0], now=after(now, LEASE + 1), jitter=0)
    finish(held, result=None, now=now)


def test_a_failed_job_waits_and_is_tried_again_until_it_is_given_up(now):
    work_cast.stumble.enqueue()
    pauses = []
    while held := claim(worker="Vera", now=now, lease_seconds=LEASE):
        fail(held, BROKEN, now=now, jitter=0.5)
        job = Job.objects.get()
        if job.state == Job.State.READY:
            assert claim(worker="Vera", now=now, lease_seconds=LEASE) is None
            pauses.append((job.run_after - now).total_seconds())
            now = job.run_after
    assert pauses == [5, 10]
    assert (job.state, job.attempt, job.error, job.error_trace) == ("dead", 3, "ValueError: broken", "line 1")


def test_a_job_that_was_handed_back_has_lost_no_attempt(held, now):
    hand_back(held, now=now)
    job = Job.objects.get()
    assert (job.state, job.attempt) == ("ready", 0)


def test_a_failed_job_leaves_its_work_to_a_later_wish_with_the_same_key(now):
    work_cast.bake.enqueue(page=1)
    held = claim(worker="Vera", now=now, lease_seconds=LEASE)
    later = work_cast.bake.enqueue(page=1)
    assert fail(held, BROKEN, now=now, jitter=0.5) == Job.State.FOLDED
    job = Job.objects.get(pk=later.id)
    # The pause and the attempts go along: an endless stream of wishes does not hide a broken page.
    assert (job.state, job.attempt, job.run_after) == ("ready", 1, after(now, 5))
    work_cast.bake.enqueue(page=1)
    assert Job.objects.get(pk=later.id).run_after == after(now, 5)


def test_a_job_whose_worker_died_leaves_its_work_to_a_later_wish_too(now):
    work_cast.bake.enqueue(page=1)
    held = claim(worker="Vera", now=now, lease_seconds=LEASE)
    later = work_cast.bake.enqueue(page=1)
    reap(now=after(now, LEASE + 1), jitter=0)
    assert Job.objects.get(pk=held.job.pk).state == "folded"
    assert Job.objects.get(pk=later.id).state == "ready"


def test_a_waiting_job_that_is_asked_to_stop_ends_and_is_no_failure(now):
    work_cast.say.enqueue("x")
    job = ask_stop(job=Job.objects.get(), now=now)
    assert job.state == "dead"
    assert not dead_jobs().exists()
    assert claim(worker="Vera", now=now, lease_seconds=LEASE) is None


def test_a_job_that_has_ended_cannot_be_stopped(held, now):
    finish(held, result=None, now=now)
    assert ask_stop(job=held.job, now=now).stop_asked_at is None


def test_a_dead_job_can_be_run_again_by_hand(held, now):
    with pytest.raises(NotDead, match="being worked on"):
        run_again(job=held.job, now=now)
    fail(held, Failure("builtins.ValueError", "x", "", final=True), now=now, jitter=0)
    assert run_again(job=held.job, now=now).state == "ready"
    again = claim(worker="Vera", now=now, lease_seconds=LEASE)
    assert again.job.attempt == 1


def test_a_dead_job_whose_work_is_waiting_already_is_folded_into_that(now):
    work_cast.bake.enqueue(page=1)
    held = claim(worker="Vera", now=now, lease_seconds=LEASE)
    fail(held, Failure("builtins.ValueError", "x", "", final=True), now=now, jitter=0)
    work_cast.bake.enqueue(page=1)
    assert run_again(job=held.job, now=now).state == "folded"


def test_what_ended_well_is_cleared_away_after_a_week_and_the_dead_after_a_quarter(now):
    for state, days in [("done", 6), ("done", 8), ("dead", 8), ("dead", 91), ("folded", 8)]:
        then = now - timedelta(days=days)
        Job.objects.create(task="cast.say", state=state, enqueued_at=then, run_after=then, finished_at=then)
    work_cast.say.enqueue("waiting")
    assert prune(now=now) == 3
    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "done", "ready"]


def test_the_desk_sees_how_the_queue_stands(held, now):
    work_cast.say.enqueue("now")
    work_cast.say.using(run_after=after(now, 60)).enqueue("later")
    state = queue_state(now=now)
    assert (state.due, state.later, state.claimed, state.dead) == (1, 1, 1, 0)
    assert state.waiting_since <= now
    assert unfinished_jobs("cast.say").count() == 2
