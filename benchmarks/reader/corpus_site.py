"""Do the reader's pages hold with real articles? python benchmarks/reader/corpus_site.py [--pieces N] [--home HOME]

Makes a newsroom of so many articles of the shared corpus (corpus_paper.py), bakes it and looks at every file: weights,
markup as a browser's parser reads it, languages and directions, policies against what stands inline, links, data for
machines read back by extruct, feeds by feedparser, marks that should not be seen. `--home` keeps it, to be served
(`dateline run`) and looked at by barriers.py and lighthouse.py; one that is there already is only looked at again.
`--every N`: only each Nth page is read by the slow parsers. Ends with 1 where something was found.
"""

import argparse
import hashlib
import json
import os
import re
import sys
import tempfile
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import extruct
import feedparser
import html5lib
from lxml import html
from weight import ARTICLE, LIMITS, over_text, scripts_of, small

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from newsrooms import open_home  # noqa: E402

LITE_MOST = 2560
ADDRESS = "https://digest.example"
RAW = re.compile(
    r"</?(?:p|div|span|br|a|img|strong|em|script|style|figure|li|ul)\b[^<>]{0,80}>|&(?:amp|nbsp|quot|lt|gt|#\d+);"
)
HASHES = re.compile(r"'(sha256-[^']+)'")
MADE_ON_REQUEST = ("/-/", "/desk/", "/media/")


class Findings:
    """What was found, by kind, with the first places."""

    def __init__(self) -> None:
        self.rows: dict[str, list[str]] = defaultdict(list)

    def add(self, kind: str, where: str, what: object = "") -> None:
        self.rows[kind].append(f"{where} {what}".strip())

    def tell(self) -> None:
        for kind, rows in self.rows.items():
            print(f"FOUND {kind}: {len(rows)}", *rows[:5], sep="\n    ")


def lay_out(home: Path, corpus: Path, pieces: int) -> None:
    """Make the newsroom in a home and bake it."""
    open_home(home)
    from corpus_paper import CorpusPaper
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything

    paper = CorpusPaper(corpus, now=timezone.now())
    paper.make(pieces)
    print("made", sum(paper.made.values()), dict(paper.made))
    print("left out", dict(paper.left_out), flush=True)
    changed = bake_everything(now=timezone.now())
    print(f"baked: {changed} files", flush=True)


def weigh(site: Path, found: Findings) -> None:
    """Weigh every article, its scripts, and every text-only page."""
    most: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    for file in site.rglob("index.html"):
        name, page = str(file.relative_to(site)), file.read_bytes()
        told = {}
        if name.startswith("lite/"):
            told["lite"] = (over_text(page), LITE_MOST)
        elif ARTICLE.fullmatch(name):
            told["article"] = (over_text(page), LIMITS["article"])
            told["script"] = (scripts_of(page, site), LIMITS["script"])
        for kind, (weight, limit) in told.items():
            most[kind] = max(most[kind], (weight, name))
            if weight > limit:
                found.add(f"{kind} over {limit} B", name, weight)
    most["worker"] = (small((site / "service-worker.js").read_bytes()), "service-worker.js")
    for kind, (weight, name) in most.items():
        print(f"heaviest {kind}\t{weight} B\t{name}")


def read_pages(site: Path, found: Findings, every: int) -> None:
    """Read each page as browsers and machines do."""
    from dateline.lib.scripts import direction
    from dateline.publishing.stores.headers import policy_for

    counted = Counter[str]()
    for number, file in enumerate(sorted(site.rglob("index.html"))):
        name, page = str(file.relative_to(site)), file.read_bytes()
        tree = html.document_fromstring(page.decode())
        language = name.removeprefix("lite/").partition("/")[0]
        if "/" in name.removeprefix("lite/"):
            if tree.get("lang", "").lower() != language:
                found.add("language", name, tree.get("lang"))
            if (tree.get("dir") or "ltr") != direction(language):
                found.add("direction", name, tree.get("dir"))
        inline(tree, policy_for(page), name, found)
        for where in loaded(tree):
            if urlsplit(where).netloc:
                found.add("asks somebody else", name, where)
        if marks := RAW.findall(" ".join(tree.xpath("string(//h1)").split())):
            found.add("raw markup in a headline", name, marks)
        counted["pages"] += 1
        if number % every == 0:
            slowly(page.decode(), name, tree, found, counted)
    print(dict(counted))


