"""What stands beside an old article, for readers without script: a day old at most where somebody reads it."""

from datetime import timedelta

import cast

from dateline.audience.models import ViewsOfDay
from dateline.publishing import actions
from dateline.publishing.models import BakedFile, Due
from dateline.work.testing import run_all_jobs


def read_on(piece, day):
    ViewsOfDay.objects.create(piece=piece.uid, day=day, count=1)


def test_what_was_opened_within_a_week_is_made_again_on_another_day_and_the_rest_is_not(site):
    section = cast.a_section("News")
    read, unread, long_ago = (
        cast.published(cast.an_exclusive(headline=name, section=section))
        for name in ("Read", "Unread", "Read long ago")
    )
    run_all_jobs()
    BakedFile.objects.update(baked_at=cast.NOW)
    tomorrow = cast.NOW + timedelta(days=1)
    read_on(read, cast.NOW.date())
    read_on(long_ago, cast.NOW.date() - timedelta(days=7))
    assert actions.renew_looked_at(now=cast.NOW) == 0  # made today
    assert actions.renew_looked_at(now=tomorrow) == 1
    assert Due.objects.get().key == str(read.uid)
    assert actions.bake_due(now=tomorrow) >= 1
    assert not Due.objects.exists()
    made_again = set(
        BakedFile.objects.filter(kind="article", baked_at=tomorrow).values_list("piece", flat=True)
    )
    assert read.uid in made_again
    assert not made_again & {unread.uid, long_ago.uid}
