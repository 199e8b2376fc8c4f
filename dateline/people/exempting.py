"""Where a second factor is not asked for: later rooms sign in with a reason that every page of the desk then says."""

from collections.abc import Callable
from typing import Final

_TESTS: Final[dict[str, tuple[Callable[[], bool], object]]] = {}


def sign_in(name: str, *, holds: Callable[[], bool], words: object) -> None:
    """Do not ask for a second factor while `holds` is so. words: said on each page meanwhile."""
    _TESTS[name] = (holds, words)


def exemption() -> str:
    """Return why no second factor is asked for now; nothing: it is asked for."""
    return next((str(words) for holds, words in _TESTS.values() if holds()), "")