def slowly(page: str, name: str, tree: html.HtmlElement, found: Findings, counted: Counter[str]) -> None:
    """Read a page with the parsers that take their time."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    counted["read by html5lib"] += 1
    for place, code, _told in parser.errors[:2]:
        found.add(f"markup: {code}", name, place)
    if ARTICLE.fullmatch(name):
        counted["read by extruct"] += 1
        told_to_machines(page, name, tree, found)


def loaded(tree: html.HtmlElement) -> Iterator[str]:
    """Yield what is asked for with the page: a link that merely names another address loads nothing."""
    for element in tree.iter("script", "img", "iframe", "source", "video", "audio"):
        yield element.get("src") or ""
        yield from (part.split()[0] for part in (element.get("srcset") or "").split(",") if part.strip())
    for element in tree.iter("link"):
        if {"stylesheet", "preload", "icon", "modulepreload"} & set(element.get("rel", "").split()):
            yield element.get("href") or ""


def inline(tree: html.HtmlElement, policy: str, name: str, found: Findings) -> None:
    """Every inline script and style has its hash in the policy, and no attribute is one."""
    if "default-src 'none'" not in policy or "unsafe" in policy:
        found.add("policy", name, policy)
    hashes = set(HASHES.findall(policy))
    for element in tree.iter("script", "style"):
        if element.get("src") or (element.get("type") or "").endswith("json"):
            continue
        digest = b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        if f"sha256-{digest}" not in hashes:
            found.add("inline without its hash", name, element.tag)
    for element in tree.xpath("//*[@style or @onclick or @onload or @onerror]"):
        found.add("inline attribute", name, element.tag)


def told_to_machines(page: str, name: str, tree: html.HtmlElement, found: Findings) -> None:
    """The structured data of an article says what its page says."""
    told = extruct.extract(page, base_url=ADDRESS, syntaxes=["json-ld"])["json-ld"]
    if len(told) != 1:
        found.add("JSON-LD", name, len(told))
        return
    heading = " ".join(tree.xpath("string(//h1)").split())
    if " ".join(str(told[0].get("headline")).split()) != heading:
        found.add("JSON-LD says another headline", name, [told[0].get("headline"), heading])
    if not told[0].get("datePublished") or not told[0].get("inLanguage"):
        found.add("JSON-LD lacks day or language", name)


def links(site: Path, found: Findings) -> None:
    """Every link within the site leads to a file or to what is made on request."""
    known: dict[str, bool] = {}
    count = 0
    for file in site.rglob("index.html"):
        base = "/" + str(file.parent.relative_to(site)).removeprefix(".") + "/"
        for where in targets(html.document_fromstring(file.read_bytes().decode())):
            path = urlsplit(urljoin(f"{ADDRESS}{base}", where))
            if path.netloc not in ("", urlsplit(ADDRESS).netloc) or path.scheme not in ("https", "http"):
                continue
            count += 1
            if path.path not in known:
                known[path.path] = leads(site, path.path)
            if not known[path.path]:
                found.add("link to nothing", base, where)
    print(f"links\t{count} to {len(known)} places")


def targets(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.iter("a", "link", "script", "img", "source"):
        for where in (element.get("href"), element.get("src")):
            if where and not where.startswith(("mailto:", "#", "data:")):
                yield where
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield part.split()[0]


def leads(site: Path, path: str) -> bool:
    if path.startswith(MADE_ON_REQUEST):
        return True
    file = site / unquote(path).lstrip("/")
    return file.is_file() or (file / "index.html").is_file()


def feeds(site: Path, found: Findings) -> None:
    """Every feed is read, and none of its titles has marks in it."""
    count = entries = 0
    for file in [
        *site.rglob("*.rss"),
        *site.rglob("*.atom"),
        *site.rglob("*feed*.xml"),
        *site.rglob("*.xml"),
    ]:
        content = file.read_bytes()
        if b"<rss" not in content[:600] and b"<feed" not in content[:600]:
            continue
        told = feedparser.parse(content)
        count, entries = count + 1, entries + len(told.entries)
        if told.bozo:
            found.add("feed", str(file.relative_to(site)), told.bozo_exception)
        for entry in told.entries:
            if RAW.search(entry.get("title", "")) or not entry.get("title"):
                found.add("title in a feed", str(file.relative_to(site)), entry.get("title"))
    for file in site.rglob("*feed*.json"):
        told = json.loads(file.read_bytes())
        count, entries = count + 1, entries + len(told.get("items", ()))
    print(f"feeds\t{count} with {entries} entries")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--home", type=Path)
    default = Path(os.environ.get("DATELINE_CORPUS", ROOT.parent / "shared" / "corpus"))
    parser.add_argument("--corpus", type=Path, default=default)
    given = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    if not given.corpus.is_dir():
        print(f"the shared corpus is not at {given.corpus} (DATELINE_CORPUS)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder)
        if not (home / "site" / "robots.txt").exists():
            lay_out(home, given.corpus, given.pieces)
        sys.path[:0] = [str(ROOT)]
        found = Findings()
        weigh(home / "site", found)
        links(home / "site", found)
        feeds(home / "site", found)
        read_pages(home / "site", found, given.every)
        found.tell()
    return int(bool(found.rows))


if __name__ == "__main__":
    sys.exit(main())
