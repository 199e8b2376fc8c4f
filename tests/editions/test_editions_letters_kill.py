"""A worker is killed while letters go out, again and again: nobody gets one twice, nobody is forgotten."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from mail_sink import mail_sink
from soaking import SOAKING, budget

PROJECT = Path(__file__).resolve().parents[2]
TESTS = PROJECT / "tests"
PATIENCE_SECONDS = 900
READERS = budget(30, whole=10_000)
MOMENTS = budget(0, whole=200)
# Where the first workers die: with the readers half written down, with letters claimed, with one written down as handed
# over and not said, with one said and not written down. In every run it is the last, where most is at stake.
POINTS = ["editions.readers-batch", "editions.claimed", "editions.handed:4", "editions.answered:9"]
SETUP = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
import cast, letters_world
from django.utils import timezone
cast.an_identity(languages=("en",), email="desk@digest.example")
letters_world.readers(int(sys.argv[1]), letters_world.a_letter("en"))
now = timezone.now()
piece = cast.published(cast.an_exclusive(headline="The ferry sails again"), now=now)
from dateline.work.models import Job
Job.objects.all().delete()
letters_world.closed(letters_world.an_edition("en", articles=[piece], now=now, day=now.date()), now=now)
"""
# Workers for the many moments: each a process of its own, forked from one that has read the whole program and touched
# nothing, since reading it takes longer than most of them live.
NURSERY = """
import os, sys, threading
import django
django.setup()
from dateline.work.worker import run_worker
import dateline.editions.actions.sending, dateline.net.mail_line
from dateline.editions.tasks import wake_letters
def wake():  # as the beat does every 15 seconds
    while True:
        wake_letters.func()
        threading.Event().wait(0.2)
print("begun", flush=True)
while name := sys.stdin.readline().strip():
    child = os.fork()
    if not child:
        threading.Thread(target=wake, daemon=True).start()
        run_worker(stop=threading.Event(), name=name, idle_seconds=0.05, lease_seconds=1.0)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
WORK = """
import sys, threading
import django
django.setup()
from dateline.work.worker import run_worker
print("begun", flush=True)
run_worker(stop=threading.Event(), name=sys.argv[1], idle_seconds=0.05, lease_seconds=1.0)
"""
FINISH = """
import json, threading, time
import django
django.setup()
from django.utils import timezone
from dateline.editions.models import Delivery, Issue
from dateline.work.worker import Worker
worker, end = Worker(name="last", lease_seconds=1.0), time.monotonic() + 800
while Issue.objects.get().state != "sent" and time.monotonic() < end:
    worker.work_once() or threading.Event().wait(0.05)
rows = Delivery.objects.values_list("subscription__email", "state")
print(json.dumps({"state": Issue.objects.get().state, "rows": dict(rows)}))
"""

pytestmark = pytest.mark.kill


def started(home, sink, program, *arguments, **more):
    told = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    paths = [str(PROJECT), str(TESTS), str(TESTS / "editions")]
    environment = {
        **told,
        "DATELINE_HOME": str(home),
        "DATELINE_URL": "https://digest.example",
        "DJANGO_SETTINGS_MODULE": "letters_kill_settings",
        "PYTHONPATH": os.pathsep.join(paths),
        "SINK_PORT": str(sink.port),
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def killed_at(home, sink, point, program, *arguments):
    process = started(home, sink, program, *arguments, DATELINE_CRASH_AT=point)
    _out, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == -signal.SIGKILL, errors


def killed_at_moments(home, sink):
    """Kill worker after worker when some more letters have come: at another moment each time."""
    if not MOMENTS:
        return
    nursery = started(home, sink, NURSERY)
    assert nursery.stdout.readline() == "begun\n"
    for number in range(MOMENTS):
        nursery.stdin.write(f"moment-{number}\n")
        nursery.stdin.flush()
        child = int(nursery.stdout.readline())
        chance = random.Random(number)
        sink.wait_for(
            sum(sink.many.values()) + chance.randint(1, READERS // MOMENTS), seconds=PATIENCE_SECONDS
        )
        Event().wait(chance.uniform(0, 0.03))  # between two letters as well as at the end of one
        os.kill(child, signal.SIGKILL)
        assert nursery.stdout.readline() == f"{-signal.SIGKILL}\n"
    _out, errors = nursery.communicate(timeout=60)
    assert nursery.returncode == 0, errors


@pytest.mark.soak
def test_a_worker_killed_again_and_again_while_letters_go_out_sends_none_twice_and_loses_none(tmp_path):
    points = POINTS if SOAKING else POINTS[-1:]
    with mail_sink(keeps=False) as sink:
        killed_at(tmp_path, sink, points[0], SETUP + WORK, str(READERS))
        for point in points[1:]:
            killed_at(tmp_path, sink, point, WORK, point)
        killed_at_moments(tmp_path, sink)
        last = started(tmp_path, sink, FINISH)
        out, errors = last.communicate(timeout=PATIENCE_SECONDS)
    assert last.returncode == 0, errors
    told = json.loads(out.splitlines()[-1])
    rows, arrived = told["rows"], dict(sink.many)
    assert told["state"] == "sent"
    assert len(rows) == READERS
    assert {address: times for address, times in arrived.items() if times > 1} == {}
    assert set(rows.values()) <= {"done", "unknown"}
    assert {address for address, state in rows.items() if state == "done"} <= arrived.keys()
    unknown = {address for address, state in rows.items() if state == "unknown"}
    assert arrived.keys() - {address for address, state in rows.items() if state == "done"} <= unknown
    kills = len(points) + MOMENTS
    # Each kill leaves one at most, and none of those who die before or after a conversation.
    assert len(unknown) <= kills, f"{len(rows)} readers, {kills} kills, {len(unknown)} unknown"
