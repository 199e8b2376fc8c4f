"""A source with a tenth of its sentences changed: what stays approved, what is shown, against plain difflib.

Run: python benchmarks/translation/source_changes.py [--corpus FOLDER] [--share 0.1] [--languages en ru az hy fa ka]

Documents are those of ntrex-news, paragraphs of one to three sentences, read by the product's own reader and cut by
its own rules. In each a tenth of the sentences is changed, at least one: a figure or a word is replaced, words are
added or cut, the sentence is written anew (another document's), taken out, or a new one stands behind it. Then
paragraphs are cut anew, and in half of the documents one paragraph stands elsewhere: that changes no sentence. Truth is
what was seeded. The baseline is difflib over the sentences: what is "equal" stays, all else is to be translated anew.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from dateline.translation.documents import sentences
from dateline.translation.reading import read_document
from dateline.translation.rereading import What, compared
from dateline.translation.segments import split_paragraph

SEED = 11
KINDS = ("word", "figure", "longer", "shorter", "anew", "out", "new")


def documents(folder, languages):
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))["segments"]
        for language in languages:
            if language in told:
                yield language, [" ".join(line.split()) for line in told[language]]


def markup(lines, chance):
    paragraphs, at = [], 1
    while at < len(lines):
        size = chance.randint(1, 3)
        paragraphs.append(" ".join(lines[at : at + size]))
        at += size
    return paragraphs


def read(headline, paragraphs, language):
    body = "".join(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in paragraphs)
    blocks = read_document(headline=headline, standfirst="", body_html=body)
    return [one.source for one in sentences(blocks, language=language, split=split_paragraph)]


def edited(sentence, kind, chance, strangers):
    words = sentence.split()
    at = chance.randrange(len(words))
    if kind == "figure":
        return " ".join([*words[:at], str(chance.randint(13, 9_999)), *words[at:]])
    if kind == "word":
        return " ".join([*words[:at], chance.choice(chance.choice(strangers).split()), *words[at + 1 :]])
    if kind == "longer":
        return " ".join([*words[:at], *chance.choice(strangers).split()[:4], *words[at:]])
    if kind == "shorter" and len(words) > 6:
        return " ".join([*words[: at - 1], *words[at + 2 :]] if at > 1 else words[2:])
    return chance.choice(strangers)


def seeded(old, share, chance, strangers):
    """Return the new sentences, and by the place of each old one what was done to it."""
    count = max(1, round(len(old) * share))
    chosen = set(chance.sample(range(1, len(old)), min(count, len(old) - 1)))
    new, done = [], {}
    for place, sentence in enumerate(old):
        kind = chance.choice(KINDS) if place in chosen else ""
        if kind == "out":
            done[place] = (kind, None)
            continue
        text = edited(sentence, kind, chance, strangers) if kind and kind != "new" else sentence
        if text != sentence:
            done[place] = (kind, text)
        new.append(text)
        if kind == "new":
            new.append(chance.choice(strangers))
            done[place] = (kind, new[-1])
    return new, done


def recut(new, chance):
    """Return the sentences in paragraphs cut anew, in half of the documents with one of them elsewhere."""
    paragraphs = markup(new, chance)
    if len(paragraphs) > 3 and chance.random() < 0.5:
        moved = paragraphs.pop(chance.randrange(len(paragraphs)))
        paragraphs.insert(chance.randrange(len(paragraphs)), moved)
    return paragraphs


def score(old, new, done, told, by_difflib):
    """Count what stays and what is shown. new: as read; a change that reads as before is none."""
    steps = compared(old, new)
    what = {step.old: step.what for step in steps if step.old is not None}
    partner = {step.old: step.new for step in steps if step.old is not None}
    kept_new = {step.new for step in steps if step.what in (What.SAME, What.MOVED)}
    stays_there = {a + n for a, _b, size in by_difflib for n in range(size)}
    untouched = [place for place in range(len(old)) if place not in done or done[place][0] == "new"]
    in_new = Counter(new)
    for place in untouched:
        told["rest"] += 1
        if in_new[old[place]]:  # the segmenter may cut it otherwise beside another neighbour
            told["rest as it was"] += 1
            told["rest stays"] += what[place] in (What.SAME, What.MOVED)
            told["rest stays, difflib"] += place in stays_there
    for place, (kind, text) in done.items():
        told["changed"] += 1
        if kind == "out":
            told["changed shown"] += what[place] not in (What.SAME, What.MOVED) or in_new[old[place]] > 0
            continue
        where = [at for at, one in enumerate(new) if one == text] if text else []
        told["changed shown"] += not where or any(at not in kept_new for at in where) or text in old
        if kind in {"word", "figure", "longer", "shorter"} and where:
            told["edited"] += 1
            told["edited beside its old one"] += partner.get(place) in where


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--languages", nargs="+", default=["en", "ru", "az", "hy", "fa", "ka"])
    options = parser.parse_args()
    chance = random.Random(SEED)
    found = list(documents(options.corpus / "intake" / "ntrex-news", options.languages))
    strangers = {language: [] for language in options.languages}
    for language, lines in found:
        strangers[language] += lines[-2:]
    told, spent, count = Counter(), 0.0, 0
    for language, lines in found:
        old = read(lines[0], markup(lines, chance), language)
        if len(old) < 4:
            continue
        new, done = seeded(old, options.share, chance, strangers[language])
        again = read(new[0], recut(new, chance), language)
        matcher = SequenceMatcher(None, old, again, autojunk=False)
        begun = time.process_time()
        compared(old, again)
        spent += time.process_time() - begun
        score(old, again, done, told, matcher.get_matching_blocks())
        count += 1
    rest, same = told["rest"], told["rest as it was"]
    print(f"{count} documents in {len(options.languages)} languages, {rest + told['changed']} sentences")
    print(f"unchanged sentences that read as before: {same} of {rest}")
    ours, theirs = (100 * told[name] / same for name in ("rest stays", "rest stays, difflib"))
    print(f"  of them stay: {ours:.2f} %; difflib {theirs:.2f} %")
    print(f"changed sentences shown: {told['changed shown']} of {told['changed']}")
    beside = 100 * told["edited beside its old one"] / max(told["edited"], 1)
    print(f"edited ones beside their old sentence: {beside:.1f} % of {told['edited']}; difflib pairs none")
    print(f"{1000 * spent / max(count, 1):.2f} ms CPU a document")


if __name__ == "__main__":
    main()
