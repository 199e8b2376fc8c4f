"""Search: do inflected and mistyped queries find their pages, how long does an answer take, how large is the index?

Run: python benchmarks/reader/search.py recall [--corpus FOLDER] [--half tune|held]
     python benchmarks/reader/search.py speed [--corpus FOLDER] [--pages 20000,100000] [--queries 600]

recall. Each sentence of a treebank with four words of substance is a page (a harder page than an article: it is short).
A query is three of its words, chosen by hash. *Inflected*: each in another form in which the treebank has its lemma,
else in the lemma. *Mistyped*: as they stand, one of five letters or more with one slip (a letter changed, left out,
doubled, or two changed about). *Single*: a lemma that stands in two to ten pages, which are to be among the first ten.
az, fa, hy, ka: lemmas of the treebanks. en, ru, tr: parallel sentences without lemmas; there forms are those that a
dictionary of lemmas (simplemma) puts together, which the engine asks too, so read their figures with that in mind.
Recall@10: the share of queries whose page is among the first ten. Every language is asked in one index of all.

speed. Pages of 400 words are put together from sentences of the corpus (news in seven languages), with one word in
forty from a tail of 60,000 rare ones. Queries of one to three words of a page, a third inflected or mistyped; the
time is that of the answer with its ten extracts. FTS5 (bm25, the same folded words and stems, no slips) beside it.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from uuid import UUID

import simplemma

from dateline.reader.machines.embedded import Embedded
from dateline.reader.search.engine import Page, Question
from dateline.reader.search.extracts import Asked, extract
from dateline.reader.search.words import indexed, sought

TREEBANKS = {
    "az": "az_tuecl-ud-test",
    "fa": "fa_seraji-ud-dev",
    "hy": "hy_armtdp-ud-dev",
    "ka": "ka_glc-ud-dev",
}
PARALLEL = {"en": "English", "ru": "Russian", "tr": "Turkish"}
LANGUAGES = (*TREEBANKS, *PARALLEL)
CONTENT = {"NOUN", "PROPN", "ADJ", "VERB"}
WORD = re.compile(r"[^\W\d_]{3,}")
MOST = 400


def digest(text):
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def treebank(path):
    """Yield the sentences of a treebank with their words of substance: form and lemma."""
    text, words = "", []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif not line and text:
            yield text, words
            text, words = "", []
        elif line and line.split("\t")[0].isdigit():
            cells = line.split("\t")
            if cells[3] in CONTENT and WORD.fullmatch(cells[1]) and cells[2].isalpha():
                words.append((cells[1], cells[2]))


def parallel(path, language):
    for text in path.read_text(encoding="utf-8").split("\n"):
        words = [(word, simplemma.lemmatize(word, lang=language)) for word in WORD.findall(text)]
        yield text, [(word, lemma) for word, lemma in words if len(word) > 3]


def sentences(corpus, language):
    folder = corpus / "translation"
    if language in TREEBANKS:
        return list(treebank(folder / "ud_seg" / f"{TREEBANKS[language]}.conllu"))
    return list(parallel(folder / "ud_pud" / f"{PARALLEL[language]}.txt", language))


def a_page(number, language, text, headline=""):
    return Page(
        uid=UUID(int=number + 1),
        language=language,
        headline=headline,
        standfirst="",
        text=text,
        kind="exclusive",
        genre="report",
        section=str(number % 12),
        outlet=str(number % 40),
        day=date(2020 + number % 6, 1 + number % 12, 1 + number % 28),
        at=number,
    )


def slipped(word, chance):
    at = chance.randrange(1, len(word) - 1)
    way = chance.randrange(4)
    if way == 0:
        return word[:at] + chance.choice(word) + word[at + 1 :]
    if way == 1:
        return word[:at] + word[at + 1 :]
    if way == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def queries_of(rows):
    """Yield ways, queries and the numbers of the pages to be found."""
    forms, where = defaultdict(set), defaultdict(set)
    for number, (_text, words) in rows:
        for form, lemma in words:
            forms[lemma].add(form)
            where[lemma].add(number)
    for number, (text, words) in sorted(rows, key=lambda row: digest(row[1][0]))[:MOST]:
        chance = random.Random(digest(text))
        distinct = list({lemma: form for form, lemma in words}.items())
        if len(distinct) < 4:
            continue
        chosen = chance.sample(distinct, 3)
        others = [sorted(forms[lemma] - {form}) or [lemma] for lemma, form in chosen]
        yield "inflected", " ".join(chance.choice(other) for other in others), {number}
        long = [at for at, (_lemma, form) in enumerate(chosen) if len(form) >= 5]
        if long:
            wrong = chance.choice(long)
            told = [slipped(f, chance) if at == wrong else f for at, (_l, f) in enumerate(chosen)]
            yield "mistyped", " ".join(told), {number}
    for lemma in sorted((one for one in where if 2 <= len(where[one]) <= 10), key=digest)[:MOST]:
        yield "single", lemma, where[lemma]


def recall(options):
    folder = Path(tempfile.mkdtemp())
    engine, number, rows = Embedded(folder / "index"), 0, {}
    for language in LANGUAGES:
        found = sentences(options.corpus, language)
        rows[language] = list(enumerate(found, start=number))
        number += len(found)
        engine.add([a_page(at, language, text) for at, (text, _words) in rows[language]])
    print(f"{'':4}{'pages':>7}  recall@10: inflected (n)   mistyped (n)   single (n)")
    for language in LANGUAGES:
        scores = defaultdict(list)
        for way, query, right in queries_of(rows[language]):
            if options.half and ("tune" if digest(query) % 2 else "held") != options.half:
                continue
            asked = Question(query=query, languages=(language,), language=language, most=10)
            found = {hit.uid.int - 1 for hit in engine.ask(asked).hits}
            scores[way].append(len(right & found) / min(10, len(right)))
            if options.show and not right <= found and way == options.show:
                print("   ", query, "|", [dict(rows[language])[one][0][:110] for one in right - found][:1])
        told = "   ".join(
            f"{statistics.mean(scores[way]):.3f} ({len(scores[way])})"
            for way in ("inflected", "mistyped", "single")
        )
        print(f"{language:4}{len(rows[language]):>7}  {told}")
    shutil.rmtree(folder)


def texts(corpus):
    """Return news sentences by language."""
    found = defaultdict(list)
    for path in sorted((corpus / "intake" / "ntrex-news").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for language, lines in told["segments"].items():
            found[language] += lines
    for language in LANGUAGES:
        found[language] += [text for text, _words in sentences(corpus, language)]
    with (corpus / "intake" / "uci-news-aggregator" / "titles.csv").open(encoding="utf-8") as file:
        found["en"] += [line.split(",", 1)[-1].split(",")[0].strip('"') for line in file][1:]
    return {language: found[language] for language in LANGUAGES}


def pages_of(by_language, many):
    chance = random.Random(7)
    tail = [
        "".join(chance.choice("bcdfghklmnprst") + chance.choice("aeiou") for _ in range(4))
        for _ in range(60_000)
    ]
    names = sorted(by_language)
    for number in range(many):
        language = "en" if chance.random() < 0.4 else chance.choice(names)
        words = []
        while len(words) < 400:
            words += chance.choice(by_language[language]).split()
            words += [chance.choice(tail)] if chance.random() < 0.45 else []
        yield a_page(
            number, language, " ".join(words[:400]), headline=chance.choice(by_language[language])[:90]
        )


def asked_of(pages, many):
    chance = random.Random(11)
    for page in chance.sample(pages, many):
        words = [word for word in WORD.findall(page.text) if len(word) > 3]
        if len(words) < 3:
            continue
        chosen = chance.sample(words, 1 + chance.randrange(3))
        if chance.random() < 1 / 3 and len(chosen[0]) >= 5:
            chosen[0] = slipped(chosen[0], chance)
        yield Question(query=" ".join(chosen), languages=(page.language,), language=page.language, most=10)


def timed(ask, questions):
    wall, cpu = [], []
    for question in questions[:30]:
        ask(question)
    for question in questions:
        began, began_cpu = time.perf_counter(), time.process_time()
        ask(question)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - began_cpu) * 1000)
    return wall, cpu


def told(name, wall, cpu):
    def at(values, share):
        return sorted(values)[min(len(values) - 1, int(len(values) * share))]

    print(
        f"  {name:28} wall p50 {at(wall, 0.5):6.1f}  p99 {at(wall, 0.99):6.1f} ms;"
        f"  CPU p50 {at(cpu, 0.5):6.1f}  p99 {at(cpu, 0.99):6.1f} ms"
    )


class FTS5:
    """What SQLite has, given the same words: without slips, which it cannot do by itself."""

    def __init__(self, file):
        self.base = sqlite3.connect(file)
        self.base.executescript(
            "PRAGMA journal_mode=WAL;"
            "CREATE TABLE page (id INTEGER PRIMARY KEY, language TEXT, text TEXT);"
            "CREATE VIRTUAL TABLE f USING fts5(language, words, stems, content='',"
            " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* S* P*'\");"
        )

    def add(self, pages):
        with self.base:
            for page in pages:
                words, stems = indexed(f"{page.headline} {page.text}", page.language)
                at = self.base.execute(
                    "INSERT INTO page (language, text) VALUES (?, ?)", (page.language, page.text)
                ).lastrowid
                self.base.execute(
                    "INSERT INTO f (rowid, language, words, stems) VALUES (?, ?, ?, ?)",
                    (at, f"lang{page.language}", " ".join(words), " ".join(stems)),
                )

    def ask(self, question):
        asked = sought(question.query, question.languages)
        each = []
        for one in asked:
            any_of = [f'words : "{word}"' for word in one.written] + [
                f'stems : "{stem}"' for stem in one.stems
            ]
            each.append("(" + " OR ".join(any_of) + ")")
        match = " AND ".join([f'language : "lang{question.language}"', *each])
        rows = self.base.execute(
            "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT 10", (match,)
        ).fetchall()
        for (at,) in rows:
            text = self.base.execute("SELECT text FROM page WHERE id = ?", (at,)).fetchone()[0]
            extract(text, Asked(asked), language=question.language)


def size(path):
    files = path.rglob("*") if path.is_dir() else path.parent.glob(path.name + "*")
    return sum(file.stat().st_size for file in files if file.is_file())


def speed(options):
    by_language = texts(options.corpus)
    print({language: len(lines) for language, lines in by_language.items()})
    for many in (int(one) for one in options.pages.split(",")):
        folder = Path(tempfile.mkdtemp(dir=options.folder))
        engine, plain = Embedded(folder / "index"), FTS5(folder / "fts.sqlite3")
        pages = list(pages_of(by_language, many))
        letters = sum(len(page.text.encode()) for page in pages)
        spent = {}
        for name, one in (("tantivy", engine), ("FTS5", plain)):
            began = time.process_time()
            for at in range(0, many, 2000):
                one.add(pages[at : at + 2000])
            spent[name] = time.process_time() - began
        questions = list(asked_of(pages, options.queries))

        def ours(question, engine=engine):
            asked = Asked(sought(question.query, question.languages))
            for hit in engine.ask(question).hits:
                extract(hit.text, asked, language=hit.language)

        print(
            f"{many} pages, {letters / 1e6:.0f} MB of text, load {os.getloadavg()[0]:.1f}, {len(questions)} queries"
        )
        for name, place in (("tantivy", "index"), ("FTS5", "fts.sqlite3")):
            share = size(folder / place) / letters
            print(f"  {name}: built in {spent[name]:.0f} CPU s; index with its texts / texts {share:.2f}")
        told("tantivy, slips, 10 extracts", *timed(ours, questions))
        told("FTS5, no slips, 10 extracts", *timed(plain.ask, questions))
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["recall", "speed"])
    here = Path(__file__).resolve().parents[2]
    parser.add_argument(
        "--corpus",
        type=Path,
        default=Path(os.environ.get("DATELINE_CORPUS", here.parent / "shared" / "corpus")),
    )
    parser.add_argument("--half", choices=["tune", "held"], default="")
    parser.add_argument("--show", default="")
    parser.add_argument("--pages", default="20000,100000")
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    {"recall": recall, "speed": speed}[options.what](options)


if __name__ == "__main__":
    main()
