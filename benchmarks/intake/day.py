"""A day of 200 outlets and 2,000 originals, end to end: processor time of our whole tree by stage, and its memory.

Run: python benchmarks/intake/day.py [--outlets 200] [--pieces 10] [--hours 24] [--engine NAME]
     [--corpus FOLDER] [--pages N] [--seed 7] [--profile FILE]

Three processes: this one, which measures; the press, which serves real pages of the public sets on loopback, each
outlet on an address of its own (127.1.x.y) with feed, robots.txt and no tdmrep.json; and the newsroom, which is what is
measured: a database file, the site's own settings, its worker taking real jobs (the beats of `sources` and `intake`,
rounds, entries, pages with extraction in the child, snapshots, duplicates, stories, the beat's scores, looks for
changes), by a clock that is moved from one job to the next. Each feed lists 20 older pieces that are known and those
of the day so far. A page that comes a second time has the words of its paragraphs mixed anew (by the seed), so that
it is another text of the same shape; dates told to machines are those of the day. Every second outlet's pages carry a
script and a comment that are others at each request, as most sites' do; no page has a validator, so that each look for
changes has a body. Pages that hold no article (the sets
have some) fail as they should, so count the originals, not the pieces.

Processor time is that of the newsroom and all of its children, start included, making the tables not. Memory is the
proportional share (PSS) of the same tree, once a second.
"""

import argparse
import gzip
import http.server
import json
import logging
import mmap
import multiprocessing
import os
import random
import re
import resource
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from socketserver import ThreadingMixIn

PROJECT = Path(__file__).resolve().parent.parent.parent
SETS = ("article-extraction-benchmark", "article-extraction-dataset", "trafilatura-eval")
START = datetime(2026, 3, 2, tzinfo=UTC)
OLDER = 20  # pieces of yesterday that each feed still lists
PROSE = re.compile(rb"(<p\b[^>]*>)([^<]{40,})")
DAY_WRITTEN = re.compile(rb"\b20[012]\d-[01]\d-[0-3]\d(?=[T \"'])")
TICK = os.sysconf("SC_CLK_TCK")


# The press.


