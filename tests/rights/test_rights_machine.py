"""Agreements, permissions, publishing, expiry, revocation, renewal, holds and takedowns in any order.

A second, simple book says after each step which pieces may stand; what readers are served has to agree with it.
"""

import tempfile
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import cast
import pytest
from django.conf import settings as site_settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from serving import pages_of
from soaking import SOAKING, budget

from dateline.agreements.actions import revoke_agreement
from dateline.articles import actions as articles
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article
from dateline.intake.models import Original
from dateline.lib.home import Home
from dateline.publishing.actions import StillShown, store
from dateline.publishing.actions.baking import in_order
from dateline.publishing.queries.baked import made_by
from dateline.rights import actions
from dateline.rights.actions import ForGood, Held
from dateline.rights.models import Hold, Withdrawal
from dateline.work.testing import run_all_jobs

STEPS = 50
ZONE = ZoneInfo("Europe/Lisbon")
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
days = st.one_of(st.none(), st.integers(min_value=0, max_value=12))
which = st.integers(min_value=0, max_value=30)
number = count(1)


class Piece:
    """What the simple book says of a piece."""

    def __init__(self, article, agreement):
        self.pk, self.uid, self.word = article.pk, article.uid, article.headline
        self.address = ""
        self.agreement = agreement
        self.original = article.original_id
        self.is_revoked = self.stands = self.is_deleted = False
        self.withdrawn = ""
        self.first_day = None
        self.planned_at = None
        self.hold = None
        self.revisions = 0

    @property
    def article(self):
        return Article.objects.get(pk=self.pk)


class Agreed:
    """What the simple book says of an agreement."""

    def __init__(self, row):
        self.row, self.is_revoked = row, False
        self.used = set()


