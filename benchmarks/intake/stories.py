"""Stories against gold, online: titles of a day, the same document in 20 languages, and pairs from Russian outlets.

Run: python benchmarks/intake/stories.py [--corpus FOLDER] [--part uci|ntrex|pairs] [--vectors FILE.npz]

B-cubed is written from its definition (Bagga and Baldwin 1998): for each piece the share of its story that is truly
with it, and the share of those truly with it that are in its story; means over pieces; F1 of the two means.
Halves are by story, document and pair (seed 2026); thresholds belong to the dev half, figures to the other. Rows of a
day are shuffled (seeds 1 and 2; the mean is told). NTREX: means are warmed with 7 documents of the other half for
each language, drawn for each apart, and the pieces are then in random order without times. Pairs: all pieces come in
one after the other, in random order (seeds 1 and 2), and a pair is told the same where both are in one story.
Intervals are a bootstrap over stories, or pairs (1,000 draws, seed 7).
Peers in the same run, written here on plain matrices: words' TF-IDF (all pieces counted) and the same vectors, each
linked online to the story of the nearest piece or of the nearest three in the mean, within the same window; each
peer's threshold is its best on dev. `--vectors` keeps vectors between runs.
"""

import argparse
import csv
import json
import math
import os
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: its threads wait for each other

import numpy as np

from dateline.intake.embeddings.choice import chosen
from dateline.intake.stories import WINDOW, Reader, Telling, first_words

SPLIT_SEED = 2026
ORDERS = (1, 2)
WARM = 7


class Remembered:
    """An embedder that is asked for each text once."""

    def __init__(self, embedder, file=None):
        self.inner, self.known, self.file = embedder, {}, file
        self.traits = embedder.traits
        self.spent, self.asked = 0.0, 0
        if file and file.is_file():
            kept = np.load(file)
            self.known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def embed(self, texts):
        started = time.process_time()
        for text in texts:
            if text not in self.known:
                self.known[text] = self.inner.embed([text])[0]
                self.asked += 1
        self.spent += time.process_time() - started
        return np.stack([self.known[text] for text in texts])

    def keep(self):
        if self.file and self.asked:
            np.savez(self.file, texts=np.array(list(self.known)), vectors=np.stack(list(self.known.values())))


@dataclass(frozen=True)
class Stream:
    pieces: list
    gold: list
    warm: list


def bcubed(gold, found):
    return f1_of(bcubed_rows(gold, found))


def bcubed_rows(gold, found):
    truly, told, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    return [
        (both[pair] / told[pair[1]], both[pair] / truly[pair[0]]) for pair in zip(gold, found, strict=True)
    ]


def f1_of(rows):
    precision = sum(p for p, _ in rows) / len(rows)
    recall = sum(r for _, r in rows) / len(rows)
    return 2 * precision * recall / (precision + recall), precision, recall


