"""Why a piece is in its story, as data that a page puts into words."""

from collections.abc import Sequence
from typing import Any

from dateline.intake.stories import Why

Reason = dict[str, Any]
_TOLD = 6


def reasons(whys: Sequence[Why]) -> list[Reason]:
    """Return why a piece is where it is, from what it has in common with those that spoke for it."""
    if not whys:
        return [{"code": "alone"}]
    told: list[Reason] = [
        {
            "code": "alike",
            "pieces": len(whys),
            "similarity": round(sum(why.similarity for why in whys) / len(whys), 2),
            "score": round(sum(why.score for why in whys) / len(whys), 2),
        }
    ]
    shared = list(dict.fromkeys(word for why in whys for word in why.shared))
    names = [word for word in shared if not word[:1].isdigit()]
    numbers = [word for word in shared if word[:1].isdigit()]
    told += [{"code": "names", "words": names[:_TOLD]}] if names else []
    told += [{"code": "numbers", "words": numbers[:_TOLD]}] if numbers else []
    hours = [why.hours for why in whys if why.hours is not None]
    return told + ([{"code": "hours", "hours": min(hours)}] if hours else [])
