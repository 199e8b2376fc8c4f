"""Real worker processes, killed as a power cut would: nothing is lost, nothing ends twice."""

import itertools
import os
import re
import select
import signal
import sqlite3
import subprocess
import time
from collections import defaultdict
from pathlib import Path

import pytest
from nursery import nursery
from soaking import budget

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
JOBS = budget(60, whole=600)
KILLS = budget(8, whole=100)
PATIENCE_SECONDS = 60
CRASH_POINTS = ["work.claimed", "work.ran", "work.before_finish"]

pytestmark = pytest.mark.kill


class SqliteDatabase:
    """A database file of its own for each test."""

    def __init__(self, folder):
        self.path = folder / "queue.sqlite3"
        self.url = f"sqlite:///{self.path}"

    def read(self, sql):
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def count_endings(self):
        """Let the database itself write down every change to done, whoever makes it."""
        connection = sqlite3.connect(self.path, timeout=20)
        connection.executescript("""
            CREATE TABLE ended (id text);
            CREATE TRIGGER note_end AFTER UPDATE OF state ON work_job WHEN NEW.state = 'done'
            BEGIN INSERT INTO ended VALUES (NEW.id); END;
        """)
        connection.close()

    def drop(self):
        """Leave the file to the test's folder."""


class PostgresDatabase:
    """A database of its own for each test, on the server that DATABASE_URL names."""

    def __init__(self, server_url):
        self.server_url = server_url
        self.name = f"dateline_kill_{os.getpid()}"
        self.url = re.sub(r"/[^/?]*(\?|$)", rf"/{self.name}\1", server_url, count=0)
        self._run(server_url, f"DROP DATABASE IF EXISTS {self.name}")
        self._run(server_url, f"CREATE DATABASE {self.name}")

    def read(self, sql):
        return self._run(self.url, sql)

    def count_endings(self):
        self._run(
            self.url,
            """
            CREATE TABLE ended (id text);
            CREATE FUNCTION note_end() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO ended VALUES (NEW.id); RETURN NEW; END';
            CREATE TRIGGER note_end AFTER UPDATE OF state ON work_job
                FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION note_end();
            """,
        )

    def drop(self):
        self._run(self.server_url, f"DROP DATABASE {self.name} WITH (FORCE)")

    @staticmethod
    def _run(url, sql):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []


class Newsroom:
    """A queue on disk, and the processes that work on it."""

    def __init__(self, folder, database):
        self.folder = folder
        self.database = database
        self.processes = []
        self.nursery = nursery("work_kill_settings")
        self.django("migrate", "--verbosity", "0")
        database.count_endings()

    def environment(self, **more):
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("DATELINE_", "DJANGO_"))
        }
        return {
            **kept,
            "DATABASE_URL": self.database.url,
            "DATELINE_HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "work_kill_settings",
            "KILL_DIR": str(self.folder),
            "PYTHONPATH": f"{PROJECT}{os.pathsep}{HERE}",
            **more,
        }

    def django(self, *arguments):
        ended = self.nursery.run(["-m", "django", *arguments], env=self.environment())
        assert ended.returncode == 0, ended.stderr

    def enqueue(self, statement):
        self.django("shell", "--verbosity", "0", "-c", f"from work_kill_app.tasks import *; {statement}")

    def worker(self, *arguments, crash_at="", lease=0.6):
        words = ["run_worker", "--idle-seconds", "0.05", "--lease-seconds", str(lease), *arguments]
        process = self.nursery.start(
            ["-m", "django", *words], env=self.environment(DATELINE_CRASH_AT=crash_at), stdout=subprocess.PIPE
        )
        self.processes.append(process)
        return process

    def ended(self):
        return [row[0] for row in self.database.read("SELECT id FROM ended")]

    def states(self):
        return dict(
            self.database.read("SELECT state, count(*) FROM work_job WHERE task LIKE 'kill.%' GROUP BY state")
        )

    def log(self):
        return (self.folder / "log").read_text().splitlines()

    def work_off(self, *processes):
        """Follow what the workers say until all jobs are done."""
        pipes = {process.stdout.fileno(): process for process in processes}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.states() != {"done": JOBS}:
            assert time.monotonic() < deadline, self.states()
            for pipe in select.select(pipes, [], [], 0.2)[0]:
                assert os.read(pipe, 65536), f"a worker ended with {pipes[pipe].wait()}"

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()
        self.database.drop()


