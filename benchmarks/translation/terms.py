"""Glossary terms in inflected text, scored on treebanks, beside simple ways; and the speed with 10,000 terms.

Run: python benchmarks/translation/terms.py [--corpus FOLDER] [--half tune|held]

Terms are the lemmas of nouns and names (as the treebank writes them) that stand in at least two sentences, at most 300
of a language, chosen by hash. A sentence counts as found where the matcher finds the term in it; the truth is that
one of its tokens carries the lemma. Other parts of speech with the same letters, and derivations, count as misses.
Sentences go to the halves tune and held by a hash. The interval is a bootstrap over terms (1,000 draws, seed 7).
"""

import argparse
import hashlib
import os
import random
import re
import time
from collections import defaultdict
from pathlib import Path

from dateline.lib.formats.terms import Concept, Form
from dateline.translation.glossary.matching import Glossary
from dateline.translation.glossary.stems import folded

TREEBANKS = {
    "az": "az_tuecl-ud-test",
    "fa": "fa_seraji-ud-dev",
    "hy": "hy_armtdp-ud-dev",
    "ka": "ka_glc-ud-dev",
}
MOST = 300


def sentences(path):
    text, lemmas = "", set()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif not line and text:
            yield text, frozenset(lemmas)
            text, lemmas = "", set()
        elif line and line[0].isdigit():
            cells = line.split("\t")
            if cells[3] in {"NOUN", "PROPN"} and cells[2].isalpha() and len(cells[2]) > 1:
                lemmas.add(cells[2])


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def half_of(text):
    return "tune" if int(digest(text), 16) % 2 else "held"


def terms_of(rows):
    where = defaultdict(set)
    for number, (_text, lemmas) in enumerate(rows):
        for lemma in lemmas:
            where[lemma].add(number)
    chosen = sorted((one for one in where if len(where[one]) >= 2), key=digest)
    return {one: where[one] for one in chosen[:MOST]}


def by_us(terms, rows, language):
    glossary = Glossary(Concept(concept=one, forms=(Form(language=language, form=one),)) for one in terms)
    found = defaultdict(set)
    for number, (text, _lemmas) in enumerate(rows):
        for one in glossary.found(text, language):
            found[one.concept].add(number)
    return found


def by_word(terms, rows, language):
    patterns = {one: re.compile(rf"\b{re.escape(folded(one, language))}\b") for one in terms}
    return by_pattern(patterns, rows, language)


def by_beginning(terms, rows, language):
    """The word without its two last letters, and anything behind it."""
    patterns = {
        one: re.compile(rf"\b{re.escape(folded(one, language)[: max(3, len(one) - 2)])}") for one in terms
    }
    return by_pattern(patterns, rows, language)


def by_pattern(patterns, rows, language):
    small = [folded(text, language) for text, _lemmas in rows]
    return {
        one: {number for number, text in enumerate(small) if pattern.search(text)}
        for one, pattern in patterns.items()
    }


def scored(counts):
    hit, wrong, missed = (sum(column) for column in zip(*counts, strict=True))
    return 100 * hit / max(hit + missed, 1), 100 * hit / max(hit + wrong, 1)


def interval(counts, place, draws=1_000, seed=7):
    chance = random.Random(seed)
    found = sorted(scored(chance.choices(counts, k=len(counts)))[place] for _ in range(draws))
    return f"[{found[draws // 40]:.1f}, {found[-draws // 40]:.1f}]"


def compared(terms, found):
    return [
        (
            len(truth & found.get(one, set())),
            len(found.get(one, set()) - truth),
            len(truth - found.get(one, set())),
        )
        for one, truth in terms.items()
    ]


def speed(rows, language):
    words = sorted({word for text, _ in rows for word in re.findall(r"\w{4,}", text)}, key=digest)
    terms = [f"{word} {index}" if index % 3 else word for index, word in enumerate(words * 9)][:10_000]
    started = time.process_time()
    glossary = Glossary(
        Concept(concept=str(index), forms=(Form(language=language, form=one),))
        for index, one in enumerate(terms)
    )
    built = time.process_time() - started
    started = time.process_time()
    for text, _lemmas in rows[:300]:
        glossary.found(text, language)
    spent = time.process_time() - started
    print(
        f"      {len(terms)} terms: built in {built:.2f} s, {1000 * spent / len(rows[:300]):.2f} ms a sentence"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--half", choices=("tune", "held", "both"), default="held")
    parser.add_argument("--extra", action="append", default=[], metavar="XX=FILE", help="another treebank")
    parser.add_argument("--show", metavar="XX", help="print what was missed and found too much in a language")
    args = parser.parse_args()
    banks = {
        one: args.corpus / "translation" / "ud_seg" / f"{name}.conllu" for one, name in TREEBANKS.items()
    }
    banks |= {one: Path(path) for one, path in (pair.split("=", 1) for pair in args.extra)}
    for language, path in banks.items():
        rows = [row for row in sentences(path) if args.half in {"both", half_of(row[0])}]
        terms = terms_of(rows)
        print(f"{language}  {len(terms)} terms, {len(rows)} sentences ({args.half})")
        ways = {"ours": by_us, "whole word": by_word, "beginning": by_beginning}
        for name, way in ways.items():
            found = way(terms, rows, language)
            counts = compared(terms, found)
            recall, precision = scored(counts)
            near = interval(counts, 0), interval(counts, 1)
            print(f"      {name:11} recall {recall:.1f} {near[0]}  precision {precision:.1f} {near[1]}")
            if name == "ours" and args.show == language:
                for one, truth in terms.items():
                    missed, wrong = truth - found[one], found[one] - truth
                    if missed or wrong:
                        print(one, "MISSED", [rows[n][0][:90] for n in list(missed)[:2]])
                        print(one, "TOO MUCH", [rows[n][0][:90] for n in list(wrong)[:2]])
        speed(rows, language)


if __name__ == "__main__":
    main()
