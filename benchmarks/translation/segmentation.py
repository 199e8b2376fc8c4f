"""Sentence boundaries against gold, per language, with a plain rule as the floor, and the speed.

Run: python benchmarks/translation/segmentation.py [--corpus FOLDER]

Gold sentences are joined by a space in groups of 6, 7 and 8 in turn; a boundary is its place among the characters
that are no space; the last of a group is not counted. The interval is a bootstrap over groups (1,000 draws, seed 7).
"""

import argparse
import os
import random
import re
import time
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


def measure(language, sentences):
    groups = grouped(sentences)
    texts = [" ".join(group) for group in groups]
    split_paragraph("warm up.", language=language)
    started = time.process_time()
    answers = [split_paragraph(text, language=language) for text in texts]
    spent = time.process_time() - started
    rows = [counts(*pair) for pair in zip(groups, answers, strict=True)]
    floor = f1([counts(group, FLOOR.split(text)) for group, text in zip(groups, texts, strict=True)])
    low, high = interval(rows)
    wrong, missed = sum(row[1] for row in rows), sum(row[2] for row in rows)
    print(
        f"{language}  F1 {100 * f1(rows):.2f} [{100 * low:.2f}, {100 * high:.2f}]  {wrong} too many, {missed} missed "
        f"of {len(sentences)}  (split at every mark: {100 * floor:.2f})  "
        f"{sum(map(len, texts)) / spent / 1e6:.1f} Mchar/CPU-s"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    for language, sentences in documents(parser.parse_args().corpus / "translation"):
        measure(language, sentences)


if __name__ == "__main__":
    main()
