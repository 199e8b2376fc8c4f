"""The translation memory: bringing a TMX, looking up what is alike, and how much of the truth is found.

Run: python benchmarks/translation/memory.py [--whole] [--units N] [--corpus FOLDER] [--without-sqlite]
[--without-postgres]

Units (100,000; `--whole`: 1,000,000) are grown from real English sentences (`memory_units.py`); a translation is its
source reversed by words. The TMX is brought by the product's own action, in a process of its own: CPU-seconds of
reading, keys, lists and joining, and the most memory that it held. Then 1,000 questions in another process, a second
time in the same order (warm): a quarter stand in the memory, half are units with 5 to 25 of 100 words edited, a quarter
are real sentences that were held back. Truth: RapidFuzz's normalised Levenshtein, from 60 %, over all
units, for 100 of the questions that do not stand in it (`--truths N`); found means that a match offered is as like as
the best of all.
The peer is pg_trgm (GIN, `%` at 0.7), for 20 questions on the same PostgreSQL.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests" / "support")]

from memory_units import edited, grown, real_sentences  # noqa: E402 - beside this file

NOW = datetime(2026, 11, 23, tzinfo=UTC)
QUESTIONS = 1_000
HELD_BACK = 250
SEED = 5
PEER_QUESTIONS = 20
LOWEST = (60, 75, 85)


class NoMigrations:
    def __contains__(self, _app):
        return True

    def __getitem__(self, _app):
        return None


def start():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
    import django
    from django.conf import settings

    settings.MIGRATION_MODULES = NoMigrations()
    django.setup()


# The file and the questions


def lay_out(folder, count, corpus):
    chance = random.Random(SEED)
    real = real_sentences(corpus)
    chance.shuffle(real)
    unseen, seed = real[:HELD_BACK], real[HELD_BACK:]
    words = [word for one in seed for word in one.split()]
    some = []
    with (
        (folder / "units.tmx").open("w", encoding="utf-8") as file,
        (folder / "units.txt").open("w") as plain,
    ):
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="b" '
            'creationtoolversion="1" segtype="sentence" o-tmf="b" adminlang="en" srclang="en" '
            'datatype="plaintext"/><body>\n'
        )
        for one in grown(seed, count):
            text = " ".join(reversed(one.split()))
            file.write(
                f'<tu><tuv xml:lang="en"><seg>{escape(one)}</seg></tuv>'
                f'<tuv xml:lang="pt"><seg>{escape(text)}</seg></tuv></tu>\n'
            )
            plain.write(one + "\n")
            if chance.random() < 20 * QUESTIONS / count:
                some.append(one)
        file.write("</body></tmx>\n")
    questions = [("stands in it", one) for one in chance.sample(some, QUESTIONS // 4)]
    questions += [("edited", edited(one, words, chance)) for one in chance.sample(some, QUESTIONS // 2)]
    questions += [("unseen", one) for one in unseen]
    chance.shuffle(questions)
    (folder / "questions.json").write_text(json.dumps(questions))


# Stages, each in a process of its own


def bring(folder):
    start()
    from django.core.management import call_command

    from dateline.translation.actions.memory_files import Terms, bring_memory, go_on_bringing
    from dateline.translation.actions.memory_lists import tend
    from dateline.translation.models import MemoryPair, MemoryPosting

    call_command("migrate", run_syncdb=True, verbosity=0)
    began = time.process_time(), time.time()
    with (folder / "units.tmx").open("rb") as file:
        one = bring_memory(file=file, name="units.tmx", terms=Terms(), by=None, now=NOW)
    one = go_on_bringing(brought=one, now=NOW)
    tend(MemoryPair.objects.get())
    return {
        "units": one.added,
        "cpu_s": time.process_time() - began[0],
        "wall_s": time.time() - began[1],
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "lists": MemoryPosting.objects.count(),
    }


def ask(folder):
    start()
    from dateline.translation.memory.adapting import Pair
    from dateline.translation.memory.matching import Asked
    from dateline.translation.queries.memory import recall

    questions = json.loads((folder / "questions.json").read_text())
    pair = Pair("en", "pt")
    for _ in range(2):
        cpu, wall, answers = [], [], []
        for _kind, one in questions:
            began = time.process_time(), time.perf_counter()
            found = recall([Asked(source=one, pair=pair)], most=5)[0]
            wall.append(time.perf_counter() - began[1])
            cpu.append(time.process_time() - began[0])
            answers.append([match.unit.source for match in found])
    (folder / "answers.json").write_text(json.dumps(answers))
    batch = [Asked(source=one, pair=pair) for _kind, one in questions[:60]]
    began = time.perf_counter()
    recall(batch)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "cpu_ms": spread(cpu),
        "wall_ms": spread(wall),
        "sixty_ms": 1e3 * (time.perf_counter() - began),
        "rss_mb": rss,
    }


def peer(folder):
    """pg_trgm over the same units, where the server has it."""
    start()
    from django.db import connection

    questions = [one for kind, one in json.loads((folder / "questions.json").read_text()) if kind == "edited"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        began = time.perf_counter()
        cursor.execute("CREATE INDEX peer ON translation_memoryunit USING gin (source gin_trgm_ops)")
        built = time.perf_counter() - began
        cursor.execute("SET pg_trgm.similarity_threshold = 0.7")
        wall = []
        for one in questions[:PEER_QUESTIONS]:
            began = time.perf_counter()
            cursor.execute(
                "SELECT source, similarity(source, %s) AS alike FROM translation_memoryunit "
                "WHERE source %% %s ORDER BY alike DESC LIMIT 50",
                [one, one],
            )
            cursor.fetchall()
            wall.append(time.perf_counter() - began)
    return {"built_s": built, "wall_ms": spread(wall)}


STAGES = {"bring": bring, "ask": ask, "peer": peer}


def spread(seconds):
    ordered = sorted(1e3 * one for one in seconds)
    return {
        f"p{share}": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 2)
        for share in (50, 95, 99)
    }


# The truth


def truth(folder, count):
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    units = (folder / "units.txt").read_text().splitlines()
    questions = json.loads((folder / "questions.json").read_text())
    answers = json.loads((folder / "answers.json").read_text())
    asked = [place for place, (kind, _) in enumerate(questions) if kind != "stands in it"]
    chance = random.Random(SEED)
    tally = {least: [0, 0] for least in LOWEST}
    spent = []
    for place in chance.sample(asked, count):
        one = questions[place][1]
        began = time.perf_counter()
        best = process.extractOne(
            one, units, scorer=Levenshtein.normalized_similarity, processor=None, score_cutoff=LOWEST[0] / 100
        )
        spent.append(time.perf_counter() - began)
        found = max((Levenshtein.normalized_similarity(one, other) for other in answers[place]), default=0)
        for least in LOWEST:
            if best is not None and 100 * best[1] >= least:
                tally[least][1] += 1
                tally[least][0] += found >= best[1] - 1e-9
    print(f"brute force, RapidFuzz over all units: {spread(spent)} ms a question")
    for least, (hits, of) in tally.items():
        print(f"the best of all is found where it is {least} % or more: {hits} of {of}")


# The run


def stage(name, folder, **environment):
    command = [sys.executable, __file__, "--stage", name, "--folder", str(folder)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **environment}
    )
    return json.loads(done.stdout.splitlines()[-1])


def measured(label, folder, **environment):
    told = stage("bring", folder, **environment)
    print(
        f"{label}: {told['units']} units brought in {told['cpu_s']:.0f} CPU-s of ours ({told['wall_s']:.0f} s), "
        f"{told['rss_mb']:.0f} MB at most, {told['lists']} lists",
        flush=True,
    )
    told = stage("ask", folder, **environment)
    print(
        f"{label}: look-up, {QUESTIONS} questions, warm: CPU {told['cpu_ms']} ms, wall {told['wall_ms']} ms"
    )
    print(
        f"{label}: 60 sentences at once {told['sixty_ms']:.0f} ms; the process {told['rss_mb']:.0f} MB",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    home = ROOT.parent / "shared" / "corpus"
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("DATELINE_CORPUS", home)))
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--truths", type=int, default=100)
    parser.add_argument("--without-postgres", action="store_true")
    parser.add_argument("--without-sqlite", action="store_true")
    parser.add_argument("--stage", choices=STAGES)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.stage:
        print(json.dumps(STAGES[options.stage](options.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="dateline-memory-") as name:
        folder = Path(name)
        lay_out(folder, 1_000_000 if options.whole else options.units, options.corpus)
        if not options.without_sqlite:
            measured("SQLite", folder, DATELINE_HOME=str(folder / "sqlite"), DATABASE_URL="")
            truth(folder, options.truths)
        if not options.without_postgres:
            on_postgres(folder)


def on_postgres(folder):
    from on_postgres import binaries, cluster

    programs = binaries()
    if programs is None:
        print("No PostgreSQL server is installed: not measured.")
        return
    with cluster(programs) as address:
        environment = {"DATELINE_HOME": str(folder / "postgres"), "DATABASE_URL": address}
        measured("PostgreSQL", folder, **environment)
        told = stage("peer", folder, **environment)
        print(f"pg_trgm: index built in {told['built_s']:.0f} s, look-up wall {told['wall_ms']} ms")


if __name__ == "__main__":
    main()
