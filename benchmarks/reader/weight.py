"""What pages weigh over their text: python benchmarks/reader/weight.py DATELINE_HOME/site

Brotli, as served: the page with its styles, less its text compressed alone; scripts of an article beside it. Prints the
heaviest of each kind with the limit that issue and tests name; ends with 1 where one is over it.
"""

import re
import sys
from pathlib import Path

import brotli
from lxml import html

LIMITS = {"article": 12 * 1024, "script": 3 * 1024, "worker": 3 * 1024}
ARTICLE = re.compile(r"[a-z-]+/\d{4}/\d\d/\d\d/[^/]+/index\.html")


def small(data: bytes) -> int:
    """Return how many bytes are sent."""
    return len(brotli.compress(data, quality=11))


def over_text(page: bytes) -> int:
    """Return what a page weighs beyond its text."""
    body = html.document_fromstring(page).find("body")
    for part in body.xpath(".//script|.//style"):
        part.drop_tree()
    return small(page) - small(" ".join(body.text_content().split()).encode())


def scripts_of(page: bytes, site: Path) -> int:
    """Return what the scripts of a page weigh."""
    names = re.findall(rb'<script[^>]* src="/([^"]+)"', page)
    return sum(small((site / name.decode()).read_bytes()) for name in names)


def main(site: Path) -> int:
    pages = [file for file in site.rglob("index.html") if ARTICLE.fullmatch(str(file.relative_to(site)))]
    told = {
        "article": max((over_text(file.read_bytes()), str(file.relative_to(site))) for file in pages),
        "script": max((scripts_of(file.read_bytes(), site), str(file.relative_to(site))) for file in pages),
        "worker": (small((site / "service-worker.js").read_bytes()), "service-worker.js"),
    }
    for kind, (weight, name) in told.items():
        print(f"{kind}\t{weight} of {LIMITS[kind]} bytes\t{weight / LIMITS[kind]:.2f}\t{name}")
    print(f"articles\t{len(pages)}")
    return int(any(weight > LIMITS[kind] for kind, (weight, _name) in told.items()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
