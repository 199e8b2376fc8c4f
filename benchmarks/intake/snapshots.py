"""What evidence costs: bytes on the disk and processor time a page, against a bare compressed body and other shapes.

Run: python benchmarks/intake/snapshots.py [--corpus FOLDER] [--pages N]

Real pages of the public sets with headers as servers send them. Peers in the same run: the bare body in gzip (what we
kept before), one WARC without sharing of bodies, gzip at level 9, and warcio's writer.
"""

import argparse
import gzip
import io
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.intake.snapshots_evidence import Evidence
from dateline.intake.snapshots_warc import plain, records_of, written
from dateline.intake.stores.disk import DiskStore
from dateline.lib.files import write_atomically

HEADERS = (
    ("Date", "Mon, 23 Nov 2026 09:00:00 GMT"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Server", "nginx"),
    ("Cache-Control", "max-age=60, stale-while-revalidate=30"),
    ("ETag", '"5f3-60a1b2c3d4e5f"'),
    ("Vary", "Accept-Encoding"),
    ("Content-Encoding", "gzip"),
    ("Transfer-Encoding", "chunked"),
    ("X-Cache", "HIT"),
    ("Strict-Transport-Security", "max-age=31536000"),
)
SENT = (
    ("Accept", "text/html"),
    ("User-Agent", "Dateline/0 (+https://digest.example)"),
    ("Accept-Encoding", "gzip, deflate, br"),
)
A_DAY = 2_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def evidence(number, body, at=NOW):
    url = f"https://outlet-{number % 200}.example/2026/11/23/a-piece-with-a-name-{number}.html"
    return Evidence(url=url, body=body, came_at=at, status=200, headers=HEADERS, sent=SENT)


def measure(name, run, items, *, per):
    started = time.process_time()
    size = sum(run(item) for item in items)
    spent = time.process_time() - started
    each, seconds = size / len(items), spent / len(items)
    a_day = f"{per * each / 1e6:7.1f} MB and {per * seconds:5.1f} CPU-s a day"
    print(f"{name:48} {each:9.0f} bytes {1000 * seconds:7.2f} ms   {a_day}")
    return size


def by_warcio(item):
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    head = StatusAndHeaders("200 OK", list(item.headers), protocol="HTTP/1.1")
    response = writer.create_warc_record(
        item.url, "response", payload=io.BytesIO(item.body), http_headers=head
    )
    writer.write_record(response)
    asked = StatusAndHeaders("GET / HTTP/1.1", list(item.sent), is_http_request=True)
    writer.write_record(writer.create_warc_record(item.url, "request", http_headers=asked))
    return len(packed.getvalue())


def disk_blocks(path):
    return sum(file.stat().st_blocks * 512 for file in path.rglob("*") if file.is_file())


def main():
    parser = argparse.ArgumentParser()
    default = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", default)))
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    files = sorted((options.corpus / "intake").glob("article-extraction-*/html/*.html.gz"))[: options.pages]
    items = [evidence(number, gzip.decompress(file.read_bytes())) for number, file in enumerate(files)]
    bare = sum(len(item.body) for item in items) / len(items)
    print(f"{len(items)} pages, {bare:.0f} bytes unpacked on average; a day has {A_DAY} of them")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        measure("bare body, gzip 6, in memory", lambda one: len(gzip.compress(one.body, 6)), items, per=A_DAY)
        measure("records, in memory", lambda one: len(written(records_of(one))), items, per=A_DAY)
        measure(
            "records, gzip 9, in memory",
            lambda one: sum(len(gzip.compress(plain(r), 9)) for r in records_of(one)),
            items,
            per=A_DAY,
        )
        measure("warcio's writer, in memory", by_warcio, items, per=A_DAY)

        def bare_file(one):
            packed = gzip.compress(one.body, 6)
            write_atomically(root / "bare" / f"{hash(one.url)}.gz", packed)
            return len(packed)

        measure("bare body, on the disk", bare_file, items, per=A_DAY)
        store = DiskStore(root / "ours")
        first = measure(
            "our store, each for the first time", lambda one: store.keep(one).packed_bytes, items, per=A_DAY
        )
        blocks = disk_blocks(root / "ours")
        later = [evidence(number, item.body, NOW + timedelta(days=1)) for number, item in enumerate(items)]
        again = measure(
            "our store, the same bytes a day later",
            lambda one: store.keep(one).packed_bytes,
            later,
            per=A_DAY,
        )
        measure(
            "reading back, with its hash verified",
            lambda one: len(store.read(store.keep(one).sha256)) * 0,
            items,
            per=A_DAY,
        )
        print(f"blocks of the file system: {blocks / len(items):.0f} bytes a page")
        print(f"a body kept twice would cost {first / again:.0f} times what a shared one does")
        print(
            f"a year of {A_DAY} a day, nothing thinned out: {365 * A_DAY * blocks / len(items) / 1e9:.1f} GB"
        )


if __name__ == "__main__":
    main()
