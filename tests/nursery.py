"""Processes for tests that kill them: each forked from one that has read the whole program and touched nothing.

Reading the program takes longer than most of these processes live. `Nursery.start` is as `subprocess.Popen` for
`python -c PROGRAM`, `python -m django …` and `python -m dateline …`: a process of its own, with its own environment, whose
settings are read anew from that environment; it is killed as any other is. What is proved of starting itself (`dateline
run`, the first commands of a newcomer) is proved with processes that start from nothing.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
ROOMS_OF_TESTS = ("", "journeys", "editions", "intake", "rights", "work")
PATIENCE_SECONDS = 300
_LENGTH = struct.Struct(">I")


# In the test


class Nursery:
    """One process that has read the rooms of some settings, and begets others."""

    def __init__(self, settings):
        self._place = tempfile.TemporaryDirectory(prefix="dateline-nursery-")
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATELINE_", "DJANGO_", "DATABASE_"))
        }
        self._line, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno()), settings],
            cwd=PROJECT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            env={
                **kept,
                "DATELINE_HOME": self._place.name,
                "DATELINE_NET_ALLOW": "",
                "DATABASE_URL": f"sqlite:///{self._place.name}/nobodys.sqlite3",
                "KILL_DIR": self._place.name,
                "DJANGO_SETTINGS_MODULE": settings,
                "PYTHONPATH": os.pathsep.join([str(PROJECT), *(str(TESTS / room) for room in ROOMS_OF_TESTS)]),
            },
        )  # fmt: skip
        theirs.close()

    def start(self, arguments, *, env, stdout=None, stderr=None):
        """Start `python *arguments` in that environment.

        stdout: a file, `subprocess.PIPE`, or None for the test's own; stderr: a file or None.
        """
        question = {"arguments": [str(one) for one in arguments], "environment": env}
        read = None
        if stdout is subprocess.PIPE:
            read, written = os.pipe()
            read, stdout = os.fdopen(read, "rb", buffering=0), os.fdopen(written, "wb")
        files = [file.fileno() if file else number for number, file in ((1, stdout), (2, stderr))]
        process = Forked(self, self._asked(question, files))
        if read is not None:
            stdout.close()
            process.stdout = read
        return process

    def run(self, arguments, *, env, timeout=PATIENCE_SECONDS):
        """Run it to its end and return what it said, as `subprocess.run(…, capture_output=True, text=True)` does."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            process = self.start(arguments, env=env, stdout=out, stderr=errors)
            status = process.wait(timeout)
            said = [(file.seek(0), file.read().decode())[1] for file in (out, errors)]
        return subprocess.CompletedProcess(arguments, status, *said)

    def ended(self, pid):
        """Return how that process ended, as `subprocess` says it; None while it runs."""
        return self._asked({"ended": pid})

    def close(self):
        self._line.close()
        self._process.wait(60)
        self._place.cleanup()

    def _asked(self, question, files=()):
        content = json.dumps(question).encode()
        socket.send_fds(self._line, [_LENGTH.pack(len(content))], files)
        self._line.sendall(content)
        answer = self._line.recv(64)
        if not answer:
            raise AssertionError(f"the nursery ended with {self._process.wait(60)}")
        return json.loads(answer)


class Forked:
    """A process of the nursery, with the words of `subprocess.Popen`."""

    def __init__(self, nursery, pid):
        self._nursery, self.pid, self.returncode, self.stdout = nursery, pid, None, None

    def poll(self):
        if self.returncode is None:
            self.returncode = self._nursery.ended(self.pid)
        return self.returncode

    def wait(self, timeout=PATIENCE_SECONDS):
        deadline, turn = time.monotonic() + timeout, threading.Event()
        while self.poll() is None:
            if time.monotonic() > deadline:
                self.kill()
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            turn.wait(0.01)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)


_open = {}


