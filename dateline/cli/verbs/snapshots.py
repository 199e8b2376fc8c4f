"""The evidence that outlets gave: how much room it takes, what may go, whether it is whole, a copy for others."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from dateline.cli.edge import with_django

HELP = "how much room snapshots take, thin them out, check them, hand them on"
_MEGA: Final = 1_000_000
_SHOWN: Final = 20


def add_arguments(parser: ArgumentParser) -> None:
    """`snapshots room | thin [--dry-run] | export ORIGINAL FILE | verify`."""
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    verbs.add_parser("room", help="say how much room they take, and how long it lasts")
    thin = verbs.add_parser("thin", help="take away what is old and nobody needs")
    thin.add_argument("--dry-run", action="store_true", help="only say what would go")
    export = verbs.add_parser("export", help="write the evidence of one original as a WARC file")
    export.add_argument(
        "original", type=int, metavar="ORIGINAL", help="its number, as in its address on the desk"
    )
    export.add_argument("file", type=Path, metavar="FILE", help="such as evidence.warc.gz")
    verify = verbs.add_parser("verify", help="read each one and check its hash")
    verify.add_argument(
        "--since-days", type=int, default=None, metavar="N", help="only those of the last N days"
    )


@with_django
def run(options: Namespace) -> int:
    """Do one of the four. Ends with 1 where something is damaged or missing, or where thinning was refused."""
    return {"room": _room, "thin": _thin, "export": _export, "verify": _verify}[options.what](options)


def _room(_options: Namespace) -> int:
    from django.utils import timezone

    from dateline.intake.queries.room import room, warnings

    now = timezone.now()
    told = room(now=now)
    print(f"{told.used_bytes / _MEGA:.1f} MB of {told.budget_bytes / _MEGA:.0f} MB are used.")
    print(f"{told.disk_free_bytes / _MEGA:.0f} MB of the disk are free.")
    if told.days_left is None:
        print("Nothing has come in the last days, so there is no forecast.")
    else:
        growth = told.grown_bytes / _MEGA / (told.over.total_seconds() / 86_400)
        print(f"{growth:.1f} MB come a day: the room is used up in {told.days_left} days,")
        print(f"the disk would be full in {told.disk_days_left} days if nothing were thinned out.")
    for warning in warnings(now=now):
        print(warning, file=sys.stderr)
    return 0


def _thin(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.intake.actions.thinning import thin

    done = thin(now=timezone.now(), is_dry=options.dry_run)
    says = "would go" if options.dry_run else "went"
    print(f"{len(done.gone)} snapshots {says}: {done.freed_bytes / _MEGA:.1f} MB.")
    for one in done.gone[:_SHOWN]:
        print(f"  {one.snapshot}\t{one.why}\t{one.packed_bytes}")
    if len(done.gone) > _SHOWN:
        print(f"  and {len(done.gone) - _SHOWN} more")
    if done.trouble:
        print(f"dateline: {done.trouble}", file=sys.stderr)
    return 1 if done.trouble else 0


def _export(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.intake.actions.exporting import evidence_file
    from dateline.intake.models import Original
    from dateline.lib.files import write_atomically

    original = Original.objects.filter(pk=options.original).first()
    if original is None:
        print(f"dateline: there is no original {options.original}.", file=sys.stderr)
        return 1
    told = evidence_file(original, now=timezone.now())
    write_atomically(options.file, told.content)
    print(f"{told.records} records of {told.snapshots} snapshots in {options.file}.")
    for gap in told.gaps:
        print(gap, file=sys.stderr)
    return 1 if told.gaps else 0


def _verify(options: Namespace) -> int:
    from datetime import timedelta

    from django.utils import timezone

    from dateline.intake.actions.exporting import unsound

    since = None if options.since_days is None else timezone.now() - timedelta(days=options.since_days)
    faults = 0
    for fault in unsound(since=since):
        faults += 1
        print(fault, file=sys.stderr)
    print("Every snapshot is whole." if not faults else f"{faults} snapshots are damaged or missing.")
    return 1 if faults else 0
