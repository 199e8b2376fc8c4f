"""The beat against matching keywords: eleven subjects over news sets of several languages, labelled by hand.

Run: python benchmarks/intake/beat.py [--corpus FOLDER] [--fit] [--words] [--vectors FILE]

A subject is `beats/<name>.json`, as an editor writes it in a few minutes, and `beats/<name>.labels`: ids of the
documents that are about it, judged by headline and first lines (bodies were searched for names first, so that no
mention went unread). `uci-story/ID` stands for every title of that story, `-` takes one out, `?` leaves out of the
measure what two editors would not agree on. What is not named is not about the subject. `documents.ids` are those that
were judged; others of the sets are left out. Aligned translations carry one label.

Documents: titles (English; a title that is there twice counts once), aligned news in 20 languages, pairs of articles
(Russian, English), article pages (many kinds). Halves by sha256 of the title's words, the document, the pair or the
page: dev chooses the general weights (--fit prints them) and gives the examples; all figures are of the other half.
Subjects of HELD_SUBJECTS had no part in the fit at all.

Peers in the same run: any form of any keyword, as a word or as a substring, case folded; the same with the keywords
alone that an editor did not call weak, and with those alone that need no company. An error is a false piece or a
missed one. The interval is a bootstrap over documents (1,000 draws, seed 7) of the share of the peer's errors that
are gone.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dateline.intake.beat import Example, Piece
from dateline.intake.beat_likeness import first_words
from dateline.intake.beat_reading import read_beat
from dateline.intake.beat_scoring import MEASURES, Scorer
from dateline.intake.beat_weighing import learn_background
from dateline.intake.embeddings.base import NotInstalled
from dateline.intake.embeddings.choice import chosen

HERE = Path(__file__).resolve().parent / "beats"
HELD_SUBJECTS = frozenset({"central-banks", "football", "kavanaugh", "ban-bossy"})
EXAMPLES = 5
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Document:
    id: str
    group: str
    piece: Piece

    @property
    def is_dev(self):
        return hashlib.sha256(self.group.encode()).digest()[0] % 2 == 0


def documents(corpus):
    judged = set((HERE / "documents.ids").read_text().split())
    seen = set()
    for found in (titles, aligned, paired, pages):
        for base, document in found(corpus):
            key = (document.piece.title, document.piece.text)
            if base in judged and key not in seen:
                seen.add(key)
                yield document


def titles(corpus):
    with (corpus / "uci-news-aggregator" / "titles.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            group = " ".join(WORD.findall(row["title"].lower()))
            yield (
                f"uci/{row['id']}",
                Document(f"uci/{row['id']}", group, Piece(title=row["title"], language="en")),
            )


def aligned(corpus):
    for path in sorted((corpus / "ntrex-news").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for language, segments in told["segments"].items():
            piece = Piece(title=segments[0], text="\n".join(segments[1:]), language=language)
            yield f"ntrex/{told['id']}", Document(f"ntrex/{told['id']}/{language}", told["id"], piece)


def paired(corpus):
    for path in sorted((corpus / "tgcontest-pairs").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for side in "ab":
            piece = Piece(title=told[side]["title"], text=told[side]["text"], language=told["lang"])
            yield f"pair/{path.stem}", Document(f"pair/{path.stem}/{side}", path.stem, piece)


def pages(corpus):
    for name in ("article-extraction-benchmark", "article-extraction-dataset"):
        truth = json.loads((corpus / name / "ground-truth.json").read_text(encoding="utf-8"))
        for key, row in truth.items():
            # Where the set has no headline the first line stands for it, as a reader would take it.
            head, _, rest = row["articleBody"].partition("\n")
            told = row.get("title", "")
            piece = Piece(title=told or head[:150], text=row["articleBody"] if told else rest)
            yield f"page/{key[:10]}", Document(f"page/{key[:10]}", key, piece)


def labels(name, corpus):
    """Return what is about the subject, and what is left out of the measure."""
    with (corpus / "uci-news-aggregator" / "titles.csv").open(encoding="utf-8") as file:
        stories = defaultdict(set)
        for row in csv.DictReader(file):
            stories[f"uci-story/{row['story']}"].add(f"uci/{row['id']}")
    about, doubtful = set(), set()
    lines = (HERE / f"{name}.labels").read_text().split()
    for line in lines:
        about |= stories.get(line, {line})
    for line in lines:
        about.discard(line[1:])
        if line[0] == "?":
            doubtful.add(line[1:])
    return about, doubtful


def carries(document, ids):
    return document.id in ids or document.id.rsplit("/", 1)[0] in ids


class Kept:
    """An embedder that reads each text once."""

    def __init__(self, embedder, cache):
        self.inner, self.traits, self.cache = embedder, embedder.traits, cache
        known = np.load(cache, allow_pickle=False) if cache and cache.exists() else None
        self.known = dict(zip(known["texts"], known["rows"], strict=True)) if known is not None else {}

    def embed(self, texts):
        for text in texts:
            if text not in self.known:
                self.known[text] = self.inner.embed([text])[0]
        return np.stack([self.known[text] for text in texts])

    def keep(self):
        if self.cache:
            np.savez(self.cache, texts=np.array(list(self.known)), rows=np.stack(list(self.known.values())))


def with_examples(beat, dev, about, doubtful):
    """Return the beat with examples from dev: pieces of the subject, and those that hold its words and are not."""
    chance = random.Random(11)
    mine = [d for d in dev if carries(d, about)]
    scorer = Scorer(beat)
    near = [
        d
        for d in dev
        if not carries(d, about) and not carries(d, doubtful) and scorer.judge(d.piece).score > 0.05
    ]
    return replace(
        beat,
        examples_for=_examples(mine, chance),
        examples_against=_examples(near, chance),
    )


def _examples(found, chance):
    by_group = {}
    for document in sorted(found, key=lambda d: d.id):
        by_group.setdefault(document.group, []).append(document)
    groups = chance.sample(sorted(by_group), min(EXAMPLES, len(by_group)))
    drawn = [chance.choice(by_group[group]) for group in groups]
    return tuple(Example(first_words(d.piece), d.piece.language) for d in drawn)


# Peers


def keywords(beat, keep):
    return [form for c in beat.concepts if keep(c) for forms in c.forms.values() for form in forms]


def by_word(words):
    if not words:
        return lambda _text: False
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w.casefold()) for w in words) + r")(?!\w)")
    return lambda text: bool(pattern.search(text))


def by_substring(words):
    folded = [word.casefold() for word in words]
    return lambda text: any(word in text for word in folded)


PEERS = {
    f"peer: {name}, {how.__name__[3:]}": (keep, how)
    for name, keep in {
        "every keyword": lambda _c: True,
        "no weak ones": lambda c: c.weight != "weak",
        "no ambiguous ones": lambda c: not c.needs_company,
    }.items()
    for how in (by_word, by_substring)
}


def folded(piece):
    return f"{piece.title}\n{piece.standfirst}\n{piece.text}".casefold()


# Measures


def figures(rows):
    """rows: (is about it, was taken). Return errors, precision, recall, F1."""
    hit = sum(a and t for a, t in rows)
    wrong = sum(t and not a for a, t in rows)
    missed = sum(a and not t for a, t in rows)
    return (
        wrong + missed,
        wrong,
        missed,
        hit / (hit + wrong) if hit + wrong else 1.0,
        hit / (hit + missed) if hit + missed else 1.0,
        2 * hit / (2 * hit + wrong + missed) if hit else 0.0,
    )


def interval(ours, peer, draws=1_000, seed=7):
    """Bootstrap over documents of the share of the peer's errors that are gone."""
    chance = np.random.default_rng(seed)
    a = np.array([about != taken for about, taken in ours], float)
    b = np.array([about != taken for about, taken in peer], float)
    found = []
    for _ in range(draws):
        drawn = chance.integers(0, len(a), len(a))
        theirs = b[drawn].sum()
        found.append(1 - a[drawn].sum() / theirs if theirs else 0.0)
    return tuple(np.quantile(found, (0.025, 0.975)))


