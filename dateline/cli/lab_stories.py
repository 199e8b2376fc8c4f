"""`lab stories`: which pieces of a file are about one event."""

import argparse
import os

from dateline.cli.lab_lines import add_file, always_lines, lines_of_file, no_single, time_in
from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument(
        "--embedder", default="", metavar="NAME", help="nano-e5 or char-tfidf; else the best installed"
    )
    parser.add_argument("--why", action="store_true", help="say with each line why it is where it is")


def _check(args: argparse.Namespace) -> None:
    # Rows of some hundred numbers are not worth a second thread, and its waiting is counted as work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from dateline.intake.embeddings.base import NotInstalled
    from dateline.intake.embeddings.choice import EMBEDDERS, chosen
    from dateline.intake.stories import Reader

    always_lines(args)
    if args.embedder and args.embedder not in EMBEDDERS:
        raise Refused("usage", f"there is no embedder «{args.embedder}»; there are {', '.join(EMBEDDERS)}")
    try:
        args.stories, args.ids = Reader(chosen(args.embedder)), []
    except NotInstalled as error:
        raise Refused("usage", str(error)) from None


def _one(args: argparse.Namespace, asked: Line) -> Line:
    from dateline.intake.stories import Telling

    number = str(len(args.ids))
    placed = args.stories.take(
        Telling(
            id=number,
            title=text_in(asked, "title"),
            text=optional_text_in(asked, "text") or "",
            language=optional_text_in(asked, "language") or "",
            published_at=time_in(asked, "published_at"),
        )
    )
    args.ids.append(asked.get("id"))
    if not args.why:
        return {"story": placed.story}
    return {
        "story": placed.story,
        "score": placed.score,
        "why": [_why(args, number, other) for other in placed.nearest],
    }


def _why(args: argparse.Namespace, one: str, other: str) -> Line:
    why = args.stories.why(one, other)
    return {
        "id": args.ids[int(other)],
        "similarity": why.similarity,
        "agreement": why.agreement,
        "shared": list(why.shared),
    }


VERB = Verb(
    name="stories",
    help="which pieces are about one event",
    description=(
        "Read JSON lines {id, title}, with text, language and published_at if known, from FILE and answer each in "
        "order, knowing only those before it: {id, story}, with --why also {score, why: [{id, similarity, "
        "agreement, shared}]}, or {id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=no_single,
    check=_check,
    reads_standard_input=False,
    lines=lines_of_file,
)
