"""What the tests have done in a confined child."""

import os
import sys


def echo(value):
    return value


def chatter():
    print("noise" * 1000)
    print("more noise", file=sys.stdout, flush=True)
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
    for name in os.listdir("/proc/self/fd"):
        try:
            targets.append(os.readlink(f"/proc/self/fd/{name}"))
        except OSError:
            continue
    return {"environment": sorted(os.environ), "files": targets}
