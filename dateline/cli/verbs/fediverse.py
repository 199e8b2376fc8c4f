"""Who follows the site from elsewhere, and what is on its way to them. DATELINE_FEDIVERSE=on turns it on."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "our accounts in the fediverse, their followers, letters on their way"


def add_arguments(parser: ArgumentParser) -> None:
    """`fediverse`, `fediverse --letters`."""
    parser.add_argument("--letters", action="store_true", help="letters that wait or met trouble, by server")


@with_django
def run(options: Namespace) -> int:
    """Make the accounts that are missing, and list them; or the letters."""
    from django.conf import settings
    from django.db.models import Count
    from django.utils import timezone

    from dateline.publishing.actions.fediverse import ensure_accounts
    from dateline.publishing.models import Delivery, FediverseAccount, InboxHost

    if not settings.DATELINE_FEDIVERSE:
        print("dateline: the site cannot be followed: DATELINE_FEDIVERSE is not on.", file=sys.stderr)
        return 1
    if options.letters:
        retry = dict(InboxHost.objects.values_list("host", "retry_at"))
        rows = Delivery.objects.exclude(state=Delivery.State.SENT).values("host", "state", "trouble")
        for row in rows.annotate(many=Count("pk")).order_by("host", "state"):
            at = retry.get(row["host"])
            when = f"{at:%Y-%m-%d %H:%M}" if at else ""
            print(f"{row['host']}\t{row['state']}\t{row['many']}\t{when}\t{row['trouble']}")
        return 0
    made = ensure_accounts(now=timezone.now())
    host = settings.DATELINE_URL.partition("://")[2]
    for account in FediverseAccount.objects.annotate(many=Count("followers")):
        print(f"@{account.handle}@{host}\t{account.many}")
    if made:
        print(f"{len(made)} accounts were made; their files are baked by the workers.", file=sys.stderr)
    return 0
