"""`lab terms`: the terms of a glossary, found in text as it is inflected."""

import argparse
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.lab_verb import Line, Refused, Verb, text_in

if TYPE_CHECKING:
    from dateline.translation.glossary.matching import Glossary


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", required=True, metavar="XX", help="the language of the text, such as en or az"
    )
    parser.add_argument(
        "--glossary", required=True, metavar="FILE", help="the terms: CSV with concept,language,form,status"
    )


def _check(args: argparse.Namespace) -> None:
    if not Path(args.glossary).is_file():
        raise Refused("usage", f"there is no file {args.glossary}")
    glossary_of(args.glossary)


@cache
def glossary_of(path: str) -> "Glossary":
    """Return the glossary in a CSV file. Raises Refused where it is none."""
    from dateline.lib.formats.terms import NotAGlossary, read_csv
    from dateline.translation.glossary.matching import Glossary

    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            return Glossary(read_csv(file))
    except (NotAGlossary, UnicodeDecodeError) as error:
        raise Refused("bad_glossary", f"{path} is no glossary. {error}") from None


def _single(args: argparse.Namespace, text: str) -> str:
    for number, line in enumerate(text.split("\n"), start=1):
        for term in _found(args, line):
            sys.stdout.write(json.dumps({"line": number, **term}, ensure_ascii=False) + "\n")
    return ""


def _one(args: argparse.Namespace, asked: Line) -> Line:
    return {"terms": list(_found(args, text_in(asked, "text")))}


def _found(args: argparse.Namespace, text: str) -> Iterator[Line]:
    for one in glossary_of(args.glossary).found(text, args.language):
        yield {
            "concept": one.concept,
            "form": one.form.form,
            "status": one.form.status,
            "start": one.start,
            "end": one.end,
            "text": text[one.start : one.end],
        }


VERB = Verb(
    name="terms",
    help="the terms of a glossary in text",
    description=(
        "Read text from standard input and print a JSON line for each term of the glossary in it, inflected or not: "
        "{line, concept, form, status, start, end, text}. With --jsonl: lines {id, text}, answered by {id, terms: "
        "[{concept, form, status, start, end, text}, …]} or {id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
)
