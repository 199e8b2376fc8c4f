"""`lab segment`: the sentences of paragraphs."""

import argparse
import re

from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in

_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", metavar="XX", help="the language's BCP 47 tag, such as en or az")


def _check(args: argparse.Namespace) -> None:
    if args.language is None and not args.jsonl:
        raise Refused("usage", "say the --language of the text")
    if args.language is not None and not _TAG.fullmatch(args.language):
        raise Refused("usage", f"«{args.language}» is no language tag")


def _single(args: argparse.Namespace, text: str) -> str:
    return "\n\n".join("\n".join(paragraph) for paragraph in _split(text, args.language))


def _one(args: argparse.Namespace, asked: Line) -> Line:
    language = optional_text_in(asked, "language") or args.language
    if language is None or not _TAG.fullmatch(language):
        raise Refused("no_language", "Neither the line nor --language names a language.")
    return {"paragraphs": _split(text_in(asked, "text"), language)}


def _split(text: str, language: str) -> list[list[str]]:
    """Return sentences on one line each: what wrapped within one is joined."""
    from dateline.translation.segments import split

    return [[" ".join(sentence.split()) for sentence in part] for part in split(text, language=language)]


VERB = Verb(
    name="segment",
    help="the sentences of paragraphs",
    description=(
        "Read paragraphs, set apart by blank lines, from standard input and print one sentence a line, with a blank "
        "line between paragraphs. With --jsonl: lines {id, text}, with a language of its own if you like, answered "
        "by {id, paragraphs: [[sentence, …], …]} or {id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
)
