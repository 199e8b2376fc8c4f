"""A right that ends takes down what rests on it, at the minute and not before."""

from datetime import UTC, date, datetime, timedelta

import cast
import pytest
from serving import answer, naming, shelf_of

from dateline.agreements.actions import revoke_agreement
from dateline.articles import actions as articles
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article
from dateline.people.models import AuditEntry
from dateline.publishing.models import BakedFile
from dateline.rights import actions
from dateline.rights.actions import ForGood
from dateline.rights.models import Ending, Withdrawal
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

MIDNIGHT = datetime(2026, 11, 11, 0, 0, tzinfo=UTC)  # the end of the 10th in Lisbon, in winter


def a_live_translation(clock, **agreement):
    outlet = cast.an_outlet()
    cast.an_agreement(outlet, **agreement)
    piece = cast.published(
        cast.a_translation(cast.an_original(outlet), headline="The borrowed boat"), now=clock()
    )
    run_all_jobs()
    return piece


def ends(piece):
    return {(one.kind, one.at) for one in Ending.objects.filter(piece=piece.uid)}


def test_a_day_ends_at_midnight_of_the_sites_zone(site, clock):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    assert ends(piece) == {("permission", MIDNIGHT)}
    for task, ahead in (("make_ready", actions.READY_AHEAD), ("end_due", actions.AWAKE_AHEAD)):
        assert Job.objects.filter(task__contains=task, run_after=MIDNIGHT - ahead).exists()


def test_a_piece_is_gone_at_the_minute_and_stands_until_then(site, clock):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    shelf = shelf_of(site)
    clock.go(MIDNIGHT - timedelta(seconds=1))
    run_all_jobs()
    assert answer(shelf, piece.get_absolute_url())[0] == 200
    clock.go(MIDNIGHT)
    run_all_jobs()
    assert answer(shelf, piece.get_absolute_url())[0] == 410
    assert naming(site, "The borrowed boat") == []
    taken = Withdrawal.objects.get(piece=piece.uid)
    assert (taken.ground, taken.at, taken.by) == ("rights", MIDNIGHT, None)
    assert taken.done_at
    assert "2026-11-10" in taken.reason


def test_a_stay_is_counted_from_the_day_of_publishing(site, clock):
    piece = a_live_translation(clock, stay_days=3)
    assert ends(piece) == {("permission", datetime(2026, 11, 5, 0, 0, tzinfo=UTC))}


def test_a_piece_whose_agreement_was_renewed_meanwhile_stays(site, clock):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    agreement = piece.permission.agreement
    agreement.ends_on = date(2026, 12, 24)
    agreement.save()
    run_all_jobs()
    clock.go(MIDNIGHT + timedelta(minutes=5))
    run_all_jobs()
    assert Article.objects.get(pk=piece.pk).live
    assert ends(piece) == {("permission", datetime(2026, 12, 25, 0, 0, tzinfo=UTC))}


def test_a_shorter_agreement_ends_earlier(site, clock):
    piece = a_live_translation(clock)
    agreement = piece.permission.agreement
    assert ends(piece) == set()
    agreement.ends_on = date(2026, 11, 10)
    agreement.save()
    run_all_jobs()
    assert ends(piece) == {("permission", MIDNIGHT)}


def test_a_missed_minute_is_made_good_by_the_sweep(site, clock):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    Job.objects.filter(task__contains="end_due").delete()
    clock.go(MIDNIGHT + timedelta(minutes=7))
    assert actions.end_due(now=clock()) == [piece.uid]
    assert not Article.objects.get(pk=piece.pk).live


def test_another_zone_is_another_midnight(site, clock):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    cast.an_identity(languages=("en", "fr"), time_zone="Asia/Tbilisi")
    run_all_jobs()
    assert ends(piece) == {("permission", datetime(2026, 11, 10, 20, 0, tzinfo=UTC))}


@pytest.mark.parametrize("what", ["permission", "agreement"])
def test_a_revocation_acts_at_once(site, clock, what):
    piece = a_live_translation(clock)
    if what == "permission":
        actions.revoke(permission=piece.permission, reason="A letter came", by=None, now=clock())
    else:
        revoke_agreement(agreement=piece.permission.agreement, reason="A letter came", by=None, now=clock())
    run_all_jobs()
    assert BakedFile.objects.get(piece=piece.uid).status == 410
    assert naming(site, "The borrowed boat") == []


