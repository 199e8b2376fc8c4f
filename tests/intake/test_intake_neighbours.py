"""A page that is a trap holds up no other for long: it is read again behind them, in a child of its own."""

import threading

import pytest

from dateline.intake import apart
from dateline.intake.extract import NoArticle
from dateline.lib.confined import TookTooLong

SOUND = b"<html><body><p>too short for an article</p></body></html>"
URL = "https://paper.example/a"


def test_what_the_quick_child_does_not_read_in_time_is_asked_of_the_slow_one(monkeypatch):
    asked = []

    def ask(cell, *_rest):
        asked.append(cell)
        raise TookTooLong("x")

    monkeypatch.setattr(apart, "_ask", ask)
    with pytest.raises(TookTooLong):
        apart.extract(SOUND, url=URL)
    assert asked == [apart._cell, apart._slow_cell]


def test_a_page_behind_a_trap_waits_for_the_quick_childs_time_at_most(monkeypatch):
    """The trap hangs whichever child reads it; the sound page comes while the slow child is still at it."""
    quick, slow, at_slow = threading.Lock(), threading.Lock(), threading.Event()

    def ask(cell, _function, content, _words):
        with quick if cell is apart._cell else slow:
            if content == SOUND:
                raise NoArticle("read")
            if cell is apart._slow_cell:
                at_slow.set()
                done.wait(20)
            raise TookTooLong("x")

    done = threading.Event()
    monkeypatch.setattr(apart, "_ask", ask)

    def fall_in():
        with pytest.raises(TookTooLong):
            apart.extract(b"trap", url=URL)

    trap = threading.Thread(target=fall_in)
    trap.start()
    assert at_slow.wait(20)
    with pytest.raises(NoArticle, match="read"):
        apart.extract(SOUND, url=URL)
    assert trap.is_alive()
    done.set()
    trap.join(20)


def test_what_a_child_does_before_its_first_page_reads_one():
    for function, prepare in apart.PREPARES.items():
        assert callable(getattr(apart, function))
        prepare()
