"""Article extraction against its peers: body, headline, date, authors, speed and the alarm, on the public sets.

Run: python benchmarks/intake/extraction.py [--corpus FOLDER] [--pages N]

Body F1 is that of the field's yardstick: 4-word shingles counted with repeats, precision and recall averaged over
pages, F1 of the two averages. The interval is a bootstrap over pages (1,000 draws, seed 7). Every extractor runs on
the same pages in the same process; seconds are of the processor.
"""

import argparse
import gzip
import json
import os
import random
import re
import time
from collections import Counter
from pathlib import Path

import trafilatura
from lxml import html
from readability import Document

from dateline.intake.extract import NoArticle, extract
from dateline.lib.floods import HostileMarkup

SETS = ("article-extraction-benchmark", "article-extraction-dataset")
TOKEN = re.compile(r"\w+")
BAD = 0.8
DEGREE = re.compile(r",\s*(Ph\.?D\.?|Jr\.?|Sr\.?|M\.?D\.?)")


def shingles(text, size=4):
    tokens = TOKEN.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1)))


def counts(truth, answer):
    a, b = shingles(truth), shingles(answer)
    hit = (a & b).total()
    return hit, b.total() - hit, a.total() - hit


def scores(rows):
    precisions = [hit / (hit + wrong) for hit, wrong, _ in rows if hit + wrong]
    recalls = [hit / (hit + missed) for hit, _, missed in rows if hit + missed]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    both = precision + recall
    return (2 * precision * recall / both if both else 0.0), precision, recall


def interval(rows, draws=1_000, seed=7):
    chance = random.Random(seed)
    found = sorted(scores(chance.choices(rows, k=len(rows)))[0] for _ in range(draws))
    return found[draws // 40], found[-draws // 40]


def page_f1(row):
    hit, wrong, missed = row
    return 2 * hit / (2 * hit + wrong + missed) if hit else 0.0


def ours(content, url):
    try:
        return extract(content, url=url)
    except (NoArticle, HostileMarkup):
        return None


def by_trafilatura(**options):
    def run(content, url):
        return trafilatura.extract(content, url=url, include_comments=False, **options) or ""

    return run


def by_readability(content, url):
    markup = Document(content.decode("utf-8", "replace"), url=url).summary(html_partial=True)
    return " ".join(html.fromstring(markup).itertext())


PEERS = {
    "trafilatura precision": by_trafilatura(favor_precision=True),
    "trafilatura fast": by_trafilatura(fast=True),
    "readability-lxml": by_readability,
}


def pages(corpus, name, limit):
    truth = json.loads((corpus / name / "ground-truth.json").read_text(encoding="utf-8"))
    for key in sorted(truth)[:limit]:
        path = corpus / name / "html" / f"{key}.html.gz"
        if path.is_file():
            yield truth[key], gzip.decompress(path.read_bytes())


def measure(corpus, name, limit):
    print(f"\n{name}")
    asked = list(pages(corpus, name, limit))
    found, spent = timed(ours, asked)
    rows = [
        counts(t["articleBody"], e.body_text if e else "") for (t, _), e in zip(asked, found, strict=True)
    ]
    report("dateline", rows, spent)
    for peer, run in PEERS.items():
        answers, spent = timed(run, asked)
        report(peer, [counts(t["articleBody"], a) for (t, _), a in zip(asked, answers, strict=True)], spent)
    alarm(rows, found)
    if "title" in asked[0][0]:
        fields([(truth, extract) for (truth, _), extract in zip(asked, found, strict=True)])


def timed(run, asked):
    started = time.process_time()
    answers = [run(content, truth["url"]) for truth, content in asked]
    return answers, time.process_time() - started


def report(label, rows, spent):
    f1, precision, recall = scores(rows)
    low, high = interval(rows)
    exact = sum(not wrong and not missed for _, wrong, missed in rows) / len(rows)
    print(
        f"  {label:22} F1 {f1:.4f} [{low:.4f}, {high:.4f}]  P {precision:.4f}  R {recall:.4f}  "
        f"exact {exact:.3f}  {len(rows) / spent:.1f} pages/CPU-s"
    )


def alarm(rows, found):
    bad = [e is None or e.suspect for row, e in zip(rows, found, strict=True) if page_f1(row) < BAD]
    good = [e is None or e.suspect for row, e in zip(rows, found, strict=True) if page_f1(row) >= BAD]
    print(
        f"  alarm: {sum(bad)} of {len(bad)} pages with F1 < {BAD} flagged, {sum(good)} of {len(good)} others"
    )


def plain(text):
    return " ".join(text.split()).translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))


def name_key(name):
    return " ".join(TOKEN.findall(name.lower()))


def author_f1(truth, extract):
    told = {name_key(name) for name in DEGREE.sub(r" \1", truth["authors"]).split(",") if name.strip()}
    named = {name_key(author["name"]) for author in extract.authors} if extract else set()
    return 2 * len(told & named) / (len(told) + len(named)) if told else None


def fields(pairs):
    titles = [bool(e) and plain(t["title"]) == plain(e.headline) for t, e in pairs]
    dates = [bool(e) and (e.published_at or "")[:10] == t["date"] for t, e in pairs if t["date"] != "NaT"]
    authors = [f1 for t, e in pairs if (f1 := author_f1(t, e)) is not None]
    print(
        f"  title exact {sum(titles) / len(titles):.3f}  date exact {sum(dates) / len(dates):.3f}  "
        f"authors: F1 {sum(authors) / len(authors):.3f}, set exact {authors.count(1.0) / len(authors):.3f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--pages", type=int, default=None, help="only so many pages of each set")
    args = parser.parse_args()
    for name in SETS:
        measure(args.corpus / "intake", name, args.pages)


if __name__ == "__main__":
    main()
