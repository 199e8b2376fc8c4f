"""The loop that takes jobs and runs them, and the threads of one process that share it."""

import logging
import random
import threading
import time
from typing import Protocol

from django.db import close_old_connections, connection

from dateline.work.bell import Bell, hung_up
from dateline.work.clock import JumpGuard, queue_now
from dateline.work.heartbeat import heartbeat
from dateline.work.queue import Claim, LeaseLost, claim, hand_back, reap
from dateline.work.runner import run
from dateline.work.schedule import fire_due_beats, lay_out_beats

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
LEASE_SECONDS = 20.0
GRACE_SECONDS = 10.0
CHORES_SECONDS = 1.0
TROUBLE_SECONDS = 5.0
# From this priority on a job has a minute that it must keep.
URGENT = 100


class Stop(Protocol):
    """What tells a worker to end: a `threading.Event`, or anything that behaves as one."""

    def is_set(self) -> bool:
        """Return whether the end was asked for."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the wish, at most `timeout` seconds, and return whether it came."""
        ...


class Chores:
    """What some worker must do now and then: fire beats, take back the jobs of the dead."""

    def __init__(self, *, lease_seconds: float) -> None:
        self._guard = JumpGuard(settle_seconds=lease_seconds)
        self._next = 0.0
        self._laid_out = False

    def do(self, *, steady: float) -> None:
        """Do them, if a second has passed since the last time. steady: `time.monotonic()`."""
        if steady < self._next:
            return
        self._next = steady + CHORES_SECONDS
        now = queue_now()
        if not self._laid_out:
            lay_out_beats(now=now)
            self._laid_out = True
        fire_due_beats(now=now)
        if self._guard.is_settled(wall=now, steady=steady):
            for job in reap(now=now, jitter=random.random()):  # noqa: S311 - spreads retries
                logger.warning("Job %s was left by %s at attempt %s.", job, job.claimed_by, job.attempt)


class Worker:
    """One thread of work: at most one claim at a time.

    at_least: the lowest priority of the jobs that it takes. bell: wakes it when a job is enqueued.
    """

    def __init__(
        self,
        *,
        name: str,
        lease_seconds: float = LEASE_SECONDS,
        chores: bool = True,
        at_least: int | None = None,
        bell: Bell | None = None,
    ) -> None:
        self.name = name
        self._at_least = at_least
        self._bell = bell
        self.current: Claim | None = None
        self._lease_seconds = lease_seconds
        self._chores = Chores(lease_seconds=lease_seconds) if chores else None
        self._in_trouble = False

    def run_until(self, stop: Stop, *, idle_seconds: float) -> None:
        """Run jobs until `stop` is set; look every `idle_seconds` when there are none."""
        try:
            while not stop.is_set():
                rings = self._bell.rings() if self._bell else 0
                if not self._turn(stop):
                    self._rest(stop, rings, TROUBLE_SECONDS if self._in_trouble else idle_seconds)
        finally:
            connection.close()

    def _rest(self, stop: Stop, rings: int, seconds: float) -> None:
        if self._bell is None or self._in_trouble:
            stop.wait(seconds)
        elif not stop.is_set():
            self._bell.wait(since=rings, seconds=seconds)

    def work_once(self, *, stop: Stop | None = None) -> bool:
        """Do the chores, take one job and run it; return whether there was one."""
        if self._chores is not None:
            self._chores.do(steady=time.monotonic())
        if stop is not None and stop.is_set():
            return False
        self.current = claim(
            worker=self.name, now=queue_now(), lease_seconds=self._lease_seconds, at_least=self._at_least
        )
        if self.current is None:
            return False
        try:
            with heartbeat(self.current, lease_seconds=self._lease_seconds):
                run(self.current)
        finally:
            self.current = None
        return True

    def hand_back(self) -> None:
        """Put the job in hand back in line, from another thread: it takes longer than the process may."""
        held = self.current
        if held is None:
            return
        try:
            hand_back(held, now=queue_now())
        except LeaseLost:
            return
        logger.warning("Job %s was handed back: its worker %s ends.", held.job, self.name)

    def _turn(self, stop: Stop) -> bool:
        try:
            worked = self.work_once(stop=stop)
            self._in_trouble = False
        except Exception:  # the loop outlives a full disk, a lost database and a broken room
            worked = False
            if not self._in_trouble:
                logger.exception("Worker %s cannot take work from the queue, and tries again.", self.name)
            self._in_trouble = True
        if worked or self._in_trouble:
            close_old_connections()
        return worked


def run_worker(
    *, stop: Stop, name: str, idle_seconds: float = IDLE_SECONDS, lease_seconds: float = LEASE_SECONDS
) -> None:
    """Run jobs in this thread until `stop` is set; the job in hand is finished first.

    name: unique among workers, shown beside the job.
    """
    Worker(name=name, lease_seconds=lease_seconds).run_until(stop, idle_seconds=idle_seconds)


def run_workers(
    *,
    stop: Stop,
    name: str,
    threads: int = 1,
    idle_seconds: float = IDLE_SECONDS,
    lease_seconds: float = LEASE_SECONDS,
    grace_seconds: float = GRACE_SECONDS,
) -> None:
    """Run jobs in `threads` threads until `stop` is set, then return within `grace_seconds`.

    One thread more does the chores and takes what is URGENT only: what has its minute does not wait behind long work.
    Jobs that are not finished by then are handed back to the queue. Their threads cannot be
    ended from outside: the caller ends the process, which ends them.
    """
    with hung_up() as bell:
        workers = [
            Worker(name=f"{name}/{number}", lease_seconds=lease_seconds, chores=False, bell=bell)
            for number in range(1, threads + 1)
        ]
        urgent = Worker(name=f"{name}/urgent", lease_seconds=lease_seconds, at_least=URGENT, bell=bell)
        workers.append(urgent)
        running = [
            threading.Thread(
                target=worker.run_until,
                args=(stop,),
                kwargs={"idle_seconds": idle_seconds},
                name=worker.name,
                daemon=True,
            )
            for worker in workers
        ]
        for thread in running:
            thread.start()
        stop.wait()
        bell.ring()
        _wait_for(running, until=time.monotonic() + grace_seconds)
        for worker in workers:
            worker.hand_back()


def _wait_for(threads: list[threading.Thread], *, until: float) -> None:
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
