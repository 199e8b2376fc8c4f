"""Sentence boundaries against gold, per language, beside the tools that are installed, and the speed.

Run: python benchmarks/translation/segments.py [--corpus FOLDER] [--ours]
Tools to compare with: pip install -r benchmarks/translation/segments-peers.in (pysbd, syntok, sentencex, PyICU,
blingfire; whichever of them is there takes part). The bar: at most one error more than the best tool of the run.

Gold sentences are joined by a space in groups of 6, 7 and 8 in turn; a boundary is its place among the characters
that are no space; the last of a group is not counted. The interval is a bootstrap over groups (1,000 draws, seed 7).
"""

import argparse
import os
import random
import re
import time
from itertools import pairwise
from pathlib import Path

from dateline.translation.segments import split_paragraph

PUD = {
    "en": "English",
    "tr": "Turkish",
    "ru": "Russian",
    "ar": "Arabic",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
}
TREEBANKS = {
    "az": "az_tuecl-ud-test",
    "hy": "hy_armtdp-ud-dev",
    "ka": "ka_glc-ud-dev",
    "fa": "fa_seraji-ud-dev",
}
GROUPS = (6, 7, 8)
FLOOR = re.compile(r"(?<=[.!?\u0589\u061f\u06d4])\s+")


def documents(corpus):
    for language, name in PUD.items():
        lines = (corpus / "ud_pud" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        yield language, [line.strip() for line in lines if line.strip()]
    for language, name in TREEBANKS.items():
        lines = (corpus / "ud_seg" / f"{name}.conllu").read_text(encoding="utf-8").split("\n")
        yield (
            language,
            [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")],
        )


def grouped(sentences):
    groups, at = [], 0
    while at < len(sentences):
        size = GROUPS[len(groups) % len(GROUPS)]
        groups.append(sentences[at : at + size])
        at += size
    return groups


def boundaries(sentences):
    places, at = set(), 0
    for sentence in sentences[:-1]:
        at += len("".join(sentence.split()))
        places.add(at)
    return places


def counts(truth, answer):
    a, b = boundaries(truth), boundaries(answer)
    return len(a & b), len(b - a), len(a - b)


def f1(rows):
    hit, wrong, missed = (sum(column) for column in zip(*rows, strict=True))
    return 2 * hit / (2 * hit + wrong + missed)


def interval(rows, draws=1_000, seed=7):
    chance = random.Random(seed)
    found = sorted(f1(chance.choices(rows, k=len(rows))) for _ in range(draws))
    return found[draws // 40], found[-draws // 40]


def pysbd_of(language):
    import pysbd

    segmenter = pysbd.Segmenter(language=language if language in pysbd.languages.LANGUAGE_CODES else "en")
    return segmenter.segment


def syntok_of(_language):
    from syntok import segmenter

    def split(text):
        sentences = (sentence for paragraph in segmenter.analyze(text) for sentence in paragraph)
        return ["".join(token.spacing + token.value for token in sentence) for sentence in sentences]

    return split


def sentencex_of(language):
    import sentencex

    return lambda text: list(sentencex.segment(language, text))


def icu_of(language):
    import icu

    breaks = icu.BreakIterator.createSentenceInstance(icu.Locale(language))

    def split(text):
        whole = icu.UnicodeString(text)  # places of ICU are UTF-16 units
        breaks.setText(whole)
        places = [0, *breaks]
        return [str(whole[a:b]) for a, b in pairwise(places)]

    return split


def blingfire_of(_language):
    import blingfire

    return lambda text: blingfire.text_to_sentences(text).split("\n")


PEERS = {
    "pysbd": pysbd_of,
    "syntok": syntok_of,
    "sentencex": sentencex_of,
    "ICU": icu_of,
    "blingfire": blingfire_of,
}


def peers_for(language, wanted):
    for name, peer in PEERS.items() if wanted else ():
        try:
            yield name, peer(language)
        except ImportError:
            continue


def answered(split, groups, texts):
    """Return the counts of each group and the characters a CPU second."""
    split(texts[0])
    started = time.process_time()
    answers = [split(text) for text in texts]
    spent = time.process_time() - started
    rows = [counts(*pair) for pair in zip(groups, answers, strict=True)]
    return rows, sum(map(len, texts)) / max(spent, 1e-6) / 1e6


def errors(rows):
    return sum(row[1] + row[2] for row in rows)


def measure(language, sentences, *, with_peers):
    groups = grouped(sentences)
    texts = [" ".join(group) for group in groups]
    rows, speed = answered(lambda text: split_paragraph(text, language=language), groups, texts)
    low, high = interval(rows)
    wrong, missed = sum(row[1] for row in rows), sum(row[2] for row in rows)
    print(
        f"{language}  F1 {100 * f1(rows):.2f} [{100 * low:.2f}, {100 * high:.2f}]  {wrong} too many, {missed} missed "
        f"of {len(sentences)}  {speed:.1f} Mchar/CPU-s"
    )
    peers = {"every mark": FLOOR.split, **dict(peers_for(language, with_peers))}
    least = []
    for name, split in peers.items():
        theirs, pace = answered(split, groups, texts)
        least.append((errors(theirs), name))
        print(f"      {name:11} F1 {100 * f1(theirs):.2f}  {errors(theirs)} errors  {pace:.2f} Mchar/CPU-s")
    best, name = min(least)
    verdict = "holds" if errors(rows) <= best + 1 else "MISSED"
    print(f"      ours {errors(rows)} errors, best tool {name} {best}: {verdict}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--ours", action="store_true", help="without the other tools")
    args = parser.parse_args()
    for language, sentences in documents(args.corpus / "translation"):
        measure(language, sentences, with_peers=not args.ours)


if __name__ == "__main__":
    main()
