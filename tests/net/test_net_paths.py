"""Every place that reaches for an address from outside goes through the guarded door, and each is known by name."""

import ast
import json
from functools import cache
from pathlib import Path

import pytest
from net_world import NOW, PUBLIC, Names

from dateline.net.addresses import is_public
from dateline.net.crowd import Crowd
from dateline.net.errors import AddressRefused, CannotConnect, CannotResolve, FetchError
from dateline.net.guarded import Door, fetch
from dateline.net.letters import Request
from dateline.net.posting import Form, post_form
from dateline.net.signed import Letter, exchange

DATELINE = Path(__file__).resolve().parent.parent.parent / "dateline"
# What opens a way to an address from outside, and who may call it. A new caller is a new way out: look at where its
# address comes from, then add it here.
WAYS_OUT = {
    "dateline.net.guarded.fetch": {
        "cli/verbs/verify.py", "intake/actions/asking.py", "sources/actions/robots.py",
    },
    "dateline.net.crowd.Crowd": {"intake/actions/rounds.py"},
    "dateline.net.posting.post_form": {"intake/actions/pushes.py"},
    # Servers of those who follow us: their addresses come with their letters.
    "dateline.net.signed.exchange": {"publishing/actions/followers.py"},
    # The configured door: addresses of the operator's settings alone.
    "dateline.net.configured.send": {
        "publishing/actions/hubs.py", "publishing/purgers/asking.py", "publishing/stores/s3.py", "reader/machines/opensearch.py", "translation/machines/services.py",
    },
    "dateline.intake.actions.asking.ask": {
        "intake/actions/checking.py", "intake/actions/finding.py", "intake/actions/parts.py",
    },
    "dateline.intake.actions.asking.ask_page": {
        "intake/actions/page_channels.py", "intake/actions/pages.py", "intake/actions/rechecking.py",
        "intake/actions/reserving.py",
    },
}  # fmt: skip
DIALLERS = {"dateline.net.dialling.dial", "dateline.net.dialling.Line", "dateline.net.dialling.run"}
NAMES = {"good.example": [[PUBLIC]], "example.com": [[PUBLIC]], "www.voxeurop.eu": [[PUBLIC]]}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@cache
def files():
    found = {path.relative_to(DATELINE).as_posix(): set(imported(path)) for path in DATELINE.rglob("*.py")}
    assert len(found) > 300
    return found


@pytest.mark.parametrize("way", WAYS_OUT)
def test_who_reaches_for_an_address_from_outside_is_on_the_list(way):
    using = {name for name, names in files().items() if way in names and not name.startswith("net/")}
    assert using == WAYS_OUT[way]


def test_nobody_takes_a_module_of_the_doors_whole_so_that_no_call_hides():
    modules = {way.rpartition(".")[0] for way in WAYS_OUT} | {"dateline.net.dialling", "dateline.net"}
    packages = {f"dateline.net.{name}" for name in ("guarded", "crowd", "posting", "signed", "dialling")}
    strays = {
        name: found
        for name, names in files().items()
        if not name.startswith("net/") and (found := names & (modules | packages))
    }
    assert strays == {}


def test_nobody_outside_the_room_dials():
    strays = {name for name, names in files().items() if names & DIALLERS and not name.startswith("net/")}
    assert strays == set()


def by_fetch(urls, door):
    return {
        url: came_of(lambda url=url: fetch(Request(url, deadline_seconds=2), door=door, now=NOW))
        for url in urls
    }


def by_form(urls, door):
    form = (("hub.mode", "subscribe"),)
    return {
        url: came_of(lambda url=url: post_form(Form(url, form), door=door, deadline_seconds=2))
        for url in urls
    }


def by_signed_letter(urls, door):
    return {
        url: came_of(lambda url=url: exchange(Letter(url, {}, b"{}"), door=door, deadline_seconds=2))
        for url in urls
    }


def by_crowd(urls, door):
    came = {}
    with Crowd(door) as crowd:
        for start in range(0, len(urls), 50):
            asked = urls[start : start + 50]
            assert crowd.send({url: Request(url, deadline_seconds=2) for url in asked}, now=NOW) == {}
            while not came.keys() >= set(asked):
                came |= {outcome.key: outcome.came for outcome in crowd.collect(timeout=1.0)}
    return came


def came_of(ask):
    try:
        return ask()
    except FetchError as error:
        return error


@pytest.mark.corpus
@pytest.mark.parametrize("way", [by_fetch, by_crowd, by_form, by_signed_letter])
def test_each_way_refuses_every_hostile_address_and_no_good_one(way, corpus, dialled):
    rows = [json.loads(line) for line in (corpus / "security" / "ssrf.jsonl").read_text().splitlines()]
    rows = [row for row in rows if row["cls"] not in {"redirect", "second-order", "dns"}]
    hostile = list(dict.fromkeys(row["url"] for row in rows if row["must_block"]))
    good = list(dict.fromkeys(row["url"] for row in rows if not row["must_block"]))
    assert len(hostile) > 200
    assert good
    door = Door(user_agent="Dateline/1 (+https://digest.example)", resolver=Names(NAMES))
    refusals = way(hostile, door)
    assert [
        url for url, came in refusals.items() if not isinstance(came, (AddressRefused, CannotResolve))
    ] == []
    assert dialled == []
    answers = way(good, door)
    assert [url for url, came in answers.items() if not isinstance(came, CannotConnect)] == []
    assert dialled
    assert all(is_public(address) for address in dialled)
