"""Several workers at once: nothing is made twice, nothing is lost, and a claim dies with who held it."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from soaking import budget

from dateline.publishing.stores.claims import claims_in

HERE = Path(__file__).parent
WORKERS = budget(2, whole=4)
PIECES = budget(10, whole=200)


@pytest.fixture
def told(tmp_path):
    """The environment of the processes; on PostgreSQL with a database of its own."""
    told = {**os.environ, "DATELINE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(HERE.parent)}
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        told.pop("DATABASE_URL", None)
        yield told
        return
    import psycopg

    name = f"dateline_workers_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    yield told | {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.kill
@pytest.mark.django_db  # on PostgreSQL it asks it
def test_workers_at_once_make_everything_once_and_lose_nothing(told, tmp_path):
    log, answer = tmp_path / "made", tmp_path / "answer"
    program = [
        sys.executable,
        str(HERE / "publishing_workers.py"),
        str(PIECES),
        str(WORKERS),
        str(log),
        str(answer),
    ]
    ran = subprocess.run(program, env=told, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    shares, left, stand, differ = json.loads(answer.read_text())
    made = Counter(log.read_text().split())
    assert len(made) > PIECES
    assert [errand for errand, times in made.items() if times > 1] == []
    assert (left, differ) == (0, 0)
    assert stand == sum(shares)


def test_a_claim_keeps_others_out_until_it_is_given_back_or_its_holder_dies(tmp_path):
    file = tmp_path / "locks" / "due"
    with claims_in(file) as mine, claims_in(file) as theirs:  # as two threads of one process are, too
        assert mine.take(7)
        assert mine.take(7)
        assert not theirs.take(7)
        assert theirs.take(8)
        mine.give_back()
        assert theirs.take(7)
    program = (
        "import sys, pathlib; from dateline.publishing.stores.claims import claims_in\n"
        "with claims_in(pathlib.Path(sys.argv[1])) as held: print(held.take(7), flush=True); sys.stdin.readline()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder, claims_in(file) as mine:
        assert holder.stdout.readline() == "True\n"
        assert not mine.take(7)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert mine.take(7)
