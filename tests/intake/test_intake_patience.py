"""How often a page that could not be taken is tried again."""

from datetime import UTC, datetime, timedelta

from dateline.intake.patience import PAUSES, next_try

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_each_pause_is_longer_and_after_the_last_a_person_decides():
    tries = [next_try(failures=n, now=NOW, asked=timedelta(0)) for n in range(1, len(PAUSES) + 2)]
    assert tries[0] == NOW + timedelta(minutes=5)
    assert tries[:-1] == sorted(tries[:-1])
    assert tries[-1] is None


def test_a_server_that_wants_rest_gets_it():
    assert next_try(failures=1, now=NOW, asked=timedelta(hours=3)) == NOW + timedelta(hours=3)
