"""Where no sample newsroom was loaded, there is none to take away."""

import pytest
from django.utils import timezone

from dateline.exchange.actions.sample import NothingOfTheSample, remove_sample


def test_there_is_nothing_to_take_away_where_nothing_was_loaded(db):
    with pytest.raises(NothingOfTheSample):
        remove_sample(now=timezone.now())
