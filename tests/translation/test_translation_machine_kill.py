"""Real workers are killed at each step of a machine's job: no sentence is lost, and none is paid for twice."""

import json
import os
import signal
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from machine_servers import KEY, serving
from nursery import nursery
from soaking import budget

PROJECT = Path(__file__).resolve().parent.parent.parent
TESTS = PROJECT / "tests"
PATIENCE_SECONDS = 180
SENTENCES = budget(90, whole=360)
# Where they die, one worker after the other: before the paid machine is asked; with its answer in hand; with the
# answer kept and not yet used. Where the first was lost, the second machine passes the same points.
POINTS = ["translation.machine-asked", "translation.machine-answered:2", "translation.machine-stored:2"]
PROGRAM = """
import json, os, sys, threading, time
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django.db.models import Sum
call_command("migrate", run_syncdb=True, verbosity=0)
import cast
from dateline.lib import crash
from dateline.translation.actions import start_job
from dateline.translation.models import Job, MachineCall
from dateline.work.actions import bring_forward
from dateline.work.models import Job as Queued
from dateline.work.worker import Worker
cast.an_identity(languages=("en", "fr"))
body = "".join(f"<p>Le bac numéro {number} part lundi.</p>" for number in range(int(sys.argv[1])))
article = cast.a_translation(cast.an_original(headline="Le bac", body_html=body), language="en")
start_job(article=article, snapshot=None, by=cast.tomas(), now=cast.NOW)
connections.close_all()

def work(name):
    worker, end = Worker(name=name, lease_seconds=1.0), time.monotonic() + 90
    while Queued.objects.filter(task="translation.draft", state__in=["ready", "claimed"]).exists():
        assert time.monotonic() < end
        if not worker.work_once():
            bring_forward("translation.draft", now=timezone.now())  # what pauses after a death goes on at once
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
job = Job.objects.get()
print(json.dumps({
    "killed": killed,
    "trouble": job.trouble,
    "empty": job.segments.filter(text="").count(),
    "machines": sorted(job.segments.values_list("machine", flat=True)),
    "paid": MachineCall.objects.filter(machine="openai").aggregate(sum=Sum("characters"))["sum"],
    "words": sum(len(text) for text in job.segments.values_list("source", flat=True)),
    "open": MachineCall.objects.filter(state="asked").count(),
}))
"""

pytestmark = pytest.mark.kill


def run_python(home, program, *arguments, **more):
    told = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATELINE_SOAK", "DATELINE_CRASH_AT"}
    }
    paths = [str(PROJECT), str(TESTS), str(TESTS / "rights")]
    return nursery().run(
        ["-c", program, *arguments],
        env={
            **told,
            "DATELINE_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "rights_kill_settings",
            "PYTHONPATH": os.pathsep.join(paths),
            **more,
        },
        timeout=PATIENCE_SECONDS,
    )


def test_a_job_that_is_killed_at_each_step_ends_whole_and_pays_for_each_sentence_once(tmp_path):
    with ExitStack() as stack:
        paid, spare = stack.enter_context(serving()), stack.enter_context(serving())
        machines = {
            "DATELINE_MACHINES": "openai,libretranslate",
            "DATELINE_OPENAI_URL": f"{paid.address}/v1",
            "DATELINE_OPENAI_MODEL": "small-model",
            "DATELINE_OPENAI_KEY": KEY,
            "DATELINE_LIBRETRANSLATE_URL": spare.address,
            "DATELINE_LIBRETRANSLATE_KEY": KEY,
        }
        ended = run_python(tmp_path, PROGRAM, str(SENTENCES), *POINTS, **machines)
        assert ended.returncode == 0, ended.stderr
        told = json.loads(ended.stdout.splitlines()[-1])
        assert told["killed"] == [-signal.SIGKILL] * len(POINTS)
        assert (told["empty"], told["trouble"]) == (0, "")
        assert len(told["machines"]) > SENTENCES
        assert set(paid.texts.values()) == {1}
        assert set(spare.texts.values()) == {1}
        # Asked and never sent, answered and never kept: the second machine made these; both count as paid.
        lost = Counter(told["machines"])["libretranslate"]
        assert lost == len(spare.texts) == 50
        assert len(paid.texts) == len(told["machines"]) - 25
        assert told["open"] == 2
        assert told["paid"] == told["words"]
    database = next((tmp_path / "db").glob("*.sqlite3")).read_bytes()
    assert KEY.encode() not in database
    assert not any(KEY in log.read_text() for log in (tmp_path / "log").glob("*"))
