"""How many feeds that have not changed one core can ask about: guarded fetches answered with 304, and with 48 kB.

Run: python benchmarks/net/conditional_checks.py [fetches]
The server is another process on loopback; the figures are for the CPU seconds of this one.
"""

import asyncio
import gzip
import multiprocessing
import os
import sys
import time
from datetime import UTC, datetime

from dateline.net.crowd import Crowd
from dateline.net.guarded import Door, fetch
from dateline.net.letters import Request

AT_ONCE = 50
BODY = gzip.compress(b"".join(b"<item>%d</item>" % number for number in range(3200)))
ANSWERS = {
    "304": b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n\r\n',
    "200": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY),
}


async def talk(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    writer.write(ANSWERS[head.split()[1].decode().strip("/")])
    await writer.drain()
    writer.close()


def outlet(ports):
    async def run():
        server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=500)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def many(url, door, fetches):
    """Ask so often through one crowd, so many at once."""
    answers = []
    request = Request(url, headers={"If-None-Match": '"7"'})
    with Crowd(door, at_once=AT_ONCE) as crowd:
        sent = 0
        while len(answers) < fetches:
            more = min(crowd.places, fetches - sent)
            crowd.send({sent + number: request for number in range(more)}, now=datetime.now(UTC))
            sent += more
            answers += crowd.collect(timeout=10)
    return answers


def main():
    fetches = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ports = multiprocessing.Queue()
    server = multiprocessing.Process(target=outlet, args=(ports,), daemon=True)
    server.start()
    port = ports.get()
    door = Door(user_agent="Dateline/bench (+http://127.0.0.1)", allowed=frozenset([("127.0.0.1", port)]))
    for status in ANSWERS:
        url = f"http://127.0.0.1:{port}/{status}"
        measure(f"{status}, {AT_ONCE} at once", fetches, lambda url=url: many(url, door, fetches))
        measure(f"{status}, one by one", fetches // 4, lambda url=url: one_by_one(url, door, fetches // 4))
    server.terminate()


def one_by_one(url, door, fetches):
    return [fetch(Request(url), door=door, now=datetime.now(UTC)) for _ in range(fetches)]


def measure(name, fetches, work):
    cpu, wall = time.process_time(), time.perf_counter()
    assert len(work()) == fetches
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(
        f"{name}: {fetches / cpu:.0f} fetches a CPU-second, {fetches / wall:.0f} a second ({os.cpu_count()} cores)"
    )


if __name__ == "__main__":
    main()
