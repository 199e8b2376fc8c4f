"""The press under the axe: killed at each of its crash points, it makes everything good afterwards."""

import json
import os
import signal

import pytest
from newcomer import PROJECT, environment
from nursery import PATIENCE_SECONDS, nursery
from press_tree import tree
from soaking import SOAKING, budget

pytestmark = [pytest.mark.kill, pytest.mark.soak]

# Each point once in every run; the others are where a piece stands first and last in its set.
POINTS = ["publishing.file-written:4", "publishing.before-row:3", "publishing.set-staged"]
WAYS_OUT = ["publishing.file-removed", "publishing.set-half"]
if SOAKING:
    POINTS += ["publishing.file-written", "publishing.before-row", "publishing.set-half"]
    WAYS_OUT += ["publishing.file-written", "publishing.set-staged"]
# The longest that acting, dying and being made good may take, with each comparison's share.
SECONDS_A_MOMENT = 20
# All pieces of this file, written in one process: starting one costs more than the rest of its work.
DRAFTS = """
import django, sys
django.setup()
from cast import an_exclusive, an_identity
an_identity(languages=("en", "fr"))
for headline in sys.argv[1:]:
    print(an_exclusive(headline=headline).pk)
"""
# What a restart does: mend, and the work that waits. Then everything is baked anew, and compared.
MAKE_GOOD = """
import django, json, sys
django.setup()
from django.conf import settings
from django.utils import timezone
from dateline.publishing.actions import bake_everything, mend
from dateline.work.testing import run_all_jobs
from press_tree import tree
from soaking import SOAKING, budget
mend(now=timezone.now())
run_all_jobs()
stands = tree(settings.HOME.site)
bake_everything(now=timezone.now())
whole = tree(settings.HOME.site)
print(json.dumps(sorted(name for name in {*stands, *whole} if stands.get(name) != whole.get(name))))
"""


def dateline(home, *arguments, **more):
    """Run one command in a process of its own."""
    return nursery().run(["-m", "dateline", *arguments], env=environment(home, **more))


def run_python(home, program, *arguments, timeout=PATIENCE_SECONDS):
    paths = os.pathsep.join([str(PROJECT / "tests"), str(PROJECT / "tests" / "journeys")])
    told = environment(home, DJANGO_SETTINGS_MODULE="dateline.config.settings", PYTHONPATH=paths)
    answer = nursery().run(["-c", program, *arguments], env=told, timeout=timeout)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip().splitlines()


@pytest.fixture(scope="module")
def home(copy_laid, tmp_path_factory):
    """Return a laid installation without the sample."""
    return copy_laid(tmp_path_factory.mktemp("press") / "home")


@pytest.fixture(scope="module")
def drafts(home):
    """Return the numbers of the pieces that these tests publish, by their headlines."""
    headlines = [f"Killed at {point}" for point in POINTS] + [f"Stopped at {point}" for point in WAYS_OUT]
    return dict(zip(headlines, run_python(home, DRAFTS, *headlines), strict=True))


def assert_good_as_from_nothing(home):
    """Let a restart make it good; what stands then is what baking everything from nothing would give."""
    [differing] = run_python(home, MAKE_GOOD)
    assert json.loads(differing) == []
    assert not [name for name in tree(home / "site") if ".new" in name or name.endswith(".tmp")]


@pytest.mark.parametrize("point", POINTS)
def test_a_press_killed_while_it_publishes_is_made_good(home, drafts, point):
    killed = dateline(home, "publish", drafts[f"Killed at {point}"], DATELINE_CRASH_AT=point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert_good_as_from_nothing(home)
    assert any(f"Killed at {point}<".encode() in content for content in tree(home / "site").values())


@pytest.mark.parametrize("point", WAYS_OUT)
def test_a_press_killed_while_it_withdraws_leaves_nothing_of_the_piece(home, drafts, point):
    article, headline = drafts[f"Stopped at {point}"], f"Stopped at {point}"
    assert dateline(home, "publish", article).returncode == 0
    killed = dateline(home, "withdraw", article, "--reason", "It was wrong", DATELINE_CRASH_AT=point)
    assert killed.returncode in (-signal.SIGKILL, 0)
    assert_good_as_from_nothing(home)
    shown = [name for name, content in tree(home / "site").items() if headline.encode() in content]
    pages = {name.removeprefix("lite/") for name in shown}
    assert len(pages) <= 1, "only the page that says it was withdrawn may name it, in full and as text alone"
    assert all((home / "site" / f"{name}.status").read_text() == "410" for name in shown)


def test_a_press_killed_at_any_moment_is_made_good(copy_laid, tmp_path):
    moments = budget(2, whole=500)
    home = copy_laid(tmp_path / "home")
    program = (PROJECT / "tests" / "journeys" / "press_moments.py").read_text()
    seed, patience = os.environ.get("DATELINE_SEED", "1"), PATIENCE_SECONDS + SECONDS_A_MOMENT * moments
    told = json.loads(run_python(home, program, seed, str(moments), timeout=patience)[-1])
    assert told["wrong"] == []
    assert sum(told["died"].values()) == moments
