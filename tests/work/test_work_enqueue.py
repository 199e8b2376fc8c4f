from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import work_cast
from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from dateline.work.actions import enqueue_by_name
from dateline.work.models import Job
from dateline.work.queue import claim
from dateline.work.register import NameTaken, NoSuchTask, named_task, names
from dateline.work.testing import TooManyJobs, run_all_jobs

pytestmark = pytest.mark.django_db


def test_a_task_that_was_enqueued_runs_with_its_arguments_and_leaves_its_result(said):
    result = work_cast.say.enqueue("salam")
    assert result.status == TaskResultStatus.READY
    assert run_all_jobs() == 1
    result.refresh()
    assert said == ["salam"]
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == {"said": "salam"}
    assert result.attempts == 1
    assert work_cast.say.get_result(result.id).id == result.id


def test_a_result_that_nobody_knows_is_not_there():
    for unknown in ("2b9d3a52-0000-4000-8000-000000000000", "not-an-id"):
        with pytest.raises(TaskResultDoesNotExist):
            work_cast.say.get_result(unknown)


def test_a_job_of_a_transaction_that_failed_was_never_enqueued():
    with transaction.atomic():
        enqueue_by_name("cast.say", word="never")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_work_is_handed_on_by_name(said):
    enqueue_by_name("cast.say", word="by name")
    run_all_jobs()
    assert said == ["by name"]
    assert Job.objects.get().task == "cast.say"


def test_a_name_that_no_room_registered_is_refused_when_it_is_enqueued():
    with pytest.raises(NoSuchTask, match=r"cast\.sing"):
        enqueue_by_name("cast.sing")
    assert "cast.say" in names()


def test_two_functions_cannot_share_a_name():
    with pytest.raises(NameTaken, match=r"cast\.say"):
        named_task("cast.say")(test_work_is_handed_on_by_name)


def test_arguments_that_are_not_json_are_refused_when_they_are_enqueued():
    with pytest.raises(TypeError):
        work_cast.say.enqueue(datetime(2026, 3, 1, tzinfo=UTC))


def test_the_higher_priority_goes_first_then_who_waited_longest(said):
    for word in ("one", "two"):
        work_cast.say.enqueue(word)
    work_cast.shout.enqueue("fire")
    run_all_jobs()
    assert said == ["fire", "one", "two"]


def test_a_job_for_later_waits_for_its_time(said):
    tomorrow = timezone.now() + timedelta(days=1)
    work_cast.say.using(run_after=tomorrow).enqueue("tomorrow")
    assert run_all_jobs() == 0
    assert claim(worker="Vera", now=tomorrow, lease_seconds=20) is not None


def test_an_asynchronous_task_runs_too(said):
    work_cast.say_slowly.enqueue("slowly")
    run_all_jobs()
    assert said == ["slowly"]


def test_a_task_that_takes_its_context_knows_its_attempt(said):
    work_cast.count_attempts.enqueue("attempt")
    run_all_jobs()
    assert said == ["attempt 1"]


def test_the_same_wish_twice_is_one_job_while_it_waits(said):
    first = work_cast.bake.enqueue(page=7)
    again = work_cast.bake.enqueue(7, reason="changed")
    other = work_cast.bake.enqueue(page=8)
    assert first.id == again.id != other.id
    run_all_jobs()
    assert said == ["7 asked", "8 asked"]


def test_a_wish_for_what_is_being_done_is_queued_and_waits_for_it():
    first = enqueue_by_name("cast.bake", key="front", page=1)
    held = claim(worker="Vera", now=timezone.now(), lease_seconds=20)
    again = enqueue_by_name("cast.bake", key="front", page=1)
    assert again.id != first.id
    assert held is not None
    assert claim(worker="Tomas", now=timezone.now(), lease_seconds=20) is None


def test_one_key_under_two_names_is_two_jobs():
    assert (
        enqueue_by_name("cast.say", key="x", word="a").id != enqueue_by_name("cast.bake", key="x", page=1).id
    )


def test_the_earlier_of_two_equal_wishes_sets_the_time():
    now = timezone.now()
    enqueue_by_name("cast.bake", page=1, run_after=now + timedelta(hours=1))
    enqueue_by_name("cast.bake", page=1)
    enqueue_by_name("cast.bake", page=1, run_after=now + timedelta(hours=2))
    assert Job.objects.get().run_after < now + timedelta(minutes=1)


def test_a_key_that_is_too_long_is_shortened_without_being_mistaken_for_another():
    long = "x" * 400
    ids = {enqueue_by_name("cast.bake", key=long + end, page=1).id for end in ("a", "b", "a")}
    assert len(ids) == 2


def test_jobs_that_enqueue_each_other_run_in_one_go_up_to_the_limit(said):
    work_cast.chain.enqueue(left=3)
    assert run_all_jobs() == 4
    work_cast.chain.enqueue(left=50)
    with pytest.raises(TooManyJobs):
        run_all_jobs(limit=10)


def test_a_job_that_fails_fails_the_test_that_runs_it():
    work_cast.stumble.enqueue()
    with pytest.raises(ValueError, match="the ladder broke"):
        run_all_jobs()
    assert Job.objects.get().state == Job.State.DEAD


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_a_waiting_job_before_the_rows_of_a_second_wish_for_it_are_there():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such moment")
    enqueue_by_name("cast.bake", page=1)
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            enqueue_by_name("cast.bake", page=1)
            assert elsewhere.submit(claim_elsewhere).result() is None
        assert elsewhere.submit(claim_elsewhere).result() is not None


def claim_elsewhere():
    try:
        return claim(worker="Tomas", now=timezone.now(), lease_seconds=20)
    finally:
        connection.close()
