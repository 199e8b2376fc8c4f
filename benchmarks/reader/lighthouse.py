"""How Lighthouse judges the reader's pages: python benchmarks/reader/lighthouse.py http://127.0.0.1:8000 [--runs 5]

Lighthouse comes from npm into a folder of its own below the user's cache, once; the browser is Debian's Chromium (or
one that CHROME_PATH names). A phone, with Lighthouse's simulated throttling, which is counted and not waited for, so
that a busy machine disturbs it least: its own slow 4G (150 ms, 1.6 Mbit/s, a processor four times slower), and slow 3G
(400 ms, 400 kbit/s, the same processor). Prints the median of the runs, the load beside which they ran, and what the
audits found; ends with 1 where a page is under its bar.

Pages are home, a section, an article, search with an answer and the edition, found by walking from the home page;
`--page PATH` names others. Pages that may not be indexed (noindex: reprints, answers of a search) are not asked whether
they may: that is their rule, not their fault.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

LIGHTHOUSE = "12.8.2"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline" / "lighthouse"
CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": r'<html[^>]*lang="([a-z-]+)"',
    "section": r'href="(/[a-z-]+/section/[^"/]+/)"',
    "article": r'href="(/[a-z-]+/\d{4}/\d\d/\d\d/[^"/]+/)"',
    "edition": r'href="(/[a-z-]+/edition/[^"]+/)"',
}


@dataclass(frozen=True)
class Profile:
    """A network and what pages must reach on it. Times in milliseconds."""

    name: str
    flags: tuple[str, ...]
    performance: float
    lcp: float


PROFILES = (
    Profile("slow 4G", (), 98, 1500),
    Profile(
        "slow 3G",
        (
            "--throttling.rttMs=400",
            "--throttling.throughputKbps=400",
            "--throttling.requestLatencyMs=400",
            "--throttling.downloadThroughputKbps=400",
            "--throttling.uploadThroughputKbps=400",
        ),
        95,
        2000,
    ),
)
MOST_CLS = 0.01
ATTEMPTS = 3  # a browser that starts beside many others may be given up on


def installed() -> Path:
    """Return the command, and fetch it first where it is not there yet."""
    command = CACHE / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        asked = [
            "npm",
            "install",
            "--prefix",
            str(CACHE),
            "--no-audit",
            "--no-fund",
            f"lighthouse@{LIGHTHOUSE}",
        ]
        subprocess.run(asked, check=True, stdout=sys.stderr)
    return command


def read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


def found(site: str) -> dict[str, str]:
    """Return the path of one page of each kind, as the home page links them."""
    home = read(site)
    language = re.search(PAGES["home"], home)
    paths = {"home": f"/{language.group(1)}/" if language else "/"}
    front = read(site + paths["home"])
    for kind, pattern in PAGES.items():
        if kind != "home" and (link := re.search(pattern, front)):
            paths[kind] = link.group(1)
    title = re.search(r"<h2[^>]*>.*?(\w{6,})", front, re.DOTALL)
    paths["search"] = f"/-/search/?q={title.group(1) if title else 'a'}"
    return paths


def judged(command: Path, address: str, profile: Profile, *, indexed: bool) -> dict:
    """Return Lighthouse's report of one visit."""
    asked = [
        str(command), address, "--quiet", "--output=json", "--output-path=stdout", "--form-factor=mobile",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME_FLAGS}", *profile.flags,
        *(() if indexed else ("--skip-audits=is-crawlable",)),
    ]  # fmt: skip
    browser = os.environ.get("CHROME_PATH") or shutil.which("chromium") or "chromium"
    environment = {**os.environ, "CHROME_PATH": browser}
    for _attempt in range(ATTEMPTS):
        told = subprocess.run(asked, check=False, capture_output=True, text=True, env=environment)
        if told.returncode == 0:
            break
    told.check_returncode()
    return json.loads(told.stdout)


def figures(report: dict) -> dict[str, float]:
    """Return scores from 0 to 100, times in milliseconds, the shift, and the long tasks of loading."""
    audits = report["audits"]
    return {
        **{name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES},
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "fcp": audits["first-contentful-paint"]["numericValue"],
        "tbt": audits["total-blocking-time"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "bytes": audits["total-byte-weight"]["numericValue"],
    }


def complaints(report: dict) -> set[str]:
    """Return the names of the audits that count and are not passed."""
    counted = {
        one["id"] for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"]
    }
    audits = report["audits"]
    return {
        f"{one} ({audits[one].get('displayValue') or audits[one]['score']})"
        for one in counted
        if audits[one]["score"] is not None and audits[one]["score"] < 0.9
    }


def under_its_bar(told: dict[str, float], profile: Profile) -> list[str]:
    """Say in what a page falls short."""
    whole = [name for name in CATEGORIES[1:] if told[name] < 100]
    short = [f"{name} {told[name]:.0f}" for name in whole]
    if told["performance"] < profile.performance:
        short.append(f"performance {told['performance']:.0f} < {profile.performance:.0f}")
    if told["lcp"] > profile.lcp:
        short.append(f"LCP {told['lcp']:.0f} > {profile.lcp:.0f} ms")
    if told["cls"] > MOST_CLS:
        short.append(f"CLS {told['cls']:.3f} > {MOST_CLS}")
    return short


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--page", action="append", default=[])
    parser.add_argument("--profile", choices=[one.name for one in PROFILES])
    parser.add_argument("--report", type=Path, help="a folder for the whole reports")
    given = parser.parse_args()
    site = given.site.rstrip("/")
    command = installed()
    pages = {path: path for path in given.page} or found(site)
    bad = 0
    print("page\tprofile\tperf\ta11y\tbest\tSEO\tFCP ms\tLCP ms\tTBT ms\tCLS\tkB\tload\tshort of")
    for profile in PROFILES:
        if given.profile and profile.name != given.profile:
            continue
        for kind, path in pages.items():
            indexed = "noindex" not in read(site + path).split("</head>")[0]
            reports = [judged(command, site + path, profile, indexed=indexed) for _run in range(given.runs)]
            if given.report:
                given.report.mkdir(parents=True, exist_ok=True)
                name = f"{profile.name}-{re.sub(r'[^a-z0-9]+', '-', kind)}.json".replace(" ", "-")
                (given.report / name).write_text(json.dumps(reports[-1]))
            each = [figures(report) for report in reports]
            told = {name: statistics.median(one[name] for one in each) for name in each[0]}
            short = under_its_bar(told, profile)
            bad += bool(short)
            said = ", ".join(sorted(set.union(*(complaints(report) for report in reports))))
            print(
                kind, profile.name, *(f"{told[name]:.0f}" for name in CATEGORIES), f"{told['fcp']:.0f}",
                f"{told['lcp']:.0f}", f"{told['tbt']:.0f}", f"{told['cls']:.4f}", f"{told['bytes'] / 1000:.0f}",
                f"{os.getloadavg()[0]:.1f}", "; ".join(short) or "nothing", said, sep="\t", flush=True,
            )  # fmt: skip
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
