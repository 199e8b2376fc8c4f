"""How many jobs a second the queue takes in and works off, on a database file of its own.

Run: python benchmarks/work/queue_speed.py [jobs]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
TESTS = PROJECT / "tests" / "work"


def main(jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/queue.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "work_kill_settings"
        os.environ["PYTHONPATH"] = os.pathsep.join([str(PROJECT), str(TESTS)])
        subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], check=True)
        sys.path[:0] = [str(PROJECT), str(TESTS)]
        measure(jobs)


def measure(jobs: int) -> None:
    import django

    django.setup()
    from dateline.work.actions import enqueue_by_name
    from dateline.work.worker import Worker

    worker = Worker(name="bench", chores=False)
    rate("enqueued, each in its own transaction", jobs, lambda: enqueue_by_name("work.prune", key=None))
    rate("run with claim, heartbeat and finish", 1, worker.work_once)
    for number in range(jobs):
        enqueue_by_name("work.prune", key=str(number))
    rate("run with claim, heartbeat and finish", jobs, worker.work_once)
    rate("idle looks", jobs, worker.work_once)


def rate(what: str, times: int, act) -> None:
    began = time.perf_counter()
    for _ in range(times):
        act()
    seconds = time.perf_counter() - began
    print(f"{what}: {times / seconds:.0f}/s ({1000 * seconds / times:.2f} ms each)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
