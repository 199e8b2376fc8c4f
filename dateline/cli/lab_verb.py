"""What every verb of the lab is made of."""

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Line = dict[str, Any]


class Refused(Exception):
    """An input that a verb cannot use: a code for programs, a message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def nothing(_: argparse.Namespace) -> None:
    """Accept every call."""


def standard_input(_: argparse.Namespace) -> Iterable[bytes]:
    """Return the lines that the command was given."""
    return sys.stdin.buffer


@dataclass(frozen=True)
class Verb:
    """One verb: its arguments, what it prints for one input, and its answer to one line of many.

    one: gets a parsed line and returns the answer without its id; raises Refused for a bad one.
    single: gets standard input as text, where the verb reads it, and returns what is printed.
    check: raises Refused where the call as a whole makes no sense.
    lines: the JSON lines of a call with --jsonl.
    many: in place of `one`, for a verb that answers a line with several, or none.
    """

    name: str
    help: str
    description: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    one: Callable[[argparse.Namespace, Line], Line]
    single: Callable[[argparse.Namespace, str], str]
    check: Callable[[argparse.Namespace], None] = nothing
    reads_standard_input: bool = True
    lines: Callable[[argparse.Namespace], Iterable[bytes]] = standard_input
    many: Callable[[argparse.Namespace, Line], Iterable[Line]] | None = None


def text_in(asked: Line, key: str, *, default: str | None = None) -> str:
    """Return the text under `key` of a line. Raises Refused where it is missing or no text."""
    value = asked.get(key, default)
    if value is None and default is None:
        raise Refused("missing_key", f"The line has no «{key}».")
    if not isinstance(value, str):
        raise Refused("bad_value", f"«{key}» is not a text.")
    return value


def optional_text_in(asked: Line, key: str) -> str | None:
    """Return the text under `key`, or None where there is none. Raises Refused where it is something else."""
    return None if asked.get(key) is None else text_in(asked, key)
