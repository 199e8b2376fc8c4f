"""`lab duplicates`: which text repeats an earlier one of the file, and how."""

import argparse
from typing import Any

from dateline.cli.lab_lines import add_file, always_lines, lines_of_file, no_single, time_in
from dateline.cli.lab_verb import Line, Verb, optional_text_in, text_in

_NEW: Line = {"duplicate_of": None, "kind": None, "containment": 0.0, "contained": None, "first": None}


def _check(args: argparse.Namespace) -> None:
    from dateline.intake.duplicates_index import Index

    always_lines(args)
    args.index, args.ids = Index(), []


def _one(args: argparse.Namespace, asked: Line) -> Line:
    from dateline.intake.duplicates import Piece

    piece = Piece(
        id=str(len(args.ids)),
        text=text_in(asked, "text"),
        host=(optional_text_in(asked, "host") or "").lower(),
        published_at=time_in(asked, "published_at"),
    )
    args.ids.append(asked.get("id"))
    match = args.index.take(piece)
    return _written(match, args.ids) if match else dict(_NEW)


def _written(match: Any, ids: list[object]) -> Line:
    return {
        "duplicate_of": ids[int(match.duplicate_of)],
        "kind": match.kind.value,
        "containment": match.containment,
        "contained": match.contained.value,
        "first": None if match.first is None else ids[int(match.first)],
    }


VERB = Verb(
    name="duplicates",
    help="which text repeats an earlier one",
    description=(
        "Read JSON lines {id, text}, with host and published_at if known, from FILE and answer each in order, knowing "
        "only those before it: {id, duplicate_of, kind, containment, contained, first} or "
        "{id, error: {code, message}}."
    ),
    add_arguments=add_file,
    one=_one,
    single=no_single,
    check=_check,
    reads_standard_input=False,
    lines=lines_of_file,
)
