"""Make the search index again. Publishing keeps it by itself; this is for a lost folder, or another engine."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "make the search index again, or ask it"


def add_arguments(parser: ArgumentParser) -> None:
    """`search rebuild [--anew]`, `search ask WORDS`."""
    verbs = parser.add_subparsers(dest="what", required=True)
    rebuild = verbs.add_parser(
        "rebuild", help="put in what is missing or has changed; goes on where it broke off"
    )
    rebuild.add_argument("--anew", action="store_true", help="empty the index first")
    ask = verbs.add_parser("ask", help="what readers find")
    ask.add_argument("words", nargs="+")
    ask.add_argument("--language", default="", help="the language of the pieces and of the words")


@with_django
def run(options: Namespace) -> int:
    """Rebuild with progress, or show what is found."""
    if options.what == "ask":
        return _ask(" ".join(options.words), options.language)
    from dateline.reader.actions import rebuild

    count = rebuild(anew=options.anew, progress=_tell)
    print(f"\r{count} pieces", file=sys.stderr)
    return 0


def _ask(words: str, language: str) -> int:
    from dateline.reader.queries.searching import search
    from dateline.reader.search.engine import Question
    from dateline.site.queries import identity, languages

    codes = (language,) if language else tuple(row.code for row in languages(identity()))
    results = search(Question(query=words, languages=codes, language=language))
    for row in results.rows:
        print(f"{row.href}  {''.join(part.text for part in row.headline)}")
    print(f"{results.count} found", file=sys.stderr)
    return 0


def _tell(done: int, total: int, _what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="", file=sys.stderr, flush=True)
