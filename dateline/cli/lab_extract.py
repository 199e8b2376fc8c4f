"""`lab extract`: the article in a page."""

import argparse
import json
from pathlib import Path

from dateline.cli.lab_file import content_of
from dateline.cli.lab_verb import Line, Refused, Verb, optional_text_in, text_in


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a page as it was fetched; a gzip file is unpacked"
    )
    parser.add_argument("--url", help="the address that the page was fetched from")
    parser.add_argument("--title", help="its title in the feed")
    parser.add_argument("--summary", help="its summary in the feed")


def _check(args: argparse.Namespace) -> None:
    if args.jsonl and args.file:
        raise Refused("usage", "with --jsonl the files are named in the lines, not on the command line")
    if not args.jsonl and not (args.file and args.url):
        raise Refused("usage", "name a FILE and the --url it was fetched from, or use --jsonl")


def _single(args: argparse.Namespace, _: str) -> str:
    found = _extracted(args.file, args.url, args.title, args.summary)
    return json.dumps(found, ensure_ascii=False, indent=2)


def _one(args: argparse.Namespace, asked: Line) -> Line:
    title = optional_text_in(asked, "title") or args.title
    summary = optional_text_in(asked, "summary") or args.summary
    return _extracted(text_in(asked, "path"), text_in(asked, "url", default=args.url), title, summary)


def _extracted(path: str, url: str, title: str | None, summary: str | None) -> Line:
    content = content_of(Path(path))
    from dateline.intake.extract import NoArticle, extract
    from dateline.lib.floods import HostileMarkup

    try:
        return extract(content, url=url, title=title, summary=summary).as_dict()
    except NoArticle as error:
        raise Refused("no_article", str(error)) from None
    except HostileMarkup as error:
        raise Refused("hostile_markup", f"The page is not read: {error}.") from None
    except Exception as error:  # noqa: BLE001 - one page that breaks a parser does not end the run
        raise Refused("broken_page", f"The page could not be read: {type(error).__name__}: {error}") from None


VERB = Verb(
    name="extract",
    help="the article in a page",
    description=(
        "Print the article in FILE as one JSON object. With --jsonl: lines {id, path, url} with title and summary if "
        "you like, answered by {id, headline, standfirst, authors, published_at, language, body_text, body_html, "
        "image, canonical_url, suspect, reasons, section, pictures, origins, signals, is_paywalled, paywall_evidence, "
        "word_count, next_page} or {id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
    reads_standard_input=False,
)