def nursery(settings="dateline.config.settings"):
    """Return the nursery of these settings, one for all tests of this process."""
    if settings not in _open:
        _open[settings] = Nursery(settings)
        atexit.register(_open[settings].close)
    return _open[settings]


# In the nursery


def serve(line, settings):
    """Answer until the test's process has gone. Returns in the forked process, with what it is to do."""
    warm(settings)
    while head := socket.recv_fds(line, _LENGTH.size, 2):
        told, files = head[:2]
        if not told:
            return None
        content = b""
        (length,) = _LENGTH.unpack(told)
        while len(content) < length:
            content += line.recv(length - len(content))
        question = json.loads(content)
        if "ended" in question:
            pid, status = os.waitpid(question["ended"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif not (answer := os.fork()):
            line.close()
            for number, file in zip((1, 2), files, strict=True):
                os.dup2(file, number)
                os.close(file)
            return question
        for file in files:
            os.close(file)
        line.sendall(json.dumps(answer).encode())
    return None


def warm(settings):
    """Read all that such processes read, and open nothing: no connection is there to be shared."""
    import django
    from django.conf import settings as here

    django.setup()
    for room in here.INSTALLED_APPS:
        if room.startswith("dateline."):
            for module in doors_of(PROJECT / room.replace(".", "/")):
                importlib.import_module(module)
    if settings == "dateline.config.settings":
        importlib.import_module("dateline.config.urls")
        importlib.import_module("cast")
    assert threading.active_count() == 1, threading.enumerate()
    gc.collect()
    gc.freeze()


def doors_of(room):
    """Yield the modules of a room that ask and act, and what they read in turn."""
    if not room.is_dir():
        return
    for door in ("tasks", "actions", "queries", "signals"):
        files = [room / f"{door}.py", *sorted((room / door).glob("*.py"))]
        for file in files:
            if file.exists():
                name = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
                yield name.removesuffix(".__init__")


def become(environment):
    """Be a process of that environment, as if it had been there from the beginning."""
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [path for path in environment.get("PYTHONPATH", "").split(os.pathsep) if path]
    crash = importlib.import_module("dateline.lib.crash")
    crash._WISH, _, crash._COUNT = environment.get("DATELINE_CRASH_AT", "").partition(":")
    read_settings_anew(environment.get("DJANGO_SETTINGS_MODULE", "dateline.config.settings"))


def read_settings_anew(name):
    """Let Django's settings be what this environment says, and forget what was made of the former ones."""
    import warnings

    import django.test.signals
    from asgiref.local import Local
    from django.conf import Settings, settings
    from django.core.signals import setting_changed
    from django.db import connections
    from django.utils.log import configure_logging

    for module in dict.fromkeys(["dateline.config.settings", name]):
        if module in sys.modules:
            importlib.reload(sys.modules[module])
    before, after = settings._wrapped, Settings(name)
    assert before.INSTALLED_APPS == after.INSTALLED_APPS, "these settings have other rooms: another nursery"
    settings._wrapped = after
    changed = [
        key for key in dir(after) if key.isupper() and getattr(before, key, None) != getattr(after, key)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for key in changed:
            setting_changed.send(sender=Settings, setting=key, value=getattr(after, key), enter=True)
    connections.__dict__.pop("settings", None)
    connections._settings, connections._connections = None, Local(connections.thread_critical)
    configure_logging(after.LOGGING_CONFIG, after.LOGGING)
    assert django.test.signals


def work(question):
    """Do what `python *arguments` does, and return the status with which it ends."""
    how, what, *rest = question["arguments"]
    try:
        become(question["environment"])
        if how == "-c":
            sys.argv = ["-c", *rest]
            exec(compile(what, "<a test's program>", "exec"), {"__name__": "__main__"})
        else:
            assert how == "-m", how
            sys.argv = [what, *rest]
            runpy.run_module(what, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    return 0


def end(status):
    """End as the interpreter does, without taking apart what was read."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as held:
        asked = serve(held, sys.argv[2])
    if asked is not None:
        end(work(asked))
