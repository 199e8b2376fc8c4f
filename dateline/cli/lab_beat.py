"""`lab beat`: how pieces stand to a subject, and why."""

import argparse
import json
from pathlib import Path

from dateline.cli.lab_file import content_of
from dateline.cli.lab_lines import add_file, always_lines, lines_of_file, no_single
from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument(
        "--beat", required=True, metavar="FILE", help="the subject as JSON: name, concepts, examples, outlets"
    )
    parser.add_argument(
        "--embedder",
        default="",
        metavar="NAME",
        help="nano-e5 or char-tfidf, or none for words alone; else the best installed",
    )


def _check(args: argparse.Namespace) -> None:
    from dateline.intake.beat_reading import BadBeat, read_beat
    from dateline.intake.beat_scoring import Scorer
    from dateline.intake.embeddings.base import NotInstalled
    from dateline.intake.embeddings.choice import EMBEDDERS, chosen

    always_lines(args)
    if args.embedder not in {"", "none", *EMBEDDERS}:
        raise Refused(
            "usage", f"there is no embedder «{args.embedder}»; there are {', '.join(EMBEDDERS)}, none"
        )
    try:
        beat = read_beat(_told(args.beat))
        args.scorer = Scorer(beat, embedder=None if args.embedder == "none" else chosen(args.embedder))
    except BadBeat as error:
        raise Refused("bad_beat", f"{args.beat} is no beat. {error}") from None
    except NotInstalled as error:
        raise Refused("usage", str(error)) from None


def _told(path: str) -> object:
    try:
        return json.loads(content_of(Path(path)))
    except (ValueError, RecursionError):
        raise Refused("bad_beat", f"{path} is not JSON.") from None


def _one(args: argparse.Namespace, asked: Line) -> Line:
    from dateline.intake.beat import Piece
    from dateline.intake.beat_words import plainly

    judged = args.scorer.judge(
        Piece(
            title=text_in(asked, "title"),
            standfirst=optional_text_in(asked, "standfirst") or "",
            text=optional_text_in(asked, "text") or "",
            language=optional_text_in(asked, "language") or "",
            outlet=optional_text_in(asked, "outlet") or "",
        )
    )
    return {
        "score": judged.score,
        "is_over_the_line": judged.is_over_the_line,
        "labels": list(judged.labels),
        "reasons": [
            {"code": reason.code, "values": list(reason.values), "words": plainly(reason)}
            for reason in judged.reasons
        ],
    }


VERB = Verb(
    name="beat",
    help="how pieces stand to a subject, and why",
    description=(
        "Read JSON lines {id, title}, with standfirst, text, language and outlet if known, from FILE and answer each "
        "in order: {id, score, is_over_the_line, labels, reasons: [{code, values, words}]}, or {id, error: {code, "
        "message}}. The score is from 0 to 1; a line does not depend on those before it."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=no_single,
    check=_check,
    reads_standard_input=False,
    lines=lines_of_file,
)