def interval(groups, draws=1_000, seed=7):
    chance = random.Random(seed)
    found = sorted(
        f1_of([row for group in chance.choices(groups, k=len(groups)) for row in group])[0]
        for _ in range(draws)
    )
    return found[draws // 40], found[-draws // 40]


def halves(names):
    names = sorted(names)
    random.Random(SPLIT_SEED).shuffle(names)
    return set(names[: len(names) // 2]), set(names[len(names) // 2 :])


def uci(corpus):
    with (corpus / "uci-news-aggregator" / "titles.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        [_uci_stream(rows, part, order) for order in ORDERS] for part in halves({r["story"] for r in rows})
    ]


def _uci_stream(rows, part, order):
    chance, days = random.Random(order), defaultdict(list)
    for row in rows:
        if row["story"] in part:
            days[int(row["timestamp"]) // 86_400_000].append(row)
    ordered = []
    for day in sorted(days):
        chance.shuffle(days[day])
        ordered += days[day]
    pieces = [
        Telling(r["id"], r["title"], "", "en", datetime.fromtimestamp(int(r["timestamp"]) / 1000, UTC))
        for r in ordered
    ]
    return Stream(pieces, [r["story"] for r in ordered], [])


def ntrex(corpus):
    documents = [
        json.loads(p.read_text(encoding="utf-8")) for p in sorted((corpus / "ntrex-news").glob("*.json"))
    ]
    dev, held = halves({d["id"] for d in documents})
    return [[_ntrex_stream(documents, part, order) for order in ORDERS] for part in (dev, held)]


def _ntrex_stream(documents, part, order):
    chance = random.Random(order)
    told = [(d["id"], language, s) for d in documents for language, s in d["segments"].items()]
    # the other half warms: the dev half when the held one is measured
    others = sorted({d["id"] for d in documents} - part)
    warm_of = {language: set(chance.sample(others, WARM)) for language in sorted({t[1] for t in told})}
    warm = [t for t in told if t[0] in warm_of[t[1]]]
    own = [t for t in told if t[0] in part]
    chance.shuffle(own)
    return Stream([_translated(t) for t in own], [t[0] for t in own], [_translated(t) for t in warm])


def _translated(told):
    document, language, segments = told
    return Telling(f"{document}.{language}", segments[0], " ".join(segments[1:]), language)


def pairs(corpus, language):
    """Return the halves of the pairs; each is pieces in each order, and (id, id, gold)."""
    rows = [
        json.loads(p.read_text(encoding="utf-8")) for p in sorted((corpus / "tgcontest-pairs").glob("*.json"))
    ]
    rows = [row for row in rows if row["lang"] == language]
    random.Random(SPLIT_SEED).shuffle(rows)
    return [_pair_streams(rows[: len(rows) // 2]), _pair_streams(rows[len(rows) // 2 :])]


def _pair_streams(rows):
    pieces = [
        Telling(f"{number}{side}", row[side]["title"], row[side]["text"], row["lang"])
        for number, row in enumerate(rows)
        for side in "ab"
    ]
    gold = [(f"{number}a", f"{number}b", row["same_story"]) for number, row in enumerate(rows)]
    return [Stream(random.Random(order).sample(pieces, len(pieces)), gold, []) for order in ORDERS]


def ours(stream, embedder, threshold=None):
    reader = Reader(embedder, links_from=threshold)
    for piece in stream.warm:
        reader.take(replace(piece, id=f"warm.{piece.id}"))
    return [reader.take(piece).story for piece in stream.pieces]


def told_together(stream, found):
    """Print which documents came into one story, by their English headlines: some tell of one event indeed."""
    english = {piece.id.rpartition(".")[0]: piece.title for piece in stream.pieces if piece.language == "en"}
    together = defaultdict(Counter)
    for document, story in zip(stream.gold, found, strict=True):
        together[story][document] += 1
    for documents in together.values():
        if len(documents) > 1:
            print(
                "    one story:",
                *(f"{n} of {english.get(d, d)[:60]}" for d, n in documents.most_common()),
                sep="\n      ",
            )


def of_vectors(embedder):
    def near(stream):
        rows = embedder.embed([first_words(piece) for piece in stream.pieces])
        return rows @ rows.T

    return near


def of_words(stream):
    texts = [Counter(re.findall(r"\w+", f"{p.title} {p.text[:1200]}".lower())) for p in stream.pieces]
    known = {word: at for at, word in enumerate(sorted({word for text in texts for word in text}))}
    rows = np.zeros((len(texts), len(known)), dtype=np.float32)
    seen = Counter(word for text in texts for word in text)
    for at, text in enumerate(texts):
        for word, count in text.items():
            rows[at, known[word]] = (1 + math.log(count)) * math.log((1 + len(texts)) / seen[word])
    rows /= np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return rows @ rows.T


def linked(stream, near, threshold, nearest):
    """Return the stories of a plain online linker over a matrix of similarities."""
    times = [piece.published_at.timestamp() if piece.published_at else 0.0 for piece in stream.pieces]
    out_of_reach = np.abs(np.subtract.outer(times, times)) > WINDOW.total_seconds()
    near = np.where(out_of_reach, -9.0, near)
    stories, count = np.zeros(len(stream.pieces), dtype=np.int64), 0
    for at in range(len(stream.pieces)):
        best, where = mean_of_nearest(near[at, :at], stories[:at], nearest) if at else (-9.0, 0)
        stories[at] = where if best >= threshold else count
        count = max(count, int(stories[at]) + 1)
    return stories.tolist()


def mean_of_nearest(near, stories, nearest):
    """Return the highest mean that the nearest pieces of a story come to, and which story that is."""
    order = np.lexsort((-near, stories))
    _, starts, sizes = np.unique(stories[order], return_index=True, return_counts=True)
    ranks = np.arange(len(order)) - np.repeat(starts, sizes)
    top = order[ranks < nearest]
    means = np.bincount(stories[top], weights=near[top]) / np.bincount(stories[top])
    return float(means.max()), int(means.argmax())


def clusters(label, dev, held, answer, score, *, note=""):
    found = [answer(stream) for stream in held]
    scores = [score(stream, stories) for stream, stories in zip(held, found, strict=True)]
    on_dev = sum(score(s, answer(s))[0] for s in dev[:1])
    low, high = interval_of(held[0], found[0], score)
    f1, precision, recall = (sum(column) / len(column) for column in zip(*scores, strict=True))
    print(
        f"  {label:34} {note:10} held-out F1 {f1:.3f} [{low:.3f}, {high:.3f}]  P {precision:.3f}  R {recall:.3f}  "
        f"dev F1 {on_dev:.3f}",
        flush=True,
    )


def by_story(stream, found):
    return bcubed(stream.gold, found)


def by_pair(stream, found):
    return pair_scores(pair_rows(stream, found))


def pair_rows(stream, found):
    story = {piece.id: told for piece, told in zip(stream.pieces, found, strict=True)}
    return [(story[a] == story[b], gold) for a, b, gold in stream.gold]


def pair_scores(rows):
    hit = sum(told and gold for told, gold in rows)
    told, gold = sum(told for told, _ in rows), sum(gold for _, gold in rows)
    if not hit:
        return 0.0, 0.0, 0.0
    return 2 * hit / (told + gold), hit / told, hit / gold


def interval_of(stream, found, score):
    if score is by_pair:
        chance, rows = random.Random(7), pair_rows(stream, found)
        draws = sorted(pair_scores(chance.choices(rows, k=len(rows)))[0] for _ in range(1_000))
        return draws[25], draws[-25]
    groups = defaultdict(list)
    for story, row in zip(stream.gold, bcubed_rows(stream.gold, found), strict=True):
        groups[story].append(row)
    return interval(list(groups.values()))


def peer(label, dev, held, near, score, *, nearest):
    matrices = {id(stream): near(stream) for stream in (dev[0], *held)}
    highest = float(np.quantile(matrices[id(dev[0])], 0.9995))
    steps = np.linspace(float(np.median(matrices[id(dev[0])])), min(0.99, highest), 14)
    _, best = max(
        (score(dev[0], linked(dev[0], matrices[id(dev[0])], step, nearest))[0], step) for step in steps
    )

    def answer(stream):
        return linked(stream, matrices[id(stream)], best, nearest)

    clusters(f"peer: {label}", dev, held, answer, score, note=f"from {best:.2f}")


def compare(name, sets, score, embedder, *, sweep):
    dev, held = sets
    print(f"{name}: {len(dev[0].pieces)} pieces dev, {len(held[0].pieces)} held-out", flush=True)
    characters = chosen("char-tfidf").traits.name
    clusters(
        f"dateline, {embedder.traits.name}", dev, held, lambda s: ours(s, embedder), score,
        note=f"from {embedder.traits.links_from:.2f}",
    )  # fmt: skip
    clusters(f"dateline, {characters}", dev, held, lambda s: ours(s, chosen("char-tfidf")), score)
    if sweep:
        for step in sweep:
            on_dev, on_held = (
                sum(score(s, ours(s, embedder, step))[0] for s in part) / len(part) for part in (dev, held)
            )
            print(f"    from {step:.2f}: dev {on_dev:.3f}  held-out {on_held:.3f}", flush=True)
        return
    if name.startswith("NTREX"):
        told_together(held[0], ours(held[0], embedder))
    vectors = of_vectors(embedder)
    peer("words' TF-IDF, nearest three", dev, held, of_words, score, nearest=3)
    peer("vectors, nearest", dev, held, vectors, score, nearest=1)
    peer("vectors, nearest three", dev, held, vectors, score, nearest=3)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--part", choices=("uci", "ntrex", "pairs"))
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--embedder", default="")
    parser.add_argument("--sweep", action="store_true", help="try thresholds instead of peers")
    args = parser.parse_args()
    corpus = args.corpus / "intake"
    embedder = Remembered(chosen(args.embedder), args.vectors)
    sweep = [round(embedder.traits.links_from + step / 100, 3) for step in range(-8, 9, 2)] * args.sweep
    if args.part in (None, "uci"):
        compare("UCI titles", uci(corpus), by_story, embedder, sweep=sweep)
    if args.part in (None, "ntrex"):
        compare("NTREX, 20 languages", ntrex(corpus), by_story, embedder, sweep=sweep)
    if args.part in (None, "pairs"):
        for language in ("ru", "en"):
            compare(f"pairs, {language}", pairs(corpus, language), by_pair, embedder, sweep=sweep)
    embedder.keep()
    print(f"{embedder.asked} texts embedded in {embedder.spent:.0f} CPU-s")


if __name__ == "__main__":
    main()
