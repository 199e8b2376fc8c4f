"""Places where a test may let the process die, to prove that nothing is lost there.

`DATELINE_CRASH_AT=name` kills the process the first time it passes `crash_point("name")`,
`DATELINE_CRASH_AT=name:3` the third time. Unset, a crash point is one look at an empty string.
"""

import os
import signal
from collections import Counter

_WISH, _, _COUNT = os.environ.get("DATELINE_CRASH_AT", "").partition(":")
_passed: Counter[str] = Counter()


def crash_point(name: str) -> None:
    """Kill this process, as a power cut would, where the environment asked for it at `name`."""
    if _WISH:
        _pass(name)


def _pass(name: str) -> None:
    _passed[name] += 1
    if name == _WISH and _passed[name] == int(_COUNT or 1):
        # No handler, no flush, no `finally`: only what is on disk survives.
        os.kill(os.getpid(), signal.SIGKILL)
