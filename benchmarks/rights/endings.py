"""Two hundred permissions end: how long until nothing of their pieces is left before readers.

    python benchmarks/rights/endings.py [PIECES]
    python tests/support/on_postgres.py python benchmarks/rights/endings.py [PIECES]

A half expires at a midnight that a real worker process lives through (its clock is set so that the midnight comes
soon), a half is revoked after it, at one moment. Each file that shows one of the pieces is watched on the disk. Its
home is made in a folder of its own and removed. Prints one JSON object; ends with 1 where something leaked.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
# Time for the worker to start before the midnight.
AHEAD_SECONDS = 200.0
PATIENCE_SECONDS = 180.0
WORKER = """
import sys, threading
from datetime import timedelta
import django
django.setup()
from shifted import shift
shift(timedelta(seconds=float(sys.argv[1])))
from django.core.management import call_command
call_command("run_worker", threads=2)
"""


def main() -> int:
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as home:
        os.environ["DATELINE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]
        )
        told = measure(pieces)
    print(json.dumps(told, indent=1))
    return 1 if told["leaks"] else 0


def measure(many: int) -> dict[str, object]:
    import django
    from django.conf import settings

    settings.HOME.lay()
    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.monotonic()
    now = datetime.now(UTC)
    expiring, revoked = fill(many, today=now.date())
    from dateline.publishing.actions import bake_everything, store
    from dateline.work.models import Job

    bake_everything(now=now)
    Job.objects.filter(run_after__lte=now).delete()
    filled = time.monotonic() - began
    root = store().root
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    offset = midnight - timedelta(seconds=AHEAD_SECONDS) - datetime.now(UTC)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(offset.total_seconds())], cwd=ROOT)
    try:
        first = Watch(root, expiring)
        expired = first.until_gone(midnight - offset)
        second = Watch(root, revoked)
        moment = datetime.now(UTC)
        revoke(revoked, now=moment + offset)
        taken = second.until_gone(moment)
        steps = until_done(many, since=moment)
    finally:
        worker.terminate()
        worker.wait(30)
    return {
        "pieces": many,
        "database": settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
        "seconds to publish and bake": round(filled, 1),
        "expired at midnight": expired,
        "revoked at one moment": taken,
        "all steps of all withdrawals done, seconds after the revocation": steps,
        "leaks": len(first.left()) + len(second.left()),
        "addresses that answer 410": sum(status_of(root, one) == 410 for one in [*expiring, *revoked]),
    }


def fill(many: int, *, today: object) -> tuple[list[object], list[object]]:
    """Publish translations in four sections: a half under agreements that end today."""
    import cast
    from django.db import transaction
    from django.utils import timezone

    cast.an_identity(languages=("en", "fr"), time_zone="UTC")
    sections = [cast.a_section() for _ in range(4)]
    translator = cast.a_contributor("Tomas Arden")
    found: tuple[list[object], list[object]] = ([], [])
    for number in range(many):
        outlet = cast.an_outlet()
        cast.an_agreement(outlet, ends_on=None if number % 2 else today)
        with transaction.atomic():
            draft = cast.a_translation(
                cast.an_original(outlet),
                headline=f"Lent{number:05}x",
                section=sections[number % 4],
                translators=(translator,),
            )
            found[number % 2].append(cast.published(draft, now=timezone.now()))
    for number in range(20):
        with transaction.atomic():
            cast.published(
                cast.an_exclusive(headline=f"Ours {number}", section=sections[number % 4]), now=timezone.now()
            )
    return found


def revoke(pieces: list[object], *, now: datetime) -> None:
    """A half by the permission, a half by the agreement."""
    from dateline.agreements.actions import revoke_agreement
    from dateline.rights import actions

    for number, piece in enumerate(pieces):
        if number % 2:
            actions.revoke(permission=piece.permission, reason="A letter", by=None, now=now)
        else:
            revoke_agreement(agreement=piece.permission.agreement, reason="A letter", by=None, now=now)


class Watch:
    """Which files show some pieces, and when each of them ceased to."""

    def __init__(self, root: Path, pieces: list[object]) -> None:
        self.root, self.words = root, [piece.headline.encode() for piece in pieces]
        self.pages = {piece.get_absolute_url().lstrip("/") for piece in pieces}
        self.showing = {file: stamp_of(file) for file in files_of(root) if self.is_shown_in(file)}
        self.many = len(self.showing)
        self.gone: list[tuple[str, float]] = []

    def is_shown_in(self, file: Path) -> bool:
        try:
            page = file.read_bytes()
        except FileNotFoundError:
            return False
        if file.with_name(file.name + ".status").exists():
            return False
        return any(word in page or word.lower() in page for word in self.words)

    def until_gone(self, moment: datetime) -> dict[str, object]:
        """Wait until no file shows one, and return when the first and the last of each sort did, after `moment`."""
        end = moment.timestamp() + PATIENCE_SECONDS
        while self.showing and time.time() < end:
            time.sleep(0.1)
            for file, stamp in list(self.showing.items()):
                found = stamp_of(file)
                if found != stamp:
                    self.showing[file] = found
                    if not self.is_shown_in(file):
                        del self.showing[file]
                        self.gone.append((str(file.relative_to(self.root)), time.time() - moment.timestamp()))
        pages = [when for name, when in self.gone if name.endswith(".html")]
        others = [when for name, when in self.gone if not name.endswith(".html")]
        return {
            "files that showed one": self.many,
            "pages, first and last, seconds after": span(pages),
            "feeds, sitemaps, records, first and last": span(others),
            "still shown": len(self.showing),
        }

    def left(self) -> list[Path]:
        return [file for file in files_of(self.root) if self.is_shown_in(file)]


def span(moments: list[float]) -> list[float]:
    return [round(min(moments), 2), round(max(moments), 2)] if moments else []


def files_of(root: Path) -> list[Path]:
    return [
        file
        for file in root.rglob("*")
        if file.is_file()
        and file.suffix not in {".gz", ".br", ".status", ".new"}
        and file.relative_to(root).parts[0] != "static"
        and not {"strokes", "ahead"} & set(file.parts)
    ]


def stamp_of(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def status_of(root: Path, piece: object) -> int:
    file = root / piece.get_absolute_url().lstrip("/") / "index.html.status"
    return int(file.read_text()) if file.exists() else 200


def until_done(many: int, *, since: datetime) -> float | None:
    from dateline.rights.models import Withdrawal

    while time.time() < since.timestamp() + PATIENCE_SECONDS:
        if Withdrawal.objects.filter(done_at__isnull=False).count() == many:
            return round(time.time() - since.timestamp(), 1)
        time.sleep(0.2)
    return None


if __name__ == "__main__":
    sys.exit(main())
