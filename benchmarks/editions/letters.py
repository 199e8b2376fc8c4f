"""An edition closes and goes to many readers: how soon, how fast, in how much memory; beside a plain loop of sends.

    python benchmarks/editions/letters.py [READERS] [PEERS]

A real worker process sends to a sink on loopback that runs in a process of its own; every row is written as in earnest
(SQLite, synchronous=FULL). The peer is Django's own mail in a loop over one connection, with the same bodies and
nothing written down, in the same run. Its home is a folder of its own that is removed.
Prints one JSON object; ends with 1 where somebody got two letters or none.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "editions")]
PATIENCE_SECONDS = 1500.0
SINK = """
import json, sys, time
from mail_sink import mail_sink
with mail_sink(keeps=False) as sink:
    print(sink.port, flush=True)
    while line := sys.stdin.readline():
        wanted = int(line)
        sink.wait_for(wanted, seconds=1500)
        print(json.dumps([time.time(), sum(sink.many.values()), max(sink.many.values(), default=0)]), flush=True)
"""


class Sink:
    """The sink's process, and what it has been sent."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SINK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
        )  # fmt: skip
        self.port = int(self.process.stdout.readline())

    def wait_for(self, many):
        """Return when so many had come, how many there are, and the most that one address got."""
        self.process.stdin.write(f"{many}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


class Watched:
    """The memory and the processor time of a process, while it runs."""

    def __init__(self, pid):
        self.pid, self.seen, self.ended = pid, [], threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self):
        while not self.ended.wait(0.2):
            try:
                pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
            except OSError:
                return
            self.seen.append((time.time(), pages * os.sysconf("SC_PAGE_SIZE") / 2**20))

    def cpu_seconds(self):
        told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self, since, until):
        return [size for at, size in self.seen if since <= at <= until]


def main() -> int:
    readers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    peers = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    with tempfile.TemporaryDirectory() as home:
        sink = Sink()
        os.environ.update(
            DATELINE_HOME=home,
            DJANGO_SETTINGS_MODULE="letters_kill_settings",
            SINK_PORT=str(sink.port),
            DATELINE_URL="https://digest.example",
            PYTHONPATH=os.pathsep.join(sys.path[:3]),
        )
        told = measure(readers, sink)
        sink.end()
        told |= beside(told, peers)
    print(json.dumps(told, indent=1))
    return 0 if told["twice"] == 0 and told["lost"] == 0 else 1


def measure(many, sink):
    import django
    from django.conf import settings

    settings.HOME.lay()
    django.setup()
    logging.disable(logging.WARNING)
    edition = laid(many)
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "run_worker", "--threads", "2"], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        watched = Watched(worker.pid)
        quiet()
        return timed(edition, many, sink, watched)
    finally:
        worker.terminate()
        worker.wait(60)


def laid(many):
    import cast
    import letters_world
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, run_syncdb=True)
    cast.an_identity(languages=("en",), email="desk@digest.example")
    letters_world.readers(many, letters_world.a_letter("en"), domains=400)
    now = timezone.now()
    pieces = [
        cast.published(cast.an_exclusive(headline=f"The ferry sails {n}", standfirst="Word " * 40), now=now)
        for n in range(12)
    ]
    return letters_world.an_edition(
        "en",
        articles=pieces,
        now=now,
        day=now.date(),
        foreword="Good morning. " * 40,
        closes_at=now + timedelta(days=1),
    )


def quiet():
    """Wait until the worker has done what publishing left it."""
    from django.utils import timezone

    from dateline.work.models import Job

    end = time.monotonic() + 300
    while time.monotonic() < end:
        if not Job.objects.filter(state__in=["ready", "claimed"], run_after__lte=timezone.now()).exists():
            return
        time.sleep(0.5)


def timed(edition, many, sink, watched):
    from django.utils import timezone

    from dateline.editions.actions import close
    from dateline.editions.models import Delivery, Issue
    from dateline.publishing.actions import store

    began = time.time()
    closed = close(edition=edition, by=None, now=timezone.now())
    page, visible = store().root / f"{closed.path.strip('/')}/index.html", []
    looking = threading.Thread(target=_look_for, args=(page, visible), daemon=True)
    looking.start()
    first, _many, _most = sink.wait_for(1)
    used = watched.cpu_seconds()
    last, came, most = sink.wait_for(many)
    used = watched.cpu_seconds() - used
    end = time.monotonic() + 60
    while Issue.objects.get().state != "sent" and time.monotonic() < end:
        time.sleep(0.2)
    states = list(Delivery.objects.values_list("state", flat=True))
    held = watched.megabytes(first, last)
    third = max(1, len(held) // 3)
    return {
        "readers": many,
        "close to the first letter, s": round(first - began, 2),
        "close to the page, s": round(visible[0] - began, 2) if visible else None,
        "letters a second": round((many - 1) / max(0.001, last - first), 1),
        "letters a CPU-second of the worker": round((many - 1) / max(0.01, used), 1),
        "memory, first third, MB": round(sum(held[:third]) / len(held[:third]), 1) if held else None,
        "memory, last third, MB": round(sum(held[-third:]) / len(held[-third:]), 1) if held else None,
        "memory, most, MB": round(max(held), 1) if held else None,
        "twice": max(0, most - 1),
        "lost": many - states.count("done") - states.count("unknown") + max(0, many - came),
        "unknown": states.count("unknown"),
    }


def _look_for(page, visible):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if page.exists():
            visible.append(time.time())
            return
        time.sleep(0.01)


def beside(told, peers):
    """Return what a loop of Django's own mail does with the same bodies over one connection."""
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives, get_connection

    from dateline.editions.models import Wording

    wording, sink = Wording.objects.latest("pk"), Sink()
    connection = get_connection(host="127.0.0.1", port=sink.port, use_tls=False, use_ssl=False)
    began, used = time.time(), time.process_time()
    connection.open()
    for number in range(peers):
        message = EmailMultiAlternatives(
            wording.subject, wording.text, settings.DEFAULT_FROM_EMAIL, [f"peer{number}@example.org"],
            headers={"List-Unsubscribe": f"<https://digest.example/{number}>"}, connection=connection,
        )  # fmt: skip
        message.attach_alternative(wording.html, "text/html")
        message.send()
    connection.close()
    took, used = time.time() - began, time.process_time() - used
    sink.end()
    rate = peers / took
    return {
        "plain loop, letters a second": round(rate, 1),
        "plain loop, letters a CPU-second": round(peers / used, 1),
        "ours : plain loop": round(told["letters a second"] / rate, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
