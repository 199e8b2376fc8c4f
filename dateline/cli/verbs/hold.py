"""Legal holds: what is held cannot be deleted by anybody."""

from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "put an article under a legal hold, lift one, or list those that stand"


def add_arguments(parser: ArgumentParser) -> None:
    """`hold add ARTICLE --reason TEXT`, `hold lift NUMBER --reason TEXT`, `hold list`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="keep an article, its source and all that belongs to them")
    add.add_argument("article", help="number, slug or address")
    lift = actions.add_parser("lift", help="lift a hold")
    lift.add_argument("number", type=int, help="its number in the list")
    for one in (add, lift):
        one.add_argument("--reason", required=True, help="who demands it, and the file number")
        one.add_argument("--by", default="", metavar="NAME", help="who of the staff does it")
    actions.add_parser("list", help="list the holds that stand")


@with_django
def run(options: Namespace) -> int:
    """Do it."""
    from django.utils import timezone

    from dateline.cli.naming import article_called, person_called
    from dateline.rights import actions
    from dateline.rights.models import Hold

    if options.action == "list":
        for row in Hold.objects.standing():
            print(row.pk, row.at.date().isoformat(), row.piece or row.original, row.reason, sep="\t")
        return 0
    by, now = person_called(options.by), timezone.now()
    if options.action == "add":
        article = article_called(options.article)
        held = actions.hold(piece=article.uid, reason=options.reason, by=by, now=now)
        print(held.pk)
        return 0
    actions.lift_hold(hold=Hold.objects.get(pk=options.number), reason=options.reason, by=by, now=now)
    return 0
