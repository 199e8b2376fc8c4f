"""What hangs, swells or dies in the child leaves the parent with a clear word, and the next call with a child."""

import os
import time
from pathlib import Path

import pytest

from dateline.lib.confined import Cell, ChildDied, Failed, Limits, TookTooLong, TookTooMuch

HERE = "confined_jobs"
MEBIBYTE = 1024 * 1024


@pytest.fixture
def cell(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    cells = []

    def make(**limits):
        cells.append(Cell(Limits(**limits)))
        return cells[-1]

    yield make
    for made in cells:
        made.close()


def test_a_call_returns_what_the_function_does(cell):
    assert cell().call(f"{HERE}:echo", value={"a": ["ö", None, 1.5]}) == {"a": ["ö", None, 1.5]}


def test_what_the_function_prints_is_no_answer(cell):
    assert cell().call(f"{HERE}:chatter") == "quiet"


def test_an_error_comes_back_by_its_name(cell):
    with pytest.raises(Failed, match="not today") as caught:
        cell().call(f"{HERE}:refuse")
    assert caught.value.kind == "KeyError"


def test_one_child_serves_many_calls_and_is_replaced_after_its_uses(cell):
    kept = cell(uses=3)
    children = [kept.call(f"{HERE}:whoami") for _ in range(6)]
    assert len(set(children[:3])) == len(set(children[3:])) == 1
    assert children[0] != children[3]
    assert os.getpid() not in children


def test_a_call_that_hangs_is_ended(cell):
    slow = cell(seconds=0.5)
    started = time.monotonic()
    with pytest.raises(TookTooLong, match=r"0\.5 seconds"):
        slow.call(f"{HERE}:hang")
    assert time.monotonic() - started < 5


def test_a_call_that_swells_is_ended_and_the_next_one_works(cell):
    small = cell(seconds=20, memory_bytes=256 * 1024 * 1024)
    with pytest.raises(TookTooMuch):
        small.call(f"{HERE}:swell")
    assert small.call(f"{HERE}:echo", value=1) == 1


def test_a_child_that_dies_is_reported_and_replaced(cell):
    one = cell()
    with pytest.raises(ChildDied, match="status 3"):
        one.call(f"{HERE}:die")
    assert one.call(f"{HERE}:echo", value=1) == 1


def test_the_child_inherits_no_secret_and_no_open_file(cell, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        seen = cell().call(f"{HERE}:surroundings")
    assert "DATABASE_URL" not in seen["environment"]
    assert not any("open" in target for target in seen["files"])
    assert not any("socket" in target for target in seen["files"])


def test_a_closed_cell_opens_again(cell):
    one = cell()
    first = one.call(f"{HERE}:whoami")
    one.close()
    one.close()
    assert one.call(f"{HERE}:whoami") != first


def test_megabytes_go_through_in_both_directions(cell):
    text = "ö" * 3_000_000
    assert cell().call(f"{HERE}:echo", value=text) == text


def test_bytes_go_through_as_they_are_in_both_directions(cell):
    content = bytes(range(256)) * 4_000
    one = cell()
    assert one.call(f"{HERE}:reversed_bytes", content=content) == {"turned": content[::-1], "of": [content]}
    assert one.call(f"{HERE}:sizes", parts=[b"", content, b"\x00"]) == [0, len(content), 1]


@pytest.mark.parametrize("told", [{"raw bytes": 0}, {"raw bytes": 0, "more": 1}, {"raw bytes": None}])
def test_what_only_looks_like_a_mark_for_bytes_stays_as_it_is_where_none_are_sent(cell, told):
    assert cell().call(f"{HERE}:echo", value=told) == told


def test_an_argument_that_is_neither_json_nor_bytes_is_refused_before_it_is_sent(cell):
    one = cell()
    with pytest.raises(TypeError, match="set"):
        one.call(f"{HERE}:echo", value={1, 2})
    assert one.call(f"{HERE}:echo", value=1) == 1


def test_a_child_that_holds_much_after_its_answer_is_replaced(cell):
    one = cell(resident_bytes=200 * MEBIBYTE)
    first = one.call(f"{HERE}:whoami")
    assert one.call(f"{HERE}:heap", megabytes=20) == first
    assert one.call(f"{HERE}:heap", megabytes=140) == first
    assert one.call(f"{HERE}:whoami") != first


def test_what_died_in_a_used_child_is_asked_once_more_in_a_new_one(cell, tmp_path):
    one, marker = cell(), tmp_path / "calls"
    first = one.call(f"{HERE}:heap", megabytes=1)
    second = one.call(f"{HERE}:die_once_used", marker=str(marker))
    assert second != first
    assert marker.read_text().split() == [str(first), str(second)]


def test_what_swells_in_a_new_child_too_is_told(cell):
    one = cell(seconds=20, memory_bytes=256 * MEBIBYTE)
    first = one.call(f"{HERE}:whoami")
    with pytest.raises(TookTooMuch):
        one.call(f"{HERE}:swell")
    assert one.call(f"{HERE}:whoami") != first


def test_what_took_too_long_is_not_asked_again(cell):
    one = cell(seconds=0.5)
    one.call(f"{HERE}:heap", megabytes=1)
    with pytest.raises(TookTooLong):
        one.call(f"{HERE}:hang_once_used")
    assert one.call(f"{HERE}:hang_once_used") > 0


def test_what_dies_in_a_new_child_is_told_at_once(cell, tmp_path):
    marker = tmp_path / "calls"
    with pytest.raises(ChildDied):
        cell().call(f"{HERE}:die_always", marker=str(marker))
    assert len(marker.read_text().split()) == 1


def test_what_swells_in_a_child_that_kept_nothing_of_others_is_not_asked_again(cell, tmp_path):
    one = cell(memory_bytes=2 * 1024 * MEBIBYTE, resident_bytes=150 * MEBIBYTE)
    one.call(f"{HERE}:whoami")
    with pytest.raises(TookTooMuch):
        one.call(f"{HERE}:swell_and_count", marker=str(tmp_path / "asked"))
    assert (tmp_path / "asked").read_text() == "x"
