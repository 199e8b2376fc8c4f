"""A simulated day with hosts that misbehave in every way: nobody is annoyed, and no feed is lost."""

import pytest
from politeness_world import KINDS, PAUSE_SECONDS, press, simulate
from soaking import budget

from dateline.sources.models import Channel
from dateline.sources.queries import health

pytestmark = pytest.mark.django_db


@pytest.mark.soak
def test_a_simulated_day_breaks_no_rule_of_any_host_and_drops_no_feed(settings):
    settings.DATELINE_HOST_PAUSE_SECONDS = PAUSE_SECONDS
    report = simulate(press(budget(len(KINDS), whole=200)), hours=budget(2, whole=24))
    assert report.referee.violations == {}, report.referee.examples
    assert report.dropped == []
    assert report.unchanged > report.checks / 4
    assert min(report.new, report.pages, report.pages_refused) > 0
    moved = Channel.objects.exclude(former_addresses=[])
    assert {channel.address.split("//")[1][:2] for channel in moved} == {"m-"}
    assert all(health(channel).words for channel in Channel.objects.all())
