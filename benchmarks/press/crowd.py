"""Readers in crowds: 2,000 requests a second while the desk publishes, ten times what it can carry, and its memory.

    python benchmarks/press/crowd.py [SECONDS] [--rate 2000] [--pages 100000]

A site of forty pieces in a home of its own; web server and worker as `dateline run` starts them, one process each, and
load from a process of its own on the same machine. Prints one JSON object. CPU is that of the web server's processes.
Tables are made as the models stand.
"""

import argparse
import asyncio
import http.client
import json
import logging
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks" / "press")]
PIECES = 40
MOST_CONNECTIONS = 512
HELD_AT = 0.1  # of a core, in the second part


# The site


def django_here() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
    import django
    from django.conf import settings

    settings.HOME.lay()
    django.setup()
    from django.apps import apps

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    logging.disable(logging.WARNING)


def lay() -> list[str]:
    """Make the site, and return the addresses of its pages."""
    django_here()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    import cast

    from dateline.publishing.actions import bake_everything
    from dateline.publishing.models import BakedFile
    from dateline.work.models import Job

    cast.an_identity()
    section = cast.a_section()
    body = cast.a_body(
        *(f"{number}. The ferry of Port Salin sails again on Monday. " * 6 for number in range(40))
    )
    for number in range(PIECES):
        cast.published(cast.an_exclusive(headline=f"The ferry {number}", section=section, body=body))
    bake_everything(now=timezone.now())
    Job.objects.all().delete()
    pages = BakedFile.objects.filter(
        file__endswith=".html", status=200, kind__in=["article", "home", "section"]
    )
    return list(pages.values_list("path", flat=True))


def publish(port: int, every: float, count: int) -> None:
    """Publish a piece now and then, as the desk does; print how long until its page and the home page show it."""
    django_here()
    import cast

    from dateline.articles.models import Section

    section = Section.objects.first()
    print("ready", flush=True)
    for number in range(count):
        headline = f"Newest {os.getpid()} {number}"
        piece = cast.an_exclusive(headline=headline, section=section)
        cast.published(piece)
        began = time.monotonic()
        address, page, home = piece.get_absolute_url(), 0.0, 0.0
        while not (page and home) and time.monotonic() - began < 30:
            page = page or (time.monotonic() - began if asked(port, address)[0] == 200 else 0.0)
            home = home or (time.monotonic() - began if headline.encode() in asked(port, "/en/")[1] else 0.0)
            time.sleep(0.02)
        print(json.dumps([page or 30.0, home or 30.0]), flush=True)
        time.sleep(max(0.0, every - (time.monotonic() - began)))


def asked(port: int, path: str, timeout: float = 60) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


# The load: each request at its moment, whether or not others were answered


class Line(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd, self.buffer, self.wanted = crowd, bytearray(), -1

    def connection_made(self, transport) -> None:
        self.transport = transport

    def ask(self, kind: str, request: bytes) -> None:
        self.kind, self.began = kind, time.monotonic()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.wanted < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self.buffer[:end]).lower()
            self.status = int(head[9:12])
            found = re.search(rb"content-length: (\d+)", head)
            self.wanted = end + 4 + (int(found.group(1)) if found else 0)
        if len(self.buffer) >= self.wanted:
            self.crowd.answered(self, self.status, time.monotonic() - self.began)
            self.buffer.clear()
            self.wanted = -1

    def connection_lost(self, _error) -> None:
        self.crowd.lost(self)


