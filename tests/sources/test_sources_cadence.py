"""How patient we are with a channel."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.net.letters import Answer
from dateline.sources.cadence import (
    LONGEST,
    LONGEST_ASKED,
    Rhythm,
    Wishes,
    fresh_seconds,
    max_age,
    next_check,
    pace_of,
    rest_after,
    retry_after,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wait(*, failures=0, **wishes):
    return next_check(now=NOW, failures=failures, wishes=Wishes(**wishes)) - NOW


def test_a_feed_that_says_cheaply_that_nothing_is_new_is_asked_every_quarter_of_an_hour():
    assert wait(status=304, has_validators=True) == timedelta(minutes=15)


def test_a_feed_that_must_be_read_whole_is_asked_every_hour():
    assert wait(status=200) == timedelta(hours=1)


def test_what_the_feed_or_its_server_wishes_is_kept_up_to_a_day():
    assert wait(status=200, ttl_seconds=7200) == timedelta(hours=2)
    assert wait(status=200, fresh_seconds=10800, ttl_seconds=7200) == timedelta(hours=3)
    assert wait(status=200, fresh_seconds=10**10) == timedelta(days=1)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 451])
def test_where_we_are_not_welcome_we_wait_hours_at_once(status):
    assert wait(status=status, failures=1) == timedelta(hours=4)


def test_a_feed_that_is_gone_is_asked_once_a_week_and_never_dropped():
    assert {wait(status=410, failures=n) for n in (1, 5, 1000)} == {timedelta(days=7)}


def test_too_many_with_a_time_is_kept_to_that_time_and_no_longer():
    assert wait(status=429, failures=1, retry_after=timedelta(minutes=40)) == timedelta(minutes=40)


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
    wishes = {"ttl_seconds": ttl, "fresh_seconds": age, "retry_after": timedelta(seconds=asked)}
    pause = wait(failures=failures, status=status, **wishes)
    assert timedelta(minutes=15) <= pause <= max(LONGEST, LONGEST_ASKED)


def test_a_feed_is_asked_twice_in_its_usual_pause_by_steps_and_never_more_often_than_every_five_minutes():
    paces = {1: 5, 20: 10, 60: 30, 24 * 60: 12 * 60, 30 * 24 * 60: 24 * 60}
    for pace, pause in paces.items():
        rhythm = Rhythm(pace=timedelta(minutes=pace))
        wishes = Wishes(status=304, has_validators=True)
        at = next_check(now=NOW, failures=0, wishes=wishes, rhythm=rhythm)
        assert at - NOW == timedelta(minutes=pause), pace


def test_without_validators_nobody_is_asked_more_than_hourly_however_much_comes():
    rhythm = Rhythm(pace=timedelta(minutes=2))
    at = next_check(now=NOW, failures=0, wishes=Wishes(status=200), rhythm=rhythm)
    assert at - NOW == timedelta(hours=1)


def test_the_longer_a_feed_is_quiet_the_less_it_is_asked():
    wishes = Wishes(status=304, has_validators=True)
    pauses = [
        next_check(
            now=NOW,
            failures=0,
            wishes=wishes,
            rhythm=Rhythm(pace=timedelta(minutes=30), quiet=timedelta(hours=hours)),
        )
        - NOW
        for hours in (0, 6, 24, 400)
    ]
    assert pauses == [timedelta(minutes=m) for m in (15, 30, 120, 1440)]


def test_pauses_are_spread_by_name_only_ever_later_and_always_the_same():
    wishes = Wishes(status=304, has_validators=True)
    pauses = [
        next_check(now=NOW, failures=0, wishes=wishes, name=f"https://post.example/{n}") - NOW
        for n in range(200)
    ]
    assert min(pauses) >= timedelta(minutes=15)
    assert max(pauses) <= timedelta(minutes=16, seconds=30)
    assert len(set(pauses)) > 150
    again = next_check(now=NOW, failures=0, wishes=wishes, name="https://post.example/0") - NOW
    assert again == pauses[0]


def test_hours_and_days_that_a_feed_skips_are_left_out():
    def at(**skips):
        return next_check(now=NOW, failures=0, wishes=Wishes(status=200, **skips))

    assert at(skip_hours=[13, 14]) == NOW.replace(hour=15)
    assert at(skip_days=[6]) == NOW.replace(day=2, hour=0)  # NOW is a Sunday
    assert at(skip_hours=range(24)) == NOW + timedelta(hours=1)


def test_the_pace_is_the_mean_over_the_last_weeks_and_not_known_from_one_piece():
    every_six_hours = [NOW - timedelta(hours=6 * n) for n in range(1, 11)]
    assert pace_of(every_six_hours, now=NOW) == timedelta(hours=6)
    assert pace_of([NOW - timedelta(days=1)], now=NOW) == timedelta(0)
    assert pace_of([NOW - timedelta(days=365 * n) for n in range(5)], now=NOW) == timedelta(0)
    assert pace_of([NOW + timedelta(days=n) for n in range(1, 9)], now=NOW) == timedelta(0)


def said(status=200, **headers):
    return Answer(status, tuple((name.replace("_", "-"), value) for name, value in headers.items()), b"")


def test_an_answer_is_good_by_max_age_or_else_by_expires_counted_from_the_servers_own_clock():
    late = "Sun, 01 Mar 2026 14:00:00 GMT"
    assert fresh_seconds(said(Expires=late), now=NOW) == 7200
    assert fresh_seconds(said(Expires=late, Date="Sun, 01 Mar 2026 13:30:00 GMT"), now=NOW) == 1800
    assert fresh_seconds(said(Expires=late, Cache_Control="max-age=60"), now=NOW) == 60
    assert fresh_seconds(said(Expires="0"), now=NOW) == fresh_seconds(said(), now=NOW) == 0


def test_a_host_rests_after_too_many_and_after_trouble_that_names_a_time():
    assert rest_after(said(429, Retry_After="90"), now=NOW) == timedelta(seconds=90)
    assert rest_after(said(429), now=NOW) == timedelta(minutes=10)
    assert rest_after(said(503, Retry_After="Sun, 01 Mar 2026 12:30:00 GMT"), now=NOW) == timedelta(
        minutes=30
    )
    assert rest_after(said(503), now=NOW) == rest_after(said(200), now=NOW) == rest_after(None, now=NOW)