def test_a_quota_that_is_used_up_takes_nothing_down(site, clock):
    piece = a_live_translation(clock, pieces_a_month=1)
    second = cast.a_translation(cast.an_original(piece.original.outlet))
    with pytest.raises(NotCleared):
        cast.published(second, now=clock())
    actions.renew_endings(piece=piece.uid, now=clock())
    run_all_jobs()
    assert Article.objects.get(pk=piece.pk).live


def test_a_piece_whose_rights_are_renewed_can_come_back(site, clock):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    clock.go(MIDNIGHT)
    run_all_jobs()
    gone = Article.objects.get(pk=piece.pk)
    with pytest.raises(NotCleared):
        articles.bring_back(article=gone, by=cast.vera(), now=clock())
    assert Withdrawal.objects.standing().filter(piece=piece.uid).exists()
    agreement = piece.permission.agreement
    agreement.ends_on = None
    agreement.save()
    articles.bring_back(article=gone, by=cast.vera(), now=clock())
    run_all_jobs()
    assert answer(shelf_of(site), piece.get_absolute_url())[0] == 200
    assert AuditEntry.objects.filter(verb="lift-withdrawal").exists()


def test_what_a_court_or_the_desk_took_back_stays_so(site, clock):
    piece = a_live_translation(clock)
    articles.withdraw(article=piece, reason="Case 7", by=None, now=clock(), ground=Withdrawal.Ground.LEGAL)
    with pytest.raises(ForGood):
        articles.bring_back(article=Article.objects.get(pk=piece.pk), by=None, now=clock())


def test_an_editor_chooses_the_second_of_a_takedown(site, clock):
    piece = a_live_translation(clock)
    at = clock() + timedelta(hours=3, seconds=17)
    articles.withdraw_at(
        article=piece, at=at, reason="Order 12", by=cast.vera(), now=clock(), ground=Withdrawal.Ground.LEGAL
    )
    clock.go(at - timedelta(seconds=1))
    run_all_jobs()
    shelf = shelf_of(site)
    assert answer(shelf, piece.get_absolute_url())[0] == 200
    clock.go(at)
    run_all_jobs()
    assert answer(shelf, piece.get_absolute_url())[0] == 451
    assert Withdrawal.objects.get(piece=piece.uid).by == cast.vera()


def test_a_takedown_can_be_called_off_and_not_be_set_in_the_past(site, clock):
    piece = a_live_translation(clock)
    with pytest.raises(articles.NotYet):
        articles.withdraw_at(article=piece, at=clock(), reason="Late", by=None, now=clock())
    at = clock() + timedelta(hours=1)
    articles.withdraw_at(article=piece, at=at, reason="An order", by=None, now=clock())
    assert articles.let_stand(article=piece, by=None, now=clock())
    clock.go(at + timedelta(minutes=1))
    run_all_jobs()
    assert Article.objects.get(pk=piece.pk).live


def test_a_planned_takedown_holds_for_a_piece_that_went_down_before(site, clock):
    piece = a_live_translation(clock)
    at = clock() + timedelta(hours=1)
    articles.withdraw_at(
        article=piece, at=at, reason="Order 12", by=None, now=clock(), ground=Withdrawal.Ground.LEGAL
    )
    articles.unpublish(article=piece, by=None, now=clock())
    clock.go(at)
    run_all_jobs()
    assert answer(shelf_of(site), piece.get_absolute_url())[0] == 451
    with pytest.raises(NotCleared):
        cast.published(Article.objects.get(pk=piece.pk), now=clock())


def test_a_pieces_own_time_ends_without_a_withdrawal(site, clock):
    piece = cast.an_exclusive(headline="Only until noon", expire_at=clock() + timedelta(hours=3))
    piece = cast.published(piece, now=clock())
    assert ends(piece) == {("expiry", piece.expire_at)}
    clock.go(piece.expire_at)
    run_all_jobs()
    assert answer(shelf_of(site), piece.get_absolute_url())[0] == 404
    assert not Withdrawal.objects.exists()
