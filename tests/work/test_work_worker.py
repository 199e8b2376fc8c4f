"""The worker's loop in this process, and the tasks of the packages that we stand on."""

import os
import threading

import pytest
import work_cast
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Locale, Page
from wagtail.tasks import update_reference_index_task

from dateline.work import bell
from dateline.work import worker as worker_module
from dateline.work.actions import gather_statistics
from dateline.work.models import Beat, Job
from dateline.work.worker import Worker, run_worker

pytestmark = pytest.mark.django_db(transaction=True)


class StopWhenIdle(threading.Event):
    """Ends a worker the first time that it has nothing to do."""

    def wait(self, timeout=None):
        self.set()
        return super().wait(timeout)


def test_a_worker_runs_what_is_due_fires_the_beats_and_ends_when_told(said):
    work_cast.say.enqueue("salam")
    stop = StopWhenIdle()
    run_worker(stop=stop, name="Vera")
    assert said == ["salam"]
    assert Beat.objects.filter(name="work.prune").exists()
    assert Job.objects.get(task="work.prune").state == "done"


def test_a_worker_that_was_told_to_end_takes_no_further_job():
    work_cast.say.enqueue("salam")
    stop = threading.Event()
    stop.set()
    worker = Worker(name="Vera")
    assert not worker.work_once(stop=stop)
    assert Job.objects.get(task="cast.say").state == "ready"


def test_a_worker_for_what_is_urgent_takes_nothing_else(said):
    work_cast.say.enqueue("later")
    work_cast.say.using(priority=worker_module.URGENT).enqueue("at the minute")
    worker = Worker(name="Vera/urgent", chores=False, at_least=worker_module.URGENT)
    assert worker.work_once()
    assert not worker.work_once()
    assert said == ["at the minute"]


def test_a_job_that_outlives_its_worker_is_handed_back_and_its_late_end_is_refused(monkeypatch):
    work_cast.say.enqueue("salam")
    worker = Worker(name="Vera", chores=False)
    outcomes = []

    def interrupted(held):
        worker.hand_back()
        outcomes.append(original(held))

    original = worker_module.run
    monkeypatch.setattr(worker_module, "run", interrupted)
    worker.work_once()
    job = Job.objects.get()
    assert (job.state, job.attempt) == ("ready", 0)
    assert [outcome.value for outcome in outcomes] == ["lost"]
    worker.hand_back()
    assert Job.objects.get().attempt == 0


def test_a_queue_that_cannot_be_reached_is_logged_once_and_asked_again(monkeypatch, caplog, said):
    work_cast.say.enqueue("salam")
    original = worker_module.claim
    answers = [OperationalError("disk full"), OperationalError("disk full"), None]

    def claim_after_trouble(**kwargs):
        trouble = answers.pop(0) if answers else None
        if trouble:
            raise trouble
        return original(**kwargs)

    monkeypatch.setattr(worker_module, "claim", claim_after_trouble)
    waits = []

    class Patient(StopWhenIdle):
        def wait(self, timeout=None):
            waits.append(timeout)
            return super().wait(timeout) if said else False

    run_worker(stop=Patient(), name="Vera", idle_seconds=0.5)
    assert said == ["salam"]
    assert waits == [5.0, 5.0, 0.5]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "Worker Vera cannot take work from the queue, and tries again."
    ]


def test_an_idle_worker_costs_one_reading_query(django_assert_num_queries):
    worker = Worker(name="Vera", chores=False)
    queries = 1 if connection.vendor == "sqlite" else 2
    with django_assert_num_queries(queries):
        worker.work_once()


@pytest.fixture
def page():
    locale, _ = Locale.objects.get_or_create(language_code="en")
    page = Page.objects.first() or Page.add_root(title="Root", slug="root", locale=locale)
    Job.objects.all().delete()
    return page


@pytest.mark.parametrize("task", [update_reference_index_task, insert_or_update_object_task])
def test_the_tasks_of_wagtail_and_modelsearch_run_on_the_queue(page, task):
    task.enqueue("wagtailcore", "page", page.pk)
    job = Job.objects.get()
    assert job.task == task.module_path
    Worker(name="Vera", chores=False).work_once()
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


@pytest.mark.parametrize("task", [update_reference_index_task, insert_or_update_object_task])
def test_a_page_that_is_saved_often_is_indexed_once(page, task):
    for _ in range(3):
        task.enqueue("wagtailcore", "page", page.pk)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("task", [update_reference_index_task, insert_or_update_object_task])
def test_what_was_deleted_before_wagtails_task_came_to_it_is_no_failure(page, task):
    task.enqueue("wagtailcore", "page", page.pk + 1000)
    Worker(name="Vera", chores=False).work_once()
    assert Job.objects.get().state == "done"


def test_whoever_commits_a_job_rings_and_what_a_killed_process_left_is_cleared_away(settings, tmp_path):
    settings.WORK_BELLS = tmp_path / "bells"
    with bell.hung_up() as heard:
        with transaction.atomic():
            work_cast.say.enqueue("salam")
            assert heard.rings() == 0, "nobody looks before it can be seen"
        heard.wait(since=0, seconds=20)
        assert heard.rings() > 0
        dead = settings.WORK_BELLS / f"1{bell.SUFFIX}"
        os.mkfifo(dead)
        bell.ring_all()
        assert not dead.exists()
    assert list(settings.WORK_BELLS.iterdir()) == []


def test_an_idle_worker_is_woken_by_the_bell(settings, tmp_path):
    settings.WORK_BELLS = tmp_path / "bells"
    stop = threading.Event()

    def end():
        stop.set()
        bell.ring_all()

    with bell.hung_up() as heard:
        threading.Timer(0.1, end).start()
        Worker(name="Vera", chores=False, bell=heard).run_until(stop, idle_seconds=3600)
    assert heard.rings() > 0


def test_the_database_is_told_how_its_tables_have_grown():
    is_embedded = connection.vendor == "sqlite"
    Job.objects.create(task="cast.say", enqueued_at=timezone.now(), run_after=timezone.now())
    assert gather_statistics() is is_embedded
    if is_embedded:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'work_job'")
            assert cursor.fetchone()[0] > 0
            cursor.execute("DROP TABLE sqlite_stat1")
