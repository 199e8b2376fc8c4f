"""`dateline lab`: the pure parts of each room for anyone with a file; no database, no settings, no Django.

A verb is a file `lab_<verb>.py` with `VERB`; to add one, copy the nearest and name it in `VERBS`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from dateline.cli import (
    lab_beat,
    lab_check,
    lab_duplicates,
    lab_extract,
    lab_feed,
    lab_language,
    lab_match,
    lab_may,
    lab_sanitize,
    lab_segment,
    lab_stories,
    lab_terms,
    lab_url,
)
from dateline.cli.lab_verb import Line, Refused, Verb

VERBS: tuple[Verb, ...] = (
    lab_beat.VERB,
    lab_check.VERB,
    lab_duplicates.VERB,
    lab_extract.VERB,
    lab_feed.VERB,
    lab_language.VERB,
    lab_match.VERB,
    lab_may.VERB,
    lab_sanitize.VERB,
    lab_segment.VERB,
    lab_stories.VERB,
    lab_terms.VERB,
    lab_url.VERB,
)

ALL_WELL, SOME_BAD, USAGE = 0, 1, 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `lab` with its verbs to the command's parser; `run` takes what it parsed."""
    lab = subparsers.add_parser(
        "lab", help="the pure parts on files, without a database", description=__doc__
    )
    _add_verbs(lab)


def run(args: argparse.Namespace) -> int:
    """Do the verb that `args` names; return 0, 1 where some input was bad, 2 for a call that makes no sense."""
    verb: Verb = args.verb
    try:
        verb.check(args)
    except Refused as refused:
        print(f"dateline lab {verb.name}: {refused}", file=sys.stderr)
        return USAGE
    return _many(verb, args) if args.jsonl else _single(verb, args)


def main(arguments: list[str] | None = None) -> int:
    """Be the command by itself: `python -m dateline.cli.lab VERB …`."""
    parser = argparse.ArgumentParser(prog="dateline lab", description=__doc__)
    _add_verbs(parser)
    return run(parser.parse_args(arguments))


def _add_verbs(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="lab_verb", metavar="VERB", required=True)
    for verb in VERBS:
        own = verbs.add_parser(verb.name, help=verb.help, description=verb.description)
        own.add_argument(
            "--jsonl", action="store_true", help="read JSON lines from standard input, write JSON lines"
        )
        verb.add_arguments(own)
        own.set_defaults(verb=verb)


def _single(verb: Verb, args: argparse.Namespace) -> int:
    try:
        said = verb.single(args, _text(sys.stdin.buffer.read()) if verb.reads_standard_input else "")
        print(said, end="\n" if said else "")
    except Refused as refused:
        print(f"dateline lab {verb.name}: {refused}", file=sys.stderr)
        return SOME_BAD
    return ALL_WELL


def _many(verb: Verb, args: argparse.Namespace) -> int:
    outcome = ALL_WELL
    for answer in _answers(verb, args, verb.lines(args)):
        outcome = SOME_BAD if "error" in answer else outcome
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return outcome


def _answers(verb: Verb, args: argparse.Namespace, lines: Iterable[bytes]) -> Iterator[Line]:
    for line in lines:
        if not line.strip():
            continue
        identity: object = None
        try:
            asked = _parsed(line)
            identity = asked.get("id")
            answers = verb.many(args, asked) if verb.many else [verb.one(args, asked)]
            yield from ({"id": identity, **answer} for answer in answers)
        except Refused as refused:
            yield {"id": identity, "error": {"code": refused.code, "message": str(refused)}}


def _parsed(line: bytes) -> Line:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused("bad_line", "This line is not JSON.") from None
    if not isinstance(asked, dict):
        raise Refused("bad_line", "This line is JSON, but not an object.")
    return asked


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
