"""The same text twice: five kinds made of real pages, false pairs, and the look-up among 100,000 pieces.

Run: python benchmarks/intake/duplicates.py [--corpus FOLDER] [--synthetic N] [--sql]

`--sql`: the same look-up in the tables of an installation, on SQLite in a folder of its own, or, where DATABASE_URL
names an empty database, there; and what it costs to write a new piece down. Nothing else is measured then.

The base of a page is the text as people marked it. Its versions: the same text under another id; what two
extractors make of the page; 15 % of its sentences dropped, with a new head and tail (seed 11); its first 40 % of
words. Pages with fewer than 60 marked words are left out. Pieces come in online, all bases first, then the versions in
random order (seed 11). A version is recalled where `duplicate_of` is of its own page; any other answer, and any
answer to a base, is a false pair. A page's twin (the same address, or the same first 40 words, under another number) is
one page. Where an extractor took another text than the page's (advertisements, the next article), nothing
can be recalled: recall is told with those versions and without. The peer is the plain rule of the same kind, without
weights: every eighth run of five words by hash, containment of 0.5 over an inverted index.
"""

import argparse
import gzip
import itertools
import json
import os
import random
import re
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import trafilatura
from lxml import html
from readability import Document

from dateline.intake.duplicates import Piece
from dateline.intake.duplicates_index import Index
from dateline.lib.floods import HostileMarkup, refuse_floods

SETS = ("article-extraction-benchmark", "article-extraction-dataset")
SEED = 11
# A version with less in common with its page (runs of three words) is what an extractor took from elsewhere on it.
STRANGE = 0.15
FEWEST_WORDS = 60
SENTENCE = re.compile(r"(?<=[.!?。])\s+")
HEAD = (
    "This report reached our desk in the morning and is given here in the wording of the agency that sent it."
)
TAIL = "Our readers may write to the editors about it until the end of the week, and we print what we can."


def pages(corpus):
    for name in SETS:
        truth = json.loads((corpus / name / "ground-truth.json").read_text(encoding="utf-8"))
        for key, row in sorted(truth.items()):
            path = corpus / name / "html" / f"{key}.html.gz"
            if path.is_file() and len(row["articleBody"].split()) >= FEWEST_WORDS:
                yield f"{name}/{key}", row, gzip.decompress(path.read_bytes())


def by_trafilatura(content):
    return trafilatura.extract(content, include_comments=False) or ""


def by_readability(content):
    text = content.decode("utf-8", "replace")
    try:
        refuse_floods(text)
        return " ".join(html.fromstring(Document(text).summary(html_partial=True)).itertext())
    except HostileMarkup:
        return ""


def cut(text, chance):
    sentences = SENTENCE.split(text)
    dropped = set(chance.sample(range(len(sentences)), round(0.15 * len(sentences))))
    return " ".join([HEAD, *(s for at, s in enumerate(sentences) if at not in dropped), TAIL])


def lead(text):
    words = text.split()
    return " ".join(words[: int(len(words) * 0.4)])


def versions(text, content, chance):
    yield "again", text
    yield "trafilatura", by_trafilatura(content)
    yield "readability", by_readability(content)
    yield "15 % cut", cut(text, chance)
    yield "lead 40 %", lead(text)


class Plain:
    """The peer."""

    def __init__(self):
        self.held, self.samples = defaultdict(list), []

    def take(self, piece):
        words = re.findall(r"\w+", piece.text.lower())
        runs = {zlib.crc32(" ".join(words[at : at + 5]).encode()) for at in range(len(words) - 4)}
        samples = {run for run in runs if run % 8 == 0}
        count = Counter(number for run in samples for number in self.held[run])
        best, share = None, 0.5
        for number, hit in count.items():
            found = hit / min(len(samples), len(self.samples[number][1]))
            if found >= share:
                best, share = self.samples[number][0], found
        for run in samples:
            self.held[run].append(len(self.samples))
        self.samples.append((piece.id, samples))
        return best


