"""One process of background work."""

import os
import platform
import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from dateline.work.worker import GRACE_SECONDS, IDLE_SECONDS, LEASE_SECONDS, run_workers


class Command(BaseCommand):
    """Runs jobs until it is told to end (SIGTERM or Ctrl-C)."""

    help = "Run background jobs until SIGTERM or Ctrl-C; the jobs in hand are finished or handed back."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what an operator may turn."""
        parser.add_argument("--threads", type=int, default=1, help="jobs at a time (default 1)")
        parser.add_argument(
            "--idle-seconds", type=float, default=IDLE_SECONDS, help="pause when nothing waits"
        )
        parser.add_argument(
            "--lease-seconds",
            type=float,
            default=LEASE_SECONDS,
            help="silence after which a job is run elsewhere",
        )
        parser.add_argument(
            "--grace-seconds",
            type=float,
            default=GRACE_SECONDS,
            help="time that jobs in hand have at the end",
        )

    def handle(self, **options: Any) -> None:
        """Work."""
        stop = threading.Event()

        def end(_signal: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        run_workers(
            stop=stop,
            name=f"{platform.node()}:{os.getpid()}",
            threads=options["threads"],
            idle_seconds=options["idle_seconds"],
            lease_seconds=options["lease_seconds"],
            grace_seconds=options["grace_seconds"],
        )
