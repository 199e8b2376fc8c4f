"""Lay the starter pages that a language does not have: policies, contact, a draft of who we are."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "lay the starter pages (policies, contact, who we are) that a language of the site does not have"


def add_arguments(parser: ArgumentParser) -> None:
    """`starter [LANGUAGE…]`."""
    parser.add_argument("language", nargs="*", help="languages of the site; all of them where none is named")


@with_django
def run(options: Namespace) -> int:
    """Lay them, and say which."""
    from dateline.exchange.actions.starter import lay_starter_pages
    from dateline.site.queries import identity, languages

    known = [row.code for row in languages(identity())]
    strange = [code for code in options.language if code not in known]
    if strange:
        print(f"dateline: the site has no {', '.join(strange)}. It has: {', '.join(known)}.", file=sys.stderr)
        return 2
    for page in lay_starter_pages(languages=options.language or known):
        print(f"{page.path_here}\t{'published' if page.live else 'draft'}\t{page.title}")
    return 0
