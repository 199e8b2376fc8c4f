"""When a machine is left alone, what is one question, and how questions are divided. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dateline.translation.machines.base import Capability, Unit

# A machine that failed this often, one time after the other, is left alone for a while; each further failure
# doubles the while, up to the longest.
FAILURES: Final = 3
PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)
# A call without an end is under way for so long; afterwards its process is thought dead.
UNDER_WAY: Final = timedelta(minutes=5)
# Where somebody pays, a sentence whose answer was lost is not asked for again before this time is over.
LOST_FOR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Past:
    """A call of the past. ended_at: None where it has no end. rests_until: what the machine asked for."""

    asked_at: datetime
    ended_at: datetime | None
    has_failed: bool
    rests_until: datetime | None = None


def rests_until(calls: Iterable[Past], *, now: datetime) -> datetime | None:
    """Return until when a machine is left alone, or None where it may be asked now.

    calls: its last ones, the latest first. After a rest one call tries it, and while that is under way no other.
    """
    failed, trying = _since_it_was_well(calls, now)
    if not failed:
        return None
    rest = failed[0].rests_until or failed[0].ended_at or now
    if len(failed) >= FAILURES:
        pause = min(PAUSE * 2 ** min(len(failed) - FAILURES, 10), LONGEST_PAUSE)
        rest = max(rest, (failed[0].ended_at or now) + pause)
    elif failed[0].rests_until is None:
        return None
    if rest > now:
        return rest
    return trying[0].asked_at + UNDER_WAY if trying else None


def _since_it_was_well(calls: Iterable[Past], now: datetime) -> tuple[list[Past], list[Past]]:
    failed: list[Past] = []
    trying: list[Past] = []
    for call in calls:
        if call.ended_at is None:
            if not failed and call.asked_at + UNDER_WAY > now:
                trying.append(call)
        elif call.has_failed:
            failed.append(call)
        else:
            break
    return failed, trying


def fingerprint(unit: Unit, *, capability: Capability, source: str, target: str) -> str:
    """Return the same for the same question to the same machine: its model, languages, words, and terms it heeds."""
    terms = sorted(unit.terms) if capability.takes_terms else []
    told = (
        capability.name,
        capability.model,
        source,
        target,
        unit.text,
        *(part for term in terms for part in term),
    )
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def digest_of_source(text: str) -> str:
    """Return the digest by which the answers to a sentence are found, whichever machine gave them."""
    return hashlib.sha256(text.encode()).hexdigest()


def batches(units: Sequence[Unit], capability: Capability) -> Iterator[list[Unit]]:
    """Yield `units` in batches that the machine takes; one that alone is too long goes alone."""
    batch: list[Unit] = []
    size = 0
    for unit in units:
        if batch and (len(batch) >= capability.batch or size + len(unit.text) > capability.most_characters):
            yield batch
            batch, size = [], 0
        batch.append(unit)
        size += len(unit.text)
    if batch:
        yield batch


def affordable(units: Sequence[Unit], left: int | None) -> list[Unit]:
    """Return the first of `units` that `left` characters pay for; None pays for all."""
    if left is None:
        return list(units)
    found = []
    for unit in units:
        left -= len(unit.text)
        if left < 0:
            break
        found.append(unit)
    return found
