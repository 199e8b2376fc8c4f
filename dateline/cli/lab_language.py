"""`lab language`: the language of each line."""

import argparse
import json
import re

from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in

_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--prior", metavar="XX", help="the language that the page or the outlet declares")


def _check(args: argparse.Namespace) -> None:
    if args.prior is not None and not _TAG.fullmatch(args.prior):
        raise Refused("usage", f"«{args.prior}» is no language tag")


def _single(args: argparse.Namespace, text: str) -> str:
    lines = text.removesuffix("\n").split("\n") if text else []
    return "\n".join(
        json.dumps(_of_line(number, line, args.prior), ensure_ascii=False)
        for number, line in enumerate(lines, start=1)
    )


def _of_line(number: int, line: str, prior: str | None) -> Line:
    """A line may be a text, or an object with `text` and an `id` of its own."""
    asked = _object(line) if line.startswith("{") else None
    if asked is None:
        return {"id": number, **_detected(line, prior)}
    return {"id": asked.get("id", number), **_detected(asked["text"], _prior(asked) or prior)}


def _object(line: str) -> Line | None:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return asked if isinstance(asked, dict) and isinstance(asked.get("text"), str) else None


def _prior(asked: Line) -> str | None:
    prior = asked.get("prior")
    return prior if isinstance(prior, str) else None


def _one(args: argparse.Namespace, asked: Line) -> Line:
    return _detected(text_in(asked, "text"), optional_text_in(asked, "prior") or args.prior)


def _detected(text: str, prior: str | None) -> Line:
    from dateline.intake.language import detect

    found = detect(text, declared=prior)
    return {"language": found and found.language, "confidence": found.confidence if found else 0.0}


VERB = Verb(
    name="language",
    help="the language of each line",
    description=(
        "Read a text a line from standard input and print a JSON line {id, language, confidence} for each: id is the "
        "line's number, language null where it has no words. A line may also be an object {id, text}. With --jsonl: "
        "lines {id, text}, and prior if you like, answered by {id, language, confidence} or {id, error: {code, "
        "message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
)
