"""What ends at one minute is made ready before it; what is withdrawn together is made again once."""

import json
from datetime import UTC, date, datetime, timedelta

import cast
import pytest
from django.db.models import Q
from django.utils import timezone
from serving import answer, naming, shelf_of

from dateline.agreements.actions import revoke_agreement
from dateline.agreements.models import Agreement
from dateline.articles import actions as articles
from dateline.articles.actions import ending
from dateline.articles.models import Article
from dateline.publishing import actions as press
from dateline.publishing.models import PieceDue, Record
from dateline.rights import actions, surfaces
from dateline.rights.models import Withdrawal
from dateline.work import queue
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

MIDNIGHT = datetime(2026, 11, 11, 0, 0, tzinfo=UTC)


@pytest.fixture
def lent(site, clock):
    """Return two live translations under agreements that end on the 10th, a minute before that is over."""
    section = cast.a_section()
    pieces = []
    for number in range(2):
        outlet = cast.an_outlet()
        cast.an_agreement(outlet, ends_on=date(2026, 11, 10))
        draft = cast.a_translation(cast.an_original(outlet), headline=f"Lent{number}x", section=section)
        pieces.append(cast.published(draft, now=clock()))
    cast.published(cast.an_exclusive(headline="Ours", section=section), now=clock())
    run_all_jobs()
    clock.go(MIDNIGHT - timedelta(seconds=60))
    run_all_jobs()
    return pieces


def ready(site):
    return [json.loads(file.read_bytes()) for file in (site.root / "_" / "ahead").glob("*/ready.json")]


def at_midnight(clock):
    clock.go(MIDNIGHT)
    run_all_jobs()


def test_a_minute_before_its_end_it_is_ready_and_still_stands(site, clock, lent):
    (told,) = ready(site)
    assert {one["piece"] for one in told["going"]} == {str(piece.uid) for piece in lent}
    assert naming(site, "Lent0x")
    at_midnight(clock)
    shelf = shelf_of(site)
    assert {answer(shelf, piece.get_absolute_url())[0] for piece in lent} == {410}
    assert naming(site, "Lent0x") == naming(site, "Lent1x") == []
    assert ready(site) == []
    assert Withdrawal.objects.filter(done_at__isnull=False).count() == 2
    assert [row.event for row in Record.objects.filter(piece=lent[0].uid)] == ["published", "withdrawn"]


def test_the_pages_change_before_the_database_is_asked_for_each_piece(site, clock, lent):
    clock.go(MIDNIGHT)
    struck = press.strike_ready(pieces=[piece.uid for piece in lent], now=clock())
    assert struck == {piece.uid for piece in lent}
    assert Article.objects.get(pk=lent[0].pk).live
    assert naming(site, "Lent0x") == []
    press.bake_everything(now=clock())
    assert naming(site, "Lent0x") == []


def test_what_is_renewed_in_the_last_minute_stays(site, clock, lent):
    agreement = lent[0].permission.agreement
    agreement.ends_on = date(2026, 12, 31)
    agreement.save()
    at_midnight(clock)
    assert answer(shelf_of(site), lent[0].get_absolute_url())[0] == 200
    assert answer(shelf_of(site), lent[1].get_absolute_url())[0] == 410
    assert "en/index.html" in naming(site, "Lent0x")
    assert naming(site, "Lent1x") == []


def test_what_comes_in_the_last_minute_is_on_the_lists_after_it(site, clock, lent):
    cast.published(cast.an_exclusive(headline="Late news", section=lent[0].section), now=clock())
    run_all_jobs()
    at_midnight(clock)
    assert "en/index.html" in naming(site, "Late news")
    assert naming(site, "Lent0x") == []


def test_what_was_made_ready_and_not_taken_is_forgotten(site, clock, lent):
    articles.unpublish(article=Article.objects.get(pk=lent[0].pk), by=None, now=clock())
    run_all_jobs()
    at_midnight(clock)
    assert answer(shelf_of(site), lent[0].get_absolute_url())[0] == 404
    assert answer(shelf_of(site), lent[1].get_absolute_url())[0] == 410


def withdrawn(many, clock):
    pieces = [
        cast.published(cast.an_exclusive(headline=f"Wrong{number}x"), now=clock()) for number in range(many)
    ]
    run_all_jobs()
    return [articles.withdraw(article=piece, reason="Wrong", by=None, now=clock()) for piece in pieces]


def test_one_job_carries_out_all_withdrawals_and_the_others_find_it_done(site, clock):
    withdrawals = withdrawn(3, clock)
    assert actions.carry_out_all(withdrawal_id=withdrawals[0].pk, now=clock()) == 3
    assert not actions.open_withdrawals().exists()
    assert naming(site, "Wrong") == []
    assert actions.carry_out_all(withdrawal_id=withdrawals[1].pk, now=clock()) == 0


def test_a_piece_in_trouble_on_a_surface_keeps_no_other_waiting(site, clock, monkeypatch):
    def refuses(due):
        if any(one.title == "Wrong1x" for one in due):
            raise RuntimeError("The printer is out of paper.")

    monkeypatch.setitem(surfaces._surfaces, "printer", refuses)
    withdrawals = withdrawn(3, clock)
    actions.carry_out_all(withdrawal_id=withdrawals[0].pk, now=clock())
    (still,) = actions.open_withdrawals()
    assert still.title == "Wrong1x"
    (step,) = still.steps.filter(done_at__isnull=True)
    assert (step.surface, step.trouble) == ("printer", "The printer is out of paper.")
    with pytest.raises(RuntimeError, match="paper"):
        actions.carry_out_all(withdrawal_id=still.pk, now=clock())


