"""The process tree of one machine: a web server and a worker, watched by one parent.

The parent loads neither Django nor the pages. It hands the children their end when it is told to end,
waits for them, and kills what does not go.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

READY_SECONDS: Final = 90.0
END_SECONDS: Final = 12.0
LOOK_SECONDS: Final = 0.05
# A child that dies again and again is started ever more slowly, up to this.
SLOWEST_RESTART_SECONDS: Final = 30.0
HEALTHY_AFTER_SECONDS: Final = 60.0
PR_SET_PDEATHSIG: Final = 1


class NotReady(RuntimeError):
    """The server did not get ready in time."""


@dataclass
class Child:
    """A program that must always run."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    falls: int = 0
    resume: float = 0.0

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a session of its own, so that the terminal's Ctrl-C reaches the parent alone."""
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )
        self.started = time.monotonic()

    def is_running(self) -> bool:
        """Is it alive?"""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to it and all that it started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


@dataclass
class Supervisor:
    """Starts the children, keeps them running, and ends them."""

    children: list[Child]
    ready_file: Path
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    _ending: bool = False

    def run(self, *, when_ready: Callable[[], None], say: Callable[[str], None]) -> int:
        """Start all, call `when_ready` once pages and desk answer, and stay until told to end.

        Returns the exit status. A signal that comes while the server starts is kept until it can take
        it: Granian loses a SIGTERM that comes earlier. Raises NotReady.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        self.ready_file.unlink(missing_ok=True)
        self.environment["DATELINE_READY_FILE"] = str(self.ready_file)
        for child in self.children:
            child.start(self.environment)
        try:
            if self._wait_until_ready():
                when_ready()
            while not self._ending:
                self._look_after(say)
                time.sleep(LOOK_SECONDS * 4)
        finally:
            self.end_all()
            self.ready_file.unlink(missing_ok=True)
        return 0

    def end_all(self) -> None:
        """End all children: a wish first, then force."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + END_SECONDS
        while time.monotonic() < deadline and any(child.is_running() for child in self.children):
            time.sleep(LOOK_SECONDS)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _wait_until_ready(self) -> bool:
        """Wait for the server; True when it is ready and nobody has asked for the end meanwhile."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.ready_file.exists():
                return not self._ending
            fallen = next((child for child in self.children if not child.is_running()), None)
            if fallen is not None:
                if self._ending:
                    return False
                raise NotReady(f"The {fallen.name} ended while it started; what it said stands above.")
            time.sleep(LOOK_SECONDS)
        raise NotReady(f"The server was not ready after {READY_SECONDS:.0f} s; what it said stands above.")

    def _look_after(self, say: Callable[[str], None]) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.is_running():
                continue
            if child.resume == 0.0:
                child.falls = 0 if now - child.started > HEALTHY_AFTER_SECONDS else child.falls + 1
                pause = min(SLOWEST_RESTART_SECONDS, 0.5 * 2**child.falls)
                child.resume = now + pause
                say(f"The {child.name} ended by itself; it is started again in {pause:.0f} s.")
            elif now >= child.resume:
                child.signal(signal.SIGKILL)
                child.resume = 0.0
                child.start(self.environment)


def _end_with_parent() -> None:
    """Ask the kernel to end this child when its parent dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
