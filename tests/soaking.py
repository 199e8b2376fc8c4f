"""How much a long proof does: a small fixed budget in `make test`, the whole count in `make soak`."""

import os

SOAKING = os.environ.get("DATELINE_SOAK") == "1"


def budget(small, *, whole):
    """Return how often to try: `small` in every run, `whole` where the run is a soak."""
    return whole if SOAKING else small
