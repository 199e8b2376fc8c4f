"""Three pieces go at one minute, and the worker that takes them down is killed within: the next one makes it good."""

import json
import os
import signal
from pathlib import Path

import pytest
from nursery import nursery
from soaking import SOAKING

PROJECT = Path(__file__).resolve().parent.parent.parent
TESTS = PROJECT / "tests"
PATIENCE_SECONDS = 180
# Where the worker dies: ready and not struck, before and within the stroke, before and between the rows that follow,
# between two surfaces, and with all done but its job's end.
POINTS = [
    "articles.struck",
    "publishing.set-half",
    "publishing.made-ready",
    "publishing.set-staged",
    "publishing.file-written:7",
    "publishing.file-removed",
    "articles.one-ended",
    "articles.one-ended:2",
    "rights.surface-answered",
    "rights.surface-answered:3",
]
SETUP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
import cast
cast.an_identity(languages=("en", "fr"))
"""
PUBLISH = """
import itertools, os, sys, uuid
from datetime import timedelta
import django
django.setup()
import cast
cast._number = itertools.count(os.getpid() * 1000)  # each process of the tests numbers its own
from django.utils import timezone
from dateline.articles.actions import withdraw_at
from dateline.articles.models import Section
from dateline.publishing.actions import bake_everything
from dateline.work.models import Job
section = cast.a_section()
for number in range(3):
    cast.published(cast.an_exclusive(headline=f"Stays {number} {sys.argv[1]}", section=section))
pieces = [
    cast.published(cast.a_translation(headline=f"{sys.argv[1]}{number}", section=section)) for number in range(3)
]
bake_everything(now=timezone.now())
Job.objects.all().delete()
now = timezone.now()
for piece in pieces:
    withdraw_at(article=piece, at=now + timedelta(seconds=8), reason="Order 7", by=None, now=now, ground="legal")
"""
WORK = """
import sys, threading
import django
django.setup()
from dateline.work.worker import run_worker
run_worker(stop=threading.Event(), name=sys.argv[1], idle_seconds=0.1, lease_seconds=2.0)
"""
FINISH = """
import json, sys, threading, time
import django
django.setup()
from django.conf import settings
from django.utils import timezone
from dateline.publishing.actions import bake_everything, store
from dateline.rights.models import Withdrawal
from dateline.work.models import Job
from dateline.work.worker import Worker
worker, end = Worker(name="second", lease_seconds=2.0), time.monotonic() + 150
def is_open():
    due = Job.objects.filter(state__in=["ready", "claimed"], run_after__lte=timezone.now())
    return due.exists() or Withdrawal.objects.filter(title__startswith=sys.argv[1], done_at__isnull=False).count() < 3
while is_open() and time.monotonic() < end:
    worker.work_once() or threading.Event().wait(0.1)
def tree():
    site = store()
    return {
        name: (site.status_of(name), site.digest(name))
        for name in site.names(before=2**40)
        if "dateline-head" not in name
    }
stands, site = tree(), store()
leaks = [
    name
    for name, (status, _digest) in stands.items()
    if status == 200 and any(f"{sys.argv[1]}{number}".encode() in (site.root / name).read_bytes() for number in range(3))
]
bake_everything(now=timezone.now())
print(json.dumps({
    "leaks": leaks,
    "said": sorted(status for status, _digest in stands.values() if status == 451),
    "done": Withdrawal.objects.filter(title__startswith=sys.argv[1], done_at__isnull=False).count(),
    "stays": sum(f"Stays 0 {sys.argv[1]}".encode() in (site.root / name).read_bytes() for name in stands),
    "other from nothing": sorted(set(stands.items()) ^ set(tree().items())),
    "left aside": [str(one) for folder in ("strokes", "ahead") for one in (site.root / "_" / folder).glob("*")],
}))
"""

pytestmark = pytest.mark.kill


def environment(home, **more):
    told = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATELINE_SOAK", "DATELINE_CRASH_AT"}
    }
    paths = [str(PROJECT), str(TESTS), str(TESTS / "rights")]
    return {
        **told,
        "DATELINE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "rights_kill_settings",
        "PYTHONPATH": os.pathsep.join(paths),
        **more,
    }


def run_python(home, program, *arguments, **more):
    return nursery().run(["-c", program, *arguments], env=environment(home, **more), timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rights-kill")
    laid = run_python(folder, SETUP)
    assert laid.returncode == 0, laid.stderr
    return folder


@pytest.mark.soak
@pytest.mark.parametrize("point", POINTS if SOAKING else POINTS[:1])
def test_a_worker_killed_while_pieces_go_leaves_nothing_of_them(home, point):
    word = f"Kill{POINTS.index(point)}x"
    laid = run_python(home, PUBLISH, word)
    assert laid.returncode == 0, laid.stderr
    killed = run_python(home, WORK, "first", DATELINE_CRASH_AT=point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    made_good = run_python(home, FINISH, word)
    assert made_good.returncode == 0, made_good.stderr
    told = json.loads(made_good.stdout.splitlines()[-1])
    assert told["leaks"] == []
    assert told["done"] == 3
    assert len(told["said"]) % 3 == 0
    assert len(told["said"]) >= 3
    assert told["stays"] > 1
    assert told["other from nothing"] == []
    assert told["left aside"] == []
