"""Agreements are written down, with who did it."""

from datetime import date

import cast
import pytest
from django.core.exceptions import ValidationError

from dateline.agreements.actions import agree
from dateline.agreements.may import Wish, may
from dateline.agreements.models import Agreement
from dateline.people.models import AuditEntry

NOW = cast.NOW


def agreed(**fields):
    return agree(
        **{
            "outlet": cast.an_outlet(),
            "title": "Letter of 2026",
            "uses": ["translation"],
            "languages": ["en"],
            "starts_on": date(2026, 1, 1),
            "by": cast.vera(),
            "now": NOW,
            **fields,
        }
    )


def test_what_was_agreed_is_what_may_be_done(db):
    terms = agreed().terms()
    allowed = Wish(use="translation", language="en", on=NOW.date())
    other = Wish(use="reprint", language="en", on=NOW.date())
    assert may(allowed, [terms]).is_yes
    assert not may(other, [terms]).is_yes


def test_the_audit_says_who_agreed_to_what(db):
    agreement = agreed()
    entry = AuditEntry.objects.get(verb="agree")
    assert (entry.by, entry.subject_id) == (cast.vera(), str(agreement.pk))
    assert entry.after["uses"] == ["translation"]
    assert entry.after["ends_on"] is None


@pytest.mark.parametrize(
    "fields", [{"uses": []}, {"uses": ["everything"]}, {"ends_on": date(2025, 1, 1)}, {"title": ""}]
)
def test_an_agreement_that_makes_no_sense_is_refused(db, fields):
    with pytest.raises(ValidationError):
        agreed(**fields)
    assert not Agreement.objects.exists()
    assert not AuditEntry.objects.exists()
