"""A newcomer's machine: the real command with a home of its own, started, read and ended like a person would."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 480  # a machine that runs other tests beside this one is slow, and not wrong


def environment(home, **more):
    """Return the environment of a newcomer: nothing of the tests' own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "DATELINE_", "PYTEST_"))
    }
    return {**kept, "DATELINE_HOME": str(home), "PYTHONWARNINGS": "default", **more}


class Running:
    """`dateline run` in a process of its own; what it says is gathered line by line."""

    def __init__(self, home, port, *arguments, **more):
        command = [sys.executable, "-m", "dateline", "run", "--port", str(port), *arguments]
        self.port, self.address = port, f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            command, cwd=PROJECT, env=environment(home, **more), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.said = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self._news:
                self.said.append(line)
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def wait_for(self, pattern, *, seconds=PATIENCE_SECONDS):
        """Return the match of the first line that says `pattern`. Fails with all that was said."""
        deadline = time.monotonic() + seconds
        with self._news:
            while True:
                for line in self.said:
                    if found := re.search(pattern, line):
                        return found
                left = deadline - time.monotonic()
                if left <= 0 or (self.process.poll() is not None and not self._reader.is_alive()):
                    raise AssertionError(f"nothing said {pattern!r}:\n{''.join(self.said)}")
                self._news.wait(min(left, 0.5))

    def wait_until_ready(self):
        self.wait_for("The site is at")

    def end(self, number=signal.SIGINT):
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        try:
            status = self.process.wait(30)
        finally:
            if self.process.poll() is None:
                self.process.kill()
        self._reader.join(10)
        self.process.stdout.close()
        return status

    def children(self):
        """Return the processes below it."""
        return family(self.process.pid)[1:]


def worked_seconds(pid):
    """Return how long a process and those below it have kept a core busy: what others do beside it counts nothing."""
    ticks = 0
    for member in family(pid):
        told = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, told[11:15]))  # its own, and of its children that have ended
    return ticks / os.sysconf("SC_CLK_TCK")


def family(pid):
    file = Path(f"/proc/{pid}/task/{pid}/children")
    kids = [int(kid) for kid in file.read_text().split()] if file.exists() else []
    return [pid, *(member for kid in kids for member in family(kid))]


@contextmanager
def running(home, port, *arguments, **more):
    """Run Dateline for as long as the block lasts."""
    server = Running(home, port, *arguments, **more)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end(signal.SIGTERM)


def dateline(home, *arguments, text=None, **more):
    """Run one command and return what came of it."""
    return subprocess.run(
        [sys.executable, "-m", "dateline", *arguments], cwd=PROJECT, env=environment(home, **more),
        input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip


def a_free_port():
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address, **headers):
    """Return the status and the content of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until(test, *, seconds=120):
    """Wait for the world outside this process, looking every twentieth of a second."""
    deadline = time.monotonic() + seconds
    ready = threading.Event()
    while not test():
        if time.monotonic() > deadline:
            raise AssertionError("it did not come to pass")
        ready.wait(0.05)
