"""Verbs that read their lines from a FILE and remember what came before."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from dateline.cli.lab_verb import Line, Refused, optional_text_in, standard_input


def add_file(parser: argparse.ArgumentParser) -> None:
    """Let the call name a file of JSON lines."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="JSON lines; without it they come from standard input"
    )


def always_lines(args: argparse.Namespace) -> None:
    """Answer line by line, with or without --jsonl. Raises Refused where there is nothing to read."""
    if args.file is None and not args.jsonl:
        raise Refused("usage", "name a FILE of JSON lines, or use --jsonl to read them from standard input")
    if args.file is not None and not Path(args.file).is_file():
        raise Refused("usage", f"there is no file {args.file}")
    args.jsonl = True


def lines_of_file(args: argparse.Namespace) -> Iterable[bytes]:
    """Return the lines of the call's file, or of standard input where it names none."""
    return standard_input(args) if args.file is None else _lines(Path(args.file))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def no_single(_: argparse.Namespace, __: str) -> str:
    """Refuse what `always_lines` never lets through."""
    raise Refused("usage", "this verb answers JSON lines only")


def time_in(asked: Line, key: str) -> datetime | None:
    """Return the time under `key` (ISO 8601; without a zone it is UTC), or None. Raises Refused for another text."""
    written = optional_text_in(asked, key)
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise Refused("bad_value", f"«{key}» is no ISO 8601 time: {written[:40]}") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
