"""Two hundred hosts on one loopback port that misbehave in every way, a clock that is moved, and a referee.

The server is a process of its own and reads the simulated time from shared memory. The referee stands at the
server: it knows the rules by itself, and nothing of how the house keeps them.
"""

import asyncio
import gzip
import heapq
import multiprocessing
import re
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache, partial

from dateline.intake.actions import check_round
from dateline.intake.models import Entry
from dateline.net.errors import FetchError, HostBusy, RobotsRefuse, RobotsUnknown
from dateline.net.guarded import Door, fetch
from dateline.net.letters import Request
from dateline.sources.actions import HostTurns, permit_by_robots
from dateline.sources.models import Channel, Check, Outlet

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)  # a Monday
PAUSE_SECONDS = 2.0
DEADLINE_SECONDS = 2.0
MINUTE, HOUR, DAY = 60, 3600, 86400
KINDS = (
    "strong", "weak", "unquoted", "odd", "modified", "garbage", "none", "max-age", "expires", "ttl", "429", "429-date",
    "403", "500", "503", "404", "410", "301", "308", "silent", "302", "hang-up", "bomb", "poison", "skips",
)  # fmt: skip
ALWAYS_WRONG = {"403", "500", "404", "410", "silent", "hang-up", "bomb", "poison"}


@cache
def bomb():
    """Return fifty megabytes in a small packet: packed when first asked for, and not by each worker that reads this."""
    return gzip.compress(b" " * 50_000_000)


POISON = b"<rss><channel>" + b"<a>" * 200_000


@dataclass(frozen=True)
class Feed:
    """What stands at one address. period: seconds between two pieces."""

    host: str
    path: str
    kind: str
    period: int

    @property
    def target(self):
        """Where the feed is in truth, when it moved."""
        return f"m-{self.host}" if self.kind in ("301", "308", "302") else self.host


