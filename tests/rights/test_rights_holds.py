"""What is held cannot be deleted, by nobody, until the hold is lifted."""

import cast
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from dateline.articles.models import Article
from dateline.intake import keepers
from dateline.intake.models import Snapshot
from dateline.people.models import AuditEntry
from dateline.rights import actions
from dateline.rights.actions import Held, NotHeld
from dateline.rights.models import Hold


def a_held(clock, piece=None, original=None):
    return actions.hold(
        piece=piece, original=original, reason="Court of Ansel, 7/26", by=cast.vera(), now=clock()
    )


def test_a_held_piece_its_revisions_and_its_original_stay(site, clock):
    piece = cast.a_translation()
    piece.save_revision()
    hold = a_held(clock, piece=piece.uid)
    assert hold.original == piece.original
    for delete in (
        piece.delete,
        Article.objects.filter(pk=piece.pk).delete,
        piece.revisions.all().delete,
        Snapshot.objects.filter(original=piece.original).delete,
    ):
        with pytest.raises(Held, match=r"Court of Ansel.*Lift the hold first"), transaction.atomic():
            delete()
    assert Article.objects.get(pk=piece.pk).revisions.exists()


def test_an_originals_hold_keeps_what_was_made_from_it(site, clock):
    piece = cast.a_translation()
    a_held(clock, original=piece.original)
    with pytest.raises(Held):
        piece.delete()


def test_a_hold_is_a_reason_to_keep_the_evidence(site, clock):
    original = cast.an_original()
    a_held(clock, original=original)
    reasons = [ground.reason for ground in keepers.grounds([original.pk])[original.pk]]
    assert any("Court of Ansel" in reason for reason in reasons)


def test_a_lifted_hold_lets_go_and_stays_in_the_book(site, clock):
    piece = cast.an_exclusive()
    hold = a_held(clock, piece=piece.uid)
    with pytest.raises(ValueError, match="why"):
        actions.lift_hold(hold=hold, reason=" ", by=None, now=clock())
    actions.lift_hold(hold=hold, reason="The case is closed", by=cast.vera(), now=clock())
    piece.delete()
    assert Hold.objects.get().lift_reason == "The case is closed"
    assert list(
        AuditEntry.objects.filter(verb__contains="hold").values_list("verb", flat=True).order_by("pk")
    ) == [
        "hold",
        "lift-hold",
    ]
    with pytest.raises(NotHeld):
        actions.lift_hold(hold=hold, reason="Again", by=None, now=clock())


def test_a_hold_needs_a_reason_and_something_to_hold_and_stands_once(site, clock):
    piece = cast.an_exclusive()
    with pytest.raises(ValidationError):
        actions.hold(piece=piece.uid, reason="  ", by=None, now=clock())
    with pytest.raises(ValidationError):
        actions.hold(reason="Of what?", by=None, now=clock())
    assert a_held(clock, piece=piece.uid) == a_held(clock, piece=piece.uid)


def test_what_is_not_held_is_deleted_as_before(site, clock):
    a_held(clock, piece=cast.an_exclusive().uid)
    other = cast.an_exclusive()
    other.delete()
    assert not Article.objects.filter(pk=other.pk).exists()
