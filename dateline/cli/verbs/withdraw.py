"""Take an article back: its address answers 410 from now on, or 451 for a legal order, on every surface."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime

from dateline.cli.edge import with_django

HELP = "take an article back, everywhere"


def add_arguments(parser: ArgumentParser) -> None:
    """`withdraw ARTICLE --reason TEXT [--at MOMENT]`."""
    parser.add_argument("article", help="number, slug or address")
    parser.add_argument("--reason", required=True, help="why; kept in the record")
    parser.add_argument(
        "--ground", choices=("editorial", "rights", "legal"), default="editorial", help="on what ground"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who of the staff withdraws it")
    parser.add_argument(
        "--at",
        type=datetime.fromisoformat,
        default=None,
        metavar="MOMENT",
        help="when, such as 2026-12-01T06:00:00 on the publication's clocks (default: now)",
    )


@with_django
def run(options: Namespace) -> int:
    """Withdraw it and see that every surface has taken it down. Ends with 1 where one has not."""
    from django.utils import timezone

    from dateline.articles.actions import withdraw, withdraw_at
    from dateline.cli.naming import article_called, person_called
    from dateline.rights.actions import carry_out
    from dateline.rights.models import Withdrawal
    from dateline.site.queries import identity, zone

    if options.at is not None:
        moment = options.at if options.at.tzinfo else options.at.replace(tzinfo=zone(identity()))
        withdraw_at(
            article=article_called(options.article),
            at=moment,
            reason=options.reason,
            ground=Withdrawal.Ground(options.ground),
            by=person_called(options.by),
            now=timezone.now(),
        )
        print(f"to be withdrawn at {moment.isoformat()}")
        return 0
    withdrawal = withdraw(
        article=article_called(options.article),
        reason=options.reason,
        ground=Withdrawal.Ground(options.ground),
        by=person_called(options.by),
        now=timezone.now(),
    )
    try:
        carry_out(withdrawal=withdrawal, now=timezone.now())
    except OSError as error:
        print(f"dateline: not every surface has answered yet ({error}); the workers go on.", file=sys.stderr)
    for step in withdrawal.steps.order_by("pk"):
        print(step.surface, "gone" if step.done_at else step.trouble or "due", sep="\t")
    return 0 if not withdrawal.steps.filter(done_at__isnull=True).exists() else 1