class Paper(RuleBasedStateMachine):
    """A small digest whose rights come and go."""

    def __init__(self):
        super().__init__()
        self.now = BEGIN
        self.folder = tempfile.TemporaryDirectory()
        self.home, site_settings.HOME = site_settings.HOME, Home(Path(self.folder.name))
        site_settings.HOME.lay()
        # The queue goes by the database's clock, which a test cannot set.
        self.clocks = [
            patch(place, lambda: self.now)
            for place in ("django.utils.timezone.now", "dateline.work.testing.queue_now")
        ]
        for clock in self.clocks:
            clock.start()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        cast.an_identity(languages=("en",), time_zone="Europe/Lisbon")
        self.section = cast.a_section()
        self.author = cast.a_contributor()
        self.agreements, self.pieces = [], []

    def teardown(self):
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        for clock in self.clocks:
            clock.stop()
        site_settings.HOME = self.home
        self.folder.cleanup()

    # What happens

    @rule(stay=days, lasts=days, quota=st.sampled_from([None, None, 1, 2]))
    def agree(self, stay, lasts, quota):
        ends_on = None if lasts is None else self.today + timedelta(days=lasts)
        row = cast.an_agreement(stay_days=stay or None, ends_on=ends_on, pieces_a_month=quota)
        self.agreements.append(Agreed(row))

    @precondition(lambda self: self.agreements)
    @rule(of=which)
    def pick(self, of):
        agreed = self.agreements[of % len(self.agreements)]
        original = cast.an_original(agreed.row.outlet)
        permission = actions.take_from_agreement(
            original=original, agreement=agreed.row, use="translation", language="en", by=None, now=self.now
        )
        article = cast.a_translation(
            original,
            headline=f"Piece{next(number):06}x",
            section=self.section,
            translators=(self.author,),
            permission=permission,
        )
        self.pieces.append(Piece(article, agreed))

    @precondition(lambda self: self.pieces)
    @rule(of=which)
    def publish(self, of):
        piece = self.a_piece(of)
        if piece.is_deleted or piece.stands:
            return
        may = self.is_cleared(piece) and not piece.withdrawn and not self.is_planned_away(piece)
        may = may and (piece.first_day is not None or self.has_quota(piece))
        assert self.went_out(piece, articles.publish) == may

    @precondition(lambda self: any(piece.withdrawn for piece in self.pieces))
    @rule(of=which)
    def bring_back(self, of):
        taken = [piece for piece in self.pieces if piece.withdrawn and not piece.is_deleted]
        if not taken:
            return
        piece = taken[of % len(taken)]
        may = piece.withdrawn == "rights" and self.is_cleared(piece) and not self.is_planned_away(piece)
        assert self.went_out(piece, articles.bring_back) == may

    @rule(hours=st.integers(min_value=1, max_value=60))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def midnight_is_near(self):
        """What ends then is made ready; what comes before it may change that."""
        self.now = max(self.now, self.midnight - timedelta(seconds=60))

    @rule()
    def midnight_comes(self):
        self.now = self.midnight

    @precondition(lambda self: self.pieces)
    @rule(of=which)
    def revoke_permission(self, of):
        piece = self.a_piece(of)
        if not piece.is_deleted and not piece.is_revoked:
            actions.revoke(permission=piece.article.permission, reason="A letter", by=None, now=self.now)
            piece.is_revoked = True

    @precondition(lambda self: self.agreements)
    @rule(of=which)
    def revoke_an_agreement(self, of):
        agreed = self.agreements[of % len(self.agreements)]
        agreed.row = revoke_agreement(agreement=agreed.row, reason="A letter", by=None, now=self.now)
        agreed.is_revoked = True

    @precondition(lambda self: self.agreements)
    @rule(of=which, lasts=days)
    def change_the_term(self, of, lasts):
        row = self.agreements[of % len(self.agreements)].row
        row.ends_on = None if lasts is None else self.today + timedelta(days=lasts)
        row.save()

    @precondition(lambda self: self.pieces)
    @rule(of=which, ground=st.sampled_from(["editorial", "legal"]), hours=st.sampled_from([0, 0, 1, 30]))
    def take_down(self, of, ground, hours):
        piece = self.a_piece(of)
        if not piece.stands:
            return
        told = {
            "article": piece.article,
            "reason": "Order 7",
            "by": None,
            "ground": Withdrawal.Ground(ground),
        }
        if hours:
            piece.planned_at = self.now + timedelta(hours=hours)
            piece.planned = ground
            articles.withdraw_at(**told, at=piece.planned_at, now=self.now)
        else:
            articles.withdraw(**told, now=self.now)
            piece.stands, piece.withdrawn = False, ground

    @precondition(lambda self: self.pieces)
    @rule(of=which)
    def unpublish(self, of):
        piece = self.a_piece(of)
        if piece.stands:
            articles.unpublish(article=piece.article, by=None, now=self.now)
            piece.stands = False

    @precondition(lambda self: self.pieces)
    @rule(of=which)
    def hold(self, of):
        piece = self.a_piece(of)
        if not piece.is_deleted and piece.hold is None:
            piece.hold = actions.hold(piece=piece.uid, reason="Case 9", by=None, now=self.now)
            piece.revisions = piece.article.revisions.count()

    @precondition(lambda self: self.pieces)
    @rule(of=which)
    def lift(self, of):
        piece = self.a_piece(of)
        if piece.hold is not None:
            actions.lift_hold(hold=piece.hold, reason="Closed", by=None, now=self.now)
            piece.hold = None

    @precondition(lambda self: self.pieces)
    @rule(of=which)
    def delete(self, of):
        piece = self.a_piece(of)
        if piece.is_deleted:
            return
        try:
            with transaction.atomic():
                piece.article.delete()
        except Held:
            assert piece.hold is not None
        else:
            assert piece.hold is None
            piece.is_deleted, piece.stands = True, False

    # What must be so

    @invariant()
    def readers_see_what_may_stand_and_nothing_else(self):
        run_all_jobs()
        self.book_what_ended()
        pages = pages_of(store())
        for piece in self.pieces:
            word = piece.word.encode()
            found = [name for name, (status, page) in pages.items() if status == 200 and word in page]
            if piece.stands:
                assert f"{piece.address}index.html" in found, f"{piece.word} is cleared and has disappeared"
                assert "en/index.html" in found or len(self.pieces) > 10, f"{piece.word} is on no front"
            else:
                assert found == [], f"{piece.word} is not cleared, and readers find it"
            assert piece.is_deleted or piece.article.live == piece.stands

    @invariant()
    def what_is_held_is_whole(self):
        for piece in self.pieces:
            if piece.hold is not None:
                assert piece.article.revisions.count() >= piece.revisions
                assert Original.objects.get(pk=piece.original).snapshots.exists()
                assert Hold.objects.standing().filter(pk=piece.hold.pk).exists()

    # The simple book

    @property
    def today(self):
        return self.now.astimezone(ZONE).date()

    @property
    def midnight(self):
        return datetime.combine(self.today + timedelta(days=1), time.min, tzinfo=ZONE).astimezone(UTC)

    def a_piece(self, of):
        return self.pieces[of % len(self.pieces)]

    def is_cleared(self, piece):
        row = piece.agreement.row
        if piece.is_revoked or piece.agreement.is_revoked:
            return False
        if row.ends_on is not None and self.today > row.ends_on:
            return False
        began = piece.first_day or self.today
        return row.stay_days is None or self.today < began + timedelta(days=row.stay_days)

    def has_quota(self, piece):
        month = (self.today.year, self.today.month)
        used = {uid for uid, when in piece.agreement.used if when == month} - {piece.uid}
        most = piece.agreement.row.pieces_a_month
        return most is None or len(used) < most

    def is_planned_away(self, piece):
        return piece.planned_at is not None and piece.planned_at <= self.now

    def went_out(self, piece, verb):
        try:
            with transaction.atomic():
                verb(article=piece.article, by=None, now=self.now)
        except (NotCleared, ForGood):
            return False
        piece.stands, piece.withdrawn = True, ""
        piece.first_day = piece.first_day or self.today
        piece.address = piece.article.get_absolute_url().removeprefix("/")
        piece.agreement.used.add((piece.uid, (self.today.year, self.today.month)))
        return True

    def book_what_ended(self):
        for piece in self.pieces:
            if self.is_planned_away(piece) and not piece.is_deleted:
                piece.stands, piece.planned_at = False, None
                piece.withdrawn = piece.withdrawn or piece.planned
            elif piece.stands and not self.is_cleared(piece):
                piece.stands, piece.withdrawn = False, "rights"


