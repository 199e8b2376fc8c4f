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
    outlet: Outlet | None,
    title: str,
    uses: Sequence[str],
    starts_on: date,
    by: User | None,
    now: datetime,
    languages: Sequence[str] = (),
    ends_on: date | None = None,
    licence: str = "",
    max_words: int | None = None,
    pieces_a_month: int | None = None,
    stay_days: int | None = None,
    territory: Sequence[str] = (),
    may_by_machine: bool = False,
    is_noncommercial: bool = False,
    author: str = "",
    agency: str = "",
    other_outlets: Sequence[Outlet] = (),
    credit_line: str = "",
    canonical: str = Agreement.Canonical.ORIGINAL,
    is_noindex: bool = True,
    may_show_original: bool = False,
    note: str = "",
) -> Agreement:
    """Write down what an outlet, an author or an agency allows, or the open licence that they publish under.

    languages: into which; empty means any. ends_on: the last day; None has no end. territory: ISO codes of
    the countries of readers; empty means anywhere. Raises ValidationError where a use does not exist, it ends
    before it starts, or nobody is named.
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
        pieces_a_month=pieces_a_month,
        stay_days=stay_days,
        territory=list(territory),
        may_by_machine=may_by_machine,
        is_noncommercial=is_noncommercial,
        author=author,
        agency=agency,
        credit_line=credit_line,
        canonical=canonical,
        is_noindex=is_noindex,
        may_show_original=may_show_original,
        note=note,
    )
    agreement.full_clean()
    agreement.save()
    agreement.other_outlets.set(other_outlets)
    note_agreed(agreement=agreement, by=by, now=now)
    return agreement


@transaction.atomic
def revoke_agreement(*, agreement: Agreement, reason: str, by: User | None, now: datetime) -> Agreement:
    """Take an agreement back, whoever ended it: from now on it grants nothing. What stands under it ends.

    A second time changes nothing.
    """
    if agreement.revoked_at is None:
        agreement.revoked_at = now
        agreement.save(update_fields=["revoked_at"])
        write_down(verb="revoke-agreement", subject=agreement, by=by, now=now, summary=reason)
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