def told(label, rows, peer_rows):
    errors, wrong, missed, precision, recall, f1 = figures(rows)
    gone = ""
    if peer_rows is not None:
        peer = figures(peer_rows)[0]
        low, high = interval(rows, peer_rows)
        gone = f"  gone {1 - errors / peer if peer else 0:.2f} [{low:.2f}, {high:.2f}]"
    print(
        f"  {label:38} errors {errors:4} ({wrong} false, {missed} missed)  P {precision:.3f}  R {recall:.3f}  "
        f"F1 {f1:.3f}{gone}",
        flush=True,
    )


def logistic(rows, truth, *, held_at_least, steps=4000, rate=0.5, ridge=1e-3):
    """Return the weights of a logistic regression; those of `held_at_least` are not let below 0."""
    x = np.hstack([np.ones((len(rows), 1)), rows])
    y = np.asarray(truth, float)
    w = np.zeros(x.shape[1])
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        p = 1 / (1 + np.exp(-x @ w))
        grad = x.T @ (p - y) / len(y) + ridge * np.r_[0, w[1:]] * 0.1
        m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
        w -= rate * 0.2 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        w[1:][held_at_least] = np.maximum(w[1:][held_at_least], 0)
    return w


def best_start(sums, truth, *, around):
    """Return where the sum begins so that the fewest are on the wrong side; the middle of the best."""
    tried = around + np.arange(-1.5, 2.5, 0.05)
    errors = np.array([np.sum((sums + start >= 0) != truth) for start in tried])
    best = tried[errors == errors.min()]
    return best[len(best) // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--fit", action="store_true", help="choose the general weights on dev and print them")
    parser.add_argument("--vectors", type=Path, help="keep vectors in this .npz, for runs one after another")
    parser.add_argument("--words", action="store_true", help="leave out the embedder that sees sense")
    parser.add_argument("--errors", action="store_true", help="print dev's errors of each subject")
    args = parser.parse_args()
    corpus = args.corpus / "intake"
    every = list(documents(corpus))
    dev, held = [d for d in every if d.is_dev], [d for d in every if not d.is_dev]
    subjects = {path.stem: read_beat(json.loads(path.read_text())) for path in sorted(HERE.glob("*.json"))}
    print(f"{len(every)} documents: {len(dev)} dev, {len(held)} held-out; {len(subjects)} subjects")
    modes = list(contestants(args, every))
    judged = {name: labels(name, corpus) for name in subjects}
    if args.fit:
        fit(subjects, judged, dev, modes)
        return
    if args.errors:
        print_errors(subjects, judged, dev, modes)
        return
    measure(subjects, judged, dev, held, modes)
    speed(held)


def contestants(args, every):
    yield "words alone", None, False
    yield "words, examples by letters", chosen("char-tfidf"), True
    if args.words:
        return
    try:
        sense = Kept(chosen("nano-e5"), args.vectors)
    except NotInstalled as error:
        print(error)
        return
    for document in every:
        sense.embed([first_words(document.piece)])
    sense.keep()
    yield "words and sense", sense, False
    yield "words, sense and examples", sense, True


def scorer_for(beat, mode, dev, about, doubtful):
    _label, embedder, has_examples = mode
    beat = with_examples(beat, dev, about, doubtful) if has_examples else beat
    background = learn_background(beat, [d.piece for d in dev])
    return Scorer(beat, background=background, embedder=embedder)


def fit(subjects, judged, dev, modes):
    capped = [name != "examples_against" for name in MEASURES]
    for mode in modes:
        rows, truth = [], []
        for name, beat in subjects.items():
            if name in HELD_SUBJECTS:
                continue
            about, doubtful = judged[name]
            scorer = scorer_for(beat, mode, dev, about, doubtful)
            for d in dev:
                if not carries(d, doubtful):
                    rows.append(scorer.measures(d.piece))
                    truth.append(carries(d, about))
        w = logistic(np.array(rows), truth, held_at_least=np.array(capped))
        w[0] = best_start(np.array(rows) @ w[1:], np.array(truth), around=w[0])
        told = ", ".join(f"{one:.2f}" for one in w[1:])
        p = 1 / (1 + np.exp(-(np.array(rows) @ w[1:] + w[0])))
        print(
            f"{mode[0]:30} Weights({w[0]:.2f}, ({told})),  dev errors {np.sum((p >= 0.5) != np.array(truth))}",
            flush=True,
        )


def print_errors(subjects, judged, dev, modes):
    mode = modes[-1]
    for name, beat in subjects.items():
        about, doubtful = judged[name]
        scorer = scorer_for(beat, mode, dev, about, doubtful)
        for d in dev:
            found = scorer.judge(d.piece)
            if not carries(d, doubtful) and found.is_over_the_line != carries(d, about):
                print(
                    name,
                    "missed" if carries(d, about) else "false ",
                    f"{found.score:.2f}",
                    d.id,
                    d.piece.title[:70],
                    [round(float(x), 2) for x in scorer.measures(d.piece)],
                )


def measure(subjects, judged, dev, held, modes):
    rows = defaultdict(lambda: defaultdict(list))
    dev_errors = Counter()
    texts = {d.id: folded(d.piece) for d in dev + held}
    for name, beat in subjects.items():
        about, doubtful = judged[name]
        counted = [d for d in held if not carries(d, doubtful)]
        for label, (keep, how) in PEERS.items():
            matches = how(keywords(beat, keep))
            rows[label][name] = [(carries(d, about), matches(texts[d.id])) for d in counted]
            dev_errors[label] += sum(
                matches(texts[d.id]) != carries(d, about) for d in dev if not carries(d, doubtful)
            )
        for mode in modes:
            scorer = scorer_for(beat, mode, dev, about, doubtful)
            rows[mode[0]][name] = [
                (carries(d, about), scorer.judge(d.piece).is_over_the_line) for d in counted
            ]
    best = min(PEERS, key=lambda label: dev_errors[label])
    print(f"the best peer on dev: {best}")
    report("all subjects", list(subjects), rows, best)
    report("subjects that had no part in the fit", sorted(HELD_SUBJECTS), rows, best)
    for name in subjects:
        mine = sum(about for about, _ in rows[best][name])
        print(f"{name}: {mine} of {len(rows[best][name])}")
        for label in (best, *(mode[0] for mode in modes)):
            told(label, rows[label][name], rows[best][name] if label != best else None)


def report(title, names, rows, best):
    print(title)
    for label, by_name in rows.items():
        merged = [row for name in names for row in by_name[name]]
        against = [row for name in names for row in rows[best][name]]
        told(label, merged, None if label == best else against)


def speed(held):
    """200 concepts over whole articles, without an embedder."""
    concepts = [
        {
            "name": f"concept {n}",
            "forms": {"en": [f"word{n}", f"Second Name{n}"], "ru": [f"слово{n}"], "tr": [f"kelime{n}"]},
        }
        for n in range(200)
    ]
    scorer = Scorer(read_beat({"name": "speed", "concepts": concepts}))
    whole = [d.piece for d in held if d.piece.text]
    started = time.process_time()
    for piece in whole:
        scorer.judge(piece)
    spent = time.process_time() - started
    words = sum(len(p.text.split()) for p in whole) / len(whole)
    print(
        f"{len(whole)} articles of {words:.0f} words in the mean, 200 concepts: {len(whole) / spent:.0f} a CPU-second"
    )


if __name__ == "__main__":
    main()