def test_pieces_that_wait_to_be_made_are_made_together(site, clock):
    pieces = [cast.published(cast.an_exclusive(), now=clock()) for _number in range(3)]
    assert PieceDue.objects.count() == Job.objects.filter(task="publishing.bake_around").count() == 3
    assert press.bake_those_due(piece=pieces[0].uid, now=clock()) > 3
    assert not PieceDue.objects.exists()
    assert press.bake_those_due(piece=pieces[1].uid, now=clock()) == 0
    assert {answer(shelf_of(site), piece.get_absolute_url())[0] for piece in pieces} == {200}


def test_a_right_that_is_lost_is_followed_before_pages_are_made_again_for_it(site, clock):
    piece = cast.published(cast.a_translation(), now=clock())
    run_all_jobs()
    revoke_agreement(agreement=piece.permission.agreement, reason="A letter", by=None, now=clock())
    waiting = Job.objects.ready().filter(Q(kwargs__piece=str(piece.uid)) | Q(task="articles.renew_under"))
    urgency = {job.task: job.priority for job in waiting}
    assert urgency["articles.renew_under"] > urgency["publishing.bake_under"]
    assert "publishing.bake_around" not in urgency


def test_what_is_revoked_at_one_moment_is_ended_by_one_job_behind_all_changes(site, clock, lent):
    for piece in lent:
        agreement = piece.permission.agreement
        revoke_agreement(agreement=agreement, reason="A letter", by=None, now=clock())
        articles.renew_under(model="agreement", number=agreement.pk, now=clock())
    assert Article.objects.filter(pk__in=[piece.pk for piece in lent], live=True).count() == 2
    assert Job.objects.ready().filter(task="rights.end_left").count() == 1
    of_a_minute = Job.objects.ready().filter(task="rights.end_due")
    assert {job.kwargs["moment"] for job in of_a_minute} <= {MIDNIGHT.isoformat()}
    run_all_jobs()
    assert naming(site, "Lent0x") == naming(site, "Lent1x") == []
    assert Withdrawal.objects.filter(done_at__isnull=False).count() == 2
    assert not PieceDue.objects.exists()


def test_pages_that_a_stroke_has_changed_are_not_made_again_beside_it(site, clock, lent):
    clock.go(MIDNIGHT)
    actions.end_due(now=clock())
    assert naming(site, "Lent0x") == []
    assert not PieceDue.objects.exists()
    later = Job.objects.ready().filter(task="publishing.bake_around").values_list("run_after", flat=True)
    assert len(later) == 2
    assert min(later) > clock() + timedelta(seconds=30)


def test_a_sweep_leaves_to_a_running_job_what_ends_at_its_minute(clock, lent):
    clock.go(MIDNIGHT)
    job = Job.objects.ready().get(task="rights.end_due", kwargs__moment=MIDNIGHT.isoformat())
    Job.objects.exclude(pk=job.pk).delete()
    held = queue.claim(worker="one", now=clock(), lease_seconds=60)
    assert held is not None
    assert held.job.pk == job.pk
    assert not actions.end_soon(now=clock())
    assert actions.end_left(now=clock()) == []
    job.delete()  # its worker died
    assert actions.end_soon(now=clock())
    assert set(actions.end_left(now=clock())) == {piece.uid for piece in lent}


def test_a_piece_that_cannot_be_ended_keeps_no_later_one_waiting(site, clock, lent, monkeypatch):
    really = ending._ended

    def breaks(piece, *, now):
        if piece == lent[0].uid:
            raise RuntimeError("The ledger is torn.")
        return really(piece, now=now)

    def revoke(piece):
        agreement = piece.permission.agreement
        revoke_agreement(agreement=agreement, reason="A letter", by=None, now=clock())
        articles.renew_under(model="agreement", number=agreement.pk, now=clock())

    monkeypatch.setattr(ending, "_ended", breaks)
    revoke(lent[0])
    Job.objects.exclude(task="rights.end_left").delete()
    held = queue.claim(worker="one", now=clock(), lease_seconds=60)
    with pytest.raises(ending.NotAllEnded, match="torn"):
        actions.end_left(now=clock())
    queue.fail(held, queue.Failure("NotAllEnded", "torn", ""), now=clock(), jitter=1)
    revoke(lent[1])
    (fresh,) = Job.objects.ready().filter(task="rights.end_left")
    assert (fresh.attempt, fresh.run_after <= timezone.now()) == (0, True)
    with pytest.raises(ending.NotAllEnded, match="torn"):
        actions.end_left(now=clock())
    assert not Article.objects.get(pk=lent[1].pk).live
    monkeypatch.undo()
    assert actions.end_soon(now=clock())
    run_all_jobs()
    assert naming(site, "Lent0x") == naming(site, "Lent1x") == []


def test_what_was_struck_and_stays_is_shown_again_though_another_could_not_be_made_ready(
    site, clock, lent, monkeypatch
):
    def renewed_and_breaks(*_pieces, **_at):
        Agreement.objects.update(ends_on=date(2026, 12, 31))
        raise RuntimeError("No ink.")

    clock.go(MIDNIGHT)
    late = cast.published(cast.a_translation(), now=clock())
    monkeypatch.setattr(ending.Paper, "make_ready", renewed_and_breaks)
    ending.Paper().end([*(piece.uid for piece in lent), late.uid], now=clock())
    assert "en/index.html" in naming(site, "Lent0x")
