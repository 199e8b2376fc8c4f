"""An edition closes: how long until its page, the home page and the feed stand before readers.

    python benchmarks/editions/close.py [PIECES] [RUNS]

PIECES live on the site, twelve of them in each edition; a real worker process makes the pages, and each file is
watched on the disk. The peer is making the same edition's page once by itself in this process: rendering and writing
and nothing else. Its home is made in a folder of its own and removed. Prints one JSON object; ends with 1 where a
page took longer than two seconds.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
BAR_SECONDS = 2.0
PATIENCE_SECONDS = 120.0
IN_AN_EDITION = 12
SLOTS = (
    "lead",
    "five",
    "five",
    "five",
    "five",
    "five",
    "opinion",
    "opinion",
    "opinion",
    "opinion",
    "long-read",
    "chart",
)


def main() -> int:
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as home:
        os.environ["DATELINE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
        os.environ["PYTHONPATH"] = os.pathsep.join([*sys.path[:2], os.environ.get("PYTHONPATH", "")])
        told = measure(pieces, runs)
    print(json.dumps(told, indent=1))
    return 0 if max(told["page_seconds"]) <= BAR_SECONDS else 1


def measure(pieces, runs):
    import django
    from django.conf import settings

    settings.HOME.lay()
    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    editions = laid(max(pieces, runs * IN_AN_EDITION), runs)
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "run_worker", "--threads", "2"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_nothing_to_do()
        found = [closed(edition) for edition in editions]
    finally:
        worker.terminate()
        worker.wait(30)
    return told_of(pieces, found, alone(editions[-1]))


def laid(many, runs):
    """Publish many pieces and open an edition for each run, a day after the other, with twelve of them each."""
    import cast
    from django.utils import timezone

    from dateline.editions.actions import open_edition
    from dateline.editions.models import Placement, Run
    from dateline.publishing.actions import bake_everything
    from dateline.work.models import Job

    cast.an_identity()
    section, author = cast.a_section(), cast.a_contributor()
    now = timezone.now()
    articles = [
        cast.published(cast.an_exclusive(headline=f"Piece {n}", section=section, authors=(author,)), now=now)
        for n in range(many)
    ]
    run = Run.objects.create(code="day", name="The day", closes=clock(23, 59))
    found = []
    for number in range(runs):
        day = now.date() + timedelta(days=1 + number)
        edition = open_edition(run=run, language="en", day=day, by=None, now=now)
        for place, slot in enumerate(SLOTS):
            article = articles[number * IN_AN_EDITION + place]
            Placement.objects.create(edition=edition, slot=slot, position=place, article=article)
        found.append(edition)
    bake_everything(now=now)
    Job.objects.all().delete()
    return found


def wait_for_nothing_to_do():
    """Return when the worker is there and has done what it does first."""
    from dateline.work.models import Job

    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(0.5)
        has_worked = Job.objects.filter(state="done").exists()
        if (
            has_worked
            and not Job.objects.filter(state__in=["ready", "claimed"], run_after__lte=_now()).exists()
        ):
            return
    raise TimeoutError("The worker did not come to rest.")


def _now():
    from django.utils import timezone

    return timezone.now()


def closed(edition):
    """Close it, and say how long the closing took and each file after it, in seconds from before the closing."""
    from django.conf import settings

    from dateline.editions.actions import close
    from dateline.publishing.leaf import file_of

    began = time.monotonic()
    done = close(edition=edition, by=None, now=_now())
    took = time.monotonic() - began
    files = {
        "page": settings.HOME.site / file_of(done.path),
        "home": settings.HOME.site / "en" / "index.html",
        "feed": settings.HOME.site / "en" / "edition" / "feed.xml",
    }
    seen = {}
    while len(seen) < len(files) and time.monotonic() - began < PATIENCE_SECONDS:
        for name, file in files.items():
            if name not in seen and file.exists() and done.path.encode() in file.read_bytes():
                seen[name] = time.monotonic() - began
        time.sleep(0.005)
    wait_for_nothing_to_do()
    return {"closing": took, **seen}


def alone(edition):
    """Return how long it takes to make the page of an edition and write it, with nothing around it."""
    from dateline.publishing.actions import bake
    from dateline.publishing.queries.baked import Errand
    from dateline.publishing.queries.press import open_press

    began = time.monotonic()
    bake(open_press(now=_now()), Errand("edition", str(edition.uid)))
    return time.monotonic() - began


def told_of(pieces, found, plain):
    return {
        "pieces": pieces,
        "runs": len(found),
        "closing_seconds": [round(one["closing"], 3) for one in found],
        "page_seconds": [round(one["page"], 2) for one in found],
        "home_seconds": [round(one["home"], 2) for one in found],
        "feed_seconds": [round(one["feed"], 2) for one in found],
        "alone_seconds": round(plain, 3),
        "ratio_to_alone": round(median(one["page"] for one in found) / plain, 1),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    raise SystemExit(main())
