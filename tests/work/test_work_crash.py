import signal
import subprocess
import sys

import pytest

LOOP = """
from dateline.lib.crash import crash_point
for turn in range(5):
    print(turn, flush=True)
    crash_point("door")
    crash_point("other")
"""


def pass_points(at):
    environment = {"DATELINE_CRASH_AT": at} if at else {}
    done = subprocess.run(
        [sys.executable, "-c", LOOP], env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, len(done.stdout.split())


@pytest.mark.parametrize(
    ("at", "code", "turns"),
    [
        ("", 0, 5),
        ("nowhere", 0, 5),
        ("door", -signal.SIGKILL, 1),
        ("other", -signal.SIGKILL, 1),
        ("door:3", -signal.SIGKILL, 3),
    ],
)
def test_a_process_dies_at_the_crash_point_and_the_passing_that_it_was_asked_for(at, code, turns):
    assert pass_points(at) == (code, turns)