class Crowd:
    """Asks `rates` (kind → requests a second) for some seconds."""

    def __init__(self, port: int, pages: list[str], rates: dict[str, float]) -> None:
        self.port, self.rates = port, rates
        self.requests = {
            "page": [head(path) for path in pages],
            "search": [head("/-/search/?q=ferry&in=en")],
            "beacon": [beacon(path) for path in pages],
        }
        self.free: deque[Line] = deque()
        self.open = 0
        self.statuses: dict[str, Counter] = {kind: Counter() for kind in self.requests}
        self.seconds: dict[str, list[float]] = {kind: [] for kind in self.requests}
        self.held_back = self.dropped = 0
        self.busy: set[Line] = set()
        self.is_over = False

    def answered(self, line: Line, status: int, seconds: float) -> None:
        self.busy.discard(line)
        self.statuses[line.kind][status] += 1
        self.seconds[line.kind].append(seconds)
        self.free.append(line)

    def lost(self, line: Line) -> None:
        self.open -= 1
        if line in self.busy:
            self.busy.discard(line)
            self.dropped += not self.is_over
        elif line in self.free:
            self.free.remove(line)

    async def run(self, seconds: float) -> dict:
        loop, began, sent = asyncio.get_running_loop(), time.monotonic(), dict.fromkeys(self.rates, 0)
        while (passed := time.monotonic() - began) < seconds:
            for kind, rate in self.rates.items():
                while sent[kind] < passed * rate:
                    request = self.requests[kind][sent[kind] % len(self.requests[kind])]
                    sent[kind] += 1
                    await self._send(loop, kind, request)
            await asyncio.sleep(0.005)
        for _ in range(100):
            if not self.busy:
                break
            await asyncio.sleep(0.05)
        self.is_over = True
        return {
            kind: {
                "asked": sent[kind],
                "statuses": dict(self.statuses[kind]),
                "p50 ms": round(1000 * quantile(self.seconds[kind], 0.5), 1),
                "p99 ms": round(1000 * quantile(self.seconds[kind], 0.99), 1),
            }
            for kind in self.rates
        } | {"dropped lines": self.dropped, "never sent, all lines being taken": self.held_back}

    async def _send(self, loop, kind: str, request: bytes) -> None:
        if not self.free and self.open < MOST_CONNECTIONS:
            self.open += 1
            try:
                _transport, line = await loop.create_connection(lambda: Line(self), "127.0.0.1", self.port)
            except OSError:
                self.open -= 1
                self.dropped += 1
                return
            self.free.append(line)
        if not self.free:
            self.held_back += 1
            return
        line = self.free.popleft()
        self.busy.add(line)
        line.ask(kind, request)


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def head(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def beacon(path: str) -> bytes:
    return (
        f"POST /-/seen/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(path)}\r\n\r\n{path}"
    ).encode()


def load(port: int, pages: list[str], rates: dict[str, float], seconds: float) -> dict:
    import uvloop

    return uvloop.run(Crowd(port, pages, rates).run(seconds))


# Measuring


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    kids = [int(kid) for kid in children.read_text().split()] if children.exists() else []
    return [pid, *(member for kid in kids for member in family(kid))]


def cpu_seconds(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def pss_megabytes(*pids: int) -> dict[str, float]:
    found = {}
    for pid in (member for one in pids for member in family(one)):
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text()
        name = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:60]
        found[f"{pid} {name}"] = int(re.search(r"^Pss:\s+(\d+)", rows, re.MULTILINE).group(1)) / 1024
    return found


class Held:
    """Holds some processes at a share of a core: they may run for that share of each tenth of a second."""

    def __init__(self, pids: list[int], share: float) -> None:
        self.pids, self.share, self.over = pids, share, threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        self.thread.join()

    def _run(self) -> None:
        """By the processor's time that they took, not by the clock: on a busy machine they get as much."""
        spent, began = sum(map(own_cpu, self.pids)), time.monotonic()
        while not self.over.wait(0.01):
            allowed = (time.monotonic() - began) * self.share
            used = sum(map(own_cpu, self.pids)) - spent
            self._signal(signal.SIGSTOP if used > allowed else signal.SIGCONT)
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        for pid in self.pids:
            os.kill(pid, number)


def own_cpu(pid: int) -> float:
    """In nanoseconds' steps: /proc/PID/stat counts hundredths."""
    return (
        sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    )


def start(port: int, folder: Path) -> tuple[subprocess.Popen, subprocess.Popen]:
    ready = folder / "ready"
    environment = {
        "MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072",  # as `run`
        **os.environ,
        "DATELINE_READY_FILE": str(ready), "DJANGO_SETTINGS_MODULE": "dateline.config.settings",
    }  # fmt: skip
    web = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(port), "--workers", "1", "--no-ws",
         "--log-level", "warning", "dateline.config.rsgi:application"], env=environment, cwd=ROOT,
    )  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "run_worker", "--threads", "2"], env=environment, cwd=ROOT
    )
    while not ready.exists():
        time.sleep(0.1)
    for path in ("/desk/login/", "/-/search/?q=ferry&in=en"):  # what is loaded at the first question only
        asked(port, path)
    last = cpu_seconds(web.pid)
    while True:
        time.sleep(1)
        now = cpu_seconds(web.pid)
        if now - last < 0.03:
            return web, worker
        last = now


