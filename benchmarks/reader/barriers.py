"""axe-core on a served site: python benchmarks/reader/barriers.py http://127.0.0.1:8000 DATELINE_HOME/site [--each 1]

One page (`--each` of them) of every kind that the site has, articles by their kind and genre, in every language, what
is made on request and what tells that nothing is there: light and dark, 320, 390 and 1280 px; then at 200 % of the
text, in forced colours, with reduced motion and without script, where nothing may stick out of the page and nothing
may move. With `--reader MAIL:PASSWORD` the pages of that account as well, signed in, in every language.
Prints what was found and ends with 1 where that is anything.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
LOOK = """() => axe.run({resultTypes: ["violations"]}).then((told) => told.violations.flatMap(
  (one) => one.nodes.map((node) => `${one.id}: ${node.target}`)))"""
MOVES = "document.getAnimations().filter((one) => one.effect.getTiming().duration > 10).length"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = (320, 390, 1280)
DAY = re.compile(r"\d{4}/\d\d/\d\d")
# Made on request, of which {} is a language: for everybody, and for whoever is signed in.
ASKED = (
    "/-/search/?q=ferry&in={}",
    "/-/search/?q=zzyzx&in={}",
    "/-/letters/?in={}",
    "/-/saved/?in={}",
    "/-/account/?in={}",
    "/-/account/signup/?in={}",
    "/-/account/password/reset/?in={}",
    "/{}/nothing-here/",
)
OWN = (
    "/-/account/?in={}",
    "/-/account/email/?in={}",
    "/-/account/password/?in={}",
    "/-/account/app/?in={}",
    "/-/account/passkeys/new/?in={}",
    "/-/account/delete/?in={}",
    "/-/account/logout/?in={}",
    "/-/saved/?in={}",
)


def kind_of(path: str) -> str:
    """Return of what kind a page is, by its address below the language."""
    if DAY.match(path):
        rest = path[10:].strip("/").split("/")
        return "/".join(["day" if rest == [""] else "article", *rest[1:]])
    if re.fullmatch(r"\d{4}/(\d\d/)?", path):
        return "month"
    parts = path.strip("/").split("/")
    return parts[0] + ("/…" if len(parts) > 1 else "") + ("/".join(parts[2:]) and "/" + parts[2])


def told_of(file: Path) -> str:
    """Return kind and genre of the piece whose page this is, as its record has them; "" for another page."""
    record = file.with_name("record.json")
    told = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    return f" {told.get('kind', '')} {told.get('genre', '')}".rstrip()


def in_language(path: str) -> tuple[str, str]:
    """Return the language of a page (with `lite/`, where it is text alone) and its address below that."""
    first, _, rest = path.partition("/")
    if first != "lite":
        return first, rest
    language, _, rest = rest.partition("/")
    return f"lite/{language}", rest


def chosen(site: Path, each: int) -> list[str]:
    """Return paths: some of every kind in every language."""
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in sorted(site.rglob("index.html")):
        language, path = in_language(f"{file.parent.relative_to(site)}/")
        kinds[language, kind_of(path) + told_of(file)].append(f"/{language}/{path}")
    return [path for paths in kinds.values() for path in paths[:each] if path != "/./"]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(LOOK)
    return found


def signed_in(page: Page, address: str, reader: str) -> None:
    """Sign in as a reader does. reader: MAIL:PASSWORD, "" for nobody."""
    mail, _, password = reader.partition(":")
    if mail:
        page.goto(f"{address}/-/account/?in=en")
        page.locator("main input[type=email], main input[name=login]").first.fill(mail)
        page.locator("main input[type=password]").first.fill(password)
        page.locator("main form:has(input[type=password]) button:not([type=button])").first.click()
        page.locator("main a[href*='/-/account/delete/']").first.wait_for()


def seen(
    browser: Browser, address: str, paths: list[str], *, reader: str = ""
) -> dict[tuple[str, ...], list[str]]:
    """Return what axe found, by page, width and colours. Policies are set aside: axe is no script of the page's."""
    found: dict[tuple[str, ...], list[str]] = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True, service_workers="block")
        page = context.new_page()
        signed_in(page, address, reader)
        for path in paths:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + path, wait_until="load", timeout=120_000)
                told = violations(page) + (["sticks out"] if page.evaluate(WIDE) > 0 else [])
                if told:
                    found[path, str(width), scheme, *(["signed in"] if reader else [])] = told
        context.close()
    return found


def strained(browser: Browser, address: str, paths: list[str]) -> dict[tuple[str, ...], list[str]]:
    """Return what goes wrong where a reader's machine is set otherwise."""
    found: dict[tuple[str, ...], list[str]] = {}
    ways: dict[str, dict[str, Any]] = {
        "200 %": {"viewport": {"width": 640, "height": 900}},
        "forced colours": {"forced_colors": "active"},
        "reduced motion": {"reduced_motion": "reduce"},
        "no script": {"java_script_enabled": False, "viewport": {"width": 390, "height": 900}},
    }
    for way, options in ways.items():
        context = browser.new_context(bypass_csp=True, service_workers="block", **options)
        page = context.new_page()
        for path in paths:
            page.goto(address + path, wait_until="load", timeout=120_000)
            told = []
            if way == "no script":
                told += [] if page.locator("h1").first.is_visible() else ["no heading"]
            else:
                if way == "200 %":
                    page.evaluate("document.documentElement.style.fontSize = '200%'")
                told += violations(page) if way == "forced colours" else []
                told += ["moves"] if way == "reduced motion" and page.evaluate(MOVES) else []
                told += ["sticks out"] if page.evaluate(WIDE) > 0 else []
            if told:
                found[path, way] = told
        context.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("site", type=Path)
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--only", default="", help="a pattern of paths")
    parser.add_argument("--more", action="append", default=[], help="another path")
    parser.add_argument("--reader", default="", help="MAIL:PASSWORD of a reader's account of that site")
    given = parser.parse_args()
    languages = sorted(
        one.name for one in given.site.iterdir() if re.fullmatch(r"[a-z]{2,3}(-[a-z]+)?", one.name)
    )
    languages = [code for code in languages if (given.site / code / "index.html").exists() and code != "lite"]
    every = chosen(given.site, given.each) + [path.format(code) for code in languages for path in ASKED]
    paths = [path for path in every + given.more if re.search(given.only, path)]
    own = [path.format(code) for code in languages for path in OWN if given.reader]
    own = [path for path in own if re.search(given.only, path)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        found = {
            **seen(browser, given.address, paths),
            **(seen(browser, given.address, own, reader=given.reader) if own else {}),
            **strained(browser, given.address, paths),
        }
        browser.close()
    for where, what in found.items():
        print(*where, *what, sep="\t")
    looks = (len(paths) + len(own)) * len(WIDTHS) * 2
    print(
        f"{len(paths)} pages and {len(own)} signed in, {looks} looks of axe, {len(paths) * 4} strained:"
        f" {len(found)} with a barrier"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
