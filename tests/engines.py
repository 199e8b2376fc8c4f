"""What a run on PostgreSQL leaves out, since it says nothing about the database that the run on SQLite did not.

Left out are tests that ask no database, and all cases of a test but its first and last: cases differ in what is
handed in, and each asks the same of the database. `EVERY_CASE=1` leaves out nothing.

Where a run on SQLite has written down what each test asked (`make test` names the folder in ASKED), further tests are
left out as long as every question that any of them would ask is still asked there by another. Never left out are tests
of what engines do each in their own way: transactions, locks, the queue, and whatever names an engine.
"""

import hashlib
import heapq
import json
import os
import re
import time
from functools import cache
from pathlib import Path

import pytest

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
EVERY_CASE = os.environ.get("EVERY_CASE") == "1"
ASKED = Path(os.environ["ASKED"]) if os.environ.get("ASKED") else None
DATABASE = {"db", "transactional_db", "django_db_setup"}
IN_EARNEST = {"transactional_db", "live_server"}  # rows are written for good, and other connections see them
OF_AN_ENGINE = re.compile(r"postgres|\bvendor\b|sqlite", re.IGNORECASE)
# A list's length, a row's number and a savepoint's name make no other question.
REPEATED = (
    (
        re.compile(r"WHEN [^()]*?\(?[^()]*? = %s\)? THEN %s(?: WHEN [^()]*?\(?[^()]*? = %s\)? THEN %s)*"),
        "WHEN",
    ),
    (re.compile(r"%s(?:, %s)+"), "%s"),
    (re.compile(r"\(%s\)(?:, \(%s\))+"), "(%s)"),
    (re.compile(r"\d+"), "0"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if not ON_POSTGRES or EVERY_CASE:
        return
    first = {item.nodeid.partition("[")[0]: item for item in reversed(items)}
    last = {item.nodeid.partition("[")[0]: item for item in items}
    kept = {item for item in [*first.values(), *last.values()] if asks_the_database(item)}
    told = told_before()
    kept -= spared([item for item in items if item in kept], told)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def asks_the_database(item):
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)


def told_before():
    """Return what each test asked on SQLite, and the seconds it worked: {address: (seconds, questions)}."""
    files = sorted(ASKED.glob("*.json")) if ASKED else []
    return {
        address: (seconds, frozenset(questions))
        for file in files
        for address, (seconds, questions) in json.loads(file.read_text()).items()
    }


def spared(items, told):
    """Return the tests whose every question another one asks. The quickest for what they ask are kept, one after another."""
    free = [item for item in items if item.nodeid in told and not is_of_an_engine(item)]
    fixed = set(items).difference(free)
    asked = {question for item in fixed for question in told.get(item.nodeid, (0, ()))[1]}

    def worth(item):
        seconds, questions = told[item.nodeid]
        return len(questions - asked) / (seconds + 0.02)

    # What one is worth only falls: who is still worth most when looked at again is next.
    left, kept = [(-worth(item), number) for number, item in enumerate(free)], set()
    heapq.heapify(left)
    while left and left[0][0] < 0:
        number = left[0][1]
        now = -worth(free[number])
        if now == left[0][0]:
            heapq.heappop(left)
            kept.add(number)
            asked |= told[free[number].nodeid][1]
        else:
            heapq.heapreplace(left, (now, number))
    return {item for number, item in enumerate(free) if number not in kept}


def is_of_an_engine(item):
    marker = item.get_closest_marker("django_db")
    return (
        not IN_EARNEST.isdisjoint(item.fixturenames)
        or bool(marker and (marker.args or marker.kwargs))
        or item.path.parent.name == "work"
        or names_an_engine(item.path)
    )


@cache
def names_an_engine(path):
    return bool(OF_AN_ENGINE.search(path.read_text()))


# What each test asks, written down by the run on SQLite


class Listener:
    """Stands beside the connection and remembers what is asked."""

    def __init__(self):
        self.heard = set()
        self.told = {}

    def __call__(self, execute, sql, params, many, context):
        self.heard.add(sql)
        return execute(sql, params, many, context)


_listener = Listener()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    if ASKED is None or ON_POSTGRES:
        yield
        return
    from django.db import connection

    if _listener not in connection.execute_wrappers:
        connection.execute_wrappers.append(_listener)
    _listener.heard.clear()
    began = time.process_time()
    yield
    if _listener.heard:
        took = round(time.process_time() - began, 3)
        _listener.told[item.nodeid] = took, sorted({question(sql) for sql in _listener.heard})


@cache
def question(sql):
    """Return a short name of a question, the same for any number of rows and values."""
    for pattern, word in REPEATED:
        sql = pattern.sub(word, sql)
    return hashlib.blake2b(sql.encode(), digest_size=6).hexdigest()


def pytest_sessionstart(session):
    """Forget the last run's, once for all workers."""
    if ASKED is None or ON_POSTGRES or hasattr(session.config, "workerinput"):
        return
    ASKED.mkdir(parents=True, exist_ok=True)
    for file in ASKED.glob("*.json"):
        file.unlink()


def pytest_sessionfinish(session):
    if ASKED is None or ON_POSTGRES:
        return
    name = getattr(session.config, "workerinput", {}).get("workerid", "main")
    (ASKED / f"{name}.json").write_text(json.dumps(_listener.told))
