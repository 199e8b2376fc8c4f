"""The shape of a recipe: one kind of page, and how it is made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.press import Press


def _nothing(_press: Press, _articles: Sequence[Article]) -> Iterable[str]:
    return ()


def _read_nothing(_press: Press, _keys: Sequence[str]) -> None:
    """Each page reads what it needs by itself."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one kind of page is made.

    keys: everything of the kind that should stand now. bake: the files made from one key; none where
    nothing should stand. around: keys of files that some articles enter when they go out, beyond those that
    show them already; asked once for all of them. ahead: reads for many keys together what their pages will
    need, before they are made one by one. is_in_sitemap: the sitemap names pages of the kind with their last change,
    which more than a piece that goes out or down may move.
    """

    kind: str
    keys: Callable[[Press], Iterable[str]]
    bake: Callable[[Press, str], Iterable[Leaf]]
    around: Callable[[Press, Sequence[Article]], Iterable[str]] = _nothing
    ahead: Callable[[Press, Sequence[str]], None] = _read_nothing
    is_in_sitemap: bool = False


def page_key(key: str) -> tuple[str, int | None]:
    """Return of which list a key speaks, and which page of it; None for its front."""
    base, _slash, number = key.partition("/")
    return base, int(number) if number else None


def page_keys(base: str, count: int) -> Iterable[str]:
    """Yield the keys of a list of `count` pages: its front, and the older ones by number."""
    yield base
    for number in range(1, count):
        yield f"{base}/{number}"