class Press:
    """What stands where, and since when: the same for the server and for whoever counts."""

    def __init__(self, options):
        found = [path for name in SETS for path in (options.corpus / "intake" / name / "html").glob("*.gz")]
        self.paths = sorted(found, key=lambda path: (path.parent.parent.name, path.name))[: options.pages]
        self.options, chance = options, random.Random(options.seed)
        if not self.paths:
            sys.exit(f"The public sets are not at {options.corpus} (--corpus).")
        order = chance.sample(range(len(self.paths)), len(self.paths))
        self.page_of = {
            (outlet, number): order[(outlet * options.pieces + number) % len(order)]
            for outlet in range(options.outlets)
            for number in range(options.pieces)
        }
        self.copy_of = {key: (key[0] * options.pieces + key[1]) // len(order) for key in self.page_of}
        seconds = options.hours * 3600
        self.out_at = {key: chance.random() * seconds * 0.98 for key in self.page_of}

    def host(self, outlet):
        return f"127.1.{outlet // 200}.{outlet % 200 + 1}"

    def outlet(self, host):
        third, fourth = map(int, host.split(":")[0].split(".")[2:])
        return third * 200 + fourth - 1

    @cache  # noqa: B019 - there is one press
    def page(self, outlet, number):
        key = (outlet, number)
        body = gzip.decompress(self.paths[self.page_of[key]].read_bytes())
        body = DAY_WRITTEN.sub(START.date().isoformat().encode(), body)
        if self.copy_of[key]:
            body = mixed(body, random.Random(f"{self.options.seed} {key}"))
        return body

    @cache  # noqa: B019
    def title(self, outlet, number):
        found = re.search(rb"<title[^>]*>([^<]+)", self.page(outlet, number), re.IGNORECASE)
        return " ".join((found[1] if found else b"News").decode("utf-8", "replace").split())[:150]

    def feed(self, outlet, port, seconds):
        mine = [n for n in range(self.options.pieces) if self.out_at[outlet, n] <= seconds]
        mine.sort(key=lambda n: -self.out_at[outlet, n])
        items = [self._item(outlet, n, port, self.title(outlet, n), self.out_at[outlet, n]) for n in mine]
        items += [self._item(outlet, -n, port, f"Older piece {n}", -3600 * n) for n in range(1, OLDER + 1)]
        head = f"<title>Outlet {outlet}</title><link>http://{self.host(outlet)}:{port}/</link><description>-</description>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()

    def _item(self, outlet, number, port, title, at):
        title = title.replace("&", "&amp;").replace("<", "&lt;")
        when = format_datetime(START + timedelta(seconds=at), usegmt=True)
        teaser = (
            "&lt;p&gt;What &lt;b&gt;happened&lt;/b&gt; today, told in a few words for those in haste.&lt;/p&gt;"
            * 6
        )
        return (
            f"<item><title>{title}</title><link>http://{self.host(outlet)}:{port}/news/{number}.html</link>"
            f"<guid isPermaLink='false'>{outlet}-{number}</guid><pubDate>{when}</pubDate>"
            f"<description>{teaser}</description></item>"
        )


def mixed(body, chance):
    """Return the page with the words of its paragraphs in another order, each paragraph as long as it was."""
    words = [word for found in PROSE.finditer(body) for word in found[2].split()]
    chance.shuffle(words)
    left = iter(words)

    def anew(found):
        return found[1] + b" ".join(next(left) for _ in found[2].split())

    return PROSE.sub(anew, body)


def restless(body, number):
    """Return the page as a site writes it that tells each request by its number."""
    head, end, rest = body.partition(b"</head>")
    return (
        head + b"<script>window.request = %d</script>" % number + end + rest + b"<!-- request %d -->" % number
    )


class Server(ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 512


def serve(options, clock, told):
    press, asked = Press(options), Counter()

    class Answer(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            outlet = press.outlet(self.headers["Host"])
            if self.path == "/feed":
                body = press.feed(outlet, port, read(clock))
                tag = f'"{hash(body)}"'
                if self.headers.get("If-None-Match") == tag:
                    return self.say(304, b"", tag)
                return self.say(200, body, tag, "application/rss+xml; charset=utf-8")
            if self.path == "/robots.txt":
                return self.say(200, b"User-agent: *\nDisallow: /admin/\n", kind="text/plain")
            if found := re.fullmatch(r"/news/(\d+)\.html", self.path):
                body = press.page(outlet, int(found[1]))
                return self.say(200, restless(body, asked.total()) if outlet % 2 else body, kind="text/html")
            return self.say(404, b"no")

        def say(self, status, body, tag="", kind="text/plain"):
            asked[f"{self.path.split('/')[1].split('.')[0] or 'front'} {status}"] += 1
            packed = gzip.compress(body, 5) if len(body) > 500 else body
            self.send_response(status)
            self.send_header("Content-Length", str(len(packed)))
            self.send_header("Content-Type", kind)
            if packed is not body:
                self.send_header("Content-Encoding", "gzip")
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(packed if status != 304 else b"")

    server = Server(("0.0.0.0", 0), Answer)
    port = server.server_port
    told.send(port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.recv()
    told.send(dict(asked))


def read(clock):
    return struct.unpack("d", clock[:8])[0]


# The newsroom.


def newsroom(options):
    """Be the newsroom: its tables, its channels, and a day of its worker. Prints figures as JSON on the last line."""
    file = os.open(options.clock, os.O_RDWR)
    clock = mmap.mmap(file, 8)

    def now():
        return START + timedelta(seconds=read(clock))

    def wait(seconds):
        clock[:8] = struct.pack("d", read(clock) + max(0.0, seconds))

    from django.utils import timezone

    timezone.now = now  # before anybody takes it from there
    import django
    from django.conf import settings

    settings.MIGRATION_MODULES = NoMigrations()
    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    from dateline.net.turns import sign_in
    from dateline.sources.actions.turns import HostTurns

    begun = cpu_of_tree()
    call_command("migrate", run_syncdb=True, verbosity=0)
    sign_in(HostTurns(clock=now, sleep=wait))
    lay_out(options)
    preparing = cpu_of_tree() - begun
    spent, jobs = a_day(options, clock, now, wait)
    from django.db import connection

    print(json.dumps({"spent": spent, "jobs": jobs, "preparing": preparing, **came(connection)}))


class NoMigrations:
    """The tables as the models have them."""

    def __contains__(self, _app):
        return True

    def __getitem__(self, _app):
        return None


def lay_out(options):
    from dateline.intake.actions.beats import describe_beat
    from dateline.intake.models import Entry
    from dateline.sources.models import Channel, Outlet
    from dateline.work import models, schedule

    subject = json.loads((PROJECT / "benchmarks" / "intake" / "beats" / "central-banks.json").read_text())
    describe_beat(description=subject, by=None, now=START)
    press = Press(options)
    for outlet in range(options.outlets):
        home = f"http://{press.host(outlet)}:{options.port}/"
        row = Outlet.objects.create(
            name=f"Outlet {outlet}", slug=f"outlet-{outlet}", home_url=home, language="en"
        )
        channel = Channel.objects.create(
            outlet=row, address=f"{home}feed", next_check_at=START + timedelta(seconds=outlet % 60)
        )
        Entry.objects.bulk_create(
            Entry(
                channel=channel, guid=f"{outlet}-{-n}", url=f"{home}news/{-n}.html", title=f"Older piece {n}",
                state=Entry.State.TAKEN, seen_at=START - timedelta(hours=n), published_at=START - timedelta(hours=n),
                summary=" ".join(["What happened today, told in a few words for those in haste."] * 6),
            )
            for n in range(1, OLDER + 1)
        )  # fmt: skip
    schedule.lay_out_beats(now=START)
    models.Beat.objects.exclude(name__startswith="sources.").exclude(name__startswith="intake.").delete()


def a_day(options, clock, now, wait):
    from dateline.work.models import Job
    from dateline.work.schedule import fire_due_beats
    from dateline.work.worker import Worker

    end, worker = START + timedelta(hours=options.hours), Worker(name="day", chores=False)
    spent, jobs = defaultdict(float), Counter()
    last = cpu_of_tree()

    def book(stage):
        nonlocal last
        spent[stage] += (told := cpu_of_tree()) - last
        last = told

    while now() < end:
        fire_due_beats(now=now())
        book("the beats of the queue")
        while (name := next_job(Job, now())) and worker.work_once():
            book(name)
            jobs[name] += 1
        minute = START + timedelta(seconds=60 * (read(clock) // 60 + 1))
        waiting = (
            Job.objects.filter(state=Job.State.READY)
            .order_by("run_after")
            .values_list("run_after", flat=True)
        )
        ahead = waiting.first()
        until = min(filter(None, [minute, ahead if ahead and ahead > now() else None]))
        wait((until - now()).total_seconds())
        book("the beats of the queue")
    return dict(spent), dict(jobs)


def next_job(jobs, now):
    found = jobs.objects.due(now=now).first()
    return found.task if found else ""


def came(connection):
    from dateline.intake.models import Entry, Gathering, Likeness, Original, Snapshot, Story
    from dateline.work.models import Job

    troubles = Counter(Entry.objects.exclude(trouble="").values_list("trouble", flat=True))
    return {
        "originals": Original.objects.count(),
        "entries": Entry.objects.filter(seen_at__gte=START).count(),
        "failed": sum(troubles.values()),
        "why": [[" ".join(why.split())[:100], count] for why, count in troubles.most_common(4)],
        "stories": Story.objects.count(),
        "repeats": Likeness.objects.count(),
        "snapshots": Snapshot.objects.count(),
        "engine": Gathering.objects.get().engine if Gathering.objects.exists() else "",
        "failed_jobs": Job.objects.filter(state=Job.State.DEAD).count(),
        "vendor": connection.vendor,
    }


def cpu_of_tree():
    """Return the processor seconds of this process, its children that ended and those that live."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(ticks_of(pid) for pid in children(os.getpid())) / TICK
    return time.process_time() + ended.ru_utime + ended.ru_stime + living


def ticks_of(pid):
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(told[11]) + int(told[12])


def children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


# Who measures.


def main(options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clock"
        path.write_bytes(struct.pack("d", 0.0))
        clock = mmap.mmap(os.open(path, os.O_RDWR), 8)
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(options, clock, theirs), daemon=True)
        server.start()
        report(options, measured(options, path, port=ours.recv(), folder=folder), asked=ask(ours))
        server.join()


def ask(server):
    server.send("end")
    return server.recv()


def measured(options, clock, *, port, folder):
    press = Press(options)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("DATELINE_", "DJANGO_", "DATABASE"))},
        "DATELINE_CORPUS": str(options.corpus),
        "DATELINE_HOME": str(Path(folder) / "home"),
        "DATELINE_STORIES_ENGINE": options.engine,
        "DATELINE_NET_ALLOW": ",".join(f"{press.host(outlet)}:{port}" for outlet in range(options.outlets)),
        "DJANGO_SETTINGS_MODULE": "dateline.config.settings",
        "PYTHONPATH": str(PROJECT),
        "PYTHONHASHSEED": "0",
    }  # fmt: skip
    Path(environment["DATELINE_HOME"]).mkdir()
    inside = [sys.executable, __file__, *sys.argv[1:], "--clock", str(clock), "--port", str(port)]
    if options.profile:
        inside[1:1] = ["-m", "cProfile", "-o", options.profile]
    began = time.perf_counter()
    process = subprocess.Popen(inside, env=environment, stdout=subprocess.PIPE, text=True)
    most, done = [0, []], threading.Event()
    threading.Thread(target=watch, args=(process.pid, most, done), daemon=True).start()
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    done.set()
    if status:
        sys.exit(f"The newsroom ended with status {status}.")
    told = json.loads(said.splitlines()[-1])
    told["cpu"] = used.ru_utime + used.ru_stime - told["preparing"]
    told["most"], told["tree"] = most
    told["seconds"] = time.perf_counter() - began
    return told


def watch(pid, most, done):
    while not done.wait(1.0):
        shares = [(one, share_of(one)) for one in [pid, *children(pid)]]
        if (total := sum(share for _, share in shares)) > most[0]:
            most[:] = [total, [share for _, share in shares]]


def share_of(pid):
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def report(options, told, *, asked):
    print(
        f"{options.outlets} outlets, {told['entries']} pieces, {told['originals']} originals "
        f"in {options.hours:g} simulated hours, "
        f"engine {told['engine']}, {told['vendor']}; {told['seconds']:.0f} s by the clock"
    )
    print(
        f"  {told['cpu']:.0f} CPU-seconds of the tree = {told['cpu'] / 60:.1f} CPU-minutes "
        f"({told['cpu'] / 60 * 2000 / max(1, told['originals']):.1f} for 2,000 originals), "
        f"making tables apart {told['preparing']:.0f}"
    )
    shares = ", ".join(f"{share / 1e6:.0f}" for share in told["tree"])
    print(f"  {told['most'] / 1e6:.0f} MB at most (newsroom and children: {shares})")
    print(
        f"  {told['stories']} stories, {told['repeats']} that repeat another, {told['snapshots']} snapshots, "
        f"{told['failed']} pieces failed, {told['failed_jobs']} jobs failed; the press was asked {asked}"
    )
    for why, count in told["why"]:
        print(f"    {count} times: {why}")
    for stage, seconds in sorted(told["spent"].items(), key=lambda one: -one[1]):
        count = told["jobs"].get(stage, 0)
        each = f", {1000 * seconds / count:.1f} ms each of {count}" if count else ""
        print(f"  {seconds:8.1f} CPU-s {stage}{each}")


if __name__ == "__main__":
    home = PROJECT.parent / "shared" / "corpus"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--outlets", type=int, default=200)
    parser.add_argument("--pieces", type=int, default=11)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--pages", type=int, default=None, help="only so many pages of the sets")
    parser.add_argument("--engine", default="char-tfidf")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", default="", help="write a profile of the newsroom's own process there")
    parser.add_argument("--clock", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    asked_for = parser.parse_args()
    socket.setdefaulttimeout(60)
    newsroom(asked_for) if asked_for.clock else main(asked_for)
