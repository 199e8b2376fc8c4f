"""What the tests have done in a confined child."""

import contextlib
import os
import sys
from pathlib import Path


def echo(value):
    return value


def chatter():
    sys.stdout.write("noise" * 1000)
    sys.stdout.flush()
    return "quiet"


def refuse():
    raise KeyError("not today")


def whoami():
    return os.getpid()


def hang():
    while True:
        pass


def swell():
    return len("x" * 10**9)


def die():
    os._exit(3)


def surroundings():
    targets = []
    for descriptor in list(Path("/proc/self/fd").iterdir()):
        with contextlib.suppress(OSError):
            targets.append(str(descriptor.readlink()))
    return {"environment": sorted(os.environ), "files": targets}
