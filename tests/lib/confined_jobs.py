"""What the tests have done in a confined child."""

import contextlib
import os
import sys
from pathlib import Path

KEPT = []


def echo(value):
    return value


def sizes(parts):
    return [len(part) for part in parts]


def reversed_bytes(content):
    return {"turned": content[::-1], "of": [content]}


def heap(megabytes):
    """Keep so much for good, as a library does that caches what it reads."""
    KEPT.append(b"x" * (megabytes * 1024 * 1024))
    return os.getpid()


def die_once_used(marker):
    """Die where this child did something before, and leave word of each call."""
    with Path(marker).open("a") as file:
        file.write(f"{os.getpid()}\n")
    if KEPT:
        os._exit(3)
    return os.getpid()


def die_always(marker):
    KEPT.append(b"")
    die_once_used(marker)


def hang_once_used():
    while KEPT:
        pass
    return os.getpid()


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


def swell_and_count(marker):
    with Path(marker).open("a") as file:
        file.write("x")
    swell()
