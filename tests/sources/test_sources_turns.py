"""Turns at hosts as rows: one at a time, with a pause, and nobody who dies keeps a host."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.net.letters import Answer
from dateline.net.turns import Ended, signed_in
from dateline.sources.actions import HostTurns
from dateline.sources.models import Host

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOST = "post.example"


class Clock:
    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at

    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock(settings):
    settings.DATELINE_HOST_PAUSE_SECONDS = 2
    return Clock()


@pytest.fixture
def turns(clock):
    return HostTurns(clock=clock, sleep=clock.wait)


def take(turns, host=HOST):
    return turns.take([host], for_seconds=40).get(host)


def ended(turn, clock, status=200, **headers):
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return [Ended(turn, at=clock(), answer=Answer(status, told, b""))]


def test_the_installation_keeps_its_turns_in_the_database():
    assert isinstance(signed_in(), HostTurns)


def test_a_host_is_held_by_one_and_rests_after_it(turns, clock):
    turn = take(turns)
    assert turn is not None
    assert take(turns) is None
    turns.give_back(ended(turn, clock))
    clock.wait(1.9)
    assert take(turns) is None
    clock.wait(0.1)
    assert take(turns) is not None


def test_many_are_taken_at_once_and_those_that_are_held_are_left_out(turns):
    held = take(turns, "b.example")
    taken = turns.take(["a.example", "b.example", "c.example"], for_seconds=40)
    assert set(taken) == {"a.example", "c.example"}
    assert held.holder not in {turn.holder for turn in taken.values()}


def test_a_turn_whose_holder_died_ends_by_itself_and_cannot_be_given_back_then(turns, clock):
    dead = take(turns)
    clock.wait(41)
    living = take(turns)
    assert living is not None
    turns.give_back(ended(dead, clock))
    assert Host.objects.get().holder == living.holder


@pytest.mark.parametrize("wish", ["600", "Sun, 01 Mar 2026 12:10:00 GMT"])
def test_a_host_that_asks_for_rest_gets_it_from_everybody(turns, clock, wish):
    turns.give_back(ended(take(turns), clock, 429, Retry_After=wish))
    assert Host.objects.get().rests_until == NOW + timedelta(minutes=10)
    assert turns.line_up(HOST) == NOW + timedelta(minutes=10)
    clock.wait(599)
    assert take(turns) is None
    clock.wait(1)
    turn = take(turns)
    turns.give_back(ended(turn, clock))
    assert Host.objects.get().rests_until is None


def test_a_crawl_delay_is_longer_than_our_pause_or_it_is_not_heard(turns, clock):
    Host.objects.create(name=HOST, crawl_delay_seconds=7)
    turns.give_back(ended(take(turns), clock))
    assert Host.objects.get().free_at == NOW + timedelta(seconds=7)
    Host.objects.update(crawl_delay_seconds=0.5, free_at=NOW)
    turns.give_back(ended(take(turns), clock))
    assert Host.objects.get().free_at == NOW + timedelta(seconds=2)


def test_whoever_waits_is_told_a_place_in_the_line(turns):
    take(turns)
    places = [(turns.line_up(HOST) - NOW).total_seconds() for _ in range(4)]
    assert places == [2, 4, 6, 8]


def test_a_line_that_is_past_is_forgotten(turns, clock):
    turn = take(turns)
    turns.line_up(HOST)
    turns.give_back(ended(turn, clock))
    clock.wait(3600)
    assert take(turns) is not None
    assert turns.line_up(HOST) == clock() + timedelta(seconds=2)
