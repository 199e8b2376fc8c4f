"""`lab feed`: the entries of a feed, one JSON line each."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.lab_file import content_of
from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in

if TYPE_CHECKING:
    from dateline.intake.feeds import ParsedFeed


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a feed as it was fetched; a gzip file is unpacked"
    )
    parser.add_argument(
        "--url", help="the address that the feed was fetched from: relative links start there"
    )
    parser.add_argument("--content-type", metavar="TYPE", help="the header Content-Type that it came with")


def _check(args: argparse.Namespace) -> None:
    if args.jsonl and args.file:
        raise Refused("usage", "with --jsonl the files are named in the lines, not on the command line")
    if not args.jsonl and not args.file:
        raise Refused("usage", "name a FILE, or use --jsonl")


def _single(args: argparse.Namespace, _: str) -> str:
    entries = _parsed(args.file, args.url, args.content_type).entries
    return "\n".join(json.dumps(asdict(entry), ensure_ascii=False) for entry in entries)


def _one(args: argparse.Namespace, asked: Line) -> Line:
    url = optional_text_in(asked, "url") or args.url
    kind = optional_text_in(asked, "content_type") or args.content_type
    return asdict(_parsed(text_in(asked, "path"), url, kind))


def _parsed(path: str, url: str | None, content_type: str | None) -> "ParsedFeed":
    content = content_of(Path(path))
    from dateline.intake.feeds import NotAFeed, parse
    from dateline.lib.floods import HostileMarkup

    try:
        return parse(content, url=url or "", content_type=content_type)
    except NotAFeed as error:
        raise Refused("no_feed", str(error)) from None
    except HostileMarkup as error:
        raise Refused("hostile_markup", f"The feed is not read: {error}.") from None
    except Exception as error:  # noqa: BLE001 - one feed that breaks a parser does not end the run
        raise Refused("broken_feed", f"The feed could not be read: {type(error).__name__}: {error}") from None


VERB = Verb(
    name="feed",
    help="the entries of a feed",
    description=(
        "Print each entry of FILE (RSS, RDF, Atom or JSON Feed) as one JSON line {guid, url, title, summary, "
        "content_html, authors, published_at, language, image_url}. With --jsonl: lines {id, path} with url and "
        "content_type if you like, answered by {id, title, home_url, language, ttl, hub, entries} or "
        "{id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
    reads_standard_input=False,
)
