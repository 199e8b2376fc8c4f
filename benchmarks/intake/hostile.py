"""Bombs and floods through every reader in its child: how long each takes, and the most memory a child had.

Run: python benchmarks/intake/hostile.py [--corpus FOLDER] [--only READER …] [--peers] [--neighbours]
Those made here have a few MB, no more than the caps of the doors let through; to them come the traps of the corpus.
A child's memory is its largest resident size, its imports counted. OPML and pictures are read without a child of
their own, so they get one here. `--peers`: nh3 and feedparser alone, in the same kind of child, for 12 s each.
`--bodies`: packed bombs through the guarded door. `--neighbours`: how long a sound page or feed waits behind a bomb.
"""

import argparse
import base64
import contextlib
import gzip
import os
import resource
import socket
import sys
import tempfile
import threading
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

from dateline.intake import apart, brought_apart, discovery_apart, pointing_apart
from dateline.lib.confined import Cell, Limits, Trouble

MEGA = 1_000_000
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)
BOMBS = {
    "deep nesting": b"<rss><channel><item><description>" + b"<a>" * MEGA,
    "nested divs": b"<html><body>" + b"<div>" * 700_000,
    "nested tables": b"<table><tr><td>" * 200_000,
    "attribute flood": b"<p " + b"a='1' b='2' c='3' d='4' " * 150_000 + b">x</p>",
    "an attribute of 4 MB": b"<p class='" + b"x " * 2 * MEGA + b"'>x</p>",
    "laughs, RSS": LAUGHS.encode() + b"<rss><channel><title>&i;</title></channel></rss>",
    "laughs, OPML": LAUGHS.encode() + b"<opml><body><outline text='&i;'/></body></opml>",
    "laughs, NewsML": LAUGHS.encode()
    + b"<newsItem><contentMeta><headline>&i;</headline></contentMeta></newsItem>",
    "a line of 5 MB": b"<html><body><p>" + b"word " * MEGA + b"</p></body></html>",
    "400,000 links": b"<html><body>" + b"<a href='/x'>y</a>" * 200_000 + b"</body></html>",
    "angle brackets": b"<" * 3 * MEGA,
    "comments": b"<!--" * MEGA,
    "entities": b"<html><body><p>" + b"&amp;" * MEGA + b"</p></body></html>",
    "100,000 entries": b"<rss><channel>" + b"<item><title>t</title></item>" * 100_000 + b"</channel></rss>",
    "deep JSON": b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * MEGA,
    "deep JSON-LD": b"<html><body><script type='application/ld+json'>"
    + b'{"a":' * 500_000
    + b"</script><p>x</p></body>",
    "MIME parts": b"From: a@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: text/plain\n\nx\n" * 60_000,
    "header lines": b"From: a@x.example\n" + b"X: y\n" * 500_000 + b"\nx",
    "spaces": b"<html><body><p>" + b" \n\t" * MEGA + b"x</p></body></html>",
    "quotes": b"<html><body><p a=" + b"'\"" * MEGA + b">x</p></body></html>",
}
SOUND = b"<rss version='2.0'><channel><title>t</title><item><title>T</title><link>https://x.example/1</link></item></channel></rss>"
PRE = b"<?xml version='1.0'?>"
BOMBS |= {
    "WXR of 60,000 items": b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><wp:wxr_version>1.2</wp:wxr_version>"
    + b"<item><title>t</title></item>" * 60_000
    + b"</channel></rss>",
    "WXR, one item of 15 MB": b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><title>"
    + b"x" * 15 * MEGA
    + b"</title></item></channel></rss>",
    "WXR, deep": b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>" + b"<item>" * MEGA,
    "WXR, laughs": LAUGHS.encode()
    + b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><title>&i;</title></item></channel></rss>",
    "NewsML, deep": b"<newsItem>" + b"<a>" * MEGA,
    "NewsML, 200,000 parts": b"<newsItem><contentMeta>"
    + b"<headline>h</headline>" * 200_000
    + b"</contentMeta></newsItem>",
    "NewsML, attributes": b"<newsItem " + b" ".join(b"a%d='1'" % n for n in range(300_000)) + b"/>",
    "NewsML, a body of 15 MB": b"<newsItem><contentSet><inlineXML><html><body>"
    + b"<p>x</p>" * 1_900_000
    + b"</body></html></inlineXML></contentSet></newsItem>",
    "ninjs, deep": b'{"uri":"1","body_xhtml":' + b"[" * MEGA,
    "ninjs, deep associations": b'{"uri":"1","associations":{"a":' * 30_000,
    "ninjs, 300,000 keys": b"{" + b",".join(b'"a%d":1' % n for n in range(300_000)) + b"}",
    "ninjs, a body of nested divs": b'{"uri":"1","headline":"x","body_xhtml":"' + b"<div>" * 700_000 + b'"}',
    "ninjs, a number of 4 million digits": b'{"uri":' + b"9" * 4 * MEGA + b"}",
    "OPML of 200,000 lines": b"<opml><body>"
    + b"<outline text='a' xmlUrl='http://a.example/'/>" * 200_000
    + b"</body></opml>",
    "OPML, deep": b"<opml><body>" + b"<outline text='a'>" * 300_000,
    "OPML, one attribute of 15 MB": b"<opml><body><outline text='"
    + b"&amp;" * 3 * MEGA
    + b"'/></body></opml>",
    "sitemap of 200,000 pages": b"<urlset>"
    + b"<url><loc>https://x.example/a</loc></url>" * 200_000
    + b"</urlset>",
    "sitemap, deep": b"<urlset>" + b"<url>" * MEGA,
    "sitemap, one page of 2 million children": b"<urlset><url>" + b"<a/>" * 2 * MEGA + b"</url></urlset>",
    "sitemap, packed zeros": gzip.compress(b"<urlset>" + b"\0" * 60 * MEGA),
    "sitemap, packed twice": gzip.compress(gzip.compress(b"<urlset>" + b" " * 60 * MEGA)),
    "sitemap, 2 million lines": b"https://x.example/\n" * 700_000,
    "letter, nested parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(40_000)
    ),
    "letter, nested messages": b"Content-Type: message/rfc822\n\n" * 200_000,
    "letter, encoded words": b"From: a@x.example\nSubject: " + b"=?utf-8?q?a?= " * 300_000 + b"\n\nx",
    "letter, addresses": b"From: " + b"a@x.example, " * 300_000 + b"\n\nx",
    "letter, comments in an address": b"From: " + b"(" * 500_000 + b"a@x.example\n\nx",
    "letter, base64 of 15 MB": b"From: a@x.example\nContent-Transfer-Encoding: base64\nContent-Type: text/html\n\n"
    + base64.b64encode(b"<div>" * 2 * MEGA),
    "letter, a header of 5 MB": b"From: a@x.example\nX: " + b"a;b=" * 1_200_000 + b"\n\nx",
    "letter, parameters": b"From: a@x.example\nContent-Type: text/plain; "
    + b"; ".join(b"a*%d=x" % n for n in range(200_000))
    + b"\n\nx",
}


