"""Keeps a lease alive while its job runs."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from dateline.work.clock import queue_now
from dateline.work.queue import Claim, LeaseLost, extend

logger = logging.getLogger(__name__)

BEATS_PER_LEASE = 4


@contextmanager
def heartbeat(claim: Claim, *, lease_seconds: float) -> Iterator[None]:
    """Extend the claim's lease four times per lease, from a thread, until the block ends."""
    over = threading.Event()
    thread = threading.Thread(
        target=_beat_until, args=(over, claim, lease_seconds), name=f"heartbeat {claim.job.pk}", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat_until(over: threading.Event, claim: Claim, lease_seconds: float) -> None:
    try:
        while not over.wait(lease_seconds / BEATS_PER_LEASE) and _beat(claim, lease_seconds):
            pass
    finally:
        connection.close()


def _beat(claim: Claim, lease_seconds: float) -> bool:
    """Extend the lease and return whether to go on."""
    try:
        extend(claim, now=queue_now(), lease_seconds=lease_seconds)
    except LeaseLost:
        # The job learns it from should_stop(), or at its end.
        return False
    except Error:
        # The next beat may get through; if none does, the lease runs out and the job is run again.
        logger.warning("The lease of job %s could not be extended.", claim.job, exc_info=True)
        connection.close()
    return True