@pytest.mark.soak
@pytest.mark.django_db
def test_no_order_of_events_shows_what_may_not_stand_or_loses_what_may(settings):
    settings.DATELINE_URL = "https://digest.example"
    run_state_machine_as_test(Paper, settings=LONG)


# The machine has teeth: with one guard switched off, it says what readers find.


def until_the_last_day(paper):
    paper.agree(stay=None, lasts=0, quota=None)
    paper.pick(of=0)
    paper.publish(of=0)
    look(paper)
    paper.midnight_is_near()
    look(paper)
    paper.midnight_comes()


def withdrawn_by_the_desk(paper):
    paper.agree(stay=None, lasts=None, quota=None)
    paper.pick(of=0)
    paper.publish(of=0)
    look(paper)
    paper.take_down(of=0, ground="legal", hours=0)


def revoked_before_it_went_out(paper):
    paper.agree(stay=None, lasts=None, quota=None)
    paper.pick(of=0)
    paper.revoke_permission(of=0)
    paper.publish(of=0)


def look(paper):
    paper.readers_see_what_may_stand_and_nothing_else()
    paper.what_is_held_is_whole()


def the_judge_says_nothing():
    return [patch.dict("dateline.articles.gate._judges", permission=lambda _article, _now: ())]


def nothing_is_ended():
    return [patch("dateline.articles.actions.ending.Paper.end", lambda _self, _pieces, now: None)]


def sections_are_never_made_again():
    def without_sections(errands):
        return [errand for errand in in_order(errands) if errand.kind != "section" or not made_by(errand)]

    places = ("dateline.publishing.actions.baking.in_order", "dateline.publishing.actions.ahead.in_order")
    return [patch(place, without_sections) for place in places]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("guard_off", "story"),
    [
        (None, until_the_last_day),
        (None, withdrawn_by_the_desk),
        (None, revoked_before_it_went_out),
        (the_judge_says_nothing, revoked_before_it_went_out),
        (nothing_is_ended, until_the_last_day),
        (sections_are_never_made_again, until_the_last_day),
        (sections_are_never_made_again, withdrawn_by_the_desk),
    ],
)
def test_the_machine_sees_when_a_guard_is_off(settings, guard_off, story):
    settings.DATELINE_URL = "https://digest.example"
    paper = Paper()
    with ExitStack() as off:
        off.callback(paper.teardown)
        for guard in guard_off() if guard_off else ():
            off.enter_context(guard)
        off.enter_context(pytest.raises((AssertionError, StillShown)) if guard_off else nullcontext())
        story(paper)
        look(paper)


LONG = settings(
    max_examples=budget(4, whole=200),
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not SOAKING,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
