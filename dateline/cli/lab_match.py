"""`lab match`: what a translation memory in a file offers for sentences."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dateline.cli.lab_verb import Line, Refused, Verb, text_in

if TYPE_CHECKING:
    from dateline.translation.memory.matching import Match

MOST: Final = 5


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--memory", metavar="FILE.tmx", required=True, help="the memory, in TMX")
    parser.add_argument(
        "--from", dest="source", metavar="XX", required=True, help="language of the sentences"
    )
    parser.add_argument(
        "--to", dest="target", metavar="XX", required=True, help="language of the translations"
    )
    parser.add_argument("--min", dest="least", type=int, default=60, metavar="N", help="percents (60)")
    parser.add_argument(
        "--most", type=int, default=MOST, metavar="N", help=f"matches for a sentence ({MOST})"
    )


def _check(args: argparse.Namespace) -> None:
    from dateline.lib.formats.pieces import Unreadable
    from dateline.translation.memory.files import known_in
    from dateline.translation.memory.index import Index

    if not Path(args.memory).is_file():
        raise Refused("usage", f"there is no file {args.memory}")
    if not 1 <= args.least <= 101:  # noqa: PLR2004 - percents, and the same context
        raise Refused("usage", "--min is a number of percents, from 1 to 101")
    try:
        with Path(args.memory).open("rb") as file:
            units = list(known_in(file, source=args.source, target=args.target))
    except Unreadable as error:
        raise Refused("usage", f"{args.memory}: {error}") from None
    args.units = units
    args.index = Index([unit.known for unit in units], args.source)


def _single(args: argparse.Namespace, text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(
        json.dumps(answer, ensure_ascii=False) for line in lines if line for answer in _answers(args, line)
    )


def _many(args: argparse.Namespace, asked: Line) -> Iterator[Line]:
    key = "source" if "source" in asked else "text"
    yield from _answers(args, text_in(asked, key))


def _answers(args: argparse.Namespace, sentence: str) -> Iterator[Line]:
    from dateline.translation.memory.adapting import Pair
    from dateline.translation.memory.hashing import normalised
    from dateline.translation.memory.matching import Asked, matches

    asked = Asked(source=normalised(sentence), pair=Pair(args.source, args.target))
    near = args.index.near(asked)
    for match in matches(asked, near, least=args.least, most=args.most):
        yield _written(match, args.units[match.unit.id], sentence)


def _written(match: "Match", unit: Any, sentence: str) -> Line:
    return {
        "source": match.unit.source,
        "target": match.text,
        "score": match.score,
        "origin": unit.origin,
        "asked": sentence,
        "kind": match.kind,
    }


def _one(_: argparse.Namespace, __: Line) -> Line:
    raise Refused("usage", "this verb answers a line with several")


VERB = Verb(
    name="match",
    help="what a translation memory offers for sentences",
    description=(
        "Read sentences from standard input, one a line, and print one JSON line for each match in the memory, best "
        "first: {source, target, score, origin, asked, kind}. source and target are the memory's, target with the "
        "numbers and dates of the sentence that was asked where it can be (kind “numbers”, score 99); origin says "
        "where in the file it stands. With --jsonl: lines {id, source}, and each match bears the id."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
    many=_many,
)
