"""One piece is published: when readers see it, and how much is made again, at one size of the archive and at another.

    python benchmarks/press/publish_one.py [ARTICLES …]

The desk's verb, then the jobs that it enqueues, in this process; when a file was put in place is told by the disk. Then
the same with a worker of its own process, as `dateline run` starts it, which hears of each job by the bell. Up to 1,000
pieces are baked whole; an archive beyond them is rows alone (archive.py), of which a publishing reads as many.
Prints one JSON object a size.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paper import LANGUAGES, Paper, in_a_home_of_its_own

SIZES = (500, 2_000)
BAKED = 1_000
PUBLISHINGS = 20
WITH_A_WORKER = 8
FORMS = (".gz", ".br", ".zst", ".status")
MS = 1_000_000


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    in_a_home_of_its_own(lambda: measure(sizes))


def measure(sizes: list[int]) -> None:
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything
    from dateline.work.actions import gather_statistics
    from dateline.work.models import Job

    paper = Paper()
    for size in sizes:
        if size <= BAKED or not paper.printed:
            paper.print_pieces(min(size, BAKED))
            Job.objects.all().delete()
            bake_everything(now=timezone.now())
        if size > BAKED:
            paper.have_archive(size)
        Job.objects.all().delete()
        gather_statistics()
        told = {"articles": size, "publishings": PUBLISHINGS, **publish(paper)}
        print(json.dumps(told | {"with a worker": with_a_worker(paper)}, indent=1), flush=True)


def publish(paper: Paper) -> dict[str, Any]:
    """Publish some pieces, one after another, and return what each took."""
    one(paper)  # the first one fills what a worker keeps
    told = [one(paper) for _ in range(PUBLISHINGS)]
    return {name: spread([each[name] for each in told]) for name in told[0]}


def a_piece(paper: Paper) -> tuple[Any, list[Path], list[Path]]:
    """Return a draft, the files that show it first (its page not known yet), and those that follow."""
    import cast
    from django.conf import settings

    code = LANGUAGES[0]
    section, topics = paper.draw.choice(paper.sections[code]), paper.draw.sample(paper.topics[code], 2)
    piece = cast.an_exclusive(
        language=code, section=section, topics=topics, authors=[paper.draw.choice(paper.people)],
        headline=paper.prose(8), hero=paper.draw.choice(paper.pictures), hero_alt="A ferry", body=paper.body(),
    )  # fmt: skip
    home, shelf = settings.HOME.site / code, settings.HOME.site / code / "section" / section.slug
    first = [home, home / "index.html"]
    return piece, first, [shelf / "index.html", home / "feed.xml", shelf / "feed.xml"]


def page_of(piece: Any) -> Path:
    from django.conf import settings

    return settings.HOME.site / piece.get_absolute_url().strip("/") / "index.html"


def one(paper: Paper) -> dict[str, float]:
    from django.conf import settings

    from dateline.articles.actions import publish as put_out
    from dateline.work.testing import run_all_jobs

    piece, first, then = a_piece(paper)
    began, cpu = time.time_ns(), time.process_time()
    with counted() as queries:
        piece = put_out(article=piece, by=None, now=cast_now())
        pressed = time.time_ns()
        run_all_jobs()
    site, spent = settings.HOME.site, time.process_time() - cpu
    changed = [file for file in new_files(site, since=began) if file.suffix not in FORMS]
    pages = [file for file in changed if file.suffix == ".html"]
    full = [file for file in pages if "lite" not in file.relative_to(site).parts[:1]]
    first[0] = page_of(piece)
    then += [file for file in changed if file.name.startswith("sitemap")]
    return {
        "ms till the verb is back": (pressed - began) / MS,
        "ms till article and home show it": max(age(file, began) for file in first),
        "ms till section, feeds and sitemap do, too": max(age(file, began) for file in (*first, *then)),
        "ms of a processor, all jobs": spent * 1000,
        "queries": len(queries),
        "html pages made again": len(full),
        "their text-only versions": len(pages) - len(full),
        "other files made again": len(changed) - len(pages),
    }


def with_a_worker(paper: Paper) -> dict[str, Any]:
    """Publish some pieces while a worker of its own process waits for them. Returns what each took."""
    from dateline.articles.actions import publish as put_out
    from dateline.work.models import Job

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "django", "run_worker", "--threads", "2"]
    worker = subprocess.Popen(command, env=environment)
    try:
        # Its first beats look over the whole site: what is measured begins when they are done.
        wait_until(lambda: Job.objects.filter(task="publishing.mend", state="done").exists(), seconds=1800)
        busy = Job.objects.filter(state__in=["ready", "claimed"], task__contains="bake")
        wait_until(lambda: not busy.exists(), seconds=1800)
        told = []
        for turn in range(WITH_A_WORKER + 1):
            piece, first, then = a_piece(paper)
            began = time.time_ns()
            piece = put_out(article=piece, by=None, now=cast_now())
            first[0] = page_of(piece)
            wait_until(lambda began=began, files=(*first, *then): all(stands(file, began) for file in files))
            around = busy.filter(task="publishing.bake_around")
            wait_until(lambda around=around: not around.exists())
            job = Job.objects.filter(task="publishing.bake_around").order_by("-enqueued_at").first()
            if turn:  # the first one fills what a worker keeps
                told.append(
                    {
                        "ms till the job was taken": (job.started_at - job.enqueued_at).total_seconds()
                        * 1000,
                        "ms till article and home show it": max(age(file, began) for file in first),
                        "ms till section, feeds and sitemap do, too": max(
                            age(file, began) for file in (*first, *then)
                        ),
                    }
                )
    finally:
        worker.terminate()
        worker.wait(30)
    return {name: spread([each[name] for each in told]) for name in told[0]}


def wait_until(is_so: Any, *, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


def stands(file: Path, began: int) -> bool:
    return file.exists() and file.stat().st_ctime_ns >= began


def cast_now() -> Any:
    from django.utils import timezone

    return timezone.now()


def age(file: Path, began: int) -> float:
    """Return how long after `began` (ns) a file was put in place, in milliseconds."""
    return (file.stat().st_ctime_ns - began) / MS


def new_files(site: Path, *, since: int) -> Iterator[Path]:
    for file in site.rglob("*"):
        if (
            file.is_file()
            and file.stat().st_ctime_ns >= since
            and "_" not in file.relative_to(site).parts[:1]
        ):
            yield file


@contextmanager
def counted() -> Iterator[list[str]]:
    """Note each question to the database."""
    from django.db import connection

    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 — Django's
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def spread(numbers: list[float]) -> dict[str, float]:
    ranked = sorted(numbers)
    return {
        "median": round(ranked[len(ranked) // 2]),
        "p95": round(ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]),
        "most": round(ranked[-1]),
    }


if __name__ == "__main__":
    main()
