"""Outlets that we watch."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from dateline.cli.edge import with_django

HELP = "watch an outlet, list those watched, bring and give out lists of them"
SUFFIXES = frozenset({".opml", ".xml", ".json", ".csv"})


class NoSuchFile(ValueError):
    """There is no file to read, or none can be written."""


def add_arguments(parser: ArgumentParser) -> None:
    """`outlet add URL`, `outlet find URL`, `outlet list`, `outlet import FILE…`, `outlet export [FILE]`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="watch an outlet; its feed is found from any page of its site")
    add.add_argument("url", help="address of a feed, or of a page of the site")
    add.add_argument("--name", help="its name (default: what its feed says)")
    add.add_argument("--language", help="its main language, as a BCP 47 tag")
    add.add_argument("--country", help="its country by name or ISO 3166 code, or a place")
    find = actions.add_parser(
        "find", help="show every feed that is to be had at an address; nothing is watched"
    )
    find.add_argument("url", help="address of a feed, or of a page of the site")
    actions.add_parser("list", help="list outlets, their channels and how those are")
    bring = actions.add_parser(
        "import", help="watch what lists in OPML, JSON or CSV name, or keep them as directories"
    )
    bring.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of them")
    what = bring.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help="only say what would become of each line")
    what.add_argument(
        "--directory", action="store_true", help="keep it as a directory to pick from on the desk"
    )
    export = actions.add_parser("export", help="write what is watched as OPML, or all outlets as a directory")
    export.add_argument(
        "path", nargs="?", type=Path, metavar="FILE", help="where to (default: standard output)"
    )
    export.add_argument(
        "--as", dest="shape", choices=["opml", "json"], help="default: by FILE's ending, else opml"
    )


@with_django
def run(options: Namespace) -> int:
    """Do it."""
    verbs = {"add": _add, "find": _find, "list": _list, "import": _import, "export": _export}
    return verbs[options.action](options)


def _add(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.sources.actions import add_outlet

    outlet = add_outlet(
        url=options.url,
        by=None,
        now=timezone.now(),
        name=options.name,
        language=options.language,
        country=options.country,
    )
    for channel in outlet.channels.all():
        print(f"{outlet.slug}\t{outlet}\t{channel.address}")
    return 0


def _find(options: Namespace) -> int:
    from dateline.sources.actions import typed_address
    from dateline.sources.finding import look

    findings = look(typed_address(options.url))
    for feed in findings.feeds:
        print(f"{feed.kind}\t{feed.address}\t{feed.title}\t{feed.pieces}")
    for address, why in findings.looked_at:
        print(f"{address}: {why}", file=sys.stderr)
    return 0 if findings.feeds else 1


def _list(_options: Namespace) -> int:
    from dateline.sources.models import Outlet
    from dateline.sources.queries import health

    for outlet in Outlet.objects.prefetch_related("channels"):
        print(f"{outlet.slug}\t{outlet}")
        for channel in outlet.channels.all():
            found = health(channel)
            print(f"\t{channel.address}\t{' '.join(filter(None, [found.words, found.advice]))}")
    return 0


def _import(options: Namespace) -> int:
    for path in _files(options.paths):
        if options.directory:
            _keep(path)
        elif options.preview:
            _preview(path)
        else:
            _watch(path)
    return 0


def _files(paths: list[Path]) -> Iterator[Path]:
    """Yield each file, and of folders those that may be lists. Raises NoSuchFile."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
        elif path.is_file():
            yield path
        else:
            raise NoSuchFile(f"There is no file {path}.")


def _keep(path: Path) -> None:
    from dateline.sources.actions.directories import load_directory

    listing, count = load_directory(content=path.read_bytes(), name=path.name)
    print(f"{path}\t{listing}\t{count}")


def _preview(path: Path) -> None:
    from dateline.sources.actions.importing import read_list
    from dateline.sources.queries.known import everything_known, planned

    brought = read_list(path.read_bytes(), name=path.name)
    for outlet in planned(list(brought.outlets), known=everything_known()):
        for channel in outlet.channels:
            like = f"\t{channel.like.address}" if channel.like else ""
            print(f"{channel.verdict}\t{channel.listed.address}\t{outlet.listed.name}{like}")
    for line in brought.unusable:
        print(f"unusable\t{line.line}\t{line.words}\t{line.why}")


def _watch(path: Path) -> None:
    """Add what is new of a list, here and now: who waits at a command line wants to see it done."""
    from django.utils import timezone

    from dateline.sources.actions.importing import add_list, bring_list, go_on_adding
    from dateline.sources.actions.listed import NothingToWatch

    now = timezone.now()
    brought = bring_list(content=path.read_bytes(), name=path.name, by=None, now=now)
    try:
        added = go_on_adding(brought=add_list(brought=brought, by=None, now=now), now=now)
    except NothingToWatch:
        print(f"{path}\t0 added: there is nothing in it that we do not have")
        brought.delete()
        return
    print(f"{path}\t{added.added} added, {len(added.refused)} not, {len(brought.unusable)} unusable")
    for address, why in added.refused:
        print(f"\t{address}\t{why}", file=sys.stderr)


def _export(options: Namespace) -> int:
    from dateline.sources.actions.importing import export_directory, export_opml

    ending = options.path.suffix.lower() if options.path else ""
    shape = options.shape or ("json" if ending == ".json" else "opml")
    content = (export_directory if shape == "json" else export_opml)(title="Outlets")
    if options.path is None:
        sys.stdout.buffer.write(content)
    else:
        options.path.write_bytes(content)
    return 0
