"""Opening a translation with all its suggestions but the machine's, against asking sentence by sentence.

Run: python benchmarks/translation/editor.py [--sentences N] [--units N]

An article of N sentences (60) is laid on the desk of a new SQLite database. Its memory has N units (5,000, grown from
real English sentences of the corpus by `memory_units.py`): a third of the article's sentences stand in it, a third with
a few words changed. Its glossary has 500 terms. Ours is what a browser asks for: the page, then the panes of all
its sentences in one request. The baseline makes the same panes one sentence after the other. CPU milliseconds of this
process, medians of seven turns after one that is not counted, with the questions asked to the database.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tests")]

from memory import start  # noqa: E402 - beside this file
from memory_units import edited, grown, real_sentences  # noqa: E402

TURNS = 7
SEED = 7
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=60)
    parser.add_argument("--units", type=int, default=5_000)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    return parser.parse_args()


def laid(options: argparse.Namespace):
    """Lay memory, glossary and article; return the job."""
    from cast import a_translation, an_identity, an_original, tomas

    from dateline.translation.actions import start_job
    from dateline.translation.actions.memory_lists import tend
    from dateline.translation.actions.remembering import fill_memory
    from dateline.translation.models import MemoryPair, MemoryUnit, Term, TermForm

    an_identity(languages=("en", "pt"))
    chance = random.Random(SEED)
    every = real_sentences(options.corpus)
    unseen, real = every[: options.sentences], every[options.sentences :]
    sources = list(grown(real, options.units))
    MemoryUnit.objects.bulk_create(
        [
            MemoryUnit(
                source_language="en", language="pt", source=source, text=" ".join(source.split()[::-1]),
                person="Vera Lindholm", document="An earlier piece", approved_at=NOW,
            )
            for source in sources
        ],
        batch_size=500,
    )  # fmt: skip
    fill_memory()
    for pair in MemoryPair.objects.all():
        tend(pair)
    words = sorted({word for source in real for word in source.split() if word.isalpha() and len(word) > 5})
    terms = [
        Term(name=word, changed_at=NOW)
        for word in chance.sample(sorted({word.lower() for word in words}), 500)
    ]
    Term.objects.bulk_create(terms)
    kept = list(Term.objects.all())
    TermForm.objects.bulk_create(
        [TermForm(term=term, language=tag, form=term.name) for term in kept for tag in ("en", "pt")]
    )
    third = options.sentences // 3
    known = chance.sample(real, 2 * third)
    text = [*known[:third], *(edited(one, words, chance) for one in known[third:])]
    text += unseen[: options.sentences - len(text)]
    chance.shuffle(text)
    body = "".join(f"<p>{' '.join(text[at : at + 3])}</p>" for at in range(0, len(text), 3))
    article = a_translation(an_original(language="en", body_html=body, standfirst=""), language="pt")
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def clock(deed):
    """Return CPU and wall milliseconds of a deed, medians, and how many questions it asks the database."""
    from django.db import connection

    told = []

    def counted(execute, sql, values, many, context):
        told.append(sql)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(counted):
        deed()
    cpu, wall = [], []
    for _turn in range(TURNS):
        began, began_wall = time.process_time(), time.perf_counter()
        deed()
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - began_wall) * 1000)
    return statistics.median(cpu), statistics.median(wall), len(told)


def main() -> None:
    options = asked()
    with tempfile.TemporaryDirectory() as home:
        import os

        os.environ["DATELINE_HOME"] = home
        start()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import override_settings

        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
        call_command("migrate", run_syncdb=True, verbosity=0)
        measured(laid(options))


def measured(job) -> None:
    from cast import tomas
    from django.conf import settings
    from django.contrib.auth.models import Permission
    from django.test import Client
    from django.urls import reverse

    from dateline.translation.queries.memory import Reader
    from dateline.translation.queries.panes import panes_of

    settings.ALLOWED_HOSTS = ["*"]
    user = tomas()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_job"]))
    client = Client()
    client.force_login(user)
    segments = list(job.segments.order_by("position"))
    page = reverse("translation:job", args=[job.pk])
    panes = f"{reverse('translation:panes', args=[job.pk])}?of={','.join(str(one.pk) for one in segments)}"
    reader = Reader.of(user)

    def asked_for(address):
        answer = client.get(address)
        assert answer.status_code == 200, answer
        return answer

    def one_by_one():
        for segment in segments:
            panes_of(job, [segment], reader=reader)

    deeds = {
        "the page": lambda: asked_for(page),
        "all panes, one request": lambda: asked_for(panes),
        "page and panes": lambda: (asked_for(page), asked_for(panes)),
        "panes looked up together, not drawn": lambda: panes_of(job, segments, reader=reader),
        "panes looked up one by one, not drawn": one_by_one,
    }
    print(
        f"{len(segments)} sentences, {sum(len(one.offers) for one in panes_of(job, segments, reader=reader))} offers"
    )
    print(f"page {len(asked_for(page).content) // 1024} KB, panes {len(asked_for(panes).content) // 1024} KB")
    for name, deed in deeds.items():
        cpu, wall, questions = clock(deed)
        print(f"{name:40} {cpu:7.0f} ms CPU {wall:7.0f} ms wall {questions:5d} questions")


if __name__ == "__main__":
    main()
