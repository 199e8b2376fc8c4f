"""What `dateline doctor` looks at. Each examination yields findings: what is wrong, and what to do. Needs Django."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

LITTLE_SPACE: Final = 1_000_000_000
LATE: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing that was found. degree: "fault" needs mending, "warning" needs knowing."""

    degree: str
    message: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Return all findings; empty means that nothing is wrong."""
    found = list(_home())
    reachable = list(_database())
    found += reachable
    if any(finding.degree == "fault" for finding in reachable):
        return found
    for look in EXAMINATIONS:
        found += look()
    return found


def _home() -> Iterator[Finding]:
    home = settings.HOME
    for folder in (home.site, home.db, home.snapshots, home.media, home.keys, home.log):
        if not folder.is_dir():
            yield Finding("fault", f"The folder {folder} is missing.", "`dateline setup` lays it.")
        elif not os.access(folder, os.W_OK):
            yield Finding(
                "fault",
                f"Nobody can write to {folder}.",
                f"Give it to the user who runs Dateline: chown -R … {folder}",
            )
    if home.path.is_dir():
        free = shutil.disk_usage(home.path).free
        if free < LITTLE_SPACE:
            yield Finding(
                "warning",
                f"Only {free // 1_000_000} MB are free below {home.path}.",
                "Make room before the disk is full.",
            )
    if home.keys.is_dir() and home.keys.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("fault", f"Others can read {home.keys}.", f"chmod 700 {home.keys}")


def _database() -> Iterator[Finding]:
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(
            "fault",
            f"The database does not answer: {error}.",
            "Look at DATABASE_URL and at the database's own log.",
        )
        return
    if plan:
        yield Finding(
            "fault",
            f"The tables are {len(plan)} steps behind this version.",
            "`dateline setup` brings them up.",
        )


def _sqlite() -> Iterator[Finding]:
    from dateline.lib.sqlite_age import warning_about

    warning = warning_about(sqlite3.sqlite_version_info) if connection.vendor == "sqlite" else ""
    if warning:
        yield Finding("warning", warning, "Install a wheel of pysqlite3, or use PostgreSQL (DATABASE_URL).")


def _jobs() -> Iterator[Finding]:
    from dateline.work.models import Job

    dead = Job.objects.filter(state=Job.State.DEAD).count()
    if dead:
        yield Finding(
            "warning", f"{dead} background jobs were given up.", "The desk lists them with their errors."
        )
    late = Job.objects.filter(state=Job.State.READY, run_after__lt=timezone.now() - LATE).count()
    if late:
        yield Finding(
            "fault",
            f"{late} background jobs wait for more than five minutes.",
            "Is a worker running? `make run` starts one.",
        )


def _sources() -> Iterator[Finding]:
    from dateline.sources.models import Channel

    for channel in Channel.objects.filter(is_watched=True).exclude(trouble="").select_related("outlet"):
        yield Finding(
            "warning",
            f"{channel.outlet}: {channel.trouble}",
            f"`dateline fetch --outlet {channel.outlet.slug}` tries it now.",
        )


def _snapshots() -> Iterator[Finding]:
    from dateline.intake.queries.room import warnings

    for warning in warnings(now=timezone.now()):
        yield Finding(
            "warning", warning, "`dateline snapshots room` and `dateline snapshots thin --dry-run`."
        )


def _withdrawals() -> Iterator[Finding]:
    from dateline.rights.actions import open_withdrawals

    for withdrawal in open_withdrawals():
        yield Finding(
            "fault",
            f"“{withdrawal}” is withdrawn, and not every surface has taken it down.",
            "Is a worker running?",
        )


def _pages() -> Iterator[Finding]:
    from dateline.publishing.models import BakedFile

    missing = [row.path for row in BakedFile.objects.all() if not (settings.HOME.site / row.file).is_file()]
    if missing:
        yield Finding(
            "fault",
            f"{len(missing)} baked files are missing on the disk, such as {missing[0]}.",
            "`dateline bake --mend`",
        )


def _machines() -> Iterator[Finding]:
    from dateline.translation.machines.registry import faults
    from dateline.translation.queries.machines import machines_this_month

    for fault in faults():
        yield Finding("fault", fault, "docs/reference/machines.md says what each machine wants.")
    if not faults():
        for month in machines_this_month(now=timezone.now()):
            if month.budget is not None and month.characters >= month.budget:
                yield Finding(
                    "warning",
                    f"Machine {month.machine}: its {month.budget} characters of this month are spent.",
                    "DATELINE_MACHINE_BUDGETS says how many it may be asked.",
                )


def _doors() -> Iterator[Finding]:
    if settings.DATELINE_NET_ALLOW:
        allowed = settings.DATELINE_NET_ALLOW
        yield Finding(
            "warning",
            f"The guard lets requests through to {allowed}.",
            "Unset DATELINE_NET_ALLOW where nothing needs it.",
        )
    if "127.0.0.1" in settings.DATELINE_URL:
        yield Finding(
            "warning",
            "Links in feeds and sitemaps begin with an address of this machine.",
            "Set DATELINE_URL to the site's address.",
        )


EXAMINATIONS: Final[tuple[Callable[[], Iterator[Finding]], ...]] = (
    _sqlite, _jobs, _sources, _snapshots, _withdrawals, _pages, _machines, _doors,
)  # fmt: skip
