"""Reads the editions of the sample newsroom and its press reviews from `editions.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from dateline.exchange.sample.shapes import SampleBroken

FILE = Path(__file__).resolve().parent / "editions.json"


@dataclass(frozen=True)
class Run:
    """A run: when it closes, and how many pieces stand in each of its slots, in their order."""

    code: str
    name: str
    rhythm: str
    closes: time
    weekday: int | None
    most: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Voice:
    """A voice of a review. quoted: how the chosen sentences of the original begin."""

    original: str
    headline: str
    quoted: tuple[str, ...]
    excerpt: str


@dataclass(frozen=True)
class Review:
    """A press review. section and author: keys of the newsroom."""

    key: str
    language: str
    section: str
    author: str
    headline: str
    standfirst: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Edition:
    """An edition of the day of loading. slots: keys of articles and reviews in its language, in their order."""

    run: str
    language: str
    number: int
    title: str
    foreword: str
    slots: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Editions:
    """All of them."""

    runs: tuple[Run, ...]
    reviews: tuple[Review, ...]
    editions: tuple[Edition, ...]


def read_editions(file: Path = FILE) -> Editions:
    """Return the runs, reviews and editions of a file. Raises SampleBroken."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Editions(
            runs=tuple(_run(one) for one in told["runs"]),
            reviews=tuple(_review(one) for one in told["reviews"]),
            editions=tuple(_edition(one) for one in told["editions"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SampleBroken(file=file.name, field=type(error).__name__, reason=str(error)) from error


def _run(told: dict[str, Any]) -> Run:
    return Run(
        code=told["code"],
        name=told["name"],
        rhythm=told["rhythm"],
        closes=time.fromisoformat(told["closes"]),
        weekday=told.get("weekday"),
        most=tuple(told["most"].items()),
    )


def _review(told: dict[str, Any]) -> Review:
    voices = tuple(
        Voice(one["original"], one["headline"], tuple(one["quoted"]), one["excerpt"])
        for one in told["voices"]
    )
    fields = ("key", "language", "section", "author", "headline", "standfirst")
    return Review(**{name: told[name] for name in fields}, voices=voices)


def _edition(told: dict[str, Any]) -> Edition:
    slots = {code: tuple(keys) for code, keys in told["slots"].items()}
    fields = ("run", "language", "number", "title", "foreword")
    return Edition(**{name: told[name] for name in fields}, slots=slots)