def ours(index):
    def take(piece):
        match = index.take(piece)
        return match.duplicate_of if match else None

    return take


def twins(rows):
    """Return the page that each page is: the first with its address or its marked text."""
    first, same = {}, {}
    for key, row, _ in rows:
        address = urlsplit(row["url"])
        marks = [f"{address.netloc}{address.path}?{address.query}", " ".join(row["articleBody"].split()[:40])]
        root = next((first[mark] for mark in marks if mark in first), key)
        same[key] = root
        first.update((mark, root) for mark in marks if mark not in first)
    return same


def in_common(one, other):
    """Return the share of the smaller text's runs of three words that are in the other."""
    a, b = (runs_of_three(text) for text in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def runs_of_three(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def score(label, take, bases, made, same, *, hosts):
    recalled, asked, strange, false = Counter(), Counter(), Counter(), []
    texts = {key: text for key, _, text, _ in bases}
    spent = time.process_time()
    for key, kind, text, host in itertools.chain(bases, made):
        found = take(Piece(id=f"{key}#{kind}", text=text, host=host if hosts else ""))
        own = found is not None and same[found.split("#")[0]] == same[key]
        if found is not None and not own:
            false.append((f"{key}#{kind}", found))
        if kind != "base":
            asked[kind] += 1
            recalled[kind] += own
            strange[kind] += not own and in_common(text, texts[same[key]]) < STRANGE
    spent = time.process_time() - spent
    by_kind = "  ".join(f"{kind} {recalled[kind] / asked[kind]:.4f}" for kind in asked)
    total = sum(recalled.values()) / sum(asked.values())
    print(
        f"{label:26} recall {total:.4f}  ({by_kind})  false {len(false)}  "
        f"{sum(asked.values()) / spent:.0f} pieces/CPU-s"
    )
    real = "  ".join(f"{kind} {recalled[kind] / (asked[kind] - strange[kind]):.4f}" for kind in asked)
    print(f"    without {sum(strange.values())} versions that hold another text than the page's: {real}")
    for pair in false:
        print("    false:", *pair)


def synthetic(count, chance):
    """Yield texts of 150 to 800 words, drawn as words are: few of them often."""
    vocabulary = [f"w{number}" for number in range(50_000)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    for _ in range(count):
        yield " ".join(chance.choices(vocabulary, cum_weights=weights, k=chance.randint(150, 800)))


def speed(count):
    chance, index, sample = random.Random(SEED), Index(), []
    started = time.process_time()
    for number, text in enumerate(synthetic(count, chance)):
        index.add(Piece(id=str(number), text=text, host=f"{number % 200}.example"))
        if number % (count // 500) == 0:
            sample.append(text)
    built = time.process_time() - started
    asked = [cut(text, chance) for text in sample] + list(synthetic(500, chance))
    times, found = [], 0
    for text in asked:
        began = time.perf_counter()
        match = index.look_up(Piece(id="", text=text, host="7.example"))
        times.append(time.perf_counter() - began)
        found += match is not None
    tell(
        times,
        f"{count} synthetic pieces in {built:.0f} CPU-s; {len(asked)} look-ups, {found} found of {len(sample)} kept",
    )


def speed_in_tables(count, folder):
    os.environ["DATELINE_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
    import django

    django.setup()
    from django.db import connection, transaction
    from django.utils import timezone

    from dateline.intake import models
    from dateline.intake.actions.likening import liken
    from dateline.intake.duplicates import find, kept_of
    from dateline.intake.queries.duplicates import TableShelf, host_number
    from dateline.sources.models import Outlet

    with connection.schema_editor() as editor:
        for table in (Outlet, models.Original, models.Fingerprint, models.Run, models.Likeness):
            editor.create_model(table)
    now, chance, sample = timezone.now(), random.Random(SEED), []
    outlets = [
        Outlet.objects.create(name=f"Outlet {at}", slug=f"outlet-{at}", home_url=f"https://{at}.example/")
        for at in range(200)
    ]

    def original(number, text):
        url = f"https://{number % 200}.example/{number}"
        fields = {"headline": f"Piece {number}", "language": "en", "taken_at": now, "published_at": now}
        return models.Original(
            outlet=outlets[number % 200], url=url, identity=url, body_html="", body_text=text, **fields
        )

    started = time.process_time()
    texts = enumerate(synthetic(count, chance))
    while batch := list(itertools.islice(texts, 2_000)):
        sample += [text for number, text in batch if number % (count // 500) == 0]
        with transaction.atomic():
            write(batch, original, models, host_number)
    print(
        f"{count} synthetic pieces written in {time.process_time() - started:.0f} CPU-s on {connection.vendor}"
    )
    asked = [cut(text, chance) for text in sample] + list(synthetic(500, chance))
    times, spent, found = [], [], 0
    for text in asked:
        began, worked = time.perf_counter(), time.process_time()
        match = find(kept_of(Piece(id="", text=text, host=str(host_number("7.example")))), TableShelf())
        times.append(time.perf_counter() - began)
        spent.append(time.process_time() - worked)
        found += match is not None
    tell(spent, "of this process's own time a look-up takes")
    tell(times, f"{len(asked)} look-ups, {found} found of {len(sample)} kept")
    times = []
    for number, text in enumerate(asked[:300] + asked[-300:]):
        piece = original(count + number, text)
        piece.save()
        began = time.perf_counter()
        with transaction.atomic():
            liken(original=piece)
        times.append(time.perf_counter() - began)
    tell(times, "600 new pieces looked up and written down")


def write(batch, original, models, host_number):
    from django.db import connection

    from dateline.intake.duplicates_print import print_of
    from dateline.intake.queries.duplicates import packed

    rows = models.Original.objects.bulk_create([original(number, text[:200]) for number, text in batch])
    prints = [print_of(text) for _, text in batch]
    fingerprints = models.Fingerprint.objects.bulk_create(
        [
            models.Fingerprint(
                original=row, whole=found.whole, host=row.url.split("/")[2], size=found.size,
                sampled=packed(found.sampled), opening=packed(found.opening), further=packed(found.further),
            )
            for row, found in zip(rows, prints, strict=True)
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO intake_run (hash, fingerprint_id, host) VALUES (%s, %s, %s)",
            [
                (run, row.pk, host_number(row.host))
                for row, found in zip(fingerprints, prints, strict=True)
                for run in found.all()
            ],
        )


def tell(times, label):
    times = sorted(times)
    print(
        f"{label}: median {1000 * times[len(times) // 2]:.2f} ms, p95 {1000 * times[int(len(times) * 0.95)]:.2f} ms, "
        f"most {1000 * times[-1]:.2f} ms"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--synthetic", type=int, default=100_000)
    parser.add_argument("--sql", action="store_true")
    args = parser.parse_args()
    if args.sql:
        with tempfile.TemporaryDirectory() as folder:
            return speed_in_tables(args.synthetic, folder)
    chance = random.Random(SEED)
    rows = list(pages(args.corpus / "intake"))
    same = twins(rows)
    bases, made = [], []
    for key, row, content in rows:
        host = urlsplit(row["url"]).netloc
        if same[key] == key:
            bases.append((key, "base", row["articleBody"], host))
        made += [(key, kind, text, host) for kind, text in versions(row["articleBody"], content, chance)]
    chance.shuffle(made)
    print(f"{len(bases)} pages, {len(made)} versions")
    score("plain containment", Plain().take, bases, made, same, hosts=False)
    score("dateline, hosts unknown", ours(Index()), bases, made, same, hosts=False)
    score("dateline, hosts known", ours(Index()), bases, made, same, hosts=True)
    if args.synthetic:
        speed(args.synthetic)
    return None


if __name__ == "__main__":
    main()
