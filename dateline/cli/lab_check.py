"""`lab check`: what a reviser would see in a translation beside its source."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.cli.lab_verb import Line, Refused, Verb

if TYPE_CHECKING:
    from dateline.translation.checks.base import Pair
    from dateline.translation.glossary.matching import Glossary


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", required=True, dest="source_language", metavar="XX", help="the source's language"
    )
    parser.add_argument(
        "--to", required=True, dest="language", metavar="XX", help="the translation's language"
    )
    parser.add_argument(
        "--glossary", metavar="FILE", help="terms to keep to: CSV with concept,language,form,status"
    )


def _check(args: argparse.Namespace) -> None:
    """Take both shapes as one text: a line may have several findings, or none."""
    if args.glossary is not None and not Path(args.glossary).is_file():
        raise Refused("usage", f"there is no file {args.glossary}")
    args.is_json = args.jsonl
    args.jsonl = False


def _single(args: argparse.Namespace, text: str) -> str:
    glossary = _glossary(args)
    bad = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            pair = _pair(line.rstrip("\r"), args, glossary)
        except Refused as refused:
            bad += 1
            _write({"line": number, "error": {"code": refused.code, "message": str(refused)}})
            continue
        for finding in _findings(pair):
            _write({"line": number, **finding})
    if bad:
        raise Refused("bad_lines", f"{bad} lines could not be read")
    return ""


def _glossary(args: argparse.Namespace) -> "Glossary | None":
    from dateline.cli.lab_terms import glossary_of

    return glossary_of(args.glossary) if args.glossary else None


def _pair(line: str, args: argparse.Namespace, glossary: "Glossary | None") -> "Pair":
    from dateline.translation.checks.base import Pair

    told = _from_json(line) if args.is_json else _from_tab(line)
    return Pair(
        source=told["source"],
        text=told["text"],
        source_language=args.source_language,
        language=args.language,
        kind=told.get("kind", "paragraph"),
        is_untouched=told.get("is_untouched") is True,
        glossary=glossary,
    )


def _from_tab(line: str) -> dict[str, Any]:
    source, tab, text = line.partition("\t")
    if not tab:
        raise Refused("no_tab", "The line has no tab between source and translation.")
    return {"source": source, "text": text}


def _from_json(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused("bad_line", "This line is not JSON.") from None
    if not isinstance(told, dict):
        raise Refused("bad_line", "This line is JSON, but not an object.")
    text = next((told[key] for key in ("target", "text", "translation") if key in told), None)
    return {**told, "source": _text(told.get("source"), "source"), "text": _text(text, "target")}


def _text(value: object, key: str) -> str:
    """Return a text, or paragraphs as one with blank lines between them."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n\n".join(value)
    if not isinstance(value, str):
        raise Refused("missing_key", f"The line has no «{key}» that is a text or a list of paragraphs.")
    return value


def _findings(pair: "Pair") -> Iterator[Line]:
    from dateline.translation.checks.registry import examine
    from dateline.translation.checks.words import plainly

    for finding in examine(pair):
        yield {
            "check": finding.check,
            "severity": str(finding.severity),
            "start": finding.start,
            "end": finding.end,
            "message": plainly(finding),
        }


def _write(line: Line) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def _one(_args: argparse.Namespace, _asked: Line) -> Line:
    raise Refused("usage", "this verb reads all of its input at once")


VERB = Verb(
    name="check",
    help="what is wrong with translations",
    description=(
        "Read lines «source TAB translation» from standard input, or with --jsonl {source, target} with whole texts "
        "(blank lines between paragraphs, or lists of them), and print one JSON line for each finding: {line, check, "
        "severity, start, end, message}. severity is block, warn or inform; start and end are characters of the "
        "translation, all of it where something is missing. A line that cannot be read: {line, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
)
