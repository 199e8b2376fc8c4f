"""One job from claim to end, its errors, its progress, its wish to stop."""

import logging
from datetime import timedelta

import pytest
import work_cast
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from dateline.work import heartbeat, progress
from dateline.work.actions import ask_stop
from dateline.work.backoff import backoff_seconds
from dateline.work.models import Job
from dateline.work.queue import claim
from dateline.work.runner import Outcome, run

pytestmark = pytest.mark.django_db


def take():
    return claim(worker="Vera", now=timezone.now(), lease_seconds=20)


def end_for(task, **kwargs):
    task.enqueue(**kwargs)
    return run(take())


def test_an_error_is_logged_once_with_the_jobs_name_and_id_and_the_job_waits(caplog):
    assert end_for(work_cast.stumble) == Outcome.FAILED
    job = Job.objects.get()
    assert (job.state, job.error_class, job.error) == (
        "ready",
        "builtins.ValueError",
        "ValueError: the ladder broke",
    )
    assert "work_cast.py" in job.error_trace
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "cast.stumble" in record.getMessage()
    assert str(job.pk) in record.getMessage()


def test_a_job_that_gives_up_ends_dead_at_its_first_attempt(caplog):
    result = work_cast.refuse.enqueue()
    assert run(take()) == Outcome.FAILED
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert "nobody lives there" in result.errors[0].traceback
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_job_that_wants_to_leave_the_process_only_fails():
    assert end_for(work_cast.leave) == Outcome.FAILED


def test_a_job_whose_task_is_gone_fails_and_says_so():
    work_cast.say.enqueue("x")
    Job.objects.update(task="cast.was_removed")
    assert run(take()) == Outcome.FAILED
    assert "cast.was_removed" in Job.objects.get().error


def test_a_worker_that_lost_its_job_meanwhile_says_so_and_changes_nothing(caplog):
    work_cast.say.enqueue("x")
    held = take()
    Job.objects.update(token=99)
    assert run(held) == Outcome.LOST
    assert Job.objects.get().state == "claimed"
    assert "no longer held" in caplog.text


def test_a_job_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE_SECONDS", 0)
    end_for(work_cast.walk, steps=4)
    job = Job.objects.get()
    assert (job.progress_done, job.progress_total, job.progress_message) == (4, 4, "step 4")


def test_a_long_loop_writes_its_progress_seldom(django_assert_max_num_queries):
    work_cast.walk.enqueue(steps=10_000)
    held = take()
    with django_assert_max_num_queries(40):
        run(held)


def test_a_running_job_hears_that_it_should_stop(said):
    work_cast.walk.enqueue(steps=4)
    held = take()
    ask_stop(job=held.job, now=timezone.now())
    assert run(held) == Outcome.DONE
    assert said == ["stopped"]


def test_outside_a_job_progress_and_the_wish_to_stop_do_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        progress.progress(1, 2)
        assert not progress.should_stop()


def test_a_heartbeat_extends_the_lease_and_ends_when_the_job_is_lost():
    work_cast.say.enqueue("x")
    held = take()
    Job.objects.update(lease_until=timezone.now())
    assert heartbeat._beat(held, 20)
    assert Job.objects.get().lease_until > timezone.now() + timedelta(seconds=15)
    Job.objects.update(token=99)
    assert not heartbeat._beat(held, 20)


def test_the_pause_doubles_up_to_an_hour_and_is_spread():
    assert [backoff_seconds(attempt, jitter=0.5) for attempt in (1, 2, 3, 4)] == [5, 10, 20, 40]
    assert backoff_seconds(5000, jitter=1.0) == 5400
    assert backoff_seconds(1, jitter=0) == 2.5
