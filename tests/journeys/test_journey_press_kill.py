"""The press under the axe: killed at each of its crash points, it makes everything good afterwards."""

import signal
import subprocess
import sys

import pytest
from newcomer import PROJECT, dateline, environment

pytestmark = pytest.mark.kill

POINTS = [
    "publishing.file-written",
    "publishing.file-written:4",
    "publishing.before-row",
    "publishing.before-row:3",
    "publishing.set-staged",
    "publishing.set-half",
]
DRAFT = """
import django, itertools, os
django.setup()
import cast
from cast import an_exclusive, an_identity
cast._number = itertools.count(os.getpid() * 1000)  # each process of the tests numbers its own
an_identity(languages=("en", "fr"))
print(an_exclusive(headline="The press is killed").pk)
"""


def run_python(home, program):
    told = environment(
        home, DJANGO_SETTINGS_MODULE="dateline.config.settings", PYTHONPATH=str(PROJECT / "tests")
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, env=told, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return a laid installation without the sample."""
    folder = tmp_path_factory.mktemp("press") / "home"
    laid = dateline(folder, "setup", "--empty")
    assert laid.returncode == 0, laid.stderr
    return folder


# Signed anew with its time at each whole bake.
HEAD = "dateline-head.json"


def tree(home):
    """Return what readers can get: every file below the site but the static ones and the dated head of the chain."""
    site = home / "site"
    return {
        str(file.relative_to(site)): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and "static" not in file.parts and not file.name.startswith(HEAD)
    }


def make_good(home):
    """Do what a restart does: mend, and the work that waits."""
    assert dateline(home, "bake", "--mend").returncode == 0
    run_python(
        home,
        "import django\ndjango.setup()\nfrom dateline.work.testing import run_all_jobs\nprint(run_all_jobs())",
    )


def assert_as_from_nothing(home):
    stands = tree(home)
    assert not [name for name in stands if ".new" in name or name.endswith(".tmp")]
    whole = dateline(home, "bake", "--all")
    assert whole.returncode == 0, whole.stderr
    assert tree(home) == stands


@pytest.mark.parametrize("point", POINTS)
def test_a_press_killed_while_it_publishes_is_made_good(home, point):
    article = run_python(home, DRAFT)
    killed = dateline(home, "publish", article, DATELINE_CRASH_AT=point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    make_good(home)
    assert any(b"The press is killed" in content for content in tree(home).values())
    assert_as_from_nothing(home)


@pytest.mark.parametrize(
    "point",
    ["publishing.file-removed", "publishing.file-written", "publishing.set-staged", "publishing.set-half"],
)
def test_a_press_killed_while_it_withdraws_leaves_nothing_of_the_piece(home, point):
    article = run_python(home, DRAFT.replace("killed", f"stopped at {point}"))
    assert dateline(home, "publish", article).returncode == 0
    killed = dateline(home, "withdraw", article, "--reason", "It was wrong", DATELINE_CRASH_AT=point)
    assert killed.returncode in (-signal.SIGKILL, 0)
    make_good(home)
    shown = [name for name, content in tree(home).items() if f"stopped at {point}".encode() in content]
    assert len(shown) <= 1, "only the page that says it was withdrawn may name it"
    assert all((home / "site" / f"{name}.status").read_text() == "410" for name in shown)
    assert_as_from_nothing(home)
