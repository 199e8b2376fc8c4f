"""Feeds against feedparser: the same entries, titles and links; crashes; documents a processor second.

Run: python benchmarks/intake/feeds.py [--corpus FOLDER] [--seconds N]

Agreement is counted on feedparser's own well-formed tests and Miniflux's samples: the number of entries, and of each
its title (feedparser's as one line of text) and link. Speed is measured on real feeds of the samples and on feeds made
here in the shapes that newsrooms publish (sizes are printed): `listed` is what a poll needs to see what is new,
`parse` also cleans the markup of every entry. feedparser runs in the same process, also without its own cleaning.
"""

import argparse
import io
import os
import time
from collections import Counter
from pathlib import Path

import feedparser

from dateline.intake import feeds
from dateline.intake.feeds import NotAFeed, listed, parse
from dateline.lib.floods import HostileMarkup

URL = "https://lake.example/feed"
WORDS = {
    "en": "The level of the lake fell again this year and fishermen of three villages ask for help",
    "ru": "Уровень озера снова упал в этом году и рыбаки трёх деревень ждут и просят помощи",
    "ur": "اس سال جھیل کی سطح پھر گر گئی اور تین گاؤں کے ماہی گیر مدد مانگ رہے ہیں",
}


def prose(language, length, start):
    words = WORDS[language].split()
    return " ".join(words[(start + n * 5) % len(words)] for n in range(length))


def rss(language, encoding, entries, length, *, whole):
    items = "".join(
        f"<item><title>{prose(language, 9, n)}</title><link>https://lake.example/news/{n}?a=1&amp;b=2</link>"
        f'<guid isPermaLink="false">n{n}</guid><dc:creator><![CDATA[Vera Lind]]></dc:creator>'
        f"<category><![CDATA[{prose(language, 1, n)}]]></category>"
        f"<pubDate>Sun, 01 Mar 2026 08:{n % 60:02}:00 +0400</pubDate>"
        f"<description><![CDATA[<p>{prose(language, 30, n)}</p>]]></description>"
        + (f"<content:encoded><![CDATA[{article(language, length, n)}]]></content:encoded>" if whole else "")
        + f'<media:content url="https://lake.example/p{n}.jpg" medium="image"/></item>'
        for n in range(entries)
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Lake</title><link>https://lake.example/</link>'
        f'<atom:link href="{URL}" rel="self" type="application/rss+xml"/><description>News</description>{items}'
        "</channel></rss>"
    ).encode(encoding)


def article(language, length, n):
    return "".join(
        f'<p>{prose(language, 40, n + k)} <a href="/x/{k}">more</a></p>' for k in range(length // 40)
    )


def rdf(entries):
    items = "".join(
        f'<item rdf:about="https://lake.example/{n}"><title>{prose("en", 9, n)}</title><link>https://lake.example/{n}</link>'
        f"<description>{prose('en', 60, n)}</description><dc:date>2026-03-01T08:00:00+04:00</dc:date></item>"
        for n in range(entries)
    )
    listing = "".join(f'<rdf:li rdf:resource="https://lake.example/{n}"/>' for n in range(entries))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://lake.example/">'
        f"<title>The Lake</title><link>https://lake.example/</link><items><rdf:Seq>{listing}</rdf:Seq></items></channel>"
        f"{items}</rdf:RDF>"
    ).encode()


def atom(entries, length):
    found = "".join(
        f"<entry><id>tag:lake.example,2026:{n}</id><title>{prose('en', 9, n)}</title>"
        "<author><name>Vera Lind</name></author>"
        f'<link rel="alternate" type="text/html" href="https://lake.example/{n}"/><updated>2026-03-01T08:00:00Z</updated>'
        f'<content type="html"><![CDATA[{article("en", length, n)}]]></content></entry>'
        for n in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        "<title>The Lake</title>"
        f'<id>u:1</id><link href="https://lake.example/"/><updated>2026-03-01T08:00:00Z</updated>{found}</feed>'
    ).encode()


def agreement(files):
    counts = Counter()
    for file in files:
        content = file.read_bytes()
        theirs = feedparser.parse(io.BytesIO(content)).entries
        counts["documents"] += 1
        counts["with entries"] += bool(theirs)
        try:
            ours = listed(content).entries
        except (NotAFeed, HostileMarkup):
            ours = []
        except Exception as error:  # noqa: BLE001 - a crash is what is counted here
            counts["crashes"] += 1
            print("crash", file.name, error)
            continue
        same_count = len(ours) == len(theirs)
        same_link = same_count and [e.url for e in ours] == [e.get("link", "") for e in theirs]
        same_title = same_count and [e.title for e in ours] == [feeds._plain(e.get("title")) for e in theirs]
        counts["same number"] += same_count
        counts["same links"] += same_link
        counts["same titles"] += same_title
        if not (same_link and same_title):
            print("not the same:", file.name)
    return counts


def rate(read, content, seconds):
    read(content)
    best = 0.0
    for _ in range(3):
        done, started = 0, time.process_time()
        while time.process_time() - started < seconds:
            read(content)
            done += 1
        best = max(best, done / (time.process_time() - started))
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", default=os.environ.get("DATELINE_CORPUS", "../shared/corpus"))
    parser.add_argument(
        "--seconds", type=float, default=0.5, help="of the processor, for each figure; best of three"
    )
    args = parser.parse_args()
    folder = Path(args.corpus) / "intake"
    samples = sorted((folder / "miniflux-testdata").rglob("*.xml"))
    counts = agreement([*sorted((folder / "feedparser-tests" / "wellformed").rglob("*.xml")), *samples])
    print({**counts, "crashes": counts["crashes"]})
    documents = {file.name: file.read_bytes() for file in samples if file.stat().st_size > 10_000}
    documents |= {
        "rss, summaries, 30": rss("en", "utf-8", 30, 0, whole=False),
        "rss, whole, 20": rss("en", "utf-8", 20, 1_200, whole=True),
        "rss, windows-1251, 30": rss("ru", "windows-1251", 30, 0, whole=False),
        "rss, urdu, whole, 20": rss("ur", "utf-8", 20, 400, whole=True),
        "rdf, 20": rdf(20),
        "atom, whole, 20": atom(20, 400),
    }
    print(f"{'feed':28} {'kB':>5} {'listed':>8} {'parse':>8} {'feedparser':>11} {'uncleaned':>10}")
    total = Counter()
    for name, content in documents.items():
        rates = {
            "listed": rate(lambda c: listed(c, url=URL), content, args.seconds),
            "parse": rate(lambda c: parse(c, url=URL), content, args.seconds),
            "theirs": rate(lambda c: feedparser.parse(io.BytesIO(c)), content, args.seconds),
            "uncleaned": rate(
                lambda c: feedparser.parse(io.BytesIO(c), sanitize_html=False, resolve_relative_uris=False),
                content,
                args.seconds,
            ),
        }
        total.update({key: 1 / value for key, value in rates.items()})
        print(
            f"{name:28} {len(content) // 1000:5} {rates['listed']:8.0f} {rates['parse']:8.0f} {rates['theirs']:11.0f} "
            f"{rates['uncleaned']:10.0f}"
        )
    means = {key: len(documents) / value for key, value in total.items()}
    print("all together, documents a CPU-second:", {key: round(value) for key, value in means.items()})


if __name__ == "__main__":
    main()
