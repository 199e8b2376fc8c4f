"""Runs a pure function in a child process with limits of time and memory: what hangs or swells there, ends there.

The child is `python -m dateline.lib.confined`. It speaks JSON on its pipes: a question
`{"call": "package.module:function", "args": {...}}` is answered by `{"value": ...}` or
`{"error": {"class", "message"}}`; `{"load": "package.module:function"}` only loads it. A message is led by its lengths
as a JSON list, that list by its own in four bytes: first comes the JSON, then the bytes that belong into it, raw, one
after another; it holds `{"raw bytes": their place in that row}` where they belong. The child inherits no other
descriptor than its pipes, and a bare environment.
"""

import atexit
import contextlib
import ctypes
import importlib
import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any

_LENGTH = struct.Struct(">I")
_LONGEST = 64 * 1024 * 1024
_EXIT_OUT_OF_MEMORY = 97
_MEBIBYTE = 1024 * 1024
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_LOOK_SECONDS = 0.05
_LOADING_SECONDS = 60.0
_RAW = "raw bytes"
# A child that holds more than this share of its memory after an answer is replaced: what it kept of documents that
# are done with must not be laid at the door of the next one.
_FULL = 0.75
# What a child has kept of those that it served before; less cannot be why it swelled.
_KEPT_BYTES = 20 * _MEBIBYTE


class Trouble(RuntimeError):
    """The confined call came to no answer."""


class TookTooLong(Trouble):
    """It ran past its time."""


class TookTooMuch(Trouble):
    """It wanted more memory than it may have."""


class ChildDied(Trouble):
    """The child ended without a word."""


class Failed(Trouble):
    """The function raised; `kind` is the name of the error's class, the message is its own."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Limits:
    """What one child may use. `seconds` is for one call, by the clock; `uses` is how many calls one child serves.

    memory_bytes: addresses that it may ask for, which the system refuses beyond. resident_bytes: what it may hold
    in memory, looked at while it works, where the system tells (Linux).
    """

    seconds: float = 9.0
    memory_bytes: int = 512 * _MEBIBYTE
    resident_bytes: int = 270 * _MEBIBYTE
    uses: int = 1_000


@dataclass
class Cell:
    """One child at a time behind a lock: started when first needed, replaced after its uses and after any trouble.

    A child that had served others before it swelled or died may have done so for their sake: what it was asked then
    is asked once more in a new child. One that swells and had kept little of them did so for its own.
    """

    limits: Limits = field(default_factory=Limits)
    _child: subprocess.Popen[bytes] | None = None
    _served: int = 0
    _had_served: bool = False
    _had_kept: bool = False
    _empty_bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, function: str, **args: object) -> Any:
        """Return what `function` ("package.module:name") returns for `args`; both sides are JSON values, and bytes.

        Raises Failed where it raises, TookTooLong, TookTooMuch and ChildDied where it is ended.
        """
        with self._lock:
            try:
                answer = self._answer(function, args)
            except (TookTooMuch, ChildDied) as trouble:
                if not (self._had_kept if isinstance(trouble, TookTooMuch) else self._had_served):
                    raise
                answer = self._answer(function, args)
        if error := answer.get("error"):
            raise Failed(error["class"], error["message"])
        return answer["value"]

    def close(self) -> None:
        """End the child, if there is one. The cell may be used again."""
        with self._lock:
            self._end()

    def _answer(self, function: str, args: dict[str, object]) -> dict[str, Any]:
        child = self._ready_child()
        self._had_served = self._served > 0
        try:
            if not self._served:  # what the function needs is loaded before its time begins
                self._ask(child, {"load": function}, replace(self.limits, seconds=_LOADING_SECONDS))
                self._empty_bytes = _resident(child.pid)
            self._had_kept = self._had_served and _resident(child.pid) > self._empty_bytes + _KEPT_BYTES
            answer = self._ask(child, {"call": function, "args": args}, self.limits)
        except Trouble:
            self._end()
            raise
        self._served += 1
        if self._served >= self.limits.uses or _resident(child.pid) > _FULL * self.limits.resident_bytes:
            self._end()
        return answer

    def _ready_child(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._child = _start(self.limits)
            self._served = 0
            atexit.register(self.close)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        atexit.unregister(self.close)
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(
        self, child: subprocess.Popen[bytes], question: dict[str, object], limits: Limits
    ) -> dict[str, Any]:
        deadline = time.monotonic() + limits.seconds
        for part in _packed(question):
            _write(child, part, deadline, limits)
        answer = _unpacked(lambda length: _read(child, length, deadline, limits))
        if not isinstance(answer, dict):
            raise ChildDied("the child answered with something else than an answer")
        return answer


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
        if name in os.environ
    }
    paths = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(
        [sys.executable, "-m", "dateline.lib.confined", *map(str, _told(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        close_fds=True,
        env={**kept, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
    )
    for pipe in (child.stdin, child.stdout):
        os.set_blocking(_opened(pipe).fileno(), False)
    return child


def _told(limits: Limits) -> tuple[int, float, int]:
    """Return what the child must know of its limits, in the order in which it is told."""
    return limits.memory_bytes, limits.seconds, limits.resident_bytes


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ChildDied("the child has no pipe")
    return pipe


def _write(child: subprocess.Popen[bytes], content: bytes, deadline: float, limits: Limits) -> None:
    pipe = _opened(child.stdin).fileno()
    rest = memoryview(content)
    while rest:
        _await(child, write=pipe, deadline=deadline, limits=limits)
        try:
            rest = rest[os.write(pipe, rest) :]
        except BrokenPipeError:
            raise _epitaph(child) from None


def _read(child: subprocess.Popen[bytes], length: int, deadline: float, limits: Limits) -> bytes:
    pipe = _opened(child.stdout).fileno()
    parts: list[bytes] = []
    missing = length
    while missing:
        _await(child, read=pipe, deadline=deadline, limits=limits)
        part = os.read(pipe, min(missing, _MEBIBYTE))
        if not part:
            raise _epitaph(child)
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _await(
    child: subprocess.Popen[bytes],
    *,
    deadline: float,
    limits: Limits,
    read: int | None = None,
    write: int | None = None,
) -> None:
    poll = select.poll()
    if read is not None:
        poll.register(read, select.POLLIN | select.POLLHUP)
    if write is not None:
        poll.register(write, select.POLLOUT | select.POLLERR)
    while (left := deadline - time.monotonic()) > 0:
        if poll.poll(min(left, _LOOK_SECONDS) * 1000):
            return
        if _resident(child.pid) > limits.resident_bytes:
            raise TookTooMuch("it held more memory than it may; the work was ended")
    raise TookTooLong(f"no answer within {limits.seconds:g} seconds; the work was ended")


def _resident(pid: int) -> int:
    """Return how much memory the child holds, in bytes; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as told:  # noqa: PTH123 - it is asked twenty times a second
            return int(told.read().split()[1]) * _PAGE_BYTES
    except (OSError, IndexError, ValueError):
        return 0


