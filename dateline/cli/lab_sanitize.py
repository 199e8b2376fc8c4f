"""`lab sanitize`: a fragment of markup without anything that could act."""

import argparse

from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--base", help="the address that relative ones start from; without it they are dropped"
    )


def _single(args: argparse.Namespace, fragment: str) -> str:
    return _clean(fragment, args.base)


def _one(args: argparse.Namespace, asked: Line) -> Line:
    return {"html": _clean(text_in(asked, "html"), optional_text_in(asked, "base") or args.base)}


def _clean(fragment: str, base: str | None) -> str:
    from dateline.lib.sanitise import HostileMarkup, sanitise

    try:
        return sanitise(fragment, base=base)
    except HostileMarkup as error:
        raise Refused("hostile_markup", f"The fragment is not read: {error}.") from None


VERB = Verb(
    name="sanitize",
    help="markup without anything that could act",
    description=(
        "Read one fragment of HTML from standard input and print the clean one. With --jsonl: lines {id, html}, "
        "answered by {id, html} or {id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
)