def press(hosts):
    """Return the feeds of so many hosts: one each, three on every tenth."""
    feeds = []
    for number in range(hosts):
        host, kind = f"h{number:03}.example", KINDS[number % len(KINDS)]
        period = (20 * MINUTE, HOUR, 4 * HOUR, DAY)[number // len(KINDS) % 4]
        count = 3 if number % 10 == 0 else 1
        feeds += [Feed(host, f"/feed/{feed}", kind, period) for feed in range(count)]
    return feeds


def names(feeds):
    """Return every name of the world."""
    found = {name for feed in feeds for name in (feed.host, feed.target, f"m2-{feed.host}")}
    return sorted(found)


class Clock:
    """The simulated time, which the server reads too."""

    def __init__(self, shared):
        self.shared = shared

    def now(self):
        return START + timedelta(seconds=self.shared.value)

    def wait(self, seconds):
        self.shared.value += seconds

    def move_to(self, moment):
        self.shared.value = max(self.shared.value, (moment - START).total_seconds())


class Loopback:
    """A resolver by whom every name is this machine."""

    async def resolve(self, host, port):
        return ["127.0.0.1"]


# The server's side.


@dataclass
class Referee:
    """Sees each request with its time and holds it against what the host said before."""

    violations: Counter = field(default_factory=Counter)
    examples: list = field(default_factory=list)
    requests: int = 0
    not_modified: int = 0
    busy: Counter = field(default_factory=Counter)
    ended: dict = field(default_factory=dict)
    rests: dict = field(default_factory=dict)  # host → not before
    fresh: dict = field(default_factory=dict)  # address → not before
    validators: dict = field(default_factory=dict)  # address → what was given
    full_at: dict = field(default_factory=dict)  # address → last asked in full
    asked_at: dict = field(default_factory=dict)
    robots_at: dict = field(default_factory=dict)
    last_full: dict = field(default_factory=dict)  # address → whether its last answer was a whole feed
    counts: Counter = field(default_factory=Counter)

    def wrong(self, what, where, **how):
        self.violations[what] += 1
        if len(self.examples) < 20:
            self.examples.append((what, where, how))

    def begins(self, host, path, headers, now):
        address = host + path
        self.requests += 1
        self.counts[address] += 1
        if self.busy[host]:
            self.wrong("two at once", address)
        self.busy[host] += 1
        gap = now - self.ended.get(host, -DAY)
        if gap < pause_of(host, self.robots_at) - 0.001:
            self.wrong("too soon after the last", address, gap=gap)
        if now < self.rests.get(host, -DAY) - 0.001:
            self.wrong("before Retry-After", address, early=self.rests[host] - now)
        if not re.fullmatch(r"Dateline/\S+ \(\+https?://\S+\)", headers.get("user-agent", "")):
            self.wrong("no honest name", address)
        if "cookie" in headers or "referer" in headers:
            self.wrong("told more than asked", address)
        if path.startswith("/feed"):
            self._feed(address, headers, now)
        elif path != "/robots.txt":
            self._page(host, path, now)
        self.asked_at[address] = now

    def _feed(self, address, headers, now):
        given = self.validators.get(address)
        sent = (headers.get("if-none-match", ""), headers.get("if-modified-since", ""))
        if now < self.fresh.get(address, -DAY) - 0.001:
            self.wrong("while the last answer was good", address, early=self.fresh[address] - now)
        since = now - self.asked_at.get(address, -7 * DAY)
        unconditional = self.last_full.get(address) and not given
        if since < (HOUR if unconditional else 5 * MINUTE) - 0.001:
            self.wrong("too often", address, since=since)
        if given and sent != given and now - self.full_at.get(address, -DAY) < 12 * HOUR:
            self.wrong("in full though it had a validator", address, given=given, sent=sent)
        if sent != (given or ("", "")) or not given:
            self.full_at[address] = now

    def _page(self, host, path, now):
        if now - self.robots_at.get(host, -7 * DAY) > DAY + 1:
            self.wrong("a page without robots.txt", host + path)
        if path.startswith("/closed"):
            self.wrong("a closed page", host + path)

    def ends(self, host, now):
        self.busy[host] -= 1
        self.ended[host] = now


def pause_of(host, robots_at):
    """What the referee expects between two requests: the crawl delay once it was told."""
    return crawl_delay(host) if host in robots_at and crawl_delay(host) else PAUSE_SECONDS


def crawl_delay(host):
    found = re.fullmatch(r"h(\d+)\.example", host)
    return 7 if found and int(found[1]) % 3 == 0 else 0


def rss(feed, version):
    items = "".join(
        f"<item><title>Piece {n} of {feed.host}</title><guid>{feed.host}{feed.path}/{n}</guid>"
        f"<link>http://{feed.target}:PORT/{'closed' if n % 3 == 0 else 'open'}/{n}</link>"
        f"<description>What happened {n}.</description></item>"
        for n in range(version, version - 5, -1)
    )
    ttl = "<ttl>120</ttl>" if feed.kind == "ttl" else ""
    skips = (
        "<skipHours><hour>1</hour><hour>2</hour><hour>3</hour></skipHours>" if feed.kind == "skips" else ""
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://x.example/</link>'
        f"<description>-</description>{ttl}{skips}{items}</channel></rss>"
    )


class Server:
    """Answers as each feed's kind has it."""

    def __init__(self, feeds, shared, control):
        self.shared, self.control = shared, control
        self.feeds = {(feed.target, feed.path): feed for feed in feeds}
        self.moved = {(feed.host, feed.path): feed for feed in feeds if feed.target != feed.host}
        self.referee = Referee()

    def now(self):
        return self.shared.value

    async def run(self):
        server = await asyncio.start_server(self.talk, "127.0.0.1", 0, backlog=1000)
        self.port = server.sockets[0].getsockname()[1]
        self.control.send(self.port)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.control.recv)
        self.control.send(self.referee)

    async def talk(self, reader, writer):
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                path = head[0].split()[1]
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
                host = headers["host"].partition(":")[0]
                at = self.now()
                self.referee.begins(host, path, headers, at)
                try:
                    goes_on = await self.answer(host, path, headers, reader, writer)
                finally:
                    self.referee.ends(host, at)
                if not goes_on:
                    break
        writer.close()

    async def answer(self, host, path, headers, reader, writer):
        if path == "/robots.txt":
            self.referee.robots_at[host] = self.now()
            delay = f"Crawl-delay: {crawl_delay(host)}\n" if crawl_delay(host) else ""
            return await say(writer, 200, f"User-agent: *\n{delay}Disallow: /closed\n".encode())
        if not path.startswith("/feed"):
            return await say(writer, 200, b"<html><p>A page.</p></html>")
        if feed := self.moved.get((host, path)):
            return await self.pass_on(feed, writer)
        if host.startswith("m2-"):
            return await say(writer, 308, b"", Location=f"http://m-{host[3:]}:{self.port}{path}")
        return await self.feed(self.feeds[host, path], headers, reader, writer)

    async def pass_on(self, feed, writer):
        onward = f"m2-{feed.host}" if feed.kind == "308" else feed.target
        return await say(writer, int(feed.kind), b"", Location=f"http://{onward}:{self.port}{feed.path}")

    async def feed(self, feed, headers, reader, writer):
        self.referee.last_full[feed.target + feed.path] = False
        count = self.referee.counts[feed.target + feed.path]
        match feed.kind:
            case "429" | "429-date" | "503" if count % 3 == 0:
                return await self.refuse(feed, writer)
            case "403" | "500" | "404" | "410":
                until = {"403": 4 * HOUR, "404": 4 * HOUR, "410": 7 * DAY, "500": 15 * MINUTE}[feed.kind]
                self.referee.fresh[feed.host + feed.path] = self.now() + until
                return await say(writer, int(feed.kind), b"no")
            case "silent" | "hang-up":
                return await self.break_off(feed, reader, writer)
            case "bomb":
                self.give(feed, ('"bomb"', ""))
                if headers.get("if-none-match") == '"bomb"':
                    return await self.say_unchanged(writer, ETag='"bomb"')
                writer.write(b'HTTP/1.1 200 OK\r\nETag: "bomb"\r\nContent-Encoding: gzip\r\n')
                writer.write(b"Content-Length: %d\r\n\r\n" % len(bomb()) + bomb())
                await writer.drain()
                return True
        return await self.news(feed, headers, writer)

    async def break_off(self, feed, reader, writer):
        if feed.kind == "silent":
            await reader.read()
        else:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")
            await writer.drain()
        return False

    async def refuse(self, feed, writer):
        seconds = {"429": 30 * MINUTE, "429-date": 5 * HOUR, "503": 2 * HOUR}[feed.kind]
        self.referee.rests[feed.host] = self.now() + seconds
        at = format_datetime(START + timedelta(seconds=self.now() + seconds), usegmt=True)
        wish = at if feed.kind == "429-date" else str(seconds)
        return await say(writer, int(feed.kind[:3]), b"later", Retry_After=wish)

    async def news(self, feed, headers, writer):
        version = 10 + int(self.now() // feed.period)
        etag = {
            "weak": f'W/"{version}"', "unquoted": f"abc-{version}", "odd": f'"{version} a, b;c"  x',
            "modified": "", "garbage": "", "none": "",
        }.get(feed.kind, f'"{version}"')  # fmt: skip
        changed_at = format_datetime(START + timedelta(seconds=(version - 10) * feed.period), usegmt=True)
        modified = {"modified": changed_at, "garbage": f"yesterday, I think ({version})"}.get(feed.kind, "")
        said = {"ETag": etag, "Last_Modified": modified, **self.wishes(feed)}
        self.referee.last_full[feed.target + feed.path] = True
        if etag or modified:
            self.give(feed, (etag, modified))
        sent = headers.get("if-none-match", ""), headers.get("if-modified-since", "")
        if any(sent) and sent == (etag, modified):
            return await self.say_unchanged(writer, **said)
        body = (
            POISON if feed.kind == "poison" else rss(feed, version).replace("PORT", str(self.port)).encode()
        )
        return await say(writer, 200, body, **said)

    def wishes(self, feed):
        now = self.now()
        seconds = {"max-age": HOUR, "expires": 2 * HOUR, "ttl": 2 * HOUR}.get(feed.kind, 0)
        self.referee.fresh[feed.target + feed.path] = now + seconds
        if feed.kind == "max-age":
            return {"Cache_Control": "public, max-age=3600"}
        if feed.kind == "expires":
            at = [START + timedelta(seconds=moment) for moment in (now, now + seconds)]
            return {
                "Date": format_datetime(at[0], usegmt=True),
                "Expires": format_datetime(at[1], usegmt=True),
            }
        return {}

    def give(self, feed, validators):
        self.referee.validators[feed.target + feed.path] = validators

    async def say_unchanged(self, writer, **headers):
        self.referee.not_modified += 1
        return await say(writer, 304, b"", **headers)


async def say(writer, status, body, **headers):
    lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value]
    writer.write("\r\n".join([*lines, "", ""]).encode() + (b"" if status == 304 else body))
    await writer.drain()
    return True


