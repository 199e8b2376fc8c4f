"""A piece is taken back: letters that have gone cannot be called back, so it is recorded; the others go without it."""

from collections.abc import Sequence

from django.db import transaction

from dateline.editions import letter_states as states
from dateline.editions.models import Delivery, Issue, SentWithdrawal, Wording
from dateline.lib.text import cut, one_line
from dateline.rights.models import Withdrawal

SURFACE = "letters"


@transaction.atomic
def take_out(*, withdrawals: Sequence[Withdrawal]) -> None:
    """See that no further letter goes out with these pieces, and record who has had them. Safe to repeat."""
    for withdrawal in withdrawals:
        piece = str(withdrawal.piece)
        with_it = _lately(piece)
        # Whoever sends looks at this before each letter, and words the issue anew.
        Issue.objects.filter(wording__in=with_it).update(wording=None)
        for issue in {wording.issue for wording in with_it}:
            _record(issue, withdrawal, [one.pk for one in with_it if one.issue_id == issue.pk])


def _lately(piece: str) -> list[Wording]:
    """Return the wordings with a piece in them."""
    rows = Wording.objects.filter(pieces__contains=piece).select_related(
        "issue__letter", "issue__edition__run"
    )
    return list(rows.defer("html", "text"))


def _record(issue: Issue, withdrawal: Withdrawal, wordings: list[int]) -> None:
    had = Delivery.objects.filter(issue=issue, wording__in=wordings).in_state(*states.GONE).count()
    had = had or (issue.tally or {}).get(states.DONE, 0)
    if had:
        SentWithdrawal.objects.update_or_create(
            issue=issue,
            piece=withdrawal.piece,
            defaults={
                "title": withdrawal.title,
                "reason": cut(one_line(withdrawal.reason), 300),
                "at": withdrawal.at,
                "readers": had,
            },
        )
