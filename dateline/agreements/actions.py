"""Verbs about agreements."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from dateline.agreements.models import Agreement
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.models import Outlet


@transaction.atomic
def agree(
    *,
    outlet: Outlet,
    title: str,
    uses: Sequence[str],
    starts_on: date,
    by: User | None,
    now: datetime,
    languages: Sequence[str] = (),
    ends_on: date | None = None,
    licence: str = "",
    max_words: int | None = None,
    credit_line: str = "",
    canonical: str = Agreement.Canonical.ORIGINAL,
    is_noindex: bool = True,
    may_show_original: bool = False,
    note: str = "",
) -> Agreement:
    """Write down what an outlet allows, or the open licence that it publishes under.

    languages: into which; empty means any. ends_on: the last day; None has no end.
    Raises ValidationError where a use does not exist or it ends before it starts.
    """
    agreement = Agreement(
        outlet=outlet,
        title=title,
        uses=list(uses),
        languages=list(languages),
        starts_on=starts_on,
        ends_on=ends_on,
        licence=licence,
        max_words=max_words,
        credit_line=credit_line,
        canonical=canonical,
        is_noindex=is_noindex,
        may_show_original=may_show_original,
        note=note,
    )
    agreement.full_clean()
    agreement.save()
    note_agreed(agreement=agreement, by=by, now=now)
    return agreement


def note_agreed(*, agreement: Agreement, by: User | None, now: datetime, is_change: bool = False) -> None:
    """Enter into the audit what an agreement says now."""
    write_down(
        verb="change-agreement" if is_change else "agree",
        subject=agreement,
        by=by,
        now=now,
        summary=str(agreement),
        after={
            "uses": agreement.uses,
            "languages": agreement.languages,
            "starts_on": agreement.starts_on.isoformat(),
            "ends_on": agreement.ends_on.isoformat() if agreement.ends_on else None,
        },
    )
