"""A simulated day of 200 hosts that misbehave, and how many conditional checks a CPU-second, beside plain clients.

Run: python benchmarks/intake/politeness.py [hours] [checks]
CPU seconds are those of this process: the server is another one, feeds are parsed in children. The peers ask the
same server for the same answers without guard, turns, database or history.
"""

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
TESTS = PROJECT / "tests" / "intake"


def main(hours: float, checks: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATELINE_HOME": folder,
            "DATELINE_NET_ALLOW": "",
            "DJANGO_SETTINGS_MODULE": "intake_kill_settings",
            "PYTHONPATH": os.pathsep.join([str(PROJECT), str(TESTS)]),
        }
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"], check=True
        )
        sys.path[:0] = [str(PROJECT), str(TESTS)]
        import django

        django.setup()
        logging.disable(logging.WARNING)
        conditional_checks(checks)
        simulated_day(hours)


def simulated_day(hours: float) -> None:
    from django.test import override_settings
    from politeness_world import PAUSE_SECONDS, press, simulate

    from dateline.sources.models import Channel

    Channel.objects.all().delete()
    wall = time.perf_counter()
    with override_settings(DATELINE_HOST_PAUSE_SECONDS=PAUSE_SECONDS):
        report = simulate(press(200), hours=hours)
    referee = report.referee
    print(
        f"{hours:g} simulated hours, 200 hosts, {Channel.objects.count()} feeds, in {time.perf_counter() - wall:.0f} s:"
    )
    print(
        f"  {referee.requests} requests, {sum(referee.violations.values())} violations {dict(referee.violations)}"
    )
    print(f"  {len(report.dropped)} feeds dropped, {report.checks} checks in {report.rounds} rounds")
    print(f"  {report.unchanged} unchanged ({referee.not_modified} by 304), {report.new} new entries")
    print(f"  {report.pages} pages read, {report.pages_refused} closed by robots.txt and left alone")
    print(
        f"  {report.checks / report.cpu_seconds:.0f} checks a CPU-second, bodies, troubles and writing included"
    )
    print(f"  longest round {report.longest_round:.1f} s (a silent host is waited for)")
    for example in referee.examples:
        print("   ", example)


def conditional_checks(checks: int) -> None:
    """Ask so many feeds that have not changed, one a host: in one round, and in many small ones."""
    from politeness_world import START, Feed, world, write_channels

    from dateline.intake.actions import check_round
    from dateline.sources.models import Channel

    feeds = [Feed(f"h{number:05}.example", "/feed/0", "strong", 10**9) for number in range(checks)]
    with world(feeds) as (clock, door, port, _control):
        write_channels(feeds, port)
        Channel.objects.update(etag='"10"', body_hash="x")
        check_round(clock=clock.now, door=door)  # every host is known from here on
        for at_once in (checks, 100, 20):
            cpu = told = 0
            for number in range(0, min(checks, 50 * at_once), at_once):
                Channel.objects.update(next_check_at=START + timedelta(days=3650))
                clock.wait(4000)
                chosen = Channel.objects.order_by("pk").values_list("pk", flat=True)[
                    number : number + at_once
                ]
                Channel.objects.filter(pk__in=list(chosen)).update(next_check_at=clock.now())
                began = time.process_time()
                told += check_round(clock=clock.now, door=door).unchanged
                cpu += time.process_time() - began
            tell(f"ours, rounds of {at_once}: guard, turns, cadence, rows and history", told, cpu)
        peers(feeds, port)


def peers(feeds, port) -> None:
    urls = [f"http://127.0.0.1:{port}{feed.path}" for feed in feeds]
    hosts = [f"{feed.host}:{port}" for feed in feeds]
    measure("aiohttp alone, a session, 100 at once", lambda: asyncio.run(plain_aiohttp(urls, hosts)))
    measure("requests alone, a session", lambda: plain_requests(urls[:1000], hosts))
    try:
        import httpx
    except ImportError:
        print("httpx is not installed here")
    else:
        measure(
            "httpx alone, a client, 100 at once", lambda: asyncio.run(plain_httpx(httpx, urls[:1000], hosts))
        )


def measure(name: str, ask) -> None:
    began = time.process_time()
    statuses = ask()
    tell(name, statuses.count(304), time.process_time() - began)


def tell(name: str, asked: int, cpu: float) -> None:
    print(f"{name}: {asked} unchanged, {asked / cpu:.0f} a CPU-second")


async def plain_aiohttp(urls, hosts):
    import aiohttp

    room = asyncio.Semaphore(100)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:

        async def ask(url, host):
            async with room, session.get(url, headers={"Host": host, "If-None-Match": '"10"'}) as response:
                await response.read()
                return response.status

        return await asyncio.gather(*map(ask, urls, hosts))


async def plain_httpx(httpx, urls, hosts):
    room = asyncio.Semaphore(100)
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def ask(url, host):
            async with room:
                answer = await client.get(url, headers={"Host": host, "If-None-Match": '"10"'})
            return answer.status_code

        return await asyncio.gather(*map(ask, urls, hosts))


def plain_requests(urls, hosts):
    import requests

    with requests.Session() as session:
        return [
            session.get(
                url, headers={"Host": host, "If-None-Match": '"10"', "Connection": "close"}
            ).status_code
            for url, host in zip(urls, hosts, strict=False)
        ]


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 24,
        int(sys.argv[2]) if len(sys.argv) > 2 else 2000,
    )