def serve(feeds, shared, control):
    asyncio.run(Server(feeds, shared, control).run())


# Our side.


@dataclass
class Report:
    """What a simulation came to. cpu_seconds: of this process within its rounds."""

    referee: Referee
    checks: int = 0
    unchanged: int = 0
    new: int = 0
    rounds: int = 0
    pages: int = 0
    pages_refused: int = 0
    cpu_seconds: float = 0.0
    longest_round: float = 0.0
    dropped: list = field(default_factory=list)


@contextmanager
def world(feeds):
    """Start the server; give the clock, the door and a way to ask the referee."""
    shared = multiprocessing.Value("d", 0.0, lock=False)
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=serve, args=(feeds, shared, theirs), daemon=True
    )
    process.start()
    try:
        port = ours.recv()
        clock = Clock(shared)
        door = Door(
            user_agent="Dateline/0 (+https://digest.example)",
            allowed=frozenset((name, port) for name in names(feeds)),
            resolver=Loopback(),
            turns=HostTurns(clock=clock.now, sleep=clock.wait),
        )
        yield clock, door, port, ours
    finally:
        process.terminate()
        process.join()


def write_channels(feeds, port):
    outlets = {
        name: Outlet.objects.create(name=name, slug=name.replace(".", "-"), home_url=f"http://{name}:{port}/")
        for name in {feed.host for feed in feeds}
    }
    Channel.objects.bulk_create(
        Channel(
            outlet=outlets[feed.host],
            address=f"http://{feed.host}:{port}{feed.path}",
            next_check_at=START + timedelta(seconds=number % 60),
        )
        for number, feed in enumerate(feeds)
    )


