"""Stories against gold, online: titles of a day, the same document in 20 languages, and pairs from Russian outlets.

Run: python benchmarks/intake/stories.py [--corpus FOLDER]

B-cubed is written from its definition (Bagga and Baldwin 1998): for each piece the share of its story that is truly
with it, and the share of those truly with it that are in its story; means over pieces; F1 of the two means.
Halves are by story, document and pair (seed 2026); thresholds belong to the dev half, figures to the other. Rows of a
day are shuffled (seeds 1 and 2; the mean is told). NTREX: means are warmed with 7 documents of the other half for
each language, drawn for each apart, and the pieces are then in random order without times. Intervals are a bootstrap
over stories, or pairs (1,000 draws, seed 7).
Peers in the same run: the same vectors linked to the nearest piece, and to the mean of the nearest three, without
means taken off and without witnesses; characters' TF-IDF with the nearest three. Each peer's threshold is its best on
dev.
"""

import argparse
import csv
import json
import os
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dateline.intake import stories as stories_module
from dateline.intake.embeddings.choice import chosen
from dateline.intake.stories import Stories, Telling

SPLIT_SEED = 2026
ORDERS = (1, 2)
WARM = 7
PLAIN = {"witness_weight": 0.0, "text_margin": 0.0, "tongue_margin": 0.0}


class Remembered:
    """An embedder that is asked for each text once; its traits can be changed for a run."""

    def __init__(self, embedder, **traits):
        self.inner, self.known = embedder, {}
        self.traits = replace(embedder.traits, **traits)
        self.spent = 0.0

    def like(self, **traits):
        other = Remembered(self.inner, **traits)
        other.known = self.known
        return other

    def embed(self, texts):
        started = time.process_time()
        for text in texts:
            if text not in self.known:
                self.known[text] = self.inner.embed([text])
        self.spent += time.process_time() - started
        return self.known[texts[0]]


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
    rows = [
        json.loads(p.read_text(encoding="utf-8")) for p in sorted((corpus / "tgcontest-pairs").glob("*.json"))
    ]
    return [row for row in rows if row["lang"] == language]


def pair_scores(rows, embedder):
    """Return (score, gold) of each pair, all pieces having come in; without times all are of one window."""
    stories = Stories(embedder)
    for number, row in enumerate(rows):
        for side in "ab":
            stories.take(Telling(f"{number}{side}", row[side]["title"], row[side]["text"], row["lang"]))
    found = []
    for number, row in enumerate(rows):
        found.append((stories.why(f"{number}a", f"{number}b").score, row["same_story"]))
    return found


def pair_f1(scored, threshold):
    hit = sum(gold and score >= threshold for score, gold in scored)
    wrong = sum(not gold and score >= threshold for score, gold in scored)
    missed = sum(gold and score < threshold for score, gold in scored)
    return 2 * hit / (2 * hit + wrong + missed) if hit else 0.0


def best_threshold(scored):
    """Return the middle of the thresholds that do best."""
    tried = [step / 100 for step in range(-20, 150)]
    top = max(pair_f1(scored, threshold) for threshold in tried)
    reached = [threshold for threshold in tried if pair_f1(scored, threshold) == top]
    return reached[len(reached) // 2]


def run(stream, embedder, threshold, *, nearest=3):
    stories_module.NEAREST = nearest
    stories = Stories(embedder, links_from=threshold)
    for piece in stream.warm:
        stories.take(replace(piece, id=f"warm.{piece.id}"))
    return [stories.take(piece).story for piece in stream.pieces]


def mean_f1(streams, embedder, threshold, nearest):
    return sum(bcubed(s.gold, run(s, embedder, threshold, nearest=nearest))[0] for s in streams) / len(
        streams
    )


def tuned(streams, embedder, nearest, tried):
    return max((mean_f1(streams, embedder, t, nearest), t) for t in tried)[1]


def cluster(label, dev, held, embedder, *, nearest=3, thresholds=None):
    threshold = embedder.traits.links_from
    if thresholds:
        threshold = tuned(dev[:1], embedder, nearest, thresholds)
    found = [run(stream, embedder, threshold, nearest=nearest) for stream in held]
    scores = [bcubed(stream.gold, answer) for stream, answer in zip(held, found, strict=True)]
    groups = defaultdict(list)
    for story, row in zip(held[0].gold, bcubed_rows(held[0].gold, found[0]), strict=True):
        groups[story].append(row)
    low, high = interval(list(groups.values()))
    f1, precision, recall = (sum(column) / len(column) for column in zip(*scores, strict=True))
    print(
        f"  {label:34} from {threshold:.2f}  held-out F1 {f1:.3f} [{low:.3f}, {high:.3f}]  P {precision:.3f}  "
        f"R {recall:.3f}  dev F1 {mean_f1(dev[:1], embedder, threshold, nearest):.3f}",
        flush=True,
    )


def pair_figures(label, rows, embedder):
    rows = list(rows)
    random.Random(SPLIT_SEED).shuffle(rows)
    half = len(rows) // 2
    scored = pair_scores(rows, embedder)
    dev, held = scored[:half], scored[half:]
    folds = (pair_f1(held, best_threshold(dev)) + pair_f1(dev, best_threshold(held))) / 2
    chance = random.Random(7)
    fixed = embedder.traits.links_from
    draws = sorted(pair_f1(chance.choices(scored, k=len(scored)), fixed) for _ in range(1_000))
    print(
        f"  {label:34} held-out F1 {pair_f1(held, best_threshold(dev)):.3f} (from {best_threshold(dev):.2f})  "
        f"two folds {folds:.3f}  from {fixed:.2f} on all {len(rows)}: {pair_f1(scored, fixed):.3f} "
        f"[{draws[25]:.3f}, {draws[-25]:.3f}]",
        flush=True,
    )


def contestants():
    best, characters = Remembered(chosen()), Remembered(chosen("char-tfidf"))
    raw = best.like(is_centred=False, **PLAIN)
    steps = [step / 100 for step in range(76, 96, 2)]
    small = [step / 100 for step in range(4, 44, 4)]
    yield f"dateline, {best.traits.name}", best, 3, None
    yield "dateline, char-tfidf", characters, 3, None
    yield "peer: vectors, nearest", raw, 1, steps
    yield "peer: vectors, nearest three", raw, 3, steps
    yield "peer: char-tfidf, nearest three", characters.like(**PLAIN), 3, small


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    corpus = parser.parse_args().corpus / "intake"
    compared = list(contestants())
    for name, (dev, held) in (("UCI titles", uci(corpus)), ("NTREX, 20 languages", ntrex(corpus))):
        print(f"{name}: {len(dev[0].pieces)} pieces dev, {len(held[0].pieces)} held-out")
        for label, embedder, nearest, thresholds in compared:
            cluster(label, dev, held, embedder, nearest=nearest, thresholds=thresholds)
    for language in ("ru", "en"):
        rows = pairs(corpus, language)
        print(f"pairs, {language}: {len(rows)}")
        for label, embedder, _, _ in compared:
            pair_figures(label, rows, embedder)
    own = compared[0][1]
    print(f"{len(own.known)} texts embedded in {own.spent:.0f} CPU-s")


if __name__ == "__main__":
    main()