def part(web: int, port: int, pages: list[str], rates: dict[str, float], seconds: float) -> dict:
    """Load from another process, so that its own work is nobody's."""
    before = cpu_seconds(web)
    command = [sys.executable, __file__, "--load", json.dumps([port, pages, rates, seconds])]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    answered = sum(sum(one["statuses"].values()) for one in said.values() if isinstance(one, dict))
    return said | {"CPU us a request": round((cpu_seconds(web) - before) / max(answered, 1) * 1e6, 1)}


def desk_answers(port: int, until: threading.Event, seconds: list[float], statuses: Counter) -> None:
    while not until.wait(0.5):
        began = time.monotonic()
        try:
            statuses[asked(port, "/desk/login/")[0]] += 1
        except (OSError, http.client.HTTPException) as error:
            statuses[type(error).__name__] += 1
        seconds.append(time.monotonic() - began)


def measure(folder: Path, seconds: float, rate: float, most: int) -> dict:
    pages = json.loads(
        subprocess.run(
            [sys.executable, __file__, "--lay"], check=True, capture_output=True, text=True
        ).stdout.splitlines()[-1]
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web, worker = start(port, folder)
    try:
        found = {"pages": len(pages), "at rest, PSS MB": total(pss_megabytes(web.pid, worker.pid))}
        found["quiet"] = part(web.pid, port, pages, {"page": rate}, seconds)
        count = int(seconds / 2)
        press = subprocess.Popen(
            [sys.executable, __file__, "--publish", json.dumps([port, 2.0, count])],
            stdout=subprocess.PIPE,
            text=True,
        )
        press.stdout.readline()
        found["while the desk publishes"] = part(web.pid, port, pages, {"page": rate}, seconds + 10)
        took = [json.loads(line) for line in press.communicate()[0].splitlines()]
        found["while the desk publishes"]["seconds until the article and the home page show it"] = took
        found["while the desk publishes"]["slowest"] = max(map(max, took), default=None)
        found["ten times too many"] = overload(web.pid, port, pages, seconds)
        left = most - sum(
            found[one]["page"]["statuses"].get(200, 0) for one in ("quiet", "while the desk publishes")
        )
        if left > 0:
            part(web.pid, port, pages, {"page": rate}, left / rate)
        found[f"after {most} pages, PSS MB"] = pss_megabytes(web.pid, worker.pid)
        found[f"after {most} pages, PSS MB in all"] = total(found[f"after {most} pages, PSS MB"])
        return found
    finally:
        for process in (web, worker):
            process.send_signal(signal.SIGTERM)
        for process in (web, worker):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def overload(web: int, port: int, pages: list[str], seconds: float) -> dict:
    """Hold the server at a tenth of a core; find what it carries; then ask ten times that, searches and beacons too."""
    with Held(family(web)[1:], HELD_AT):
        trial = part(web, port, pages, {"page": 20_000}, 4)
        carried = sum(trial["page"]["statuses"].values()) / 4
        statuses, took, over = Counter(), [], threading.Event()
        editor = threading.Thread(target=desk_answers, args=(port, over, took, statuses))
        editor.start()
        asked_for = {"page": carried * 8, "beacon": carried, "search": carried}
        said = part(web, port, pages, asked_for, seconds)
        over.set()
        editor.join()
    return said | {
        "pages a second that it carries": round(carried),
        "asked a second": round(sum(asked_for.values())),
        "desk": {
            "statuses": dict(statuses),
            "p50 s": round(statistics.median(took), 2),
            "slowest s": round(max(took), 2),
        },
    }


def total(found: dict[str, float]) -> float:
    return round(sum(found.values()), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=15)
    parser.add_argument("--rate", type=float, default=2000)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--lay", action="store_true")
    parser.add_argument("--load")
    parser.add_argument("--publish")
    options = parser.parse_args()
    if options.lay:
        print(json.dumps(lay()))
    elif options.load:
        port, pages, rates, seconds = json.loads(options.load)
        print(json.dumps(load(port, pages, rates, seconds)))
    elif options.publish:
        publish(*json.loads(options.publish))
    else:
        with tempfile.TemporaryDirectory() as home:
            os.environ["DATELINE_HOME"] = home
            os.environ.pop("DATABASE_URL", None)
            print(json.dumps(measure(Path(home), options.seconds, options.rate, options.pages), indent=1))


if __name__ == "__main__":
    main()