@pytest.fixture
def newsroom(tmp_path):
    url = os.environ.get("DATABASE_URL", "")
    database = PostgresDatabase(url) if url.startswith("postgres") else SqliteDatabase(tmp_path)
    room = Newsroom(tmp_path, database)
    yield room
    room.close()


def lines(process):
    """Yield what the worker says, line by line; a worker that says nothing for long fails the test."""
    pipe, rest = process.stdout.fileno(), b""
    while select.select([pipe], [], [], PATIENCE_SECONDS)[0] and (read := os.read(pipe, 65536)):
        *whole, rest = (rest + read).split(b"\n")
        yield from (line.decode() for line in whole)
    pytest.fail("the worker fell silent")


def die_in_the_middle(process, *, of):
    """Kill the worker while it does its job number `of`."""
    begun = (line for line in lines(process) if line.startswith("begin"))
    next(itertools.islice(begun, of - 1, None))
    process.kill()
    assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL


def test_no_job_is_lost_under_kills_at_any_moment_and_at_every_crash_point(newsroom):
    newsroom.enqueue(f"[print_page.enqueue(number) for number in range({JOBS})]")
    for _ in range(KILLS):
        die_in_the_middle(newsroom.worker(), of=3)
    for point in CRASH_POINTS:
        assert newsroom.worker(crash_at=f"{point}:2").wait(PATIENCE_SECONDS) == -signal.SIGKILL
    newsroom.work_off(newsroom.worker())

    assert newsroom.states() == {"done": JOBS}
    assert {path.name for path in newsroom.folder.glob("page-*")} == {
        f"page-{number}" for number in range(JOBS)
    }
    ended = newsroom.ended()
    assert len(set(ended)) == len(ended) >= JOBS
    begun = sum(line.startswith("begin") for line in newsroom.log())
    assert JOBS < begun <= JOBS + KILLS + len(CRASH_POINTS)


def test_two_workers_of_two_threads_never_run_one_job_at_the_same_time(newsroom):
    newsroom.enqueue(f"[print_page.enqueue(number) for number in range({JOBS - 1})]")
    # Longer than its lease: only the heartbeat keeps it from the others.
    newsroom.enqueue(f"print_page.using(priority=5).enqueue({JOBS - 1}, seconds=3)")
    first, second = (newsroom.worker("--threads", "2", lease=1.5) for _ in range(2))
    newsroom.work_off(first, second)

    running = defaultdict(int)
    for line in newsroom.log():
        what, number = line.split()
        running[number] += 1 if what == "begin" else -1
        assert running[number] in {0, 1}
    assert sum(line.startswith("begin") for line in newsroom.log()) == JOBS
    workers = newsroom.database.read(
        "SELECT DISTINCT claimed_by FROM work_job WHERE task = 'kill.print_page'"
    )
    assert len(workers) > 1
    for process in (first, second):
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == 0


def test_a_worker_that_is_told_to_end_finishes_the_job_in_hand(newsroom):
    newsroom.enqueue("[print_page.enqueue(number, seconds=0.6) for number in range(3)]")
    worker = newsroom.worker()
    assert next(lines(worker)) == "begin 0"
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    assert newsroom.states() == {"done": 1, "ready": 2}


def test_a_worker_that_is_told_to_end_hands_back_what_would_take_too_long(newsroom):
    newsroom.enqueue("wait_long.enqueue()")
    worker = newsroom.worker("--grace-seconds", "0.1", lease=20)
    assert next(lines(worker)) == "begin long"
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    assert newsroom.database.read("SELECT state, attempt FROM work_job WHERE task = 'kill.wait_long'") == [
        ("ready", 0)
    ]
