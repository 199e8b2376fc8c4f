"""The peer: hugo makes a site of so many articles with lists, feeds and related pieces; then its files are compressed.

    python benchmarks/press/hugo.py [ARTICLES …]

hugo is looked for on the path, or where HUGO says (Debian: apt install hugo). Articles are as long as those of
paper.py, templates as plain as can be. Prints one JSON object a size.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

SIZES = (200, 1_000)
SECTIONS, TOPICS, A_DAY = 16, 48, 20
CONFIG = """baseURL = "https://digest.example/"
title = "The Tideway Digest"
[taxonomies]
topic = "topics"
[pagination]
pagerSize = 20
[related]
threshold = 1
[[related.indices]]
name = "topics"
weight = 100
"""
BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<style>{{ site.Params.style | safeCSS }}</style>
</head><body><header><a href="/">{{ site.Title }}</a><nav>
{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav></header>
<main>{{ block "main" . }}{{ end }}</main><footer>{{ site.Title }}</footer></body></html>"""
CARD = """<article><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ .Description }}</p><time>{{ .Date.Format "2 January 2006" }}</time></article>"""
SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Description }}</p>{{ .Content }}
{{ range .Params.topics }}<a href="/topics/{{ . }}/">{{ . }}</a> {{ end }}</article>
<aside>{{ range first 10 site.RegularPages.ByDate.Reverse }}{{ .Render "card" }}{{ end }}</aside>
<section>{{ range first 8 (site.RegularPages.Related .) }}{{ .Render "card" }}{{ end }}</section>{{ end }}"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range (.Paginate .Pages.ByDate.Reverse).Pages }}{{ .Render "card" }}{{ end }}{{ end }}"""


def main() -> None:
    hugo = os.environ.get("HUGO") or shutil.which("hugo")
    if not hugo:
        print("hugo is not here, so nothing was compared. Debian: apt install hugo")
        return
    for size in [int(one) for one in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            lay(Path(folder), size)
            print(json.dumps({"articles": size, **measure(hugo, Path(folder))}, indent=1), flush=True)


def lay(site: Path, articles: int) -> None:
    """Write a site for hugo."""
    draw = random.Random(1)
    words = [
        "".join(draw.choice("bcdfglm") + draw.choice("aeiou") for _ in range(draw.randint(1, 4)))
        for _ in range(4000)
    ]
    weights = [1 / (rank + 3) for rank in range(4000)]

    def prose(count: int) -> str:
        return " ".join(draw.choices(words, weights, k=count)).capitalize() + "."

    styles = (Path(__file__).resolve().parent.parent.parent / "static" / "css").glob("*.css")
    style = "".join(one.read_text() for one in styles)[:30_000]
    (site / "config.toml").write_text(f"{CONFIG}[params]\nstyle = {json.dumps(style)}\n")
    layouts = site / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, text in (("baseof", BASE), ("card", CARD), ("single", SINGLE), ("list", LIST)):
        (layouts / f"{name}.html").write_text(text)
    for number in range(articles):
        folder = site / "content" / f"section-{number % SECTIONS}"
        folder.mkdir(parents=True, exist_ok=True)
        day = datetime.now(UTC) - timedelta(days=number // A_DAY + 1)
        topics = [f"topic-{one}" for one in draw.sample(range(TOPICS), 2)]
        head = {"title": prose(8), "description": prose(18), "date": day.isoformat(), "topics": topics}
        body = "\n\n".join(" ".join(prose(15) for _ in range(4)) for _ in range(10))
        (folder / f"piece-{number}.md").write_text(f"{json.dumps(head)}\n\n{body}\n")


def measure(hugo: str, site: Path) -> dict[str, Any]:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([hugo, "--quiet", "--source", str(site)], check=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
    made = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    files = [one for one in (site / "public").rglob("*") if one.suffix in {".html", ".xml"}]
    pages = sum(one.suffix == ".html" for one in files)
    compressed = compress(files)
    return {
        "html pages": pages,
        "cpu seconds of hugo": round(made, 1),
        "wall seconds of hugo": round(wall, 1),
        "cpu seconds of gzip 6 and brotli 5": round(compressed, 1),
        "html pages a cpu second, not compressed": round(pages / made, 1),
        "html pages a cpu second, compressed": round(pages / (made + compressed), 1),
    }


def compress(files: list[Path]) -> float:
    """Return what compressing all files takes, as the press does it."""
    import gzip

    import brotli

    began = time.process_time()
    for file in files:
        content = file.read_bytes()
        gzip.compress(content, 6, mtime=0)
        brotli.compress(content, quality=5)
    return time.process_time() - began


if __name__ == "__main__":
    main()
