"""Our accounts in the fediverse: the document of each, its outbox counted from the oldest, and what servers ask.

Keys: `en` (an account), `en:out` (its outbox and the newest page), `en:out/3` (a full page), and nothing for the site.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from dateline import __version__
from dateline.articles.models import Article
from dateline.publishing.fediverse import shapes
from dateline.publishing.leaf import ACTIVITY, JSON, Leaf
from dateline.publishing.models import FediverseAccount
from dateline.publishing.paging import front, page_count, stretch
from dateline.publishing.queries import nouns
from dateline.publishing.queries.cards import published_at
from dateline.publishing.queries.due import SITE
from dateline.publishing.queries.fediverse import (
    account_by,
    account_told,
    accounts,
    accounts_of,
    activity_path,
    author_of,
    followers_of,
    is_on,
    published_by,
)
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys

KIND: Final = "fediverse"
_OUT: Final = ":out"
NODEINFO: Final = "/.well-known/nodeinfo"


def keys(press: Press) -> Iterator[str]:
    rows = accounts(press)
    if rows:
        yield ""
    for row in rows:
        yield row.handle
        yield from page_keys(f"{row.handle}{_OUT}", page_count(published_by(row).count()))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    base, slash, told = key.partition("/")
    if not is_on() or (slash and not told.isdecimal()):
        return
    if not key:
        yield from _site(press)
        return
    number = page_key(key)[1]
    row = account_by(press, base.removesuffix(_OUT))
    if row is None:
        return
    with press.making(row.language):
        press.rests_on(SITE)
        yield from _outbox(press, row, number) if base.endswith(_OUT) else _account(press, row)


def _site(press: Press) -> Iterator[Leaf]:
    """What servers ask each other. How many pieces there are is told in round numbers, so that it changes seldom."""
    rows = accounts(press)
    if not rows:
        return
    with press.making(press.default):
        press.rests_on(SITE)
        href = press.absolute("/fediverse/nodeinfo.json")
        links = {"links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": href}]}
        posts = sum(published_by(row).count() for row in rows if row.section_id is None) // 100 * 100
        told = shapes.nodeinfo(version=__version__, posts=posts, accounts=len(rows))
        for path, node in ((NODEINFO, links), ("/fediverse/nodeinfo.json", told)):
            yield Leaf(path=path, content=shapes.as_bytes(node), content_type=JSON)


def _account(press: Press, row: FediverseAccount) -> Iterator[Leaf]:
    yield _leaf(press, row, shapes.actor_path(row.handle), shapes.actor(account_told(press, row)))


def _outbox(press: Press, row: FediverseAccount, number: int | None) -> Iterator[Leaf]:
    pieces = published_by(row)
    total = pieces.count()
    part = front(total) if number is None else stretch(number, total)
    if part is None or (number is not None and part.is_front):
        return
    uri, by = press.absolute(shapes.outbox_path(row.handle)), shapes.actor_uri(press.base, row.handle)
    rows = pieces.select_related("locale").defer("body")[part.start : part.end]
    newer = part.number + 1
    page = shapes.outbox_page(
        uri=press.absolute(shapes.outbox_path(row.handle, number or 0)),
        part_of=uri,
        items=[_line(press, row, by, one) for one in rows],
        older=press.absolute(shapes.outbox_path(row.handle, part.number - 1)) if part.number > 1 else "",
        newer=""
        if part.is_front
        else press.absolute(shapes.outbox_path(row.handle, 0 if newer == part.count else newer)),
    )
    yield _leaf(press, row, shapes.outbox_path(row.handle, number or 0), page)
    if number is None:
        first = press.absolute(shapes.outbox_path(row.handle, 0))
        whole = shapes.outbox(uri=uri, total=total, first=first)
        yield _leaf(press, row, shapes.outbox_path(row.handle), whole, is_beside=True)


def _line(press: Press, row: FediverseAccount, by: str, article: Article) -> shapes.Node:
    press.note(article.uid)
    return shapes.outbox_item(
        piece=press.absolute(activity_path(article.get_absolute_url())),
        by=by,
        author=author_of(press, row.language),
        at=press.local(published_at(article)),
        followers=followers_of(press, row.handle),
    )


def _leaf(
    press: Press, row: FediverseAccount, path: str, node: shapes.Node, *, is_beside: bool = False
) -> Leaf:
    return Leaf(
        path=path,
        content=shapes.as_bytes(node),
        content_type=ACTIVITY,
        language=row.language,
        shows=press.noted,
        is_beside=is_beside,
    )


def around(press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for row, oldest in nouns.oldest_in(articles, lambda one: accounts_of(press, one)):
        yield from nouns.pages_around(KIND, f"{row.handle}{_OUT}", published_by(row), oldest)


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around)
