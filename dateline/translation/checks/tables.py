"""What the checks know of a language: its number words, negators, verbs of speech, commonest words, quotation marks.

One file `tables/<language>.json` each. A word with * at its end stands for all that begin with it, at its start for
all that end with it. A language without a file has empty tables: checks that need one stay silent.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from dateline.lib.scripts import primary

_FOLDER: Final = Path(__file__).parent / "tables"
NOTHING: Final = re.compile(r"(?!)")


@dataclass(frozen=True)
class Table:
    """One language. Patterns match whole words in lower case; `quotes` are pairs, the preferred first.

    echoed: idioms that deny, of which a translation keeps some denial ("not only"). halves: words that deny only
    beside another one, and those others.
    """

    numbers: dict[str, int]
    number_starts: tuple[tuple[str, int], ...]
    decimal: str
    joins: frozenset[str]
    prefixes: tuple[str, ...]
    endings: frozenset[str]
    has_compounds: bool
    negators: re.Pattern[str]
    negative: re.Pattern[str]
    idioms: re.Pattern[str]
    echoed: re.Pattern[str]
    halves: tuple[re.Pattern[str], re.Pattern[str]]
    speech: re.Pattern[str]
    words: frozenset[str]
    quotes: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is a table at all."""
        return bool(self.numbers)


@cache
def table_of(language: str) -> Table:
    """Return what is known of `language`, by the first part of its tag."""
    told = _read(primary(language))
    numbers, starts = _numbers(told.get("numbers", {}))
    verb = told.get("verb_negation", "")
    return Table(
        numbers=numbers,
        number_starts=starts,
        decimal=told.get("decimal", ",") if told else ".,",
        joins=frozenset(told.get("joins", "").split()),
        prefixes=tuple(sorted(told.get("prefixes", "").split(), key=len, reverse=True)),
        endings=frozenset(told.get("endings", "").split()),
        has_compounds=bool(told.get("compound", False)),
        negators=_pattern(told.get("negators", ""), verb),
        negative=_pattern(told.get("negative", ""), told.get("negative_forms", "")),
        idioms=re.compile(told.get("idioms", NOTHING.pattern)),
        echoed=re.compile(told.get("echoed", NOTHING.pattern)),
        halves=_halves(told.get("halves", ())),
        speech=_pattern(told.get("speech", "")),
        words=frozenset(told.get("words", "").split()),
        quotes=tuple(told.get("quotes", ("“”",))),
    )


def _halves(told: Sequence[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    first, second = told or (NOTHING.pattern, NOTHING.pattern)
    return re.compile(first), re.compile(second)


def _read(name: str) -> dict[str, Any]:
    path = _FOLDER / f"{name}.json"
    if not re.fullmatch(r"[a-z]{2,8}", name) or not path.is_file():
        return {}
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _numbers(told: dict[str, str]) -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    exact: dict[str, int] = {}
    starts: list[tuple[str, int]] = []
    for value, words in told.items():
        for word in words.split():
            if word.endswith("*"):
                starts.append((word[:-1], int(value)))
            else:
                exact[word] = int(value)
    return exact, tuple(sorted(starts, key=lambda pair: -len(pair[0])))


def _pattern(words: str, more: str = "") -> re.Pattern[str]:
    parts = [_one(word) for word in words.split()] + ([more] if more else [])
    return re.compile("|".join(sorted(parts, key=len, reverse=True))) if parts else NOTHING


def _one(word: str) -> str:
    middle = re.escape(word.strip("*"))
    before = r"\w*" if word.startswith("*") else r"(?<!\w)"
    if word.endswith("'"):  # n', d': with either apostrophe, right before the next word
        return rf"{before}{middle[:-1]}['’]"
    if word.startswith("n'"):
        return rf"n['’]{middle[-1]}(?!\w)"
    return before + middle + (r"\w*" if word.endswith("*") else r"(?!\w)")
