"""The doors wait for turns at hosts, on every hop, alone and in a crowd."""

import itertools
from datetime import timedelta

import pytest
from net_world import NOW, Names, page

from dateline.lib.urls import read
from dateline.net.crowd import Crowd
from dateline.net.errors import FetchError, HostBusy, TooSlow
from dateline.net.guarded import Door, fetch
from dateline.net.letters import Request, Response
from dateline.net.turns import Turn, turn_name


class BookOfTurns:
    """Keeps turns in memory by a clock that only waiting moves."""

    def __init__(self, *, pause=2.0):
        self.pause = pause
        self.time = NOW
        self.free_at = {}
        self.held = {}
        self.log = []
        self.ended = []
        self.numbers = itertools.count()

    def now(self):
        return self.time

    def wait(self, seconds):
        self.time += timedelta(seconds=seconds)

    def take(self, hosts, *, for_seconds):
        free = [host for host in hosts if host not in self.held and self.free_at.get(host, NOW) <= self.time]
        taken = {host: Turn(host, str(next(self.numbers))) for host in free}
        self.held |= taken
        self.log += [("take", host, (self.time - NOW).total_seconds()) for host in taken]
        return taken

    def line_up(self, host):
        return max(
            self.free_at.get(host, NOW), self.time + timedelta(seconds=0.5 if host in self.held else 0)
        )

    def give_back(self, ended):
        for end in ended:
            assert self.held.pop(end.turn.host) == end.turn
            self.free_at[end.turn.host] = end.at + timedelta(seconds=self.pause)
            self.ended.append(end)


@pytest.fixture
def turns():
    return BookOfTurns()


def door_to(*servers, turns):
    return Door(user_agent="x", allowed=frozenset(s.pair for s in servers), resolver=Names({}), turns=turns)


def test_http_and_https_are_one_host_and_another_port_is_another():
    named = [
        turn_name(read(url)) for url in ("http://a.example/x", "https://A.example/", "http://a.example:8080/")
    ]
    assert named == ["a.example", "a.example", "a.example:8080"]


def test_a_question_waits_for_its_turn_and_gives_it_back_with_the_answer(serve, turns):
    outlet = serve(page(b"news"))
    door = door_to(outlet, turns=turns)
    for _ in range(2):
        assert fetch(Request(outlet.url), door=door, now=NOW).body == b"news"
    host = f"127.0.0.1:{outlet.port}"
    assert turns.log == [("take", host, 0), ("take", host, 2)]
    assert [end.answer.status for end in turns.ended] == [200, 200]
    assert turns.held == {}


def test_whoever_has_no_patience_is_told_when_to_come_and_nothing_was_asked(serve, turns):
    outlet = serve(page(b"news"))
    door = door_to(outlet, turns=turns)
    fetch(Request(outlet.url), door=door, now=NOW)
    with pytest.raises(HostBusy, match="one question at a time") as busy:
        fetch(Request(outlet.url, patience_seconds=0), door=door, now=NOW)
    assert busy.value.until == NOW + timedelta(seconds=2)
    assert len(outlet.heads) == 1


def test_each_hop_of_a_redirect_takes_the_turn_of_its_own_host(serve, turns):
    end = serve(page(b"here"))
    start = serve(f"HTTP/1.1 301 Moved\r\nLocation: {end.url}\r\nContent-Length: 0\r\n\r\n".encode())
    assert fetch(Request(start.url), door=door_to(start, end, turns=turns), now=NOW).body == b"here"
    assert [host for _, host, _ in turns.log] == [f"127.0.0.1:{start.port}", f"127.0.0.1:{end.port}"]
    assert turns.held == {}


def test_a_redirect_to_the_same_host_waits_for_the_pause_too(serve, turns):
    def talk(connection, head):
        if head.startswith("GET /end"):
            connection.sendall(page(b"here"))
        else:
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n")

    outlet = serve(talk)
    fetch(Request(outlet.url, patience_seconds=0), door=door_to(outlet, turns=turns), now=NOW)
    assert [at for _, _, at in turns.log] == [0, 2]


