"""What outlets allow us."""

from argparse import ArgumentParser, Namespace
from datetime import date

from dateline.agreements.may import USES
from dateline.cli.edge import with_django

HELP = "write down what an outlet allows, and list it"


def add_arguments(parser: ArgumentParser) -> None:
    """`agreement add OUTLET --use …`, `agreement list`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="write down an agreement or a licence")
    add.add_argument("outlet", help="slug or name of the outlet")
    add.add_argument(
        "--use", action="append", required=True, choices=USES, help="what we may do; may be repeated"
    )
    add.add_argument(
        "--into", action="append", default=[], metavar="LANGUAGE", help="into which languages (default: any)"
    )
    add.add_argument(
        "--from", dest="starts_on", type=date.fromisoformat, default=None, help="first day (default: today)"
    )
    add.add_argument(
        "--until", dest="ends_on", type=date.fromisoformat, default=None, help="last day (default: no end)"
    )
    add.add_argument("--max-words", type=int, default=None, help="words of a piece at most")
    add.add_argument("--licence", default="", help="name of an open licence, such as CC-BY-4.0")
    add.add_argument("--credit-line", default="", help="the credit line in their words")
    add.add_argument("--title", default="", help="what we call it")
    add.add_argument("--by", default="", metavar="NAME", help="who of the staff writes it down")
    actions.add_parser("list", help="list the agreements")


@with_django
def run(options: Namespace) -> int:
    """Do it."""
    return _list() if options.action == "list" else _add(options)


def _add(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.agreements.actions import agree
    from dateline.cli.naming import person_called
    from dateline.sources.queries import outlet_called

    outlet = outlet_called(options.outlet)
    now = timezone.now()
    agreement = agree(
        outlet=outlet,
        title=options.title or options.licence or f"{outlet}, {now.date().isoformat()}",
        licence=options.licence,
        uses=options.use,
        languages=options.into,
        starts_on=options.starts_on or now.date(),
        ends_on=options.ends_on,
        max_words=options.max_words,
        credit_line=options.credit_line,
        by=person_called(options.by),
        now=now,
    )
    print(f"{agreement.pk}\t{agreement}")
    return 0


def _list() -> int:
    from dateline.agreements.models import Agreement

    for agreement in Agreement.objects.select_related("outlet"):
        until = agreement.ends_on.isoformat() if agreement.ends_on else "–"
        print(
            agreement.pk,
            agreement,
            ",".join(agreement.uses),
            ",".join(agreement.languages) or "*",
            until,
            sep="\t",
        )
    return 0
