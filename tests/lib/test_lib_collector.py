"""The garbage collector is held back for a while, and is as before afterwards."""

import gc
from contextlib import ExitStack

import pytest

from dateline.lib.collector import seldom_collecting


def test_it_looks_less_often_and_then_as_before():
    before = gc.get_threshold()
    with seldom_collecting():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_of_two_who_hold_it_back_the_last_lets_it_go():
    before = gc.get_threshold()
    with ExitStack() as second:
        with seldom_collecting():
            second.enter_context(seldom_collecting())
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_an_error_lets_it_go():
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), seldom_collecting():
        raise RuntimeError
    assert gc.get_threshold() == before