def picture(width, height, *, fill=b"\0", text=b""):
    """Return a PNG of these measures that compresses to nothing, with a packed text in it."""

    def chunk(kind, content):
        return (
            len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    rows = zlib.compressobj(9)
    packed = (
        b"".join(rows.compress(b"\0" + fill * min(3 * width, MEGA)) for _ in range(min(height, 4000)))
        + rows.flush()
    )
    texts = chunk(b"zTXt", b"a\0\0" + zlib.compress(text, 9)) if text else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + texts + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


PICTURES = {
    "picture of 39 megapixels": lambda: picture(6500, 6000),
    "picture of 400 megapixels": lambda: picture(20_000, 20_000),
    "picture of 4 billion wide": lambda: picture(2**31 - 1, 2**31 - 1),
    "picture with 60 MB of text": lambda: picture(10, 10, text=b"x" * 60 * MEGA),
}


def in_cell(function):
    """Return a reader that has its work done by hostile_alone.py in a child."""
    return lambda content, cell: cell.call(f"hostile_alone:{function}", content=content)


def file(content, cell):
    """Have a delivered file read from the disk, as a drop is."""
    with tempfile.NamedTemporaryFile() as laid:
        laid.write(content)
        laid.flush()
        return brought_apart.read_file(Path(laid.name), cell=cell)


WAYS = {
    "feed": lambda content, cell: apart.parse_channel(
        content, kind="feed", url="https://x.example/", cell=cell
    ),
    "sitemap": lambda content, cell: apart.parse_channel(
        content, kind="sitemap", url="https://x.example/", cell=cell
    ),
    "page": lambda content, cell: apart.extract(content, url="https://x.example/a/b", cell=cell),
    "letter": lambda content, cell: brought_apart.read_letter(content, cell=cell),
    "file": file,
    "picker": lambda content, cell: pointing_apart.look(
        content, url="https://x.example/", content_type="text/html", cell=cell
    ),
    "OPML": in_cell("read_opml"),
    "picture": in_cell("read_picture"),
    "discovery": lambda content, cell: discovery_apart.feed_candidates(
        content, url="https://x.example/", declared_encoding=None, cell=cell
    ),
}


class Watched:
    """The most memory that the children of a cell had."""

    def __init__(self, cell):
        self.cell, self.most, self.ends = cell, 0, threading.Event()
        threading.Thread(target=self.look, daemon=True).start()

    def look(self):
        while not self.ends.wait(0.02):
            child = self.cell._child
            try:
                lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
                self.most = max(
                    self.most, *(int(x.split()[1]) // 1000 for x in lines if x.startswith("VmHWM"))
                )
            except (OSError, AttributeError, TypeError):
                continue


PEERS = {"nh3 alone": in_cell("read_by_nh3"), "feedparser alone": in_cell("read_by_feedparser")}
PEER_LIMITS = Limits(seconds=12.0, memory_bytes=3 * 2**30, resident_bytes=2 * 2**30)


def traps(corpus):
    """Return the corpus's own bombs, pages, feeds and pictures that are no larger than the doors let through."""
    found = {}
    for folder in ("bombs", "html", "xml", "images", "svg"):
        for path in sorted((corpus / "security" / folder).glob("*")):
            content = path.read_bytes()
            if path.name.endswith(".gz") and folder != "bombs":
                content = gzip.decompress(content)
            found[f"corpus {folder}/{path.name}"] = content[: 15 * MEGA]
    packed = corpus / "security" / "bombs" / "html64m.gz"
    if packed.is_file():
        with gzip.open(packed) as plain:
            found["corpus bombs/html64m, cut at the door"] = plain.read(15 * MEGA)
    return found


def warm(read, cell):
    """Have a child ready that has loaded what it needs: what is measured is the reading, not the start."""
    with contextlib.suppress(Trouble, ValueError):
        read(SOUND, cell)


def forget_the_most(cell):
    """Have the system measure the most memory of a child anew."""
    if cell._child is not None:
        with contextlib.suppress(OSError):
            Path(f"/proc/{cell._child.pid}/clear_refs").write_text("5")


def tried(way, read, name, content, cell):
    """Return (seconds, megabytes, way, name, end) of one reading, in the child of those before it if that lived."""
    warm(read, cell)
    forget_the_most(cell)
    watched = Watched(cell)
    began = time.perf_counter()
    try:
        read(content, cell)
        end = "read"
    except Trouble as trouble:
        end = f"{type(trouble).__name__} {getattr(trouble, 'kind', '')}".strip()
    except ValueError as refused:
        end = type(refused).__name__
    seconds = time.perf_counter() - began
    watched.ends.set()
    return seconds, watched.most, way, name, end


def limits_of(way):
    """Return what a child of this reader may use, as the site sets it."""
    return {
        "feed": Limits(seconds=3.0), "letter": brought_apart._letter_cell.limits, "file": brought_apart._cell.limits,
        "picker": pointing_apart._cell.limits,
    }.get(way, Limits())  # fmt: skip


def through(ways, bombs, *, limits=limits_of):
    """Try every bomb with every reader, and print the worst."""
    rows = []
    for way, read in ways.items():
        cell = Cell(limits(way))
        some = bombs | ({name: make() for name, make in PICTURES.items()} if way == "picture" else {})
        began = time.perf_counter()
        mine = [tried(way, read, name, content, cell) for name, content in some.items() if fits(way, name)]
        cell.close()
        rows += mine
        late = [row for row in mine if row[0] > 10]
        large = [row for row in mine if row[1] > 300]
        print(
            f"{way}: {len(mine)} in {time.perf_counter() - began:.0f} s,"
            f" {len(late)} longer than 10 s, {len(large)} above 300 MB",
            flush=True,
        )
    for label, key in (("longest", 0), ("largest", 1)):
        print(label)
        for seconds, most, way, name, end in sorted(rows, key=lambda row: -row[key])[:10]:
            print(f"  {seconds:6.2f} s {most:4d} MB  {way}: {name}: {end}")
    late, large = sum(row[0] > 10 for row in rows), sum(row[1] > 300 for row in rows)
    failed = [row for row in rows if row[4].startswith(("Failed", "ChildDied"))]
    print(
        f"{len(rows)} tried; {late} longer than 10 s, {large} above 300 MB, {len(failed)} failed in the child"
    )
    for row in failed[:12]:
        print("  failed", *row[2:])


def fits(way, name):
    """Whether a bomb is of a kind that this reader could be sent: pictures go to the reader of pictures, and so on."""
    is_picture = "/images/" in f"/{name}" or "images/" in name
    return (way == "picture") == (is_picture or name.startswith("picture"))


def bodies(corpus):
    """Ask a server on loopback for packed bombs through the guarded door."""
    from dateline.net.errors import FetchError
    from dateline.net.guarded import Door, fetch
    from dateline.net.letters import FEED_BYTES, PAGE_BYTES, Request

    zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
    gz = b"".join(zeros.compress(b"\0" * MEGA) for _ in range(500)) + zeros.flush()
    packed = {
        "gzip": gz,
        "gzip, gzip": gzip.compress(gz),
        "deflate": zlib.compress(b"\0" * 64 * MEGA, 9),
        "gzip, endless members": gzip.compress(b"") * 400_000,
    }
    for name, encoding in (("zeros64m.br", "br"), ("zeros64m.deflate", "deflate"), ("html64m.gz", "gzip")):
        path = corpus / "security" / "bombs" / name
        if path.is_file():
            packed[f"{encoding}, corpus {name}"] = path.read_bytes()
    try:
        import compression.zstd as zstandard

        packed["zstd"] = zstandard.compress(b"\0" * 500 * MEGA)
    except ImportError:
        try:
            import zstandard

            packed["zstd"] = zstandard.ZstdCompressor().compress(b"\0" * 500 * MEGA)
        except ImportError:
            packed["zstd"] = b"(\xb5/\xfd\xa4\0\0e\xcd\x1d" + b"\xfa\xff\x49\0\0" * 4000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    for limit, called in ((PAGE_BYTES, "page"), (FEED_BYTES, "feed")):
        for name, content in packed.items():
            encoding = name.split(", ")[0] if not name.startswith("gzip, gzip") else "gzip, gzip"
            with socket.create_server(("127.0.0.1", 0)) as server:
                threading.Thread(target=answer, args=(server, encoding, content), daemon=True).start()
                pair = ("127.0.0.1", server.getsockname()[1])
                began = time.perf_counter()
                try:
                    request = Request(f"http://127.0.0.1:{pair[1]}/", limit_bytes=limit)
                    door = Door(user_agent="x", allowed=frozenset([pair]))
                    end = f"{len(fetch(request, door=door, now=datetime.now(UTC)).body)} bytes"
                except FetchError as error:
                    end = type(error).__name__
            print(
                f"  {called} {name}, {len(content) // 1000} KB: {end} after {time.perf_counter() - began:.2f} s"
            )
    now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(f"the process that asked went from {before} to {now} MB at most")


def answer(server, encoding, content):
    """Answer one question with a packed body."""
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(content)}\r\n\r\n"
        try:
            connection.sendall(head.encode() + content)
        except OSError:
            return


FERRY = (
    "The ferry across the lake will sail every hour from the first of May, the harbour office said on Monday.",
    "Passengers had asked for the change in a letter that more than four thousand of them signed last autumn.",
    "The office first answered that there was no money for a third crew, and then found it for dredging.",
    "The first boat leaves the northern quay at five in the morning, the last one at eleven at night.",
)


def neighbours():
    """Print how long sound pages, feeds and letters wait that come 0.1 s behind a bomb."""
    said = "".join(f"<p>{line}</p>" for line in FERRY)
    page = f"<html><title>Ferry</title><body><article><h1>Ferry</h1>{said}</article></body></html>".encode()
    letter = b"From: a@x.example\nSubject: Ferry\nContent-Type: text/html\n\n" + page
    for way, read, bomb, sound in (
        ("page", lambda content: apart.extract(content, url="https://x.example/a"), BOMBS["quotes"], page),
        ("page", lambda content: apart.extract(content, url="https://x.example/a"), BOMBS["spaces"], page),
        (
            "page",
            lambda content: apart.extract(content, url="https://x.example/a"),
            BOMBS["400,000 links"],
            page,
        ),
        ("letter", brought_apart.read_letter, BOMBS["MIME parts"], letter),
    ):
        read(sound)  # the child is warm, as in a site that runs
        alone = timed(read, sound)
        hung = []
        bad = threading.Thread(target=lambda: hung.append(timed(read, bomb)))  # noqa: B023 - it ends within this turn
        bad.start()
        time.sleep(0.1)
        behind = timed(read, sound)
        bad.join()
        print(
            f"{way}: {alone:.2f} s alone, {behind:.2f} s behind a bomb of {hung[0]:.2f} s: {behind - alone:.2f} s later"
        )


def timed(read, content):
    """Return for how long a reading took, whatever its end."""
    began = time.perf_counter()
    with contextlib.suppress(Trouble, ValueError):
        read(content)
    return time.perf_counter() - began


def main():
    """Read the arguments and try what they ask for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--only", nargs="*", default=[], choices=list(WAYS))
    for name in ("peers", "bodies", "neighbours"):
        parser.add_argument(f"--{name}", action="store_true")
    args = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    bombs = BOMBS | traps(args.corpus)
    if args.bodies:
        bodies(args.corpus)
    if args.neighbours:
        neighbours()
    if args.peers:
        through(PEERS, bombs, limits=lambda _way: PEER_LIMITS)
    if args.only or not (args.bodies or args.neighbours or args.peers):
        through({way: read for way, read in WAYS.items() if way in args.only or not args.only}, bombs)


if __name__ == "__main__":
    main()