def test_an_error_gives_the_turn_back_as_well(serve, turns):
    outlet = serve(lambda connection, _: None)
    with pytest.raises(FetchError):
        fetch(Request(outlet.url), door=door_to(outlet, turns=turns), now=NOW)
    assert turns.held == {}
    assert [end.answer for end in turns.ended] == [None]


def test_a_permit_is_asked_for_each_address_before_it_is_asked(serve, turns):
    end = serve(page(b"here"))
    start = serve(f"HTTP/1.1 301 Moved\r\nLocation: {end.url}\r\nContent-Length: 0\r\n\r\n".encode())
    seen = []

    def permit(url):
        seen.append(url)
        if url == end.url:
            raise HostBusy(url, host="x", until=NOW, seconds=1)

    request = Request(start.url, permit=permit)
    with pytest.raises(HostBusy):
        fetch(request, door=door_to(start, end, turns=turns), now=NOW)
    assert seen == [start.url, end.url]
    assert end.heads == []


def all_of(crowd, wanted):
    outcomes = {}
    while len(outcomes) < wanted:
        outcomes |= {outcome.key: outcome.came for outcome in crowd.collect(timeout=5)}
    return outcomes


def test_a_crowd_asks_many_hosts_at_once_and_each_host_once(serve, turns):
    servers = [serve(page(str(number).encode())) for number in range(5)]
    requests = {(n, again): Request(server.url) for again in (1, 2) for n, server in enumerate(servers)}
    with Crowd(door_to(*servers, turns=turns)) as crowd:
        later = crowd.send(requests, now=NOW)
        assert set(later) == {(n, 2) for n in range(5)}
        outcomes = all_of(crowd, 5)
        assert crowd.is_idle
    assert {key: came.body for key, came in outcomes.items()} == {(n, 1): str(n).encode() for n in range(5)}
    assert turns.held == {}


def test_in_a_crowd_one_error_is_no_others(serve, turns):
    sound, silent = serve(page(b"news")), serve(lambda connection, _: None)
    door = door_to(sound, silent, turns=turns)
    with Crowd(door) as crowd:
        requests = {
            "sound": sound.url,
            "silent": silent.url,
            "inside": "http://10.0.0.1/",
            "none": "mailto:x",
        }
        assert crowd.send({key: Request(url) for key, url in requests.items()}, now=NOW) == {}
        outcomes = all_of(crowd, 4)
    assert outcomes["sound"].body == b"news"
    assert all(isinstance(outcomes[key], FetchError) for key in ("silent", "inside", "none"))
    assert outcomes["inside"].asked == "http://10.0.0.1/"


def test_in_a_crowd_a_silent_server_holds_up_nobody_and_ends_at_its_deadline(serve, turns):
    sound = serve(page(b"news"))
    silent = serve(lambda connection, _: connection.recv(1))
    with Crowd(door_to(sound, silent, turns=turns)) as crowd:
        crowd.send({"silent": Request(silent.url, deadline_seconds=1), "sound": Request(sound.url)}, now=NOW)
        [first] = crowd.collect(timeout=5)
        assert first.key == "sound"
        assert isinstance(all_of(crowd, 1)["silent"], TooSlow)


def test_two_who_are_passed_on_to_one_host_come_there_one_after_the_other(serve, turns):
    end = serve(page(b"here"))
    onward = f"HTTP/1.1 302 Found\r\nLocation: {end.url}\r\nContent-Length: 0\r\n\r\n".encode()
    starts = [serve(onward), serve(onward)]
    with Crowd(door_to(end, *starts, turns=turns)) as crowd:
        crowd.send({n: Request(server.url) for n, server in enumerate(starts)}, now=NOW)
        outcomes = all_of(crowd, 2)
    assert all(isinstance(came, Response) for came in outcomes.values())
    at = [at for _, host, at in turns.log if host == f"127.0.0.1:{end.port}"]
    assert at[1] - at[0] >= 2


def test_whoever_leaves_a_crowd_early_gives_its_turns_back(serve, turns):
    silent = serve(lambda connection, _: connection.recv(1))
    with Crowd(door_to(silent, turns=turns)) as crowd:
        crowd.send({1: Request(silent.url)}, now=NOW)
    assert turns.held == {}
