"""How patient we are with a channel."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.cadence import LONGEST, LONGEST_ASKED, Wishes, max_age, next_check, retry_after

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wait(*, failures=0, **wishes):
    return next_check(now=NOW, failures=failures, wishes=Wishes(**wishes)) - NOW


def test_a_feed_that_says_cheaply_that_nothing_is_new_is_asked_every_quarter_of_an_hour():
    assert wait(status=304, has_validators=True) == timedelta(minutes=15)


def test_a_feed_that_must_be_read_whole_is_asked_every_hour():
    assert wait(status=200) == timedelta(hours=1)


def test_what_the_feed_or_its_server_wishes_is_kept_up_to_a_day():
    assert wait(status=200, ttl_seconds=7200) == timedelta(hours=2)
    assert wait(status=200, max_age_seconds=10800, ttl_seconds=7200) == timedelta(hours=3)
    assert wait(status=200, max_age_seconds=10**10) == timedelta(days=1)


@pytest.mark.parametrize("status", [403, 404, 410, 429])
def test_where_we_are_not_welcome_we_wait_hours_at_once(status):
    assert wait(status=status, failures=1) == timedelta(hours=4)


def test_patience_doubles_with_each_failure_up_to_a_day():
    assert [wait(status=503, failures=n) / timedelta(minutes=15) for n in (1, 2, 3, 99)] == [1, 2, 4, 96]


def test_a_server_that_says_when_to_come_back_is_heard():
    assert wait(status=429, failures=1, retry_after=timedelta(hours=30)) == timedelta(hours=30)
    assert wait(status=503, failures=1, retry_after=timedelta(days=400)) == LONGEST_ASKED


def test_retry_after_is_read_as_seconds_and_as_a_date():
    assert retry_after(" 120 ", now=NOW) == timedelta(minutes=2)
    assert retry_after("Sun, 01 Mar 2026 13:00:00 GMT", now=NOW) == timedelta(hours=1)
    assert retry_after("Sun, 01 Mar 2026 11:00:00 GMT", now=NOW) == timedelta(0)


def test_max_age_is_found_among_other_directives():
    assert max_age('public, Max-Age="600", immutable') == 600
    assert max_age("no-store") == 0


@given(st.text(max_size=40))
def test_no_header_however_odd_breaks_the_reading(text):
    assert retry_after(text, now=NOW) >= timedelta(0)
    assert max_age(f"max-age={text}") >= 0


@given(
    failures=st.integers(0, 10**6),
    status=st.integers(0, 999),
    ttl=st.integers(0, 10**12),
    age=st.integers(0, 10**12),
    asked=st.integers(0, 10**9),
)
def test_a_channel_is_always_asked_again_and_never_at_once(failures, status, ttl, age, asked):
    wishes = {"ttl_seconds": ttl, "max_age_seconds": age, "retry_after": timedelta(seconds=asked)}
    pause = wait(failures=failures, status=status, **wishes)
    assert timedelta(minutes=15) <= pause <= max(LONGEST, LONGEST_ASKED)
