"""Bombs and floods through every parser in its child: how long each takes, and the most memory a child had.

Run: python benchmarks/intake/hostile.py
Made here, of a few MB each, no more than the caps of the doors let through. A child's memory is its
largest resident size.
"""

import threading
import time
from pathlib import Path

from dateline.intake import apart, brought_apart, discovery_apart
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
WAYS = {
    "feed": lambda content, cell: apart.parse_channel(
        content, kind="feed", url="https://x.example/", cell=cell
    ),
    "sitemap": lambda content, cell: apart.parse_channel(
        content, kind="sitemap", url="https://x.example/", cell=cell
    ),
    "page": lambda content, cell: apart.extract(content, url="https://x.example/a/b", cell=cell),
    "letter": lambda content, cell: brought_apart.read_letter(content, cell=cell),
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


def main():
    worst = []
    for way, read in WAYS.items():
        cell = Cell(Limits(seconds=3.0)) if way == "feed" else Cell()
        for name, content in BOMBS.items():
            cell.close()
            watched = Watched(cell)
            began = time.perf_counter()
            try:
                read(content, cell)
                end = "read"
            except Trouble as trouble:
                end = f"{type(trouble).__name__} {getattr(trouble, 'kind', '')}"
            except ValueError as refused:
                end = type(refused).__name__
            seconds = time.perf_counter() - began
            watched.ends.set()
            worst.append((seconds, watched.most, way, name, end))
        cell.close()
    for label, key in (("longest", 0), ("largest", 1)):
        print(label)
        for seconds, most, way, name, end in sorted(worst, key=lambda row: -row[key])[:8]:
            print(f"  {seconds:6.2f} s {most:4d} MB  {way}: {name}: {end}")
    late, large = sum(row[0] > 10 for row in worst), sum(row[1] > 300 for row in worst)
    broken = sum("Failed" in row[4] for row in worst)
    print(f"{len(worst)} tried; {late} longer than 10 s, {large} above 300 MB, {broken} failed in the child")


if __name__ == "__main__":
    main()