def simulate(feeds, *, hours, every_seconds=60):
    """Watch the feeds for so many hours and take the pages of what is new, as the workers would."""
    with world(feeds) as (clock, door, port, control):
        write_channels(feeds, port)
        report = Report(Referee())
        pages, seen = [], 0
        end = START + timedelta(hours=hours)
        comes_again = None
        while clock.now() < end:
            if comes_again is None or comes_again <= clock.now() or _is_beat(clock, every_seconds):
                comes_again = _round(report, clock, door)
                seen = _queue_pages(pages, clock, after=seen)
            _take_pages(report, pages, clock, door)
            beat = START + timedelta(seconds=every_seconds * (int(clock.shared.value // every_seconds) + 1))
            clock.move_to(min(filter(None, [beat, comes_again, pages[0][0] if pages else None])))
        control.send("end")
        report.referee = control.recv()
    report.dropped = [str(channel.address) for channel in Channel.objects.all() if _is_dropped(channel, end)]
    return report


def _is_beat(clock, every_seconds):
    return clock.shared.value % every_seconds == 0


def _round(report, clock, door):
    cpu, wall = time.process_time(), time.perf_counter()
    told = check_round(clock=clock.now, door=door, deadline_seconds=DEADLINE_SECONDS)
    report.cpu_seconds += time.process_time() - cpu
    report.longest_round = max(report.longest_round, time.perf_counter() - wall)
    report.rounds += bool(told.asked)
    report.checks += told.asked
    report.unchanged += told.unchanged
    report.new += told.new
    return told.next_at


def _queue_pages(pages, clock, *, after):
    found = Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "url")
    for pk, url in found:
        heapq.heappush(pages, (clock.now(), url))
        after = pk
    return after


def _take_pages(report, pages, clock, door):
    while pages and pages[0][0] <= clock.now():
        _at, url = heapq.heappop(pages)
        permit = partial(permit_by_robots, door=door, now=clock.now())
        request = Request(url, deadline_seconds=DEADLINE_SECONDS, patience_seconds=0, permit=permit)
        try:
            fetch(request, door=door, now=clock.now())
            report.pages += 1
        except HostBusy as busy:
            heapq.heappush(pages, (max(busy.until, clock.now() + timedelta(milliseconds=10)), url))
        except (RobotsRefuse, RobotsUnknown):
            report.pages_refused += 1
        except FetchError as error:
            raise AssertionError(f"a sound page was not had: {error}") from error


def _is_dropped(channel, end):
    """Nobody watches it any more, it is not asked again, or it is in trouble and does not say so."""
    kind = KINDS[int(re.search(r"h(\d+)", channel.address)[1]) % len(KINDS)]
    silent = kind in ALWAYS_WRONG and not channel.trouble
    return (
        not channel.is_watched
        or channel.last_checked_at is None
        or channel.next_check_at > end + timedelta(days=7, minutes=20)
        or silent
        or not Check.objects.filter(channel=channel).exists()
    )