def _epitaph(child: subprocess.Popen[bytes]) -> Trouble:
    status = child.wait()
    if status == _EXIT_OUT_OF_MEMORY:
        return TookTooMuch("it needed more memory than it may have; the work was ended")
    if status == -signal.SIGXCPU:
        return TookTooLong("it used up its processor time; the work was ended")
    return ChildDied(f"the child process ended with status {status}")


def _serve(questions: IO[bytes], answers: IO[bytes], *, seconds: float, resident_bytes: int) -> None:
    """Answer questions until there are no more. Memory that runs out ends the child: its state is not to be trusted."""
    with contextlib.suppress(EOFError):
        while True:
            question = _unpacked(lambda length: _whole(questions, length))
            _limit_time(seconds)
            try:
                parts = list(_packed(_answer(question)))
            except MemoryError:
                os._exit(_EXIT_OUT_OF_MEMORY)
            del question
            if _resident(os.getpid()) > _FULL * resident_bytes:
                _give_back()
            answers.writelines(parts)
            answers.flush()


def _whole(stream: IO[bytes], length: int) -> bytes:
    """Return `length` bytes of `stream`. Raises EOFError where it ends before."""
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _give_back() -> None:
    """Give the system back what is free in the allocator's pools, where the C library can (glibc)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _packed(message: object) -> Iterator[bytes]:
    """Yield the parts of a message as they go through a pipe."""
    raw: list[bytes] = []

    def beside(value: object) -> dict[str, int]:
        if not isinstance(value, bytes):
            raise TypeError(f"{type(value).__name__} is neither a JSON value nor bytes")
        raw.append(value)
        return {_RAW: len(raw) - 1}

    content = json.dumps(message, default=beside).encode()
    lengths = json.dumps([len(content), *map(len, raw)]).encode()
    yield _LENGTH.pack(len(lengths)) + lengths
    yield content
    yield from raw


def _unpacked(read: Callable[[int], bytes]) -> Any:
    """Return the message of which `read` gives the next so many bytes."""
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    lengths = json.loads(read(length))
    if sum(lengths) > _LONGEST:
        raise TookTooMuch(f"the message has {sum(lengths)} bytes; {_LONGEST} is the most that is read")
    content, *raw = [read(length) for length in lengths]

    def put_back(told: dict[str, Any]) -> Any:
        place = told.get(_RAW)
        return raw[place] if len(told) == 1 and isinstance(place, int) and place < len(raw) else told

    return json.loads(content, object_hook=put_back if raw else None)


def _answer(question: dict[str, Any]) -> dict[str, object]:
    try:
        if "load" in question:
            return {"value": _prepared(question["load"]) is not None}
        return {"value": _function(question["call"])(**question["args"])}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent is told
        return {"error": {"class": type(error).__name__, "message": str(error)}}


def _prepared(name: str) -> Callable[..., object]:
    """Load a function, and do what its module's table `PREPARES` says that its first call would have to do."""
    found = _function(name)
    module, _, function = name.partition(":")
    prepare = getattr(sys.modules[module], "PREPARES", {}).get(function)
    if prepare is not None:
        prepare()
    return found


def _function(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def _limit_time(seconds: float) -> None:
    """Let the next call use `seconds` of processor time, so that a child whose parent died ends as well."""
    used = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 2, resource.RLIM_INFINITY))


def _limit_memory(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Be the child: take the pipes for ourselves, so that nothing a library prints is taken for an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _limit_memory(int(sys.argv[1]))
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        _serve(sys.stdin.buffer, answers, seconds=float(sys.argv[2]), resident_bytes=int(sys.argv[3]))


if __name__ == "__main__":
    main()
