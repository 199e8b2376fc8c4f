"""A worker that brings a memory is killed at each step, and another goes on: no sentence lost, none brought twice."""

import json
import os
import signal
from pathlib import Path

import pytest
from nursery import nursery
from soaking import budget

PROJECT = Path(__file__).resolve().parent.parent.parent
TESTS = PROJECT / "tests"
PATIENCE_SECONDS = 180
ENTRIES = budget(240, whole=6_000)
# Where they die: after a step of reading, twice; with lists written; before what is new has moved into the lists.
POINTS = budget(
    ["translation.memory-step:2", "translation.lists-written"],
    whole=[
        "translation.memory-step",
        "translation.memory-step:3",
        "translation.lists-written",
        "translation.lists-written:2",
        "translation.lists-joined",
    ],
)
PROGRAM = """
import io, json, os, sys, threading, time
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
call_command("migrate", run_syncdb=True, verbosity=0)
import cast
from dateline.lib import crash
from dateline.translation.actions import memory_files
from dateline.translation.memory.adapting import Pair
from dateline.translation.models import MemoryImport, MemoryUnit
from dateline.translation.queries.memory import recall
from dateline.translation.memory.matching import Asked
from dateline.work.actions import bring_forward
from dateline.work.models import Job as Queued
from dateline.work.worker import Worker
memory_files.ENTRIES_A_STEP = int(sys.argv[1]) // 5
cast.an_identity(languages=("en", "fr"))
def unit(number):
    words = f"Le bac {number} de Port-{number} repart avec {number * 7} marins."
    said = f"Ferry {number} of Port-{number} sails with {number * 7} hands."
    return f'<tu><tuv xml:lang="fr"><seg>{words}</seg></tuv><tuv xml:lang="en"><seg>{said}</seg></tuv></tu>'
body = "".join(unit(number) for number in range(int(sys.argv[1])))
tmx = f'<tmx version="1.4"><header srclang="fr" segtype="sentence"/><body>{body}</body></tmx>'
file = io.BytesIO(tmx.encode())
memory_files.bring_memory(file=file, name="old.tmx", terms=memory_files.Terms(), by=None, now=cast.NOW)
connections.close_all()

def work(name):
    worker, end = Worker(name=name, lease_seconds=1.0), time.monotonic() + 90
    tasks = ["translation.bring_memory", "translation.tend_memory"]
    while Queued.objects.filter(task__in=tasks, state__in=["ready", "claimed"]).exists():
        assert time.monotonic() < end
        if not worker.work_once():
            for task in tasks:
                bring_forward(task, now=timezone.now())  # what pauses after a death goes on at once
            threading.Event().wait(0.05)

killed = []
for point in sys.argv[2:]:
    child = os.fork()
    if not child:
        crash._WISH, _, crash._COUNT = point.partition(":")
        work(point)
        os._exit(0)
    killed.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
work("last")
brought = MemoryImport.objects.get()
pair = Pair("fr", "en")
asked = [Asked(source="Le bac 3 de Port-3 repart avec vingt marins.", pair=pair)]
print(json.dumps({
    "killed": killed,
    "state": brought.state,
    "told": [brought.done, brought.added],
    "units": MemoryUnit.objects.count(),
    "sources": MemoryUnit.objects.values("source").distinct().count(),
    "found": [match.unit.source for match in recall(asked)[0][:1]],
}))
"""

pytestmark = pytest.mark.kill


def test_a_memory_whose_worker_is_killed_at_each_step_comes_in_whole_and_once(tmp_path):
    told = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATELINE_SOAK", "DATELINE_CRASH_AT"}
    }
    paths = [str(PROJECT), str(TESTS), str(TESTS / "rights")]
    ended = nursery().run(
        ["-c", PROGRAM, str(ENTRIES), *POINTS],
        env={
            **told,
            "DATELINE_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "rights_kill_settings",
            "PYTHONPATH": os.pathsep.join(paths),
        },
        timeout=PATIENCE_SECONDS,
    )
    assert ended.returncode == 0, ended.stderr
    came = json.loads(ended.stdout.splitlines()[-1])
    assert came["killed"] == [-signal.SIGKILL] * len(POINTS)
    assert (came["state"], came["told"]) == ("ready", [ENTRIES, ENTRIES])
    assert came["units"] == came["sources"] == ENTRIES
    assert len(came["found"]) == 1
