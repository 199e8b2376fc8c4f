"""The garbage collector, held back while much is made that soon goes again."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# New objects between two looks, and looks between two at the older ones.
_SELDOM: Final = (20_000, 20, 20)


class _Held:
    """How many threads hold it back now, and how it was set before the first of them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.holders = 0
        self.before = gc.get_threshold()


_held: Final = _Held()


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let the collector leave alone what was there before, and look less often at what is made here.

    Else it walks over the whole program again and again: a twelfth of a whole bake went there. It is one for the
    process: where several threads hold it back it is as before when the last of them has ended.
    """
    with _held.lock:
        _held.holders += 1
        if _held.holders == 1:
            _held.before = gc.get_threshold()
            gc.freeze()
            gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        with _held.lock:
            _held.holders -= 1
            if _held.holders == 0:
                gc.set_threshold(*_held.before)
                gc.unfreeze()
