"""A site whose clock the test sets, and what readers are served of it."""

from datetime import UTC, datetime
from unittest.mock import patch

import cast
import pytest

from dateline.lib.home import Home
from dateline.publishing.actions import store


class Clock:
    """Django's clock, set by hand."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def go(self, moment):
        """Set it to a moment to come."""
        assert moment >= self.now
        self.now = moment


@pytest.fixture
def clock():
    """Return the clock that everything in this test looks at."""
    hand = Clock(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    # The queue goes by the database's clock, which a test cannot set.
    with patch("django.utils.timezone.now", hand), patch("dateline.work.testing.queue_now", hand):
        yield hand


@pytest.fixture
def site(db, clock, settings, tmp_path):
    """Return the store of an empty site in English and French, in Lisbon's zone."""
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_URL = "https://digest.example"
    cast.an_identity(languages=("en", "fr"), time_zone="Europe/Lisbon")
    return store()
