"""The gate: nothing is published but through here.

What must hold is a list of names. A room that knows how to judge one of them signs in at start; where a
name has no judge the gate stays closed, so that forgetting one never opens it. Pure: the article, its
rows and the time are handed in.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dateline.articles.models import Article

REQUIRED: Final = (
    "headline",
    "address",
    "byline",
    "origin",
    "embargo",
    "permission",
    "approval",
    "translator",
    "voices",
    "pictures",
    "statement",
    "withdrawn",
    "translation",
    "second-eyes",
)
# What may be wrong without keeping a piece back. A name without a judge says nothing.
WATCHED: Final = ("answers", "right-of-reply", "translation-checks")


@dataclass(frozen=True)
class Lack:
    """One thing that is missing. `check` is the name of the judge, `message` says what to do."""

    check: str
    code: str
    message: str


@dataclass(frozen=True)
class Caution:
    """One thing to look at before a piece goes out; who publishes may say that it is as it should be."""

    check: str
    code: str
    message: str


Check = Callable[["Article", datetime], Iterable[Lack]]
# Says of many articles at once about which of them (by their keys) its judge has to be asked.
Sieve = Callable[[Sequence["Article"], datetime], Collection[int]]
Watch = Callable[["Article", datetime], Iterable[Caution]]
_judges: dict[str, Check] = {}
_sieves: dict[str, Sieve] = {}
_watchers: dict[str, Watch] = {}


class NotCleared(Exception):  # it is what an editor would call it
    """The article lacks something that it needs to go out. `lacks` lists all of it."""

    def __init__(self, title: str, lacks: tuple[Lack, ...]) -> None:
        self.lacks = lacks
        self.title = title
        super().__init__(f"“{title}” cannot go out yet. " + " ".join(lack.message for lack in lacks))


class UnknownCheck(ValueError):
    """A judge signed in for a name that the gate does not require."""


def sign_in(name: str, judge: Check, *, sieve: Sieve | None = None) -> None:
    """Let `judge` answer for `name`. Raises UnknownCheck where the gate has no such name.

    sieve: where many are asked about together, the judge is asked about those that it keeps, and no others. It may
    keep one too many, never one too few: what the judge says is what counts.
    """
    if name not in REQUIRED:
        raise UnknownCheck(f"The gate requires {', '.join(REQUIRED)}; {name!r} is not among them.")
    _judges[name] = judge
    _sieves.pop(name, None)
    if sieve is not None:
        _sieves[name] = sieve


def watch(name: str, watcher: Watch) -> None:
    """Let `watcher` warn of `name`. Raises UnknownCheck where the gate does not watch that."""
    if name not in WATCHED:
        raise UnknownCheck(f"The gate warns of {', '.join(WATCHED)}; {name!r} is not among them.")
    _watchers[name] = watcher


def cautions(article: "Article", *, now: datetime) -> tuple[Caution, ...]:
    """Return what whoever publishes `article` is to be shown first, in the order of WATCHED."""
    return tuple(found for name in WATCHED if name in _watchers for found in _watchers[name](article, now))


def lacks(article: "Article", *, now: datetime, names: Sequence[str] | None = None) -> tuple[Lack, ...]:
    """Return everything that keeps `article` from readers, in the order of REQUIRED; empty means cleared.

    names: which judges are asked; all of them, but where a sieve has said that one has nothing to say.
    """
    found: list[Lack] = []
    for name in REQUIRED if names is None else names:
        judge = _judges.get(name)
        if judge is None:
            found.append(
                Lack(name, "no-judge", f"The check “{name}” is not in place, so the gate is closed.")
            )
        else:
            found += judge(article, now)
    return tuple(found)


def lacks_many(articles: Sequence["Article"], *, now: datetime) -> list[tuple[Lack, ...]]:
    """Return for each of many articles what `lacks` returns for it, in their order, with few queries for all."""
    kept = {name: sieve(articles, now) for name, sieve in _sieves.items() if name in _judges}
    return [
        lacks(
            article,
            now=now,
            names=[name for name in REQUIRED if name not in kept or article.pk in kept[name]],
        )
        for article in articles
    ]


def clear(article: "Article", *, now: datetime) -> None:
    """Let `article` pass. Raises NotCleared with all that is missing."""
    missing = lacks(article, now=now)
    if missing:
        raise NotCleared(article.headline or article.slugline or "…", missing)
