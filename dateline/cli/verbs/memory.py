"""The translation memory: bring what you have, take it along, forget what you may not keep."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from dateline.cli.edge import with_django

HELP = "bring a translation memory, give it out, purge it, say what is in it"


class NoSuchFile(ValueError):
    """There is no file to read, or none can be written."""


def add_arguments(parser: ArgumentParser) -> None:
    """`memory import FILE…`, `memory export [FILE]`, `memory purge`, `memory list`, `memory tend`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    bring = actions.add_parser("import", help="bring memories from files: TMX, XLIFF, PO")
    bring.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    bring.add_argument("--from", dest="source", default="", metavar="XX", help="only from this language")
    bring.add_argument("--to", dest="target", default="", metavar="XX", help="only into this language")
    bring.add_argument("--penalty", type=int, default=0, metavar="N", help="taken off every score (0)")
    bring.add_argument("--licence", default="", help="under which it comes, such as CC-BY-4.0")
    bring.add_argument("--desk", default="", metavar="NAME", help="offer it to one desk (a group) only")
    bring.add_argument("--by", default="", metavar="NAME", help="who of the staff brings it")
    give = actions.add_parser("export", help="write the units of two languages as TMX 1.4b")
    give.add_argument(
        "path", nargs="?", type=Path, metavar="FILE", help="where to (default: standard output)"
    )
    give.add_argument("--from", dest="source", required=True, metavar="XX")
    give.add_argument("--to", dest="target", required=True, metavar="XX")
    give.add_argument("--licence", default=None, help="only those under it")
    purge = actions.add_parser("purge", help="delete units, from every list as well")
    purge.add_argument("--outlet", default="", metavar="NAME", help="learned from an outlet's originals")
    purge.add_argument(
        "--original", type=int, default=None, metavar="NUMBER", help="learned from an original"
    )
    purge.add_argument("--licence", default="", help="under a licence")
    purge.add_argument("--document", default="", help="of a document that an imported file named")
    purge.add_argument(
        "--import", dest="brought", type=int, default=None, metavar="NUMBER", help="of an imported file"
    )
    purge.add_argument("--reason", required=True, help="why, for the log")
    purge.add_argument("--by", default="", metavar="NAME", help="who of the staff does it")
    actions.add_parser("list", help="say how much is there of which languages, and what was brought")
    actions.add_parser("tend", help="fill and sort now what is otherwise done in the background")


@with_django
def run(options: Namespace) -> int:
    """Do it."""
    verbs = {"import": _import, "export": _export, "purge": _purge, "list": _list, "tend": _tend}
    return verbs[options.action](options)


def _import(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.cli.naming import person_called
    from dateline.translation.actions.memory_files import Terms, bring_memory, go_on_bringing
    from dateline.translation.models import MemoryUnit

    scope = MemoryUnit.Scope.DESK if options.desk else MemoryUnit.Scope.IMPORTED
    terms = Terms(
        source_language=options.source,
        language=options.target,
        scope=scope,
        desk=options.desk,
        penalty=options.penalty,
        licence=options.licence,
    )
    failed = 0
    for path in options.paths:
        if not path.is_file():
            raise NoSuchFile(f"There is no file {path}.")
        with path.open("rb") as file:
            brought = bring_memory(
                file=file, name=path.name, terms=terms, by=person_called(options.by), now=timezone.now()
            )
        brought = go_on_bringing(brought=brought, now=timezone.now())
        print(
            brought.pk,
            path,
            brought.get_state_display(),
            brought.added,
            brought.done,
            brought.trouble,
            sep="\t",
        )
        failed += brought.state == brought.State.FAILED
    return 1 if failed else 0


def _export(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.lib.files import stream_atomically
    from dateline.translation.actions.memory_files import given_out

    parts = given_out(
        source_language=options.source, language=options.target, now=timezone.now(), licence=options.licence
    )
    if options.path is None:
        sys.stdout.writelines(parts)
        return 0
    stream_atomically(options.path, (part.encode() for part in parts))
    return 0


def _purge(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.cli.naming import person_called
    from dateline.intake.models import Original
    from dateline.sources.queries import outlet_called
    from dateline.translation.actions.purging import Where, purge
    from dateline.translation.models import MemoryImport

    where = Where(
        outlet=outlet_called(options.outlet) if options.outlet else None,
        original=Original.objects.get(pk=options.original) if options.original else None,
        licence=options.licence,
        document=options.document,
        brought_by=MemoryImport.objects.get(pk=options.brought) if options.brought else None,
    )
    by = person_called(options.by)
    print(purge(where=where, reason=options.reason, by=by, now=timezone.now()))
    return 0


def _list(_options: Namespace) -> int:
    from django.db.models import Count

    from dateline.translation.models import MemoryImport, MemoryPair

    for pair in MemoryPair.objects.annotate(units=Count("memoryunit")).order_by(
        "source_language", "language"
    ):
        print(pair, pair.units, sep="\t")
    for brought in MemoryImport.objects.all():
        print(
            brought.pk,
            brought.at.date().isoformat(),
            brought,
            brought.get_state_display(),
            brought.added,
            sep="\t",
        )
    return 0


def _tend(_options: Namespace) -> int:
    from dateline.translation.actions.memory_lists import tend, write_anew
    from dateline.translation.actions.remembering import fill_memory, stale_pairs
    from dateline.translation.models import MemoryPair

    print(fill_memory())
    for pair in stale_pairs():
        write_anew(pair)
    for pair in MemoryPair.objects.all():
        tend(pair)
    return 0
