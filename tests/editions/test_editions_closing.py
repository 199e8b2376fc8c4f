"""An edition is opened, closes at its hour, has its number, and can be opened again until it was sent."""

from datetime import time, timedelta

import cast
import pytest

from dateline.editions import actions
from dateline.editions.models import Edition, Placement, Run
from dateline.editions.queries.contents import contents_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    cast.an_identity(time_zone="Europe/Paris")
    return Run.objects.create(code="evening", name="The evening", closes=time(18, 0))


def opened(run, *, language="en", day=None):
    day = day or cast.NOW.date()
    return actions.open_edition(run=run, language=language, day=day, by=cast.vera(), now=cast.NOW)


def placed(edition, article, *, slot="lead", position=0, **fields):
    return Placement.objects.create(edition=edition, article=article, slot=slot, position=position, **fields)


def test_an_edition_closes_at_its_hour_on_the_sites_clocks_and_has_its_number_from_then_on(run):
    edition = opened(run)
    assert edition.closes_at.isoformat() == "2026-03-14T17:00:00+00:00"
    placed(edition, cast.published(cast.an_exclusive(headline="The harbour opens")))
    assert actions.close_due(now=edition.closes_at - timedelta(seconds=1)) == []
    [closed] = actions.close_due(now=edition.closes_at)
    assert (closed.number, closed.state) == (1, Edition.State.CLOSED)
    assert closed.path == "/en/edition/2026/03/14/1/"
    following = opened(run, day=cast.NOW.date() + timedelta(days=1))
    placed(following, cast.published(cast.an_exclusive(headline="A second day")))
    assert actions.close(edition=following, by=None, now=following.closes_at).number == 2


def test_an_edition_without_a_piece_that_readers_may_see_stays_open_and_says_why(run):
    edition = opened(run)
    placed(edition, cast.an_exclusive(headline="Still a draft"))
    assert actions.close_due(now=edition.closes_at) == []
    edition.refresh_from_db()
    assert edition.is_open
    assert "Nothing in" in edition.trouble
    with pytest.raises(actions.NothingToRead):
        actions.close(edition=edition, by=cast.vera(), now=cast.NOW)


def test_what_is_opened_again_keeps_its_number_and_what_was_sent_stays_closed(run):
    edition = opened(run)
    placed(edition, cast.published(cast.an_exclusive(headline="The harbour opens")))
    actions.close(edition=edition, by=cast.vera(), now=cast.NOW)
    later = cast.NOW + timedelta(hours=1)
    again = actions.reopen(edition=edition, closes_at=later, by=cast.vera(), now=cast.NOW)
    assert again.is_open
    assert actions.close(edition=again, by=cast.vera(), now=later).number == 1
    Edition.objects.update(state=Edition.State.SENT)
    with pytest.raises(actions.AlreadyOut):
        actions.reopen(edition=edition, closes_at=later, by=cast.vera(), now=cast.NOW)


def test_contents_hold_what_readers_may_see_in_the_order_of_the_slots(run):
    edition = opened(run)
    lead = cast.published(cast.a_translation(headline="What the neighbours say"))
    opinion = cast.published(cast.an_exclusive(headline="We think so"))
    placed(edition, opinion, slot="opinion")
    placed(edition, lead, headline="Neighbours speak")
    placed(edition, cast.an_exclusive(headline="A draft"), slot="five")
    held = contents_of(edition, now=cast.NOW)
    assert [(slot.code, [item.headline for item in slot.items]) for slot in held.slots] == [
        ("lead", ["Neighbours speak"]),
        ("opinion", ["We think so"]),
    ]
    assert held.items[0].outlet == lead.original.outlet.shown_name
    lead.permission.state = "revoked"
    lead.permission.save()
    assert [item.headline for item in contents_of(edition, now=cast.NOW).items] == ["We think so"]
